"""The compiled part, and how Python calls it."""
