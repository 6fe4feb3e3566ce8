"""Which rules a plan breaks and what it is worth; knows nothing of those who make plans."""
