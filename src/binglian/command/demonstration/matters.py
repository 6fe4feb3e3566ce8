"""Residents' matters of the historic quarter: a catalogue, and sixty matters in every state."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from binglian.command.refusals import CommandRefused
from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.actions import appoint
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.coupling.actions.lists import ComponentFacts
from binglian.domain.coupling.models import Need
from binglian.domain.matters import actions as act
from binglian.domain.matters.facts import ContactFacts, MatterFacts
from binglian.domain.matters.imports import plan_catalogue
from binglian.domain.matters.models import Assignment, Matter, Reply, Revisit

from .files import HERE
from .rounds import Cast

_JIMO, _DONGLI, _PROPERTY = "即墨路街道", "东里社区（示例）", "物业服务公司（示例）"
_CATALOGUE = "responsibilities.csv"
_CONTACT = ContactFacts(
    name="示例居民",
    phone="13900000000",
    email="resident@example.org",
    consent_text="同意承办单位为办理本诉求与我联系；办结后按期删除。",
)
#: Of the matter that became a need, and of the one that waits on the list.
_INSPECTION: dict[str, Any] = {
    "number": "S-M01",
    "title": "老院污水管道内窥检测",
    "priority": Need.Priority.URGENT,
    "components": [
        ComponentFacts(kind="equipment", quantity=Decimal(2), unit="天", tags=["管道检测"])
    ],
}
_COURTYARD: dict[str, Any] = {
    "title": "公共天井改造方案设计",
    "components": [
        ComponentFacts(kind="expertise", quantity=Decimal(6), unit="小时", tags=["空间设计"])
    ],
}

#: Seated with the catalogue, once their organisations are members.
ROLES = (Role.REVIEWER, Role.WORKER, Role.STREET_LEADER)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of ``matters.csv``: what becomes of it, and what is said."""

    recipe: str
    category: str
    days_ago: int
    facts: MatterFacts
    answer: str


class Quarter:
    """The people and the catalogue with which matters are handled."""

    def __init__(
        self, alliance: Alliance, cast: Cast, accounts: dict[str, User], administrator: User
    ) -> None:
        self.alliance, self.cast, self.administrator = alliance, cast, administrator
        self.reviewer = accounts["reviewer"]
        self.worker = accounts["worker-dongli"]
        self.street_leader = accounts["street-leader"]
        seats = (
            (self.reviewer, Role.REVIEWER, None),
            (self.worker, Role.WORKER, _DONGLI),
            (self.street_leader, Role.STREET_LEADER, _JIMO),
        )
        self._members = {m.organisation.name: m.organisation for m in alliance.memberships.all()}
        for user, role, name in seats:
            organisation = self._members[name] if name else None
            appoint(
                alliance=alliance, user=user, role=role, organisation=organisation, by=administrator
            )
        _bring_in_catalogue(alliance, cast.secretariat)
        self.categories = {one.code: one for one in alliance.matter_categories.all()}
        self.matters: dict[str, Matter] = {}

    def organisation(self, name: str) -> Organisation:
        return self._members[name]


def begin(quarter: Quarter) -> None:
    """What no single office could solve goes on the spring list of needs."""
    row = next(row for row in _matters(quarter) if row.recipe == "need_met")
    matter = _handled(quarter, row)
    act.become_need(matter=matter, by=_leader(quarter, matter), **_INSPECTION)
    quarter.matters["need_met"] = matter


def enter(quarter: Quarter) -> None:
    """Every other matter, and the end of the one that others solved."""
    solved = next(row for row in _matters(quarter) if row.recipe == "need_met")
    act.bring_back()
    met = Matter.objects.get(pk=quarter.matters["need_met"].pk)
    _judged(quarter, met, solved, Revisit.Solved.YES, Revisit.Content.YES)
    for row in _matters(quarter):
        if row.recipe == "need_met":
            continue
        matter = _RECIPES[row.recipe](quarter, row)
        act.move_back(matter=matter, days=row.days_ago, by=quarter.administrator)
    themes = act.propose_themes(
        alliance=quarter.alliance, month=today(), by=quarter.cast.secretariat
    )
    for theme in themes[:1]:
        lead = quarter.organisation("市北建投集团")
        act.adopt_theme(
            theme=theme, title="老院排水反复堵塞", lead=lead, by=quarter.cast.secretariat
        )


