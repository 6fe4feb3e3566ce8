"""Minutes of a joint meeting, as PDF and as a Word document."""

from .paper import Attendance, Item, MinutesPaper, Resolution
from .typeset import typeset
from .word import write_docx

__all__ = ["Attendance", "Item", "MinutesPaper", "Resolution", "typeset", "write_docx"]
