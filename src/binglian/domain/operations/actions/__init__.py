"""What the platform erases by itself, when it is due and after a restore."""