def _bring_in_catalogue(alliance: Alliance, by: User) -> None:
    content = (HERE / "historic" / _CATALOGUE).read_bytes()
    plan = plan_catalogue(alliance, content, _CATALOGUE)
    if plan.problems:
        raise CommandRefused("\n".join(plan.problems))
    act.import_catalogue(plan=plan, by=by)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (HERE / "historic" / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _matters(quarter: Quarter) -> Iterator[Row]:
    for number, row in enumerate(_rows("matters.csv")):
        facts = MatterFacts(
            text=row["内容"],
            category=quarter.categories.get(row["类别"]),
            address=row["地点"],
            courtyard=row["院落"],
            longitude=float(row["经度"]) if row["经度"] else None,
            latitude=float(row["纬度"]) if row["纬度"] else None,
            # Every third reporter stays anonymous.
            contact=_CONTACT if number % 3 else None,
            source=Matter.Source.WORKER if row["地点"] == "东里" else Matter.Source.WEB,
        )
        yield Row(row["做法"], row["类别"], int(row["几天前"]), facts, row["答复"])


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


def _handled(quarter: Quarter, row: Row) -> Matter:
    matter = _sent(quarter, row)
    act.accept_assignment(assignment=_lead(matter), by=_leader(quarter, matter))
    return Matter.objects.select_related("alliance", "lead").get(pk=matter.pk)


def _contacted(quarter: Quarter, row: Row) -> Matter:
    matter = _handled(quarter, row)
    return act.note_contact(matter=matter, by=_leader(quarter, matter))


def _answered(quarter: Quarter, row: Row, outcome: str = Reply.Outcome.SOLVED) -> Matter:
    matter = _contacted(quarter, row)
    _reply(quarter, matter, row, outcome)
    return matter


def _reply(quarter: Quarter, matter: Matter, row: Row, outcome: str) -> Reply:
    by = _leader(quarter, matter)
    return act.reply(matter=matter, outcome=outcome, public_text=row.answer, by=by)


def _late(quarter: Quarter, row: Row) -> Matter:
    """Answered weeks after it was asked, though more time had been given."""
    matter = _contacted(quarter, row)
    why, by = "新的垃圾点须先与三个院的居民商定。", _leader(quarter, matter)
    act.extend(matter=matter, reason=why, working_days=3, by=by)
    act.move_back(matter=matter, days=25, by=quarter.administrator)
    _reply(quarter, matter, row, Reply.Outcome.SOLVED)
    return matter


def _judged(
    quarter: Quarter, matter: Matter, row: Row, solved: str, content: str, **how: str
) -> Matter:
    reply = _reply(quarter, matter, row, how.get("outcome", Reply.Outcome.SOLVED))
    act.revisit(reply=reply, channel="link", solved=solved, content=content, by=None)
    return matter


def _ending(solved: str, content: str, **how: str) -> Callable[[Quarter, Row], Matter]:
    def play(quarter: Quarter, row: Row) -> Matter:
        return _judged(quarter, _contacted(quarter, row), row, solved, content, **how)

    return play


def _lead(matter: Matter) -> Assignment:
    current = matter.assignments.exclude(state=Assignment.State.MOVED)
    return current.get(part=Assignment.Part.LEAD)


def _leader(quarter: Quarter, matter: Matter) -> User:
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
        suggested=quarter.organisation(_JIMO),
        by=_leader(quarter, matter),
    )
    return matter


def _moved(quarter: Quarter, row: Row) -> Matter:
    matter = _sent(quarter, row)
    objection = act.object_to(
        assignment=_lead(matter), reason="产权单位为市北建投集团。", by=_leader(quarter, matter)
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
    act.extend(matter=matter, reason=why, working_days=10, by=_leader(quarter, matter))
    return matter


def _paused(quarter: Quarter, row: Row) -> Matter:
    matter = _contacted(quarter, row)
    act.pause(matter=matter, reason="等待第三方扬尘检测结果。", by=_leader(quarter, matter))
    return matter


def _parked(quarter: Quarter, row: Row) -> Matter:
    matter = _contacted(quarter, row)
    act.park(
        matter=matter,
        reason="架空线入地须随道路改造一并实施，该路段未列入今年计划；已先将低垂线缆捆扎抬高。",
        look_again_on=today() + timedelta(days=60),
        by=_leader(quarter, matter),
    )
    return matter


def _need_open(quarter: Quarter, row: Row) -> Matter:
    matter = _contacted(quarter, row)
    act.become_need(matter=matter, by=_leader(quarter, matter), **_COURTYARD)
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
    street = quarter.organisation(_JIMO)
    names = ("城建局", "中青建安建设集团", _PROPERTY)
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


_RECIPES: dict[str, Callable[[Quarter, Row], Matter]] = {
    "received": _received,
    "rejected": _rejected,
    "diverted": _diverted,
    "joined": _joined,
    "sent": _sent,
    "objected": _objected,
    "moved": _moved,
    "handling": _handled,
    "overdue": _handled,
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
