"""An alliance small enough to begin in a second, with enough to do for whoever writes to it."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from benchmarks.matters.quiet_alliance import quiet_alliance
from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.clients.actions import register_client
from binglian.domain.coupling.actions import ask_run as ask_for_run
from binglian.domain.coupling.jobs import enqueue_run
from binglian.domain.coupling.models import Commitment, Component, CouplingRun, Need, Offer
from binglian.domain.matters.models import Category


def make(proposals: int = 2000) -> dict[str, Any]:
    """Make it; what a writer has to know of it."""
    alliance, _administrator, secretariat = quiet_alliance()
    giver, receiver = Organisation.objects.order_by("pk")[3:5]
    officer = User.objects.get(username="officer-3")
    program = register_client(
        alliance=alliance,
        organisation=giver,
        name="单位的程序",
        contact="0532-1",
        scopes=["read", "lists", "commitments", "report"],
        per_minute=6000,
        by=officer,
    )
    reporter = register_client(
        alliance=alliance,
        name="随手拍",
        contact="0532-2",
        scopes=["read", "report"],
        per_minute=6000,
        by=None,
    )
    Category.objects.create(alliance=alliance, code="lamps", name_zh="路灯", name_en="Lamps")
    return {
        "slug": alliance.slug,
        "member_key": program.key,
        "reporter_key": reporter.key,
        "session": _session_of(officer),
        "organisation": giver.pk,
        "proposals": _proposals(alliance, giver, receiver, secretariat, proposals),
    }


def ask_run(seconds: int = 3) -> dict[str, int]:
    """Ask for a coupling run, as the secretariat does."""
    alliance = Alliance.objects.get()
    by = User.objects.get(username="secretariat")
    with transaction.atomic():
        run = ask_for_run(alliance=alliance, by=by, seconds=seconds)
        enqueue_run(run.pk)
    return {"run": run.pk}


def _proposals(
    alliance: Alliance, giver: Organisation, receiver: Organisation, by: User, count: int
) -> list[int]:
    """Published proposals, each of an offer and a need of its own."""
    run = CouplingRun.objects.create(
        alliance=alliance,
        number=1,
        title="第一轮",
        state=CouplingRun.State.PUBLISHED,
        asked_by=by,
    )
    # By their tags each need can be met by a few offers only: a run takes seconds.
    offers = Offer.objects.bulk_create(
        Offer(
            alliance=alliance,
            organisation=giver,
            number=f"P-{n}",
            title=f"会议室 {n}",
            kind="venue",
            tags=[_room(n)],
            unit="间",
            quantity=Decimal(2),
        )
        for n in range(count)
    )
    needs = Need.objects.bulk_create(
        Need(alliance=alliance, organisation=receiver, number=f"Q-{n}", title=f"议事 {n}")
        for n in range(count)
    )
    parts = Component.objects.bulk_create(
        Component(need=need, position=0, kind="venue", tags=[_room(n)], quantity=1, unit="间")
        for n, need in enumerate(needs)
    )
    pairs = zip(offers, parts, strict=True)
    made = Commitment.objects.bulk_create(
        Commitment(
            alliance=alliance,
            run=run,
            offer=offer,
            component=part,
            giver=giver,
            receiver=receiver,
            quantity=1,
            answer_due_on=today(),
        )
        for offer, part in pairs
    )
    return [row.pk for row in made]


def _room(n: int) -> str:
    return f"{n % 200} 号楼"


def _session_of(user: User) -> str:
    """A signed-in session: signing in is not what is measured."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)
