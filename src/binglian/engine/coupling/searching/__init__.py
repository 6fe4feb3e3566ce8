"""Prices, ruin and recreate, and neighbourhoods."""
