"""What is stored about residents' matters, one file for each group of tables."""

from .answering import Exclusion, Reply, Revisit
from .catalogue import Category, Clock, Responsibility
from .clocks import Extension, Parking, Pause
from .dispatching import Assignment, Objection
from .matters import Addition, Contact, ContactLook, Matter, MatterEvent, Photo
from .routing import LearntRouting
from .rules import MatterRules, WhistleTimes
from .themes import Theme
from .whistles import Whistle, WhistleCall

__all__ = [
    "Addition",
    "Assignment",
    "Category",
    "Clock",
    "Contact",
    "ContactLook",
    "Exclusion",
    "Extension",
    "LearntRouting",
    "Matter",
    "MatterEvent",
    "MatterRules",
    "Objection",
    "Parking",
    "Pause",
    "Photo",
    "Reply",
    "Responsibility",
    "Revisit",
    "Theme",
    "Whistle",
    "WhistleCall",
    "WhistleTimes",
]
