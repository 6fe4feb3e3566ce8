"""What the alliance tells everybody."""

from .announcements import Announcement, AnnouncementVersion
from .imports import NewsImport
from .pictures import Illustration, NewsPicture
from .readings import ReadingCount

__all__ = [
    "Announcement",
    "AnnouncementVersion",
    "Illustration",
    "NewsImport",
    "NewsPicture",
    "ReadingCount",
]
