"""Says why a plan is as it is, what is critical, and what a change would really gain."""
