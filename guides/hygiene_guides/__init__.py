"""The guides, read as package resources."""
