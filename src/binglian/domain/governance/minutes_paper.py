"""A meeting's minutes as the content of a paper."""

from __future__ import annotations

from django.utils.timezone import localtime
from django.utils.translation import override

from binglian.papers.minutes import Attendance, Item, MinutesPaper, Resolution

from .models import AgendaItem, Meeting
from .models import Resolution as Resolved
from .queries import open_resolutions, suggested_start


def minutes_paper(meeting: Meeting) -> MinutesPaper:
    """Minutes are papers of a Chinese office: their text is Chinese in every language."""
    following = suggested_start(meeting.alliance)
    points = meeting.items.select_related("organisation").prefetch_related("resolutions__owner")
    items = [_item(item) for item in points if item.conclusion or item.resolutions.exists()]
    if meeting.summary:
        items.insert(0, Item("会议概要", meeting.summary))
    return MinutesPaper(
        alliance=meeting.alliance.name,
        title=f"第 {meeting.number} 次联席会议纪要",
        held_at=localtime(meeting.starts_at),
        place=meeting.place,
        chair=meeting.chair.name if meeting.chair else "",
        items=tuple(items),
        attendance=tuple(_attendances(meeting)),
        earlier=tuple(_earlier(meeting)),
        next_meeting=f"{localtime(following):%Y-%m-%d %H:%M}" if following else "",
        dated=meeting.minuted_at,
    )


def _item(item: AgendaItem) -> Item:
    with override("zh-hans"):
        title = item.announced
    return Item(title, item.conclusion, tuple(map(_resolution, item.resolutions.all())))


def _resolution(row: Resolved, state: str = "") -> Resolution:
    number = f"{row.meeting.number}-{row.number}"
    return Resolution(number, row.text, row.owner.name, row.due_on, state)


def _attendances(meeting: Meeting) -> list[Attendance]:
    """Who came, with how many; and who asked to be excused."""
    rows = list(meeting.attendances.select_related("organisation"))
    came = [row for row in rows if row.present]
    excused = [row for row in rows if not row.present and row.reply == row.Reply.EXCUSED]
    return [
        *(Attendance(row.organisation.name, "出席", f"{row.present} 人") for row in came),
        *(Attendance(row.organisation.name, "请假", row.note) for row in excused),
    ]


def _earlier(meeting: Meeting) -> list[Resolution]:
    """What earlier meetings resolved and is still open."""
    rows = [
        row
        for row in open_resolutions(meeting.alliance)
        if row.resolution.meeting.number < meeting.number
    ]
    return [
        _resolution(row.resolution, "逾期" if row.promise and row.promise.overdue else "办理中")
        for row in rows
    ]
