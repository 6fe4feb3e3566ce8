"""What the two leads have set: a table of their own, a delegation, and who hears of silence."""

from datetime import timedelta
from decimal import Decimal

from binglian.domain.alliance.models import Alliance, today
from binglian.domain.governance.actions import (
    add_superior,
    ask_rule_change,
    delegate_decisions,
)
from binglian.domain.governance.models import Lead
from binglian.domain.governance.queries import possible_delegates

from .rounds import Cast, agree

LARGE_FROM = Decimal(500_000)
SUPERIORS = (
    (Lead.A, "上级主管部门办公室（示例）", "superior-a@example.org"),
    (Lead.B, "上级街道工作协调处（示例）", "superior-b@example.org"),
)


def enter(alliance: Alliance, cast: Cast) -> None:
    """A table that both agreed on, and one superior of each lead."""
    decision = ask_rule_change(
        alliance=alliance,
        reserved={},
        decision_days=3,
        large_from=LARGE_FROM,
        by=cast.secretariat,
        why="急事多，答复期限缩短；大额承诺由牵头单位把关",
    )
    agree(decision, cast)
    for lead, office, email in SUPERIORS:
        by = cast.lead_a if lead == Lead.A else cast.lead_b
        add_superior(alliance=alliance, lead=lead, office=office, email=email, by=by)


def delegate(alliance: Alliance, cast: Cast) -> None:
    """The first lead is away for a week."""
    people = possible_delegates(cast.lead_a, Lead.A, alliance)
    if people:
        delegate_decisions(
            alliance=alliance,
            lead=Lead.A,
            delegate=people[0],
            from_on=today(),
            until_on=today() + timedelta(days=6),
            by=cast.lead_a,
            why="外出开会",
        )
