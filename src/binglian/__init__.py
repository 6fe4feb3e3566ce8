"""Binglian brings the offers and needs of a regional alliance together."""
