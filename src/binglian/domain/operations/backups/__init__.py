"""Backups of the whole platform: made while it works, proved by restoring them, put back."""
