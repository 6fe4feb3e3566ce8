"""The rota of the chair: drawn up over members, skipped, exchanged, handed over."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance, Organisation, Seat, today
from binglian.domain.alliance.queries import admitted_organisations, liaison_officers
from binglian.domain.governance.models import DutySwap, DutyTurn, HandoverPoint, Meeting
from binglian.domain.governance.queries import chair_on, next_turn, rules_of
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import found_or_refused, refuse_unless

#: A rota further ahead than this would be fiction.
LONGEST = 60
_TOLD = {
    "drawn_up": gettext_noop("贵单位轮值：%(from)s 至 %(until)s。"),
    "asked": gettext_noop("“%(who)s”请与贵单位对调轮值（%(theirs)s 换 %(ours)s）：%(why)s"),
    "agreed": gettext_noop("“%(who)s”同意与贵单位对调轮值。"),
    "refused": gettext_noop("“%(who)s”未同意与贵单位对调轮值。"),
    "handed_over": gettext_noop("“%(who)s”已移交“%(what)s”，请确认。"),
}


@transaction.atomic
def draw_up_rota(
    *,
    alliance: Alliance,
    organisations: list[Organisation],
    starts_on: date,
    months: int,
    by: User,
) -> list[DutyTurn]:
    """Each of the organisations in this order has one turn of so many whole months.

    ``starts_on`` is taken to the first of its month. Turns already drawn up from then on are
    replaced; the present and past ones stay.
    """
    require_permission(by, Permission.MANAGE_MEETINGS, within=alliance)
    alliance = Alliance.objects.select_for_update(no_key=True).get(pk=alliance.pk)
    refuse_unless(organisations, _("请至少选择一个轮值单位。"))
    refuse_unless(1 <= months <= 12, _("每次轮值一至十二个月。"))
    refuse_unless(len(organisations) * months <= LONGEST, _("轮值表最多排五年。"))
    members = set(admitted_organisations(alliance).values_list("pk", flat=True))
    for one in organisations:
        refuse_unless(one.pk in members, _("“%(who)s”不是成员单位。") % {"who": one})
    first = starts_on.replace(day=1)
    alliance.duty_turns.filter(from_on__gte=first).filter(from_on__gt=today()).delete()
    last = alliance.duty_turns.aggregate(last=Max("until_on"))["last"]
    refuse_unless(
        last is None or last < first,
        _("轮值表已排到 %(day)s，请从次月起排。") % {"day": last},
    )
    turns = []
    for number, one in enumerate(organisations):
        from_on = _months_after(first, number * months)
        until_on = _months_after(from_on, months) - timedelta(days=1)
        turns.append(
            DutyTurn.objects.create(
                alliance=alliance, organisation=one, from_on=from_on, until_on=until_on
            )
        )
        _tell(turns[-1], one, "drawn_up", {"from": from_on, "until": until_on})
    change = {"turns": len(turns), "from": first, "months": months}
    record(by, "rota.drawn_up", turns[0], within=alliance, change=change)
    _rename_chairs(alliance)
    return turns


@transaction.atomic
def skip_turn(*, turn: DutyTurn, why: str, by: User) -> DutyTurn:
    """Those after it move up by one turn, and the one skipped comes last."""
    turn = DutyTurn.objects.select_for_update().get(pk=turn.pk)
    require_permission(by, Permission.MANAGE_MEETINGS, within=turn.alliance)
    refuse_unless(why.strip(), _("请写明跳过的原因。"))
    refuse_unless(turn.until_on >= today(), _("这次轮值已过去。"))
    later = list(turn.alliance.duty_turns.filter(from_on__gte=turn.from_on).order_by("from_on"))
    refuse_unless(len(later) > 1, _("后面没有别的单位，请先续排轮值表。"))
    skipped = turn.organisation
    moved_up = [row.organisation for row in later[1:]]
    for row, organisation in zip(later, [*moved_up, skipped], strict=True):
        row.organisation = organisation
        row.save(update_fields=["organisation"])
        _tell(row, organisation, "drawn_up", {"from": row.from_on, "until": row.until_on})
    later[0].note = why.strip()
    later[0].save(update_fields=["note"])
    _drop_swaps(later)
    change = {"skipped": skipped.name, "why": why.strip()}
    record(by, "rota.skipped", later[0], within=turn.alliance, organisation=skipped, change=change)
    _rename_chairs(turn.alliance)
    return later[0]


@transaction.atomic
def ask_swap(*, turn: DutyTurn, other: DutyTurn, why: str, by: User) -> DutySwap:
    """A member asks another to exchange their turns."""
    require_permission(by, Permission.JOIN_MEETINGS, within=_seat(turn))
    refuse_unless(turn.alliance_id == other.alliance_id, _("只能与本联盟的单位对调。"))
    refuse_unless(turn.organisation != other.organisation, _("请选择另一单位的轮值。"))
    refuse_unless(min(turn.from_on, other.from_on) > today(), _("已开始的轮值不能对调。"))
    refuse_unless(why.strip(), _("请写明对调的原因，对方会看到。"))
    asked = turn.swaps_asked.filter(state=DutySwap.State.ASKED).exists()
    refuse_unless(not asked, _("已提出过一次对调，请等对方答复。"))
    swap = DutySwap.objects.create(turn=turn, other=other, why=why.strip(), asked_by=by)
    record(by, "rota.swap_asked", swap, within=turn.alliance, organisation=turn.organisation)
    facts = {
        "who": turn.organisation.name,
        "why": swap.why,
        "theirs": turn.from_on,
        "ours": other.from_on,
    }
    _tell(other, other.organisation, "asked", facts, key=f"swap:{swap.pk}")
    return swap


@transaction.atomic
def answer_swap(*, swap: DutySwap, is_yes: bool, by: User) -> DutySwap:
    """The other member agrees, and the turns are exchanged, or does not."""
    swap = DutySwap.objects.select_for_update().get(pk=swap.pk)
    turn, other = swap.turn, swap.other
    require_permission(by, Permission.JOIN_MEETINGS, within=_seat(other))
    refuse_unless(swap.state == DutySwap.State.ASKED, _("这次对调已答复。"))
    refuse_unless(swap.asked_by_id != by.pk, _("提出对调的人不能代对方答复。"))
    refuse_unless(min(turn.from_on, other.from_on) > today(), _("已开始的轮值不能对调。"))
    answering, asking = other.organisation, turn.organisation
    swap.state = DutySwap.State.AGREED if is_yes else DutySwap.State.REFUSED
    swap.answered_by = by
    swap.save()
    if is_yes:
        turn.organisation, other.organisation = answering, asking
        turn.save(update_fields=["organisation"])
        other.save(update_fields=["organisation"])
        _drop_swaps([turn, other])
        _rename_chairs(turn.alliance)
    act = f"rota.swap_{swap.state}"
    record(by, act, swap, within=turn.alliance, organisation=answering)
    _tell(turn, asking, swap.state, {"who": answering.name}, key=f"swap:{swap.pk}")
    return swap


@transaction.atomic
def open_handover(*, turn: DutyTurn, by: User) -> list[HandoverPoint]:
    """The alliance's checklist for the end of this turn; made once, then worked through."""
    require_permission(by, Permission.JOIN_MEETINGS, within=_seat(turn))
    turn = DutyTurn.objects.select_for_update().get(pk=turn.pk)
    refuse_unless(next_turn(turn), _("后面还没有轮值单位，请秘书处续排轮值表。"))
    if not turn.handover.exists():
        for position, word in enumerate(rules_of(turn.alliance).handover_words(), 1):
            HandoverPoint.objects.create(
                turn=turn, position=position, title_zh=word.zh, title_en=word.en
            )
        _record_handover("opened", turn, by)
    return list(turn.handover.all())


