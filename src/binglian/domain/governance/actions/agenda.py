"""The agenda: gathered from what is unfinished, added to, put in order."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext, gettext_noop, override
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Organisation
from binglian.domain.governance.agenda_sources import (
    BY_HAND,
    TOPICS,
    AgendaSource,
    Unfinished,
    agenda_sources,
)
from binglian.domain.governance.models import AgendaItem, Meeting
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

#: More of one source than this are one point: «N more», with a link to all.
LONGEST = 6
#: What was resolved stays on the agenda until it is closed or explained.
RESOLUTIONS = "resolutions"
_MORE = gettext_noop("%(source)s：另有 %(count)s 项")


@transaction.atomic
def gather_agenda(*, meeting: Meeting, by: User) -> int:
    """Put on the agenda whatever is unfinished and not on it yet; returns how many points."""
    meeting = _open(meeting, by)
    _take_off_what_is_finished(meeting)
    added = sum(_gather(meeting, source) for source in agenda_sources())
    if added:
        record(by, "agenda.gathered", meeting, within=meeting.alliance, change={"points": added})
    return added


@transaction.atomic
def add_agenda_item(*, meeting: Meeting, title: str, by: User) -> AgendaItem:
    """A point of the secretariat's own."""
    meeting = _open(meeting, by)
    refuse_unless(title.strip(), _("请写明议程。"))
    item = put_on_agenda(meeting, source=BY_HAND, title_zh=title.strip())
    record(by, "agenda.added", meeting, within=meeting.alliance, change={"title": item.title_zh})
    return item


@transaction.atomic
def remove_agenda_item(*, item: AgendaItem, by: User) -> None:
    """Strike a point off; what was resolved cannot be, and topics are deferred instead."""
    meeting = _open(item.meeting, by)
    refuse_unless(item.source != RESOLUTIONS, _("议定事项办结或说明之前须留在议程上。"))
    refuse_unless(item.source != TOPICS, _("请在议题页写明理由后暂缓。"))
    refuse_unless(not (item.conclusion or item.resolutions.exists()), _("该议程已有会议记录。"))
    record(by, "agenda.removed", meeting, within=meeting.alliance, change={"title": item.title_zh})
    item.delete()


@transaction.atomic
def order_agenda(*, meeting: Meeting, order: list[int], by: User) -> None:
    """Put the points in the order of these ids; points not named keep their order at the end."""
    meeting = _open(meeting, by)
    items = {item.pk: item for item in meeting.items.all()}
    refuse_unless(set(order) <= set(items), _("议程已有变动，请刷新后再排。"))
    named = dict.fromkeys(order)
    before = list(items)
    after = [*named, *(pk for pk in items if pk not in named)]
    if before == after:
        return
    for position, pk in enumerate(after, 1):
        items[pk].position = position
    AgendaItem.objects.bulk_update(items.values(), ["position"])
    record(by, "agenda.ordered", meeting, within=meeting.alliance)


def put_on_agenda(
    meeting: Meeting,
    *,
    source: str,
    title_zh: str,
    title_en: str = "",
    origin: str = "",
    organisation: Organisation | None = None,
    url: str = "",
) -> AgendaItem:
    """One more point at the end, inside the transaction of the act that brings it."""
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    return AgendaItem.objects.create(
        meeting=meeting,
        position=last + 1,
        source=source,
        origin=origin,
        title_zh=title_zh[:200],
        title_en=title_en[:300],
        organisation=organisation,
        url=url,
    )


def take_off_agenda(meeting: Meeting, origin: str) -> None:
    meeting.items.filter(origin=origin, conclusion="").delete()


def _gather(meeting: Meeting, source: AgendaSource) -> int:
    known = set(meeting.items.exclude(origin="").values_list("origin", flat=True))
    found = list(source.items(meeting.alliance))
    shown = found if source.code == RESOLUTIONS or len(found) <= LONGEST else found[:LONGEST]
    new = [one for one in shown if one.origin not in known]
    if len(found) > len(shown) and f"{source.code}:more" not in known:
        new.append(_the_rest(meeting, source, len(found) - len(shown)))
    for one in new:
        put_on_agenda(
            meeting,
            source=source.code,
            origin=one.origin,
            title_zh=one.title_zh,
            title_en=one.title_en,
            organisation=one.organisation,
            url=one.url,
        )
    return len(new)


def _the_rest(meeting: Meeting, source: AgendaSource, count: int) -> Unfinished:
    said = {}
    for language in ("zh-hans", "en"):
        with override(language):
            said[language] = gettext(_MORE) % {"source": source.label, "count": count}
    url = f"/a/{meeting.alliance.slug}/{source.path}"
    return Unfinished(f"{source.code}:more", said["zh-hans"], said["en"], None, url)


def _take_off_what_is_finished(meeting: Meeting) -> None:
    """What was settled since the agenda was last gathered need not be spoken of."""
    unfinished = {
        one.origin for source in agenda_sources() for one in source.items(meeting.alliance)
    }
    codes = [source.code for source in agenda_sources()]
    stale = meeting.items.filter(source__in=codes, conclusion="", resolutions=None)
    for item in stale:
        is_rest = item.origin == f"{item.source}:more"
        if is_rest or item.origin not in unfinished:
            item.delete()


def _open(meeting: Meeting, by: User) -> Meeting:
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    require_permission(by, Permission.MANAGE_MEETINGS, within=meeting.alliance)
    refuse_unless(meeting.is_open, _("会议已办结，不能再改。"))
    return meeting
