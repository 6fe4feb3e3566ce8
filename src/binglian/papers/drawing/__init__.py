"""Bars and maps as SVG, for papers and pages alike, and SVG as PNG for Word."""

from .bars import Bar, bars
from .map import Mark, Outline, area_map, place_map
from .picture import Drawing, png_of
from .shown_on import framed, shown_on_plan

__all__ = [
    "Bar",
    "Drawing",
    "Mark",
    "Outline",
    "area_map",
    "bars",
    "framed",
    "place_map",
    "png_of",
    "shown_on_plan",
]
