"""Who does the background jobs, and what becomes of a job whose worker died."""
