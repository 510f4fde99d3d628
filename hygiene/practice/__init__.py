"""Made-up homes, written only inside a folder made for them."""
