"""Lays out a problem as a market: commitments set aside, what cannot work left out."""

from .building import LEAN, market_of
from .suppliers import FEW

__all__ = ["FEW", "LEAN", "market_of"]
