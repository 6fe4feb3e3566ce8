"""Keeping the index: with every change, anew, and looked through."""

from .indexing import refresh
from .rebuilding import Difference, rebuild, verify

__all__ = ["Difference", "rebuild", "refresh", "verify"]
