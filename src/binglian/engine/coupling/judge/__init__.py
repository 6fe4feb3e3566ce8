"""Which rules an answer breaks and what it is worth; knows nothing of the solver."""
