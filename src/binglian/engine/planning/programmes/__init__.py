"""CP-SAT programmes: the whole problem, or a part of it with the rest held fast."""
