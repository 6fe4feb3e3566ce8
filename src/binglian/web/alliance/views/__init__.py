"""Pages of alliances, their members and seats."""
