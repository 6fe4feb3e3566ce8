"""Which offer may serve which component, found without looking at all pairs."""
