"""What a member's own program does: its lists, its commitments; and reporting a matter."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.errors import HttpError

from binglian.domain.clients.actions import note_act
from binglian.domain.clients.models import ApiClient, Scope
from binglian.domain.coupling.actions import (
    accept_commitment,
    decline_commitment,
    report_delivery,
    save_need,
    save_offer,
    withdraw_row,
)
from binglian.domain.coupling.actions.lists import ComponentFacts
from binglian.domain.coupling.models import Commitment, Need, Offer
from binglian.domain.coupling.queries import BOTH_SIDES
from binglian.domain.matters.actions import report_matter
from binglian.domain.matters.facts import MatterFacts
from binglian.domain.matters.models import Matter
from binglian.domain.matters.queries import categories_of

from .answers import Key, Slug, written
from .matters import router as matters
from .paging import Page, page_of
from .speaking import Speaker, Voice, member_of, once, place_of
from .writing_schemas import (
    AcceptIn,
    DeclineIn,
    DeliverIn,
    ListedOut,
    MatterIn,
    NeedIn,
    OfferIn,
    OwnCommitmentOut,
    OwnCommitmentPage,
    ReportedOut,
)

router = Router(tags=["members' programs"])
_LISTS, _PROMISES = Speaker(Scope.LISTS), Speaker(Scope.COMMITMENTS)


@router.post("/{slug}/own/offers", auth=_LISTS, response=written(ListedOut), url_name="enter_offer")
def enter_offer(request: HttpRequest, slug: Slug, wanted: OfferIn) -> Any:
    """Put an offer on the list."""
    voice = member_of(request, slug)

    def act() -> dict[str, Any]:
        offer = save_offer(
            alliance=voice.alliance,
            organisation=voice.organisation,
            by=voice.officer,
            **wanted.model_dump(),
        )
        return _listed(voice.client, "offer.entered", offer)

    return once(request, _whole(act))


@router.post("/{slug}/own/needs", auth=_LISTS, response=written(ListedOut), url_name="enter_need")
def enter_need(request: HttpRequest, slug: Slug, wanted: NeedIn) -> Any:
    """Put a need on the list."""
    voice = member_of(request, slug)

    def act() -> dict[str, Any]:
        facts = wanted.model_dump(exclude={"components"})
        parts = [ComponentFacts(**part.model_dump()) for part in wanted.components]
        need = save_need(
            alliance=voice.alliance,
            organisation=voice.organisation,
            by=voice.officer,
            components=parts,
            **facts,
        )
        return _listed(voice.client, "need.entered", need)

    return once(request, _whole(act))


@router.post(
    "/{slug}/own/offers/{key}/withdraw",
    auth=_LISTS,
    response=written(ListedOut),
    url_name="withdraw_offer",
)
def withdraw_offer(request: HttpRequest, slug: Slug, key: Key) -> Any:
    """Take an own offer off the list; what was promised on it stays."""
    return _withdraw(request, slug, Offer, key)


@router.post(
    "/{slug}/own/needs/{key}/withdraw",
    auth=_LISTS,
    response=written(ListedOut),
    url_name="withdraw_need",
)
def withdraw_need(request: HttpRequest, slug: Slug, key: Key) -> Any:
    """Take an own need off the list."""
    return _withdraw(request, slug, Need, key)


def _withdraw(request: HttpRequest, slug: str, model: type[Offer] | type[Need], key: int) -> Any:
    voice = member_of(request, slug)
    rows = model.objects.filter(alliance=voice.alliance, organisation=voice.organisation)
    row: Any = get_object_or_404(rows.select_related("alliance", "organisation"), pk=key)

    def act() -> dict[str, Any]:
        done = withdraw_row(row=row, by=voice.officer)
        return _listed(voice.client, f"{model._meta.model_name}.withdrawn", done)

    return once(request, _whole(act))


@router.get(
    "/{slug}/own/commitments",
    auth=_PROMISES,
    response=written(OwnCommitmentPage),
    url_name="own_commitments",
)
def own_commitments(request: HttpRequest, slug: Slug, wanted: Query[Page]) -> Any:
    """Commitments to and from the member, proposals too; the newest first."""
    voice = member_of(request, slug)
    ours = voice.organisation
    rows = Commitment.objects.filter(alliance=voice.alliance).select_related(*BOTH_SIDES)
    rows = rows.filter(giver=ours) | rows.filter(receiver=ours)
    found, following = page_of(rows, "own", wanted.cursor, wanted.limit)
    return {"items": [_told(one, voice.client) for one in found], "next": following}


@router.post(
    "/{slug}/own/commitments/{key}/accept",
    auth=_PROMISES,
    response=written(OwnCommitmentOut),
    url_name="accept",
)
def accept(request: HttpRequest, slug: Slug, key: Key, wanted: AcceptIn) -> Any:
    """Take a proposal on; a large one stays proposed until the leads have approved it."""
    voice, commitment = _given(request, slug, key)
    facts = {"commitment": commitment, "by": voice.officer, "due_on": wanted.due_on}
    return _answered(
        request, voice.client, commitment, "commitment.accepted", accept_commitment, facts
    )


@router.post(
    "/{slug}/own/commitments/{key}/decline",
    auth=_PROMISES,
    response=written(OwnCommitmentOut),
    url_name="decline",
)
def decline(request: HttpRequest, slug: Slug, key: Key, wanted: DeclineIn) -> Any:
    """Say no to a proposal, with the reason."""
    voice, commitment = _given(request, slug, key)
    facts = {"commitment": commitment, "by": voice.officer, "why": wanted.why}
    return _answered(
        request, voice.client, commitment, "commitment.declined", decline_commitment, facts
    )


@router.post(
    "/{slug}/own/commitments/{key}/deliver",
    auth=_PROMISES,
    response=written(OwnCommitmentOut),
    url_name="deliver",
)
def deliver(request: HttpRequest, slug: Slug, key: Key, wanted: DeliverIn) -> Any:
    """Report a delivery; it counts once the other side has judged it."""
    voice, commitment = _given(request, slug, key)
    facts = {"commitment": commitment, "by": voice.officer, **wanted.model_dump()}
    return _answered(
        request, voice.client, commitment, "commitment.delivered", report_delivery, facts
    )


@matters.post(
    "/{slug}/matters",
    auth=Speaker(Scope.REPORT),
    response=written(ReportedOut),
    url_name="matters",
    tags=["matters"],
)
def report(request: HttpRequest, slug: Slug, wanted: MatterIn) -> Any:
    """Report a matter; it is public once somebody has checked it."""
    alliance = place_of(request, slug)
    category = None
    if wanted.category is not None:
        category = categories_of(alliance).filter(code=wanted.category).first()
        if category is None:
            raise HttpError(422, _("没有这一类别：%(kind)s。") % {"kind": wanted.category})
    facts = MatterFacts(
        text=wanted.text,
        category=category,
        source=Matter.Source.API,
        longitude=wanted.longitude,
        latitude=wanted.latitude,
        address=wanted.address,
    )

    def act() -> dict[str, Any]:
        reported = report_matter(alliance=alliance, facts=facts, by=None)
        where = reverse("public_matters:follow", args=[reported.token])
        return {"number": reported.matter.number, "follow": settings.SITE_URL + where}

    return once(request, act)


def _given(request: HttpRequest, slug: str, key: int) -> tuple[Voice, Commitment]:
    """A commitment the program's member has to answer for."""
    voice = member_of(request, slug)
    rows = Commitment.objects.filter(alliance=voice.alliance, giver=voice.organisation)
    return voice, get_object_or_404(rows.select_related(*BOTH_SIDES), pk=key)


