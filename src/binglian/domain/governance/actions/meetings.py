"""A meeting is prepared, convened, moved, cancelled; members say whether they come."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.functional import lazy
from django.utils.timezone import localtime, now
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.accounts.roles import LEADS, Role
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.alliance.queries import admitted_organisations, people_with
from binglian.domain.governance.invitation import Method, invitation
from binglian.domain.governance.meeting_dates import lead_days
from binglian.domain.governance.models import Attendance, Meeting, MeetingRules
from binglian.domain.governance.queries import chair_on, rules_of
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

#: Who is told of a meeting: everybody with a seat here who is not a mere onlooker.
INVITED = (*LEADS, Role.SECRETARIAT, Role.LIAISON)
_TOLD = {
    "prepared": gettext_noop("%(meeting)s定于 %(day)s，%(due)s 前请提出议题。"),
    "convened": gettext_noop("%(meeting)s：%(time)s，%(place)s。请回复是否参加。"),
    "moved": gettext_noop("%(meeting)s改为 %(time)s，%(place)s。"),
    "cancelled": gettext_noop("%(meeting)s取消：%(why)s"),
}
State = Meeting.State


@transaction.atomic
def change_meeting_rules(*, alliance: Alliance, by: User, **facts: Any) -> MeetingRules:
    """When the alliance meets and with which lead times; meetings already prepared stay."""
    require_permission(by, Permission.MANAGE_MEETINGS, within=alliance)
    refuse_unless(facts.get("months", True), _("请至少选择一个月份。"))
    rules = rules_of(alliance)
    before = {name: getattr(rules, name) for name in facts}
    for name, value in facts.items():
        setattr(rules, name, value)
    rules.save()
    change = {name: [before[name], new] for name, new in facts.items() if before[name] != new}
    record(by, "meeting_rules.changed", rules, within=alliance, change=change)
    return rules


@transaction.atomic
def prepare_meeting(
    *,
    alliance: Alliance,
    starts_at: datetime,
    by: User | None,
    place: str = "",
    minutes_long: int | None = None,
) -> Meeting:
    """A meeting is planned and topics are asked for; ``by`` is ``None`` when the clock does it.

    One that has been held before the alliance came here is entered with its day; nobody is told.
    """
    if by is not None:
        require_permission(by, Permission.MANAGE_MEETINGS, within=alliance)
    # Numbers are given one at a time.
    alliance = Alliance.objects.select_for_update(no_key=True).get(pk=alliance.pk)
    is_held = starts_at <= now()
    waiting = alliance.meetings.filter(state=State.PREPARED).exists()
    refuse_unless(is_held or not waiting, _("已有一次会议在筹备，请先发出通知或取消。"))
    rules = rules_of(alliance)
    days = lead_days(rules, starts_at)
    last = alliance.meetings.aggregate(last=Max("number"))["last"] or 0
    meeting = Meeting.objects.create(
        alliance=alliance,
        number=last + 1,
        starts_at=starts_at,
        minutes_long=minutes_long or rules.minutes_long,
        place=place or rules.place,
        chair=chair_on(alliance, localtime(starts_at).date()),
        topics_due_on=days.topics_due_on,
        agenda_due_on=days.agenda_due_on,
        superiors_due_on=days.superiors_due_on,
        state=State.CONVENED if is_held else State.PREPARED,
    )
    record(by, "meeting.prepared", meeting, within=alliance, change={"starts_at": starts_at})
    if is_held:
        return meeting
    facts = {
        "meeting": _title(meeting),
        "day": f"{meeting.on:%Y-%m-%d}",
        "due": f"{days.topics_due_on:%Y-%m-%d}",
    }
    _tell(meeting, "prepared", facts)
    return meeting


@transaction.atomic
def convene_meeting(*, meeting: Meeting, by: User) -> Meeting:
    """Send the invitation, with the agenda, to everybody who is to come."""
    meeting = _locked(meeting, by)
    refuse_unless(meeting.state == State.PREPARED, _("通知已发出。"))
    refuse_unless(meeting.items.exists(), _("议程还是空的，请先生成议程。"))
    refuse_unless(meeting.place, _("请先填写会议地点。"))
    refuse_unless(meeting.starts_at > now(), _("会议时间已过，请先改期。"))
    meeting.state = State.CONVENED
    meeting.save(update_fields=["state"])
    for organisation in admitted_organisations(meeting.alliance):
        Attendance.objects.get_or_create(meeting=meeting, organisation=organisation)
    record(by, "meeting.convened", meeting, within=meeting.alliance)
    _invite(meeting, "convened", Method.REQUEST)
    return meeting


@transaction.atomic
def move_meeting(
    *, meeting: Meeting, starts_at: datetime, minutes_long: int, place: str, by: User
) -> Meeting:
    """Another time or place. Who was invited gets the changed invitation."""
    meeting = _locked(meeting, by)
    refuse_unless(starts_at > now(), _("会议时间须在以后。"))
    new = {"starts_at": starts_at, "minutes_long": minutes_long, "place": place}
    change = {k: [getattr(meeting, k), v] for k, v in new.items() if getattr(meeting, k) != v}
    if not change:
        return meeting
    if "starts_at" in change:
        days = lead_days(rules_of(meeting.alliance), starts_at)
        meeting.topics_due_on = days.topics_due_on
        meeting.agenda_due_on = days.agenda_due_on
        meeting.superiors_due_on = days.superiors_due_on
        meeting.superiors_told_on = None
        meeting.chair = chair_on(meeting.alliance, localtime(starts_at).date())
    meeting.starts_at, meeting.minutes_long, meeting.place = starts_at, minutes_long, place
    was_invited = meeting.state == State.CONVENED
    meeting.sequence += was_invited
    meeting.save()
    record(by, "meeting.moved", meeting, within=meeting.alliance, change=change)
    if was_invited:
        _invite(meeting, "moved", Method.REQUEST)
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, why: str, by: User) -> Meeting:
    """The meeting does not take place; its accepted topics wait for the next one."""
    meeting = _locked(meeting, by)
    refuse_unless(why.strip(), _("请写明取消的原因。"))
    refuse_unless(not meeting.resolutions.exists(), _("会议已有议定事项，不能取消。"))
    was_invited = meeting.state == State.CONVENED
    meeting.state, meeting.cancelled_because = State.CANCELLED, why.strip()
    meeting.sequence += was_invited
    meeting.save()
    meeting.topics.update(state="offered", meeting=None)
    record(by, "meeting.cancelled", meeting, within=meeting.alliance, change={"why": why})
    if was_invited:
        _invite(meeting, "cancelled", Method.CANCEL)
    else:
        _tell(meeting, "cancelled", {"meeting": _title(meeting), "why": why.strip()})
    return meeting


@transaction.atomic
def note_superiors_told(*, meeting: Meeting, by: User) -> Meeting:
    """The secretariat has reported the meeting to the superiors."""
    meeting = _locked(meeting, by)
    refuse_unless(meeting.superiors_told_on is None, _("已记录报告上级。"))
    meeting.superiors_told_on = today()
    meeting.save(update_fields=["superiors_told_on"])
    record(by, "meeting.superiors_told", meeting, within=meeting.alliance)
    return meeting


@transaction.atomic
def reply_to_invitation(
    *,
    meeting: Meeting,
    organisation: Organisation,
    reply: str,
    by: User,
    expected: int = 0,
    note: str = "",
) -> Attendance:
    """A member says whether it comes, and with how many people."""
    require_permission(by, Permission.JOIN_MEETINGS, within=meeting.alliance.seat_of(organisation))
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    refuse_unless(meeting.state == State.CONVENED, _("会议通知还没有发出，或会议已结束。"))
    refuse_unless(reply in Attendance.Reply.values, _("请选择参加或请假。"))
    is_coming = reply == Attendance.Reply.COMING
    refuse_unless(not is_coming or expected > 0, _("请填写参加人数。"))
    row, _is_new = Attendance.objects.get_or_create(meeting=meeting, organisation=organisation)
    row.reply, row.expected, row.note = reply, expected if is_coming else 0, note.strip()
    row.save()
    record(
        by,
        "meeting.replied",
        meeting,
        within=meeting.alliance,
        organisation=organisation,
        change={"reply": reply, "expected": row.expected},
    )
    return row


def _locked(meeting: Meeting, by: User) -> Meeting:
    """The meeting for a change by the secretariat, while it is still open to changes."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    require_permission(by, Permission.MANAGE_MEETINGS, within=meeting.alliance)
    refuse_unless(meeting.is_open, _("会议已办结，不能再改。"))
    return meeting


def _invite(meeting: Meeting, what: str, method: Method) -> None:
    facts = {
        "meeting": _title(meeting),
        "time": f"{localtime(meeting.starts_at):%Y-%m-%d %H:%M}",
        "place": meeting.place,
        "why": meeting.cancelled_because,
    }

    def calendar(user: User) -> str:
        return invitation(
            meeting, method, site=settings.SITE_URL, sender=settings.DEFAULT_FROM_EMAIL, to=user
        )

    _tell(meeting, what, facts, calendar)


def _tell(meeting: Meeting, what: str, facts: dict[str, Any], calendar: Any = None) -> None:
    notify(
        people_with(meeting.alliance, *INVITED),
        key=f"meeting:{meeting.pk}:{what}:{meeting.sequence}",
        message=_TOLD[what],
        facts=facts,
        url=meeting.path,
        calendar=calendar,
    )


def _named(meeting: Meeting) -> str:
    return gettext("“%(alliance)s”第 %(number)s 次联席会议") % {
        "alliance": meeting.alliance.name,
        "number": meeting.number,
    }


#: The meeting's name as a fact of ``notify``, which writes it in each language.
_title = lazy(_named, str)
