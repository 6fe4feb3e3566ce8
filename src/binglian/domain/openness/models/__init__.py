"""What people ask of an alliance, and what they were answered."""

from .requests import InformationRequest

__all__ = ["InformationRequest"]
