"""The notice by which something on a site must be put right, as a PDF (整改通知)."""

from .paper import NoticePaper
from .typeset import typeset

__all__ = ["NoticePaper", "typeset"]
