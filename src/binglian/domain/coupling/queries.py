"""Reads about lists, runs and commitments; every list starts from what the reader may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db.models import (
    Case,
    Count,
    DecimalField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.alliance.names import search_terms
from binglian.domain.alliance.queries import alliances_visible_to
from binglian.domain.governance.promises import PromiseState
from binglian.domain.ledger.queries import entries_of

from . import lookups  # noqa: F401 - registers has_item
from .models import (
    Commitment,
    Component,
    CouplingRun,
    Match,
    Need,
    Offer,
    SavedFilter,
    Scenario,
    UnmetNeed,
)

State = Commitment.State
Row = TypeVar("Row", Offer, Need)
#: Undated promises come last on every database.
BY_DUE_DAY = F("due_on").asc(nulls_last=True)
#: What every page and message about a commitment names.
BOTH_SIDES = ("alliance", "giver", "receiver", "offer", "component__need")


def offers_visible_to(user: User) -> QuerySet[Offer]:
    offers = Offer.objects.filter(alliance__in=alliances_visible_to(user))
    return offers.select_related("organisation", "alliance")


def needs_visible_to(user: User) -> QuerySet[Need]:
    needs = Need.objects.filter(alliance__in=alliances_visible_to(user))
    return needs.select_related("organisation", "alliance").prefetch_related("components")


def runs_visible_to(user: User) -> QuerySet[CouplingRun]:
    runs = CouplingRun.objects.filter(alliance__in=alliances_visible_to(user))
    return runs.select_related("alliance", "asked_by")


def commitments_visible_to(user: User) -> QuerySet[Commitment]:
    commitments = Commitment.objects.filter(alliance__in=alliances_visible_to(user))
    return commitments.select_related(*BOTH_SIDES, "run", "answered_by").prefetch_related(
        "deliveries"
    )


def containing(rows: QuerySet, query: str) -> QuerySet:
    """Rows whose own text, or whose organisation's, contains every typed word."""
    for term in search_terms(query):
        rows = rows.filter(
            Q(search_text__contains=term) | Q(organisation__search_text__contains=term)
        )
    return rows


def quantity_left(offer: Offer, slot: str = "") -> Decimal:
    """What of an offer its owner has not yet promised; of one that renews, in this slot.

    Without a slot, what is free in every slot.
    """
    return offer.quantity - quantity_promised(offer, slot)


def quantity_promised(offer: Offer, slot: str = "", *, renews: bool | None = None) -> Decimal:
    """What the owner has promised: all together, or of an offer that ``renews`` at one time.

    A promise kept and judged gives the room of a renewing offer free again.
    """
    binding = offer.commitments.filter(state__in=Commitment.BINDING)
    if not (offer.renews if renews is None else renews):
        return binding.aggregate(s=Sum("quantity"))["s"] or Decimal(0)
    running = binding.exclude(state=State.JUDGED).order_by()
    taken = dict(running.values_list("slot").annotate(s=Sum("quantity")))
    always = taken.pop("", Decimal(0))
    at_once = taken.get(slot, Decimal(0)) if slot else max(taken.values(), default=Decimal(0))
    return always + at_once


def rounds_waited(
    needs: Iterable[Need] | QuerySet[Need], *, without: CouplingRun | None = None
) -> QuerySet[UnmetNeed, tuple[int, int]]:
    """Need ids; in how many published runs, ``without`` one, each went wholly or partly unmet."""
    rows = UnmetNeed.objects.filter(need__in=needs, run__published_at__isnull=False)
    rows = rows.exclude(run=without) if without else rows
    return rows.order_by().values_list("need").annotate(n=Count("pk"))


