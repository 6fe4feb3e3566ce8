"""What is stored about residents' matters, one file for each group of tables."""

from .catalogue import Category, Clock, Responsibility
from .handling import (
    Assignment,
    Exclusion,
    Extension,
    Objection,
    Parking,
    Pause,
    Reply,
    Revisit,
    Theme,
    Whistle,
    WhistleCall,
)
from .matters import Addition, Contact, ContactLook, Matter, MatterEvent, Photo
from .routing import LearntRouting

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
]
