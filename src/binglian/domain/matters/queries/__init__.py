"""Reads about residents' matters; every list starts from what the reader may see."""
