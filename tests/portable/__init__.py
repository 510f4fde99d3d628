"""The folder that runs from a drive, as a person with nothing installed meets it.

Not part of the ordinary run: needs Linux, root, debootstrap and the extra `portable`.
"""
