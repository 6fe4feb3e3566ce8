"""Makes a generated city ready to be asked, and says how.

python -m benchmarks.web.prepare ACCEPTS      in the database that the environment names

Prints one line of JSON: the pages with the cookie each is asked with, ACCEPTS proposals that wait
for an answer with the session of the officer who may give it, a key for Open311, and what the
database holds.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import django


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.web.settings"
    django.setup()
    print(json.dumps(made_ready(accepts=int(sys.argv[1])), ensure_ascii=False))


def made_ready(*, accepts: int) -> dict[str, Any]:
    """What readers need to know, with ``accepts`` proposals put up for them. Django is ready."""
    from django.db import connection

    from binglian.domain.alliance.models import Alliance
    from binglian.domain.clients.actions import register_client
    from binglian.domain.clients.models import Scope
    from binglian.domain.matters.models import Matter

    from .pages import pages
    from .sessions import secretary, session_of

    alliance = Alliance.objects.order_by("pk")[0]
    registered = register_client(
        alliance=alliance,
        name="load",
        contact="load@city.example",
        scopes=[Scope.READ, Scope.REPORT],
        per_minute=6000,
        by=None,
    )
    cookies = {"public": "", "desk": _cookie(session_of(secretary()))}
    return {
        "pages": [asdict(page) | {"cookie": cookies[page.as_whom]} for page in pages()],
        "accepts": _proposals(alliance, accepts),
        "report": f"/p/{alliance.slug}/report/",
        "open311": "/open311/v2/requests.json",
        "jurisdiction": alliance.slug,
        "service": alliance.matter_categories.order_by("pk")[0].code,
        "key": registered.key,
        "matters": Matter.objects.count(),
        "database": connection.vendor,
        "version": _version(connection),
    }


def _cookie(session: str) -> str:
    from django.conf import settings

    return f"{settings.SESSION_COOKIE_NAME}={session}"


def _proposals(alliance: Any, n: int) -> list[dict[str, str]]:
    """``n`` new proposals from the alliance's offers to its needs, all to be accepted."""
    from binglian.domain.accounts.roles import Role
    from binglian.domain.alliance.models import Appointment, today
    from binglian.domain.coupling.models import Commitment, Component, Offer

    from .sessions import session_of

    if not n:
        return []
    seats = Appointment.objects.filter(alliance=alliance, role=Role.LIAISON.value)
    officers = {seat.organisation_id: seat.user for seat in seats.select_related("user")}
    offers = list(Offer.objects.filter(alliance=alliance, state=Offer.State.OPEN)[:50])
    components = Component.objects.filter(need__alliance=alliance).select_related("need")
    needed = list(components.order_by("-pk")[:500])
    Offer.objects.filter(pk__in=[offer.pk for offer in offers]).update(quantity=10**9)
    made = [
        Commitment(
            alliance=alliance,
            giver_id=offers[number % len(offers)].organisation_id,
            receiver_id=needed[number % len(needed)].need.organisation_id,
            offer=offers[number % len(offers)],
            component=needed[number % len(needed)],
            quantity=1,
            proposed_at=alliance.matters.latest("pk").reported_at,
            answer_due_on=today() + timedelta(days=7),
        )
        for number in range(n)
    ]
    made = Commitment.objects.bulk_create(made, batch_size=500)
    cookies = {body: _cookie(session_of(officers[body])) for body in {one.giver_id for one in made}}
    return [
        {
            "path": f"/a/{alliance.slug}/commitments/{one.pk}/accept/",
            "cookie": cookies[one.giver_id],
        }
        for one in made
    ]


def _version(connection: Any) -> str:
    with connection.cursor() as cursor:
        is_sqlite = connection.vendor == "sqlite"
        cursor.execute("SELECT sqlite_version()" if is_sqlite else "SHOW server_version")
        return str(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
