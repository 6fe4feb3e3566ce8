"""From a table to typed rows: what is right is kept, each fault becomes a problem."""

from binglian.sheets.rows.checkup import CheckupRow, checkup_cells, parse_checkup
from binglian.sheets.rows.members import MemberRow, member_cells, parse_members
from binglian.sheets.rows.needs import ComponentRow, NeedRow, need_cells, parse_needs
from binglian.sheets.rows.offers import OfferRow, offer_cells, parse_offers
from binglian.sheets.rows.places import PlaceRow, parse_places, place_cells
from binglian.sheets.rows.problems import Parsed, Problem

__all__ = [
    "CheckupRow",
    "ComponentRow",
    "MemberRow",
    "NeedRow",
    "OfferRow",
    "Parsed",
    "PlaceRow",
    "Problem",
    "checkup_cells",
    "member_cells",
    "need_cells",
    "offer_cells",
    "parse_checkup",
    "parse_members",
    "parse_needs",
    "parse_offers",
    "parse_places",
    "place_cells",
]
