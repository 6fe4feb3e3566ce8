"""Counts of kept and unkept commitments for an evaluation, straight from what is stored."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from binglian.domain.alliance.models import Alliance, today
from binglian.domain.coupling.models import Commitment, Delivery, Need
from binglian.domain.governance.evaluation_facts import Facts, register

State = Commitment.State
Verdict = Delivery.Verdict


def count_facts(alliance: Alliance, from_on: date, until_on: date) -> dict[int, Facts]:
    """Facts of each organisation about what fell due in the period and before today.

    A commitment is *kept* when the delivery that the other side accepted came by its day, *late*
    when after it. What was declined was never promised and is not counted.
    """
    found: dict[int, Facts] = defaultdict(Facts)
    partners: dict[int, set[int]] = defaultdict(set)
    last_day = min(until_on, today() - timedelta(days=1))
    rows = Commitment.objects.filter(alliance=alliance, due_on__range=(from_on, last_day))
    promised = rows.exclude(state__in=[State.PROPOSED, State.DECLINED])
    for commitment in promised.prefetch_related("deliveries"):
        _count(found[commitment.giver_id], commitment)
        partners[commitment.giver_id].add(commitment.receiver_id)
        partners[commitment.receiver_id].add(commitment.giver_id)
    for need in Need.objects.filter(alliance=alliance, entered_at__date__range=(from_on, until_on)):
        found[need.organisation_id].asked += 1
        found[need.organisation_id].got += need.state == Need.State.CLOSED
    for pk, others in partners.items():
        found[pk].partners = sorted(others)
    return dict(found)


def _count(facts: Facts, commitment: Commitment) -> None:
    facts.due += 1
    deliveries = list(commitment.deliveries.all())
    if commitment.state == State.JUDGED:
        accepted = deliveries[-1]
        on_time = commitment.due_on is None or accepted.delivered_on <= commitment.due_on
        facts.kept += on_time
        facts.late += not on_time
    facts.unjudged += commitment.state == State.DELIVERED
    facts.explained += commitment.state == State.EXPLAINED
    facts.overdue += commitment.state == State.ACCEPTED
    for delivery in deliveries:
        facts.judged += bool(delivery.verdict)
        facts.met += delivery.verdict == Verdict.MET
        facts.partly += delivery.verdict == Verdict.PARTLY
        facts.not_met += delivery.verdict == Verdict.NOT_MET


def register_facts() -> None:
    register(count_facts)
