"""Bars and maps as SVG, for papers and pages alike, and SVG as PNG for Word."""

from .bars import Bar, bars
from .map import Mark, Outline, area_map
from .picture import Drawing, png_of

__all__ = ["Bar", "Drawing", "Mark", "Outline", "area_map", "bars", "png_of"]
