"""The site of the demonstration under everybody's eyes: contracts, goods given, open days."""

import json
from datetime import datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils.timezone import make_aware, now

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.checks.actions import (
    announce_open_day,
    answer_observation,
    appoint_supervisor,
    confirm_hand_out,
    enter_contract,
    enter_donation,
    file_observation,
    hand_out,
    nominate_supervisor,
    open_promise,
    publish_donation,
    record_open_day,
    sign_promise,
    sign_up,
)
from binglian.domain.checks.facts import GoodFacts
from binglian.domain.checks.promise_text import PROPOSED
from binglian.domain.checks.queries import consents
from binglian.domain.governance.models import Signature
from binglian.domain.governance.step_up import StepUp
from binglian.domain.projects.models import Project

from . import rounds
from .elapsing import Elapsing, day_of

_FILE = Path(__file__).resolve().parent / "site.json"
_CONSENT = "示例：同意为这次开放日的变动使用联系方式。"
_CONTACT = {"phone": "0532-00000000"}


def enter(alliance: Alliance, cast: rounds.Cast, supervisor: User, administrator: User) -> None:
    """After the agreement: everybody who signs a promise has the seat of a signatory."""
    facts = json.loads(_FILE.read_text(encoding="utf-8"))
    site = alliance.projects.select_related("owner", "alliance").get(title_zh=facts["project"])
    for one in facts["contracts"]:
        _contract(site, one, cast)
    for one in facts["donations"]:
        _donation(site, one, cast, administrator)
    for one in facts["open_days"]:
        _open_day(site, one, cast)
    _supervise(site, facts["supervising"], cast, supervisor, administrator)


def _contract(site: Project, facts: dict[str, Any], cast: rounds.Cast) -> None:
    owner = cast.of(site.owner)
    parties = [Organisation.objects.get(name=name) for name in facts["parties"]]
    contract = enter_contract(
        project=site,
        number=facts["number"],
        title=facts["title"],
        subject=facts["subject"],
        signed_on=today() - timedelta(days=facts["days_ago"]),
        digest=sha256(facts["number"].encode()).hexdigest(),
        parties=parties,
        by=owner,
    )
    promise = open_promise(contract=contract, text=str(PROPOSED), by=owner)
    for party in parties if facts["is_signed"] else ():
        sign_promise(
            promise=promise,
            organisation=party,
            by=cast.of(party),
            consent=consents(promise, party)[0],
            step_up=StepUp(Signature.Method.DEMONSTRATION, now()),
        )


def _donation(site: Project, facts: dict[str, Any], cast: rounds.Cast, administrator: User) -> None:
    """Given, handed out and published on the days of the file."""
    owner = cast.of(site.owner)
    goods = [
        GoodFacts(item, quantity, unit, Decimal(price))
        for item, quantity, unit, price in facts["goods"]
    ]
    donation = enter_donation(
        project=site,
        donor=Organisation.objects.get(name=facts["donor"]),
        receipt_number=facts["receipt"],
        given_on=today(),
        goods=goods,
        are_no_wages=True,
        by=owner,
    )
    lines = list(donation.goods.all())
    past = Elapsing(donation, day_of(facts, facts["given"]), administrator)
    for line, name, quantity, day, is_confirmed in facts["out"]:
        past.until(day_of(facts, day))
        receiver = Organisation.objects.get(name=name)
        row = hand_out(
            good=lines[line], organisation=receiver, quantity=quantity, on=today(), by=owner
        )
        if is_confirmed:
            confirm_hand_out(hand_out=row, by=cast.of(receiver))
    if facts["is_published"]:
        publish_donation(donation=donation, by=owner)
    past.end()


def _open_day(site: Project, facts: dict[str, Any], cast: rounds.Cast) -> None:
    owner = cast.of(site.owner)
    on = day_of(facts, facts["day"]) if "day" in facts else today() + timedelta(facts["days"])
    starts_at, ends_at = (make_aware(datetime.combine(on, time(hour))) for hour in facts["hours"])
    same = ("title_zh", "title_en", "meet_at", "capacity", "notes", "notes_en")
    day = announce_open_day(
        project=site,
        starts_at=starts_at,
        ends_at=ends_at,
        by=owner,
        **{name: facts[name] for name in same},
    )
    for people in facts.get("sign_ups", ()):
        sign_up(open_day=day, people=people, contact=_CONTACT, consent_text=_CONSENT)
    if "record_zh" in facts:
        told = {name: facts[name] for name in ("record_zh", "record_en", "visitors")}
        record_open_day(open_day=day, by=owner, **told)


def _supervise(
    site: Project, facts: dict[str, Any], cast: rounds.Cast, supervisor: User, administrator: User
) -> None:
    """A community names somebody, who files what they saw; some of it is answered."""
    community = Organisation.objects.get(name=facts["community"])
    nomination = nominate_supervisor(
        alliance=site.alliance,
        organisation=community,
        email=supervisor.email,
        chosen_how=facts["chosen_how"],
        by=cast.of(community),
    )
    appoint_supervisor(nomination=nomination, by=cast.secretariat)
    for one in facts["observations"]:
        seen = file_observation(project=site, place=one["place"], text=one["text"], by=supervisor)
        past = Elapsing(seen, day_of(one, one["seen"]), administrator)
        if "answer" in one:
            past.until(day_of(one, one["answered"]))
            answer_observation(
                observation=seen, answer=one["answer"], is_public=True, by=cast.of(site.owner)
            )
        past.end()
