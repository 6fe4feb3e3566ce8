"""Plans for other programmes: calendars, spreadsheets, MS Project."""

from binglian.domain.projects.engine_adapter import mspdi_of

from .calendar_feed import calendar_of, feed_token, reader_of
from .letter import letter_of
from .workbook import sheets_of

__all__ = ["calendar_of", "feed_token", "letter_of", "mspdi_of", "reader_of", "sheets_of"]
