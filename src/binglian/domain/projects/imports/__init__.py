"""Networks from files: read, looked at in a dry run, then carried out by an action."""

from .reading import read_network

__all__ = ["read_network"]
