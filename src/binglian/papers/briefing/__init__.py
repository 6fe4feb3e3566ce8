"""The monthly briefing of an alliance, as PDF and as a Word document."""

from .paper import MOST_CHARACTERS, BriefingPaper, Figure, Line, Part
from .shortening import characters_of, shortened
from .typeset import typeset
from .word import write_docx

__all__ = [
    "MOST_CHARACTERS",
    "BriefingPaper",
    "Figure",
    "Line",
    "Part",
    "characters_of",
    "shortened",
    "typeset",
    "write_docx",
]
