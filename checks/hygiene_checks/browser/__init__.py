"""What web browsers keep."""
