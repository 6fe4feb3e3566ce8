"""Plans by search: orders of tasks turned into schedules, and better orders."""
