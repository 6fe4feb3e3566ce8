"""An alliance and its people as a machine drives them, and an independent idea of who may what.

``Books`` keeps in plain Python what the platform should know: seats, delegations, the table, what
was asked and approved. It imports none of the platform's own rules.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Appointment, Membership, Organisation, today
from binglian.domain.governance.models import Decision, Delegation

ACT = "alliance.admission"
TABLE = "governance.rules"
#: Who sits for which lead body, as an observer, from the start to the end.
PEOPLE = {"ann": "a", "abe": "a", "bea": "b", "bob": "b", "both": "ab", "none": ""}
ROLES = {"a": Role.LEAD_A, "b": Role.LEAD_B}


@dataclass
class Given:
    """A delegation as the books know it; days count from the start of the story."""

    pk: int
    giver: str
    to: str
    lead: str
    first: int
    last: int
    is_revoked: bool = False


@dataclass
class Asked:
    """A decision as the books know it."""

    act: str
    thing: int
    content: object
    needs: str
    is_open: bool = True
    #: (lead, who pressed, for whom)
    approvals: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def answered(self) -> set[str]:
        return {lead for lead, _who, _holder in self.approvals}


@dataclass
class Books:
    day: int = 0
    days: int = 5
    table: str = "ab"
    seats: set[tuple[str, str]] = field(default_factory=set)
    given: list[Given] = field(default_factory=list)
    asked: dict[int, Asked] = field(default_factory=dict)
    #: membership → (name, category), and whether it is applied, admitted or refused
    things: dict[int, tuple[str, str]] = field(default_factory=dict)
    states: dict[int, str] = field(default_factory=dict)

    def sits_for(self, person: str, lead: str) -> bool:
        return lead in PEOPLE[person] or (person, lead) in self.seats

    def has_other_part(self, person: str, lead: str) -> bool:
        return any((person, other) in self.seats for other in "ab" if other != lead)

    def acts_for(self, person: str, lead: str) -> str | None:
        """For whom the person may answer today: themselves, a giver, or nobody."""
        if (person, lead) in self.seats:
            return person
        mine = [g for g in self.given if g.to == person and self._is_on(g)]
        if any(g.lead != lead for g in mine) or self.has_other_part(person, lead):
            return None
        if not self.sits_for(person, lead):
            return None
        givers = [g.giver for g in mine if (g.giver, lead) in self.seats]
        return givers[-1] if givers else None

    def _is_on(self, given: Given) -> bool:
        return not given.is_revoked and given.first <= self.day <= given.last

    def may_delegate(self, giver: str, to: str, lead: str) -> bool:
        elsewhere = any(
            g.to == to and g.lead != lead and not g.is_revoked and g.last >= self.day
            for g in self.given
        )
        return (
            (giver, lead) in self.seats
            and giver != to
            and self.sits_for(to, lead)
            and not self.has_other_part(to, lead)
            and not elsewhere
        )

    def has_changed(self, asked: Asked) -> bool:
        return self.content_of(asked) != asked.content or asked.needs != self.needs(asked.act)

    def needs(self, act: str) -> str:
        return "ab" if act == TABLE else self.table

    def content_of(self, asked: Asked) -> object:
        if asked.act == TABLE:
            return (self.table, self.days, asked.content[2])
        return (*self.things[asked.thing], self.states[asked.thing])


class World:
    """The alliance in the database, with people who sit for the lead bodies."""

    def __init__(self) -> None:
        self.bodies = {
            lead: Organisation.objects.create(name=f"牵头单位{lead}") for lead in ("a", "b")
        }
        self.alliance = Alliance.objects.create(
            slug="machine", name="联盟", lead_a=self.bodies["a"], lead_b=self.bodies["b"]
        )
        self.people = {name: self._person(name) for name in PEOPLE}
        self.desk = self._person("desk")
        self._seat(self.desk, Role.SECRETARIAT, None)
        for name, leads in PEOPLE.items():
            for lead in leads:
                self._seat(self.people[name], Role.VIEWER, self.bodies[lead])

    def _person(self, name: str) -> User:
        return User.objects.create(username=name, email=f"{name}@example.org", display_name=name)

    def _seat(self, user: User, role: Role, body: Organisation | None) -> Appointment:
        return self.alliance.appointments.create(
            user=user, role=role.value, organisation=body, from_on=today()
        )

    def take_seat(self, person: str, lead: str) -> None:
        """Straight into the table: the guard of decisions must hold without that of seats."""
        self._seat(self.people[person], ROLES[lead], self.bodies[lead])

    def leave_seat(self, person: str, lead: str) -> None:
        held = self.alliance.appointments.current().filter(
            user=self.people[person], role=ROLES[lead].value
        )
        held.update(until_on=today())

    def applicant(self, number: int) -> Membership:
        organisation = Organisation.objects.create(name=f"单位{number}")
        return Membership.objects.create(
            alliance=self.alliance, organisation=organisation, category="other"
        )

    def days_pass(self, count: int) -> None:
        """Everything stored happened so many days earlier."""
        back = timedelta(days=count)
        for model, *fields in (
            (Appointment, "from_on", "until_on"),
            (Delegation, "from_on", "until_on"),
            (Decision, "answer_due_on"),
        ):
            for row in model.objects.filter(alliance=self.alliance):
                for name in fields:
                    if getattr(row, name):
                        setattr(row, name, getattr(row, name) - back)
                row.save()
