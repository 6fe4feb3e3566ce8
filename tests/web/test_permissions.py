"""Whoever somebody is, and whatever is public: no page shows what the table of roles forbids.

Every text of the database carries a mark that tells its field and row. Somebody with seats drawn
at random, of now or of other times, here or in another alliance, opens pages, exports, feeds and
endpoints; each mark found is held against an oracle that was not made from the code.

``BINGLIAN_PERMISSION_EXAMPLES`` draws more people than the suite has time for, each of whom walks
through everything.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as configured
from django.db import IntegrityError, models, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Appointment, Membership, Organisation, today
from tests.web.permission_oracle import DESK, Person, Seat, may_read

from .walk import Route, address, routes

EXAMPLES = int(os.environ.get("BINGLIAN_PERMISSION_EXAMPLES", "0"))
#: The oracle is the same on both databases; the second sees fewer people.
IN_THE_SUITE = 10 if "sqlite" in configured.DATABASES["default"]["ENGINE"] else 3
#: In the suite each person opens one page of so many.
ONE_OF = 1 if EXAMPLES else 8
MARK = re.compile(r"Zq(\d{3})r(\d{1,4})q")
ROOM = 12
#: Texts that the program takes for codes, and cannot go on without.
CODES = {
    *("alliance.membership.category", "coupling.component.kind", "coupling.offer.kind"),
    # Told only with the number of those who came.
    *("checks.openday.record_zh", "checks.openday.record_en"),
    *("governance.decision.act", "governance.topic.word", "projects.project.kind"),
}
#: What lies behind a link that is the key itself; who holds it, is no matter of seats.
BEARER = ("secret", "token", "key")
#: Rows whose being public is drawn.
SWITCHES = (
    *("projects.project", "heritage.place", "heritage.placefile", "heritage.space"),
    *("checks.finding", "matters.photo"),
)
ROLES = (
    *("secretariat", "lead_a", "lead_b", "liaison", "signatory", "reviewer", "inspector"),
    *("worker", "street", "supervisor", "viewer"),
)
OF_AN_ORGANISATION = ("liaison", "signatory", "worker", "street")
seats = st.builds(
    Seat,
    role=st.sampled_from(ROLES),
    organisation=st.integers(0, 4),
    is_here=st.sampled_from([True, True, True, False]),
    is_now=st.sampled_from([True, True, True, False]),
)
people = st.builds(
    Person,
    platform_role=st.sampled_from([""] * 6 + ["administrator", "auditor"]),
    seats=st.lists(seats, max_size=3, unique_by=lambda one: (one.role, one.is_here)).map(tuple),
)


@pytest.fixture
def _silence() -> Iterator[None]:
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def bodies(alliance: Alliance, giving: Organisation, needing: Organisation) -> list[int]:
    """Whom a seat may be for: both leads, who gives, who needs, and a member in no relation."""
    third = Organisation.objects.create(name="旁边的公司（示例）", kind="private_firm")
    Membership.objects.create(
        alliance=alliance, organisation=third, category="other", state="admitted", from_on=today()
    )
    return [alliance.lead_a_id, alliance.lead_b_id, giving.pk, needing.pk, third.pk]


@pytest.fixture
def elsewhere(alliance: Alliance) -> Alliance:
    return Alliance.objects.create(
        slug="elsewhere", name="另一联盟", lead_a=alliance.lead_a, lead_b=alliance.lead_b
    )


@pytest.fixture
def marked(samples: dict[str, Any], bodies: list[int]) -> list[str]:
    """The fields with a mark in each row, ``app.model.field``, at their numbers."""
    fields: list[str] = []
    for model in apps.get_models():
        if model._meta.app_label not in DESK:
            continue
        for field in model._meta.concrete_fields:
            name = f"{model._meta.label_lower}.{field.name}"
            if not _is_text(field) or name in CODES or field.name == "slot":
                continue
            with suppress(IntegrityError), transaction.atomic():
                for key in model._base_manager.values_list("pk", flat=True):
                    told = {field.name: f"Zq{len(fields):03}r{key}q"}
                    model._base_manager.filter(pk=key).update(**told)
                fields.append(name)
    return fields


def _is_text(field: Any) -> bool:
    if not isinstance(field, models.CharField | models.TextField):
        return False
    is_free = not (field.choices or field.unique)
    return is_free and (field.max_length is None or field.max_length >= ROOM)


@pytest.mark.usefixtures("_silence")
@settings(
    max_examples=EXAMPLES or IN_THE_SUITE,
    derandomize=not EXAMPLES,
    database=None,
    deadline=None,
    phases=[Phase.generate],  # a smaller example would take minutes and tell no more
    suppress_health_check=list(HealthCheck),
)
@given(person=people, switches=st.lists(st.booleans(), min_size=6, max_size=6), data=st.data())
def test_nobody_sees_what_the_table_of_roles_forbids(
    marked: list[str],
    samples: dict[str, Any],
    bodies: list[int],
    alliance: Alliance,
    elsewhere: Alliance,
    person: Person,
    switches: list[bool],
    data: st.DataObject,
) -> None:
    doors = [one for one in routes() if not any(a.endswith(BEARER) for a in one.arguments)]
    first = data.draw(st.integers(0, ONE_OF - 1), label="first door")
    with transaction.atomic():
        for label, is_public in zip(SWITCHES, switches, strict=True):
            apps.get_model(label)._base_manager.update(is_public=is_public)
        person = _with_bodies(person, bodies)
        client = _signed_in(person, alliance, elsewhere)
        seen: dict[tuple[int, int], str] = {}
        answered = 0
        for route in doors[first::ONE_OF]:
            # Also what is here, asked for as if it were elsewhere.
            for slug in (alliance.slug, elsewhere.slug):
                if slug == elsewhere.slug and "slug" not in route.arguments:
                    continue
                status, text = _answer(client, route, samples | {"slug": slug})
                answered += status == 200
                for field, row in MARK.findall(text):
                    seen.setdefault((int(field), int(row)), f"{slug}: {route.name}")
        forbidden = {
            (marked[field], row, door)
            for (field, row), door in seen.items()
            if not may_read(person, marked[field], _row(marked[field], row))
        }
        transaction.set_rollback(True)

    assert sorted(forbidden) == []
    # Not because nothing was answered.
    assert answered > 5


def _with_bodies(person: Person, bodies: list[int]) -> Person:
    """The seats with real organisations: a lead's is for that lead, a wide one for none."""

    def body(seat: Seat) -> int | None:
        if seat.role in ("lead_a", "lead_b"):
            return bodies[seat.role == "lead_b"]
        return bodies[seat.organisation or 0] if seat.role in OF_AN_ORGANISATION else None

    filled = (Seat(one.role, body(one), one.is_here, one.is_now) for one in person.seats)
    return Person(person.platform_role, tuple(filled))


def _signed_in(person: Person, alliance: Alliance, elsewhere: Alliance) -> Client:
    user = User.objects.create(
        username="drawn", email="drawn@example.org", platform_role=person.platform_role
    )
    for seat in person.seats:
        past = today() - timedelta(days=30)
        Appointment.objects.create(
            alliance=alliance if seat.is_here else elsewhere,
            user=user,
            role=seat.role,
            organisation_id=seat.organisation,
            from_on=today() if seat.is_now else past,
            until_on=None if seat.is_now else past,
        )
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def _answer(client: Client, route: Route, arguments: dict[str, Any]) -> tuple[int, str]:
    with transaction.atomic():
        response = client.get(address(route, arguments))
        transaction.set_rollback(True)
    content = b"".join(response) if response.streaming else response.content
    assert response.status_code < 500, route.name
    return response.status_code, content.decode(errors="replace")


def _row(field: str, key: int) -> Any:
    return apps.get_model(field.rpartition(".")[0])._base_manager.get(pk=key)
