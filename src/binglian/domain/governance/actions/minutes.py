"""Minutes: written beside the agenda, confirmed by decision, and then binding."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Organisation
from binglian.domain.alliance.queries import admitted_organisations, people_with
from binglian.domain.governance.models import AgendaItem, Attendance, Meeting, Resolution
from binglian.domain.governance.promises import Promise, promise
from binglian.domain.governance.queries import minutes_digest
from binglian.domain.ledger.actions import record
from binglian.domain.ledger.queries import entries_of
from binglian.domain.refusals import found_or_refused, refuse_unless

from .asking import ask_decision
from .meetings import INVITED

MINUTES = "governance.minutes"
_CONFIRMED = gettext_noop("“%(alliance)s”第 %(number)s 次联席会议纪要已确认，议定 %(count)s 项。")
#: How long somebody's typing counts as one act.
_SITTING = timedelta(minutes=30)
State = Meeting.State


@transaction.atomic
def write_summary(*, meeting: Meeting, summary: str, by: User) -> Meeting:
    """What the meeting was about, in a few sentences."""
    meeting = _minutes_of(meeting, by)
    if meeting.summary != summary.strip():
        meeting.summary = summary.strip()
        meeting.save(update_fields=["summary"])
        _note_writing(meeting, by)
    return meeting


@transaction.atomic
def write_conclusion(*, item: AgendaItem, text: str, version: int, by: User) -> AgendaItem:
    """What was said about one point; ``version`` is the one the writer saw.

    Raises ``ActionRefused`` when somebody else has written about the point since.
    """
    meeting = _minutes_of(item.meeting, by)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if item.conclusion == text.strip():
        return item
    refuse_unless(
        item.version == version,
        _("这一项刚由别人改过。请先复制您写的内容，刷新页面后再补上。"),
    )
    item.conclusion, item.version = text.strip(), item.version + 1
    item.save(update_fields=["conclusion", "version"])
    _note_writing(meeting, by)
    return item


@transaction.atomic
def count_attendance(*, meeting: Meeting, present: dict[int, int | None], by: User) -> None:
    """How many came from each organisation, by its id; ``None`` where nobody has counted."""
    meeting = _minutes_of(meeting, by)
    members = {one.pk: one for one in admitted_organisations(meeting.alliance)}
    for pk, count in present.items():
        refuse_unless(pk in members, _("只能登记成员单位的到会人数。"))
        Attendance.objects.update_or_create(
            meeting=meeting, organisation=members[pk], defaults={"present": count}
        )
    change = {str(pk): count for pk, count in present.items()}
    record(by, "minutes.attendance", meeting, within=meeting.alliance, change=change)


@transaction.atomic
def resolve(
    *,
    meeting: Meeting,
    text: str,
    owner: Organisation,
    receiver: Organisation,
    due_on: date,
    by: User,
    item: AgendaItem | None = None,
) -> Resolution:
    """Note what was resolved: who does what, for whom, by when."""
    meeting = _minutes_of(meeting, by)
    refuse_unless(text.strip(), _("请写明议定事项。"))
    refuse_unless(owner != receiver, _("责任单位不能自己评价，请另选评价单位。"))
    refuse_unless(due_on >= meeting.on, _("完成期限不能早于会议日期。"))
    members = admitted_organisations(meeting.alliance)
    for side in (owner, receiver):
        refuse_unless(
            members.filter(pk=side.pk).exists(), _("“%(who)s”不是成员单位。") % {"who": side}
        )
    last = meeting.resolutions.aggregate(last=Max("number"))["last"] or 0
    resolution = Resolution.objects.create(
        meeting=meeting,
        item=item,
        number=last + 1,
        text=text.strip(),
        owner=owner,
        receiver=receiver,
        due_on=due_on,
    )
    record(
        by,
        "resolution.noted",
        resolution,
        within=meeting.alliance,
        organisation=owner,
        change={"receiver": receiver.name, "due_on": due_on},
    )
    return resolution


@transaction.atomic
def strike_resolution(*, resolution: Resolution, by: User) -> None:
    """Take a resolution out of minutes that are not confirmed yet."""
    meeting = _minutes_of(resolution.meeting, by)
    record(by, "resolution.struck", resolution, within=meeting.alliance)
    resolution.delete()
    for number, row in enumerate(meeting.resolutions.order_by("number"), 1):
        if row.number != number:
            row.number = number
            row.save(update_fields=["number"])


def ask_minutes(*, meeting: Meeting, by: User) -> Meeting:
    """Have the minutes confirmed: by both leads where the alliance has reserved it."""
    with transaction.atomic():
        meeting = _minutes_of(meeting, by)
        refuse_unless(
            meeting.attendances.filter(present__gt=0).exists(), _("请先登记到会单位和人数。")
        )
        meeting.minuted_by = by
        meeting.save(update_fields=["minuted_by"])
        ask_decision(
            alliance=meeting.alliance,
            act=MINUTES,
            object_ids=[meeting.pk],
            by=by,
            permission=Permission.MANAGE_MEETINGS,
        )
    meeting.refresh_from_db()
    return meeting


@transaction.atomic
def confirm_minutes(*, meeting_id: int) -> Meeting:
    """The minutes stand: every resolution becomes a commitment of its owner."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
    refuse_unless(meeting.state == State.CONVENED, _("会议纪要不在待确认状态。"))
    meeting.state, meeting.minuted_at = State.MINUTED, now()
    meeting.save(update_fields=["state", "minuted_at"])
    change = {"digest": minutes_digest(meeting)}
    record(None, "minutes.confirmed", meeting, within=meeting.alliance, change=change)
    asker = found_or_refused(meeting.minuted_by, _("会议纪要不在待确认状态。"))
    resolutions = list(meeting.resolutions.select_related("owner", "receiver"))
    for resolution in resolutions:
        promise(
            Promise(
                alliance=meeting.alliance,
                giver=resolution.owner,
                receiver=resolution.receiver,
                title_zh=resolution.text,
                title_en="",
                target="",
                due_on=resolution.due_on,
                origin=resolution.origin,
            ),
            asker,
        )
    notify(
        people_with(meeting.alliance, *INVITED),
        key=f"meeting:{meeting.pk}:minuted",
        message=_CONFIRMED,
        facts={
            "alliance": meeting.alliance.name,
            "number": meeting.number,
            "count": len(resolutions),
        },
        url=meeting.path,
    )
    return meeting


def _note_writing(meeting: Meeting, by: User) -> None:
    """Pages save as people type: one entry for each writer and sitting says enough."""
    lately = entries_of(meeting.alliance.slug).filter(
        act="minutes.written", object_id=str(meeting.pk), user_id=by.pk, at__gt=now() - _SITTING
    )
    if not lately.exists():
        record(by, "minutes.written", meeting, within=meeting.alliance)


def _minutes_of(meeting: Meeting, by: User) -> Meeting:
    """The meeting while its minutes can be written: convened, begun, not confirmed."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    require_permission(by, Permission.MANAGE_MEETINGS, within=meeting.alliance)
    refuse_unless(meeting.state == State.CONVENED, _("会议通知发出后、纪要确认前才能记录。"))
    refuse_unless(meeting.starts_at <= now(), _("会议还没有开始。"))
    return meeting
