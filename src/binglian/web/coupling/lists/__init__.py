"""Pages of the two lists: offers and needs."""
