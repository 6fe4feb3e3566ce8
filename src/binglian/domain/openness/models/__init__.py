"""What people ask of an alliance, and what they were answered."""

from .questions import ProjectQuestion
from .requests import InformationRequest

__all__ = ["InformationRequest", "ProjectQuestion"]