def with_quantity_left(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """Each offer with ``left``: what of it is not yet promised by its owner."""
    binding = Commitment.objects.filter(offer=OuterRef("pk"), state__in=Commitment.BINDING)
    taken = binding.order_by().values("offer").annotate(s=Sum("quantity")).values("s")
    nothing = Value(Decimal(0), output_field=DecimalField())
    return offers.annotate(left=F("quantity") - Coalesce(Subquery(taken), nothing))


def tagged(rows: QuerySet[Row], tag: str) -> QuerySet[Row]:
    """Offers that have the tag, or needs of which a component has it."""
    if rows.model is Offer:
        return rows.filter(tags__has_item=tag)
    components = Component.objects.filter(tags__has_item=tag)
    return rows.filter(pk__in=components.values("need"))


def of_kind(rows: QuerySet[Row], kind: str) -> QuerySet[Row]:
    """Offers of the kind, or needs of which a component is of it."""
    if rows.model is Offer:
        return rows.filter(kind=kind)
    return rows.filter(pk__in=Component.objects.filter(kind=kind).values("need"))


def needs_by_urgency(alliance: Alliance) -> QuerySet[Need]:
    """The open needs of an alliance, urgent ones first."""
    order = Case(
        When(priority=Need.Priority.URGENT, then=0),
        When(priority=Need.Priority.IMPORTANT, then=1),
        default=2,
    )
    rows = alliance.needs.filter(state=Need.State.OPEN).select_related("organisation")
    return rows.order_by(order, F("deadline").asc(nulls_last=True), "pk")


def filters_of(user: User, alliance: Alliance, list_name: str) -> QuerySet[SavedFilter]:
    """The filters a person keeps for one list of an alliance."""
    return user.saved_filters.filter(alliance=alliance, list=list_name)


def lists_changed_since(run: CouplingRun) -> bool:
    """Whether anything a run takes into account has changed since it was asked for."""
    since = entries_of(run.alliance.slug).filter(at__gt=run.asked_at)
    subjects = ("offer.", "need.", "commitment.", "membership.")
    pledged = run.alliance.commitments.filter(offer=None).values_list("pk", flat=True)
    since = since.exclude(
        object_type=Commitment._meta.label_lower, object_id__in=[str(pk) for pk in pledged]
    )
    return since.filter(reduce(or_, (Q(act__startswith=subject) for subject in subjects))).exists()


def weights_in_force(alliance: Alliance) -> dict[str, dict[str, float]]:
    """The policy weights both leads adopted last; {} leaves every need its own weight."""
    return weights_of(adopted_scenarios(alliance))


def adopted_scenarios(alliance: Alliance) -> QuerySet[Scenario, dict[str, Any]]:
    """The changes of the scenario both leads adopted last."""
    adopted = Scenario.objects.filter(run__alliance=alliance, adopted_at__isnull=False)
    return adopted.order_by("-adopted_at", "-pk").values_list("changes", flat=True)[:1]


def weights_of(adopted: Iterable[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """The policy weights in what was adopted last."""
    return next((changes.get("weights", {}) for changes in adopted), {})


def previous_run(run: CouplingRun) -> CouplingRun | None:
    """The last finished run of the same kind of round before this one, to compare with."""
    finished = [
        CouplingRun.State.PROPOSED,
        CouplingRun.State.PUBLISHED,
        CouplingRun.State.SUPERSEDED,
    ]
    same_round = run.alliance.runs.filter(round=run.round, number__lt=run.number)
    return same_round.filter(state__in=finished).first()


def latest_runs(alliances: Iterable[Alliance]) -> dict[int, list[CouplingRun]]:
    """Alliance id → its newest run and the newest whose result still counts, newest first."""
    here = CouplingRun.objects.filter(alliance=OuterRef("alliance")).values("pk")
    with_result = here.filter(state__in=CouplingRun.WITH_RESULT)
    newest = Q(pk=Subquery(here[:1])) | Q(pk=Subquery(with_result[:1]))
    found: dict[int, list[CouplingRun]] = {}
    for run in CouplingRun.objects.filter(newest, alliance__in=alliances):
        found.setdefault(run.alliance_id, []).append(run)
    return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a run differs from the one before it."""

    previous: CouplingRun
    added: list[Match]
    removed: list[Match]
    changed: list[tuple[Match, Match]]


def compare_with_previous(run: CouplingRun) -> Comparison | None:
    """Matches that came, went, or changed their quantity since the last run."""
    previous = previous_run(run)
    if previous is None:
        return None
    now_, then = (
        {(m.offer_id, m.component_id, m.slot): m for m in matches_of(r)} for r in (run, previous)
    )
    return Comparison(
        previous=previous,
        added=[m for key, m in now_.items() if key not in then],
        removed=[m for key, m in then.items() if key not in now_],
        changed=[
            (then[key], m)
            for key, m in now_.items()
            if key in then and then[key].quantity != m.quantity
        ],
    )


def matches_of(run: CouplingRun) -> QuerySet[Match]:
    return run.matches.select_related("offer__organisation", "component__need__organisation")


def promises_of(organisation: Organisation, alliance: Alliance) -> QuerySet[Commitment]:
    """What an organisation has promised and was promised here, newest first."""
    sides = Q(giver=organisation) | Q(receiver=organisation)
    rows = Commitment.objects.filter(sides, alliance=alliance).order_by("-pk")
    return rows.select_related(*BOTH_SIDES)


def pledges_by_origin(alliance: Alliance, origins: list[str]) -> dict[str, PromiseState]:
    """How the promises made in agreements and at meetings stand, by where they were made."""
    found = alliance.commitments.filter(origin__in=origins).exclude(origin="")
    return {
        one.origin: PromiseState(
            state=one.state,
            label=one.state_label,
            due_on=one.due_on,
            overdue=one.state == State.ACCEPTED and one.due_on is not None and one.due_on < today(),
            explanation=one.explanation,
            url=f"/a/{alliance.slug}/commitments/{one.pk}/",
        )
        for one in found
    }
