"""Why this match, why not that need, what would help, what a hand edit costs."""
