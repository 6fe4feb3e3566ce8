"""The compiled part of the planning engine, in C, and how Python calls it."""
