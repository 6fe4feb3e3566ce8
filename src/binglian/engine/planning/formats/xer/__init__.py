"""XER, the export of Primavera P6."""

from .reading import read_xer

__all__ = ["read_xer"]
