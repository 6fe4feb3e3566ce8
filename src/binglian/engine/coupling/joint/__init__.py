"""Several alliances at once, with common prices for shared offers."""
