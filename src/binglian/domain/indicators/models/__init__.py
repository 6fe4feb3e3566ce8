"""Briefings and the screens that show the cockpit. Figures themselves are stored nowhere."""

from .briefings import Briefing, BriefingVersion
from .displays import Display

__all__ = ["Briefing", "BriefingVersion", "Display"]
