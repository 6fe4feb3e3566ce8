"""The monthly briefing: composed from records, written by people only where records say nothing."""

from .composing import PARTS, Composition, compose, lines_of
from .paper import paper_of
from .telling import Count, Subject, Told

__all__ = ["PARTS", "Composition", "Count", "Subject", "Told", "compose", "lines_of", "paper_of"]
