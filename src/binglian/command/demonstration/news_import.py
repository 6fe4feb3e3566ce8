"""A saved news page, read and waiting for somebody to confirm what it says."""

from binglian.announcements.reading import read_announcement
from binglian.domain.alliance.models import Alliance
from binglian.domain.newsroom.actions import keep_import

from .files import HERE
from .rounds import Cast


def enter(alliance: Alliance, cast: Cast) -> None:
    page = HERE / alliance.slug / "news.html"
    told = read_announcement(page.read_bytes()).as_record()
    keep_import(alliance=alliance, filename=page.name, told=told, by=cast.secretariat)
