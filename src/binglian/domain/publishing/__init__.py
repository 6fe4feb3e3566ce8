"""What anybody may take away: datasets, each declared once, in the formats programs read."""
