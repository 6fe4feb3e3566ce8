"""A catalogue of two categories, a community worker, a review desk, and a matter reported."""

from collections.abc import Callable
from typing import Any

import pytest

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, today
from binglian.domain.matters.actions import (
    accept_assignment,
    dispatch_matter,
    reply,
    report_matter,
)
from binglian.domain.matters.facts import ContactFacts, MatterFacts
from binglian.domain.matters.models import Category, Matter, Responsibility

CONTACT = ContactFacts(
    name="测试诉求人",
    phone="13900000000",
    email="resident@example.org",
    consent_text="同意为办理本诉求使用联系方式。",
)


@pytest.fixture
def seated(alliance: Alliance) -> Callable[..., User]:
    """A new person with a seat."""

    def seat(name: str, role: Role, organisation: Any = None) -> User:
        user = User.objects.create(username=name, display_name=name)
        alliance.appointments.create(
            user=user, role=role.value, organisation=organisation, from_on=today()
        )
        return user

    return seat


@pytest.fixture
def reviewer(seated) -> User:
    return seated("reviewer", Role.REVIEWER)


@pytest.fixture
def worker(seated, needing) -> User:
    return seated("worker", Role.WORKER, needing)


@pytest.fixture
def street(seated, alliance) -> User:
    """The liaison officer of the sub-district, which is also a lead body here."""
    return seated("street", Role.LIAISON, alliance.lead_b)


@pytest.fixture
def street_leader(seated, alliance) -> User:
    return seated("street-leader", Role.STREET_LEADER, alliance.lead_b)


@pytest.fixture
def drains(alliance, giving, needing) -> Category:
    """Drains: the builders lead, the community helps; five working days."""
    category = Category.objects.create(
        alliance=alliance,
        code="drains",
        name_zh="排水",
        name_en="Drains",
        keywords=["下水道", "积水", "堵塞"],
    )
    entry = Responsibility.objects.create(
        category=category, organisation=giving, period=5, legal_basis="《示例条例》第一条"
    )
    entry.co_handlers.add(needing)
    return category


@pytest.fixture
def noise(alliance, needing) -> Category:
    category = Category.objects.create(
        alliance=alliance, code="noise", name_zh="噪声", name_en="Noise", keywords=["噪声", "太吵"]
    )
    Responsibility.objects.create(category=category, organisation=needing, period=24, clock="hours")
    return category


@pytest.fixture
def report(alliance, drains) -> Callable[..., Matter]:
    def make(
        text: str = "院里下水道堵塞，积水排不出去。", by: User | None = None, **facts
    ) -> Matter:
        reported = report_matter(alliance=alliance, facts=MatterFacts(text, **facts), by=by)
        return reported.matter

    return make


@pytest.fixture
def dispatched(report, drains, secretariat) -> Matter:
    return dispatch_matter(matter=report(), category=drains, by=secretariat)


@pytest.fixture
def lead_of() -> Callable[[Matter], Any]:
    """The leader's own part of a matter."""
    return lambda matter: matter.assignments.exclude(state="moved").get(part="lead")


@pytest.fixture
def handled(dispatched, lead_of, giver) -> Matter:
    accept_assignment(assignment=lead_of(dispatched), by=giver)
    dispatched.refresh_from_db()
    return dispatched


@pytest.fixture
def answer(giver) -> Callable[..., Any]:
    def make(matter: Matter, outcome: str = "solved", text: str = "已疏通。", by: Any = None):
        return reply(matter=matter, outcome=outcome, public_text=text, by=by or giver)

    return make
