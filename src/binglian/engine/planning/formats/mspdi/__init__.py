"""MSPDI, the XML of Microsoft Project, in and out."""

from .reading import read_mspdi
from .writing import write_mspdi

__all__ = ["read_mspdi", "write_mspdi"]
