"""The five promises in figures, and who works with whom."""
