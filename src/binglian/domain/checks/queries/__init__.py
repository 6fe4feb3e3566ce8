"""Reads about sites under control; every list starts from what one may see."""

from .findings import (
    Trend,
    awaiting_on_site,
    findings_visible_to,
    public_findings,
    stop_order_over,
    stop_orders_on,
    trends,
)
from .goods import (
    Totals,
    donations_visible_to,
    hand_outs_to_confirm,
    public_donations,
    sites_kept_by,
    totals_of,
)
from .inspections import (
    checklists_in_force,
    checklists_visible_to,
    draws_visible_to,
    inspections_awaiting,
    inspections_visible_to,
    inspectors_of,
)
from .integrity import (
    awaited_of,
    consents,
    contracts_visible_to,
    promise_in_force,
    public_promises,
)
from .open_days import (
    coming,
    looks_at_visitors,
    open_days_visible_to,
    past,
    public_open_days,
    sign_up_by_token,
)
from .sites import SiteDay, arrears_on, site_day, teams_on, teams_reported_by, units_by_role
from .supervisors import (
    community_of,
    nominating_organisations,
    nominations_visible_to,
    observations_visible_to,
    public_observations,
)

__all__ = [
    "SiteDay",
    "Totals",
    "Trend",
    "arrears_on",
    "awaited_of",
    "awaiting_on_site",
    "checklists_in_force",
    "checklists_visible_to",
    "coming",
    "community_of",
    "consents",
    "contracts_visible_to",
    "donations_visible_to",
    "draws_visible_to",
    "findings_visible_to",
    "hand_outs_to_confirm",
    "inspections_awaiting",
    "inspections_visible_to",
    "inspectors_of",
    "looks_at_visitors",
    "nominating_organisations",
    "nominations_visible_to",
    "observations_visible_to",
    "open_days_visible_to",
    "past",
    "promise_in_force",
    "public_donations",
    "public_findings",
    "public_observations",
    "public_open_days",
    "public_promises",
    "sign_up_by_token",
    "site_day",
    "sites_kept_by",
    "stop_order_over",
    "stop_orders_on",
    "teams_on",
    "teams_reported_by",
    "totals_of",
    "trends",
    "units_by_role",
]
