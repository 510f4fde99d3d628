"""What photos and videos carry."""
