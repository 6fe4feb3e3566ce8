"""Time windows: ``2026-03-01~2026-05-31 周二周四 14:00-17:00``, several separated by ；."""

from binglian.sheets.cells.windows.reading import read_windows
from binglian.sheets.cells.windows.window import EVERY_DAY, TimeWindow, write_windows

__all__ = ["EVERY_DAY", "TimeWindow", "read_windows", "write_windows"]
