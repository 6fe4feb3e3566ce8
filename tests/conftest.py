"""Personas and lists that the claims speak of.

An alliance led by two bodies, a giving and a needing member, each with a liaison officer.
"""

import gc
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import translation

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Appointment, Membership, Organisation, today
from binglian.domain.coupling.models import Commitment, Component, CouplingRun, Need, Offer
from binglian.domain.indicators.kept import forget
from binglian.domain.ledger import guards
from binglian.web.standing import pages

# How long an example takes is a matter for benchmarks.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

#: What takes minutes begins first, so that no core is idle while another finishes alone. While the
#: wheel is installed by one worker, another builds the demonstration for all walks.
LONG = (
    "tests/test_wheel.py",
    "tests/browser/",
    "tests/web/test_routes_",
    "tests/command/",
    "tests/engine/",
)


def pytest_collection_finish() -> None:
    """What is imported stays to the end: to look through it again and again is waste."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        begins = (number for number, path in enumerate(LONG) if item.nodeid.startswith(path))
        return next(begins, len(LONG))

    items.sort(key=place)


@pytest.fixture(autouse=True)
def _ledger_guards_but_not_in_a_flush(request: pytest.FixtureRequest) -> Iterator[None]:
    """The triggers stand in every test; they are lifted for the flush after one that commits.

    The pieces of the search lie in no model's table, so they go with what is flushed here.
    """
    mark = request.node.get_closest_marker("django_db")
    names = {"transactional_db", "live_server"}
    commits = names & set(request.fixturenames) or (mark and mark.kwargs.get("transaction"))
    if not commits and not mark and "db" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db" if commits else "db")
    if not guards.are_in_place(connection):
        guards.install(connection)
    yield
    if commits:
        guards.remove(connection)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_posting")


@pytest.fixture(autouse=True)
def _no_figure_is_kept_from_another_database() -> None:
    """What is kept while the ledger stands still would outlive the rows of a test."""
    forget()
    pages.clear()


@pytest.fixture(autouse=True)
def _begins_in_the_source_language() -> None:
    """A request leaves its reader's language behind in the thread, as a server's would."""
    translation.activate(settings.LANGUAGE_CODE)


def _user(name: str, **facts: Any) -> User:
    user = User(
        username=name, email=f"{name}@example.org", display_name=facts.pop("shown", name), **facts
    )
    user.set_password("correct horse battery")
    user.save()
    return user


def _organisation(name: str, **facts: Any) -> Organisation:
    return Organisation.objects.create(name=name, **facts)


def _member(alliance: Alliance, organisation: Organisation, category: str) -> None:
    Membership.objects.create(
        alliance=alliance,
        organisation=organisation,
        category=category,
        state=Membership.State.ADMITTED,
        from_on=today(),
    )


def _seated(alliance: Alliance, user: User, role: Role, organisation: Any = None) -> User:
    Appointment.objects.create(
        alliance=alliance, user=user, role=role.value, organisation=organisation, from_on=today()
    )
    return user


@pytest.fixture
def alliance(db: None) -> Alliance:
    lead_a = _organisation(
        "历史城区管委会", name_en="Historic District Committee", kind="department"
    )
    lead_b = _organisation("即墨路街道", name_en="Jimo Road Sub-district", kind="subdistrict")
    alliance = Alliance.objects.create(
        slug="historic",
        name="历史城区片区联盟",
        name_en="Historic District Alliance",
        lead_a=lead_a,
        lead_b=lead_b,
    )
    _member(alliance, lead_a, "functional")
    _member(alliance, lead_b, "subdistrict")
    return alliance


@pytest.fixture
def giving(alliance: Alliance) -> Organisation:
    """A member that gives."""
    organisation = _organisation(
        "建设集团（示例）", name_en="Builders (illustrative)", kind="state_firm"
    )
    _member(alliance, organisation, "builder")
    return organisation


@pytest.fixture
def needing(alliance: Alliance) -> Organisation:
    """A member that needs."""
    organisation = _organisation(
        "海关后社区（示例）", name_en="Community (illustrative)", kind="community"
    )
    _member(alliance, organisation, "community")
    return organisation


@pytest.fixture
def secretariat(alliance: Alliance) -> User:
    return _seated(alliance, _user("secretariat", shown="秘书处"), Role.SECRETARIAT)


@pytest.fixture
def lead_a(alliance: Alliance) -> User:
    return _seated(alliance, _user("lead-a"), Role.LEAD_A, alliance.lead_a)


@pytest.fixture
def lead_b(alliance: Alliance) -> User:
    return _seated(alliance, _user("lead-b"), Role.LEAD_B, alliance.lead_b)


@pytest.fixture
def giver(alliance: Alliance, giving: Organisation) -> User:
    """The liaison officer of the giving member."""
    return _seated(alliance, _user("giver"), Role.LIAISON, giving)


@pytest.fixture
def receiver(alliance: Alliance, needing: Organisation) -> User:
    """The liaison officer of the needing member."""
    return _seated(alliance, _user("receiver"), Role.LIAISON, needing)


@pytest.fixture
def viewer(alliance: Alliance) -> User:
    return _seated(alliance, _user("viewer"), Role.VIEWER)


@pytest.fixture
def outsider(db: None) -> User:
    """Somebody with an account and no seat here."""
    return _user("outsider")


@pytest.fixture
def administrator(db: None) -> User:
    return _user("administrator", platform_role=Role.ADMINISTRATOR.value)


@pytest.fixture
def auditor(db: None) -> User:
    return _user("auditor", platform_role=Role.AUDITOR.value)


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A signed-in client of a person."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def make_offer(alliance: Alliance, giving: Organisation) -> Callable[..., Offer]:
    def make(quantity: int = 10, **facts: Any) -> Offer:
        facts = {"title": "会议室", "kind": "venue", "unit": "间", "organisation": giving} | facts
        facts.setdefault("number", f"R-{Offer.objects.count() + 1:03d}")
        return Offer.objects.create(alliance=alliance, quantity=Decimal(quantity), **facts)

    return make


@pytest.fixture
def make_need(alliance: Alliance, needing: Organisation) -> Callable[..., Need]:
    def make(quantity: int = 1, **facts: Any) -> Need:
        components = facts.pop("components", None) or [
            {"kind": facts.pop("kind", "venue"), "quantity": quantity, "unit": "间"}
        ]
        facts = {"title": "居民议事场地", "organisation": needing} | facts
        facts.setdefault("number", f"N-{Need.objects.count() + 1:03d}")
        need = Need.objects.create(alliance=alliance, **facts)
        for position, component in enumerate(components):
            Component.objects.create(need=need, position=position, **component)
        return need

    return make


@pytest.fixture
def propose(
    alliance: Alliance,
    secretariat: User,
    make_offer: Callable[..., Offer],
    make_need: Callable[..., Need],
) -> Callable[..., Commitment]:
    """A published proposal of ``quantity`` from an offer ``of`` so much."""

    def make(
        of: int = 10, quantity: int = 1, offer: Offer | None = None, need: Need | None = None
    ) -> Commitment:
        run = CouplingRun.objects.filter(state=CouplingRun.State.PUBLISHED).first()
        run = run or CouplingRun.objects.create(
            alliance=alliance,
            number=1,
            title="第一轮",
            state=CouplingRun.State.PUBLISHED,
            asked_by=secretariat,
        )
        need = need or make_need(quantity=quantity)
        return Commitment.objects.create(
            run=run,
            offer=offer or make_offer(quantity=of),
            component=need.components.get(position=0),
            quantity=quantity,
            answer_due_on=today(),
            due_on=need.deadline,
        )

    return make