@transaction.atomic
def tick_handover(*, point: HandoverPoint, by: User, note: str = "") -> HandoverPoint:
    """The outgoing chair has handed this over."""
    point = HandoverPoint.objects.select_for_update().get(pk=point.pk)
    turn = point.turn
    require_permission(by, Permission.JOIN_MEETINGS, within=_seat(turn))
    refuse_unless(point.ticked_at is None, _("这一项已移交。"))
    point.ticked_by, point.ticked_at, point.note = by, now(), note.strip()
    point.save()
    _record_handover("ticked", turn, by, {"point": point.title_zh, "note": point.note})
    incoming = next_turn(turn)
    if incoming:
        facts = {"who": turn.organisation.name, "what": point.title_zh}
        key = f"handover:{point.pk}"
        _tell(incoming, incoming.organisation, "handed_over", facts, key=key)
    return point


@transaction.atomic
def confirm_handover(*, point: HandoverPoint, by: User) -> HandoverPoint:
    """The incoming chair has it."""
    point = HandoverPoint.objects.select_for_update().get(pk=point.pk)
    incoming = found_or_refused(next_turn(point.turn), _("后面还没有轮值单位。"))
    require_permission(by, Permission.JOIN_MEETINGS, within=_seat(incoming))
    refuse_unless(point.ticked_at, _("上一轮值单位还没有移交这一项。"))
    refuse_unless(point.confirmed_at is None, _("这一项已确认。"))
    point.confirmed_by, point.confirmed_at = by, now()
    point.save()
    _record_handover("confirmed", incoming, by, {"point": point.title_zh})
    return point


def _seat(turn: DutyTurn) -> Seat:
    return turn.alliance.seat_of(turn.organisation)


def _record_handover(
    what: str, turn: DutyTurn, by: User, change: Mapping[str, str] | None = None
) -> None:
    record(
        by,
        f"handover.{what}",
        turn,
        within=turn.alliance,
        organisation=turn.organisation,
        change=change,
    )


def _drop_swaps(turns: list[DutyTurn]) -> None:
    """Exchanges asked about turns that now belong to others mean nothing any more."""
    ids = [turn.pk for turn in turns]
    asked = DutySwap.objects.filter(state=DutySwap.State.ASKED)
    asked.filter(turn__in=ids).delete()
    asked.filter(other__in=ids).delete()


def _rename_chairs(alliance: Alliance) -> None:
    """Meetings ahead are organised by whoever is now on duty that day."""
    for meeting in alliance.meetings.filter(state__in=["prepared", "convened"]):
        chair = chair_on(alliance, meeting.on)
        if chair != meeting.chair:
            Meeting.objects.filter(pk=meeting.pk).update(chair=chair)


def _months_after(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, 1)


def _tell(
    turn: DutyTurn,
    organisation: Organisation,
    what: str,
    facts: Mapping[str, object],
    key: str = "",
) -> None:
    notify(
        liaison_officers(turn.alliance, organisation),
        key=f"{key or f'turn:{turn.pk}:{organisation.pk}'}:{what}",
        message=_TOLD[what],
        facts=facts,
        url=f"/a/{turn.alliance.slug}/rota/",
    )
