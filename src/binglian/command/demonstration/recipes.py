"""What becomes of a matter, by the name of its recipe in ``matters.csv``."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import today
from binglian.domain.coupling.actions.lists import ComponentFacts
from binglian.domain.matters import actions as act
from binglian.domain.matters.models import Assignment, Matter, Reply

from .quarter import JIMO, PROPERTY, Quarter, Row

#: Recipes that begin so many days before the day in ``matters.csv``.
EARLIER = {"late_answer": 25}
#: Of the matter that waits on the list of needs.
_COURTYARD: dict[str, Any] = {
    "title": "公共天井改造方案设计",
    "components": [
        ComponentFacts(kind="expertise", quantity=Decimal(6), unit="小时", tags=["空间设计"])
    ],
}


def _received(quarter: Quarter, row: Row) -> Matter:
    by = quarter.worker if row.facts.source == Matter.Source.WORKER else None
    return act.report_matter(alliance=quarter.alliance, facts=row.facts, by=by).matter


def _sent(quarter: Quarter, row: Row) -> Matter:
    """Looked at, made public where its category allows, and dispatched by the catalogue."""
    matter = _received(quarter, row)
    by, category = quarter.cast.secretariat, quarter.categories[row.category]
    if category.is_public:
        act.check_publication(matter=matter, public_text=matter.text, is_public=True, by=by)
    return act.dispatch_matter(matter=matter, category=category, by=by)


def handled(quarter: Quarter, row: Row) -> Matter:
    matter = _sent(quarter, row)
    act.accept_assignment(assignment=_lead(matter), by=leader_of(quarter, matter))
    return Matter.objects.select_related("alliance", "lead").get(pk=matter.pk)


def _contacted(quarter: Quarter, row: Row) -> Matter:
    matter = handled(quarter, row)
    return act.note_contact(matter=matter, by=leader_of(quarter, matter))


def _answered(quarter: Quarter, row: Row, outcome: str = Reply.Outcome.SOLVED) -> Matter:
    matter = _contacted(quarter, row)
    _reply(quarter, matter, row, outcome)
    return matter


def _reply(quarter: Quarter, matter: Matter, row: Row, outcome: str) -> Reply:
    by = leader_of(quarter, matter)
    return act.reply(matter=matter, outcome=outcome, public_text=row.answer, by=by)


def _late(quarter: Quarter, row: Row) -> Matter:
    """Answered weeks after it was asked, though more time had been given."""
    matter = _contacted(quarter, row)
    why, by = "新的垃圾点须先与三个院的居民商定。", leader_of(quarter, matter)
    act.extend(matter=matter, reason=why, working_days=3, by=by)
    answer = partial(_reply, quarter, matter, row, Reply.Outcome.SOLVED)
    quarter.diary.on(quarter.diary.ago(row.days_ago), answer)
    return matter


def judged(
    quarter: Quarter, matter: Matter, row: Row, solved: str, content: str, **how: str
) -> Matter:
    reply = _reply(quarter, matter, row, how.get("outcome", Reply.Outcome.SOLVED))
    act.revisit(reply=reply, channel="link", solved=solved, content=content, by=None)
    return matter


def _ending(solved: str, content: str, **how: str) -> Callable[[Quarter, Row], Matter]:
    def play(quarter: Quarter, row: Row) -> Matter:
        return judged(quarter, _contacted(quarter, row), row, solved, content, **how)

    return play


def _lead(matter: Matter) -> Assignment:
    current = matter.assignments.exclude(state=Assignment.State.MOVED)
    return current.get(part=Assignment.Part.LEAD)


def leader_of(quarter: Quarter, matter: Matter) -> User:
    return quarter.cast.of(_lead(matter).organisation)


def _rejected(quarter: Quarter, row: Row) -> Matter:
    matter = _received(quarter, row)
    return act.reject_matter(matter=matter, note=row.answer, by=quarter.cast.secretariat)


def _diverted(quarter: Quarter, row: Row) -> Matter:
    return act.divert_matter(
        matter=_received(quarter, row),
        diversion=Matter.Diversion.STATUTORY,
        note=row.answer,
        by=quarter.cast.secretariat,
    )


def _joined(quarter: Quarter, row: Row) -> Matter:
    category = quarter.categories[row.category]
    first = quarter.alliance.matters.filter(category=category, state__in=Matter.OPEN).first()
    matter = _received(quarter, row)
    if first is None:
        return matter
    return act.join_matter(matter=matter, to=first, by=quarter.cast.secretariat)


def _objected(quarter: Quarter, row: Row) -> Matter:
    matter = _sent(quarter, row)
    act.object_to(
        assignment=_lead(matter),
        reason="该行道树由园林养护单位管护，不在本单位职责内。",
        suggested=quarter.organisation(JIMO),
        by=leader_of(quarter, matter),
    )
    return matter


def _moved(quarter: Quarter, row: Row) -> Matter:
    matter = _sent(quarter, row)
    objection = act.object_to(
        assignment=_lead(matter), reason="产权单位为市北建投集团。", by=leader_of(quarter, matter)
    )
    lead = quarter.organisation("市北建投集团")
    act.decide_objection(
        objection=objection, is_upheld=True, lead=lead, note="产权清楚。", by=quarter.reviewer
    )
    act.accept_assignment(assignment=_lead(matter), by=quarter.cast.of(lead))
    return matter


def _extended(quarter: Quarter, row: Row) -> Matter:
    matter = _contacted(quarter, row)
    why = "塌陷处下方有老旧管线，须先由管线单位到场核对。"
    act.extend(matter=matter, reason=why, working_days=10, by=leader_of(quarter, matter))
    return matter


def _paused(quarter: Quarter, row: Row) -> Matter:
    matter = _contacted(quarter, row)
    act.pause(matter=matter, reason="等待第三方扬尘检测结果。", by=leader_of(quarter, matter))
    return matter


def _parked(quarter: Quarter, row: Row) -> Matter:
    matter = _contacted(quarter, row)
    act.park(
        matter=matter,
        reason="架空线入地须随道路改造一并实施，该路段未列入今年计划；已先将低垂线缆捆扎抬高。",
        look_again_on=today() + timedelta(days=60),
        by=leader_of(quarter, matter),
    )
    return matter


def _need_open(quarter: Quarter, row: Row) -> Matter:
    matter = _contacted(quarter, row)
    act.become_need(matter=matter, by=leader_of(quarter, matter), **_COURTYARD)
    return matter


def _unreasonable(quarter: Quarter, row: Row) -> Matter:
    matter = _contacted(quarter, row)
    reply = _reply(quarter, matter, row, Reply.Outcome.UNREASONABLE)
    act.review_unreasonable(reply=reply, is_yes=True, by=quarter.reviewer)
    return matter


def _reopened(quarter: Quarter, row: Row) -> Matter:
    matter = _ending("no", "no")(quarter, row)
    return act.reopen(matter=matter, reason="雨后仍有渗水。", by=quarter.reviewer)


def _whistle(quarter: Quarter, row: Row) -> Matter:
    """Three organisations called: one has reported, one is on the spot, one is awaited."""
    matter = _contacted(quarter, row)
    street = quarter.organisation(JIMO)
    names = ("城建局", "中青建安建设集团", PROPERTY)
    whistle = act.draft_whistle(
        matter=matter,
        organisation=street,
        kind="residents",
        reason="外廊朽坏、餐饮超载、气瓶违规存放交织，须同时处置。",
        meet_at="平康五里院门口",
        calls=[quarter.organisation(name) for name in names],
        by=quarter.cast.of(street),
    )
    act.sign_whistle(whistle=whistle, is_yes=True, by=quarter.street_leader)
    reported, present, _awaited = whistle.calls.select_related("organisation", "whistle__matter")
    for call in (reported, present):
        act.arrive(call=call, by=quarter.cast.of(call.organisation))
    by = quarter.cast.of(reported.organisation)
    act.report_result(call=reported, text="已对外廊承重作查看，限载并设支撑。", by=by)
    return matter


RECIPES: dict[str, Callable[[Quarter, Row], Matter]] = {
    "received": _received,
    "rejected": _rejected,
    "diverted": _diverted,
    "joined": _joined,
    "sent": _sent,
    "objected": _objected,
    "moved": _moved,
    "handling": handled,
    "overdue": handled,
    "contacted": _contacted,
    "paused": _paused,
    "extended": _extended,
    "parked": _parked,
    "need_open": _need_open,
    "whistle": _whistle,
    "replied": _answered,
    "late_answer": _late,
    "solved": _ending("yes", "yes"),
    "private": _ending("yes", "yes"),
    "basically": _ending("yes", "basically"),
    "explained": _ending("explained", "basically", outcome=Reply.Outcome.EXPLAINED),
    "unsolved": _ending("no", "no"),
    "unreasonable": _unreasonable,
    "reopened": _reopened,
}
