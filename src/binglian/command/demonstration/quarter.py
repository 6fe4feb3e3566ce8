"""The historic quarter's people, catalogue and file of matters."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from binglian.command.refusals import CommandRefused
from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.actions import appoint
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.matters import actions as act
from binglian.domain.matters.facts import ContactFacts, MatterFacts
from binglian.domain.matters.imports import plan_catalogue
from binglian.domain.matters.models import Matter

from .diary import Diary
from .files import HERE
from .rounds import Cast

JIMO, PROPERTY = "即墨路街道", "物业服务公司（示例）"
_DONGLI = "东里社区（示例）"
_CATALOGUE = "responsibilities.csv"
_CONTACT = ContactFacts(
    name="示例居民",
    phone="13900000000",
    email="resident@example.org",
    consent_text="同意承办单位为办理本诉求与我联系；办结后按期删除。",
)
#: Seated with the catalogue or the sites, once their organisations are members.
ROLES = (Role.REVIEWER, Role.WORKER, Role.STREET_LEADER, Role.SUPERVISOR, Role.INSPECTOR)


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
        self,
        alliance: Alliance,
        cast: Cast,
        accounts: dict[str, User],
        administrator: User,
        diary: Diary,
    ) -> None:
        self.alliance, self.cast, self.diary = alliance, cast, diary
        self.reviewer = accounts["reviewer"]
        self.worker = accounts["worker-dongli"]
        self.street_leader = accounts["street-leader"]
        seats = (
            (self.reviewer, Role.REVIEWER, None),
            (self.worker, Role.WORKER, _DONGLI),
            (self.street_leader, Role.STREET_LEADER, JIMO),
        )
        self._members = {m.organisation.name: m.organisation for m in alliance.memberships.all()}
        for user, role, name in seats:
            organisation = self._members[name] if name else None
            appoint(
                alliance=alliance, user=user, role=role, organisation=organisation, by=administrator
            )
        _bring_in_catalogue(alliance, cast.secretariat)
        # Members meet twice a week: a day is too short to find out whose a matter is.
        act.change_matter_rules(alliance=alliance, by=cast.secretariat, objection_days=2)
        self.categories = {one.code: one for one in alliance.matter_categories.all()}
        self.matters: dict[str, Matter] = {}

    def organisation(self, name: str) -> Organisation:
        return self._members[name]


def _bring_in_catalogue(alliance: Alliance, by: User) -> None:
    content = (HERE / "historic" / _CATALOGUE).read_bytes()
    plan = plan_catalogue(alliance, content, _CATALOGUE)
    if plan.problems:
        raise CommandRefused("\n".join(plan.problems))
    act.import_catalogue(plan=plan, by=by)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (HERE / "historic" / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def rows_of(quarter: Quarter) -> Iterator[Row]:
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
