"""Tools for people who work on Binglian; not part of the wheel."""
