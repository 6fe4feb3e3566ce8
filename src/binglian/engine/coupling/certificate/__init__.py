"""What no answer can exceed, worked out from prices alone; knows nothing of the solver."""
