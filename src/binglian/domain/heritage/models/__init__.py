"""What is stored about courtyards and historic buildings, one file for each group of tables."""

from .places import Guardian, Place, PlaceFile
from .protection import ProtectionTable
from .spaces import Space, SpaceApplication

__all__ = ["Guardian", "Place", "PlaceFile", "ProtectionTable", "Space", "SpaceApplication"]
