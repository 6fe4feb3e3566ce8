"""What other programs may ask: Open311 for matters, and the platform's own interface."""
