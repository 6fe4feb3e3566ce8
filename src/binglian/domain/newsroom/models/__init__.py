"""What the alliance tells everybody."""

from .announcements import Announcement, AnnouncementVersion
from .pictures import Illustration, NewsPicture
from .readings import ReadingCount

__all__ = ["Announcement", "AnnouncementVersion", "Illustration", "NewsPicture", "ReadingCount"]
