"""What this program itself leaves on a computer."""
