"""What people ask of an alliance, what they were answered, and who is told of what."""

from .followers import Follower
from .questions import ProjectQuestion
from .requests import InformationRequest

__all__ = ["Follower", "InformationRequest", "ProjectQuestion"]