def _answered(
    request: HttpRequest, client: ApiClient, commitment: Commitment, act: str, do: Any, facts: Any
) -> Any:
    def once_only() -> dict[str, Any]:
        do(**facts)
        note_act(client=client, act=act, obj=commitment)
        row = Commitment.objects.select_related(*BOTH_SIDES).get(pk=commitment.pk)
        return _told(row, client)

    return once(request, _whole(once_only))


def _whole(act: Any) -> Any:
    """The act and the note that a program did it stand or fall together."""
    return transaction.atomic(act)


def _listed(client: ApiClient, act: str, row: Offer | Need) -> dict[str, Any]:
    note_act(client=client, act=act, obj=row)
    return {"id": row.pk, "number": row.number, "title": row.title, "state": str(row.state)}


def _told(row: Commitment, client: ApiClient) -> dict[str, Any]:
    return {
        "id": row.pk,
        "is_ours": row.giver_id == client.organisation_id,
        "giver": row.giver.name,
        "receiver": row.receiver.name,
        "what": row.title,
        "given": row.given,
        "quantity": float(row.quantity),
        "unit": row.unit,
        "state": str(row.state),
        "answer_due_on": row.answer_due_on and row.answer_due_on.isoformat(),
        "due_on": row.due_on and row.due_on.isoformat(),
    }
