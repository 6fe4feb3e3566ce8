"""Members and lists of the demonstration, entered row by row as an import would."""

from typing import Any

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.actions import enter_organisation, propose_member
from binglian.domain.alliance.models import Alliance, Membership, Organisation
from binglian.domain.coupling.actions import save_need, save_offer
from binglian.domain.coupling.actions.lists import ComponentFacts
from binglian.domain.governance.actions import ask_decision
from binglian.domain.governance.models import Decision
from binglian.sheets.cells import normalise
from binglian.sheets.columns import COLUMNS, SheetKind
from binglian.sheets.reading import Table, read_workbook, recognise
from binglian.sheets.rows import MemberRow, NeedRow, OfferRow, parse_members, parse_needs, parse_offers

_ORGANISATION_FACTS = (
    "name", "name_en", "kind", "credit_code", "address", "longitude", "latitude", "desk"
)  # fmt: skip


def table_of(content: bytes, kind: SheetKind) -> Table:
    return recognise(read_workbook(content, f"{kind}.csv")[0], COLUMNS[kind])


def member_rows(content: bytes) -> tuple[MemberRow, ...]:
    return parse_members(table_of(content, "members")).rows


def organisation_of(row: MemberRow, by: User, alliance: Alliance | None) -> Organisation:
    """The organisation of a row, entered where it is not yet known."""
    known = Organisation.objects.filter(name=row.name).first()
    facts = {name: getattr(row, name) for name in _ORGANISATION_FACTS}
    return known or enter_organisation(by=by, alliance=alliance, **facts)


def enter_members(alliance: Alliance, rows: tuple[MemberRow, ...], by: User) -> list[Membership]:
    """Put every row forward that is not a member yet."""
    members = set(alliance.memberships.values_list("organisation__name", flat=True))
    return [
        propose_member(
            alliance=alliance,
            organisation=organisation_of(row, by, alliance),
            category=row.category,
            from_on=row.joined_on,
            note=row.note,
            by=by,
        )
        for row in rows
        if row.name not in members
    ]


def ask_admission(alliance: Alliance, memberships: list[Membership], by: User) -> Decision:
    return ask_decision(
        alliance=alliance,
        act="alliance.admission",
        object_ids=[membership.pk for membership in memberships],
        by=by,
        permission=Permission.MANAGE_MEMBERS,
    )


def enter_lists(alliance: Alliance, offers: bytes, needs: bytes, by: User) -> None:
    """Enter the rows of both lists."""
    members = Organisation.objects.filter(memberships__alliance=alliance)
    names = {normalise(member.name): member for member in members}
    for offer in parse_offers(table_of(offers, "offers")).rows:
        save_offer(alliance=alliance, by=by, **_offer_facts(offer, names))
    for need in parse_needs(table_of(needs, "needs")).rows:
        save_need(alliance=alliance, by=by, **_need_facts(need, names))


def _offer_facts(row: OfferRow, names: dict[str, Organisation]) -> dict[str, Any]:
    same = ("number", "title", "kind", "quantity", "unit", "place", "longitude", "latitude", "note")
    return {name: getattr(row, name) for name in same} | {
        "organisation": names[normalise(row.organisation)],
        "tags": list(row.tags),
        "lot": row.lot or 1,
        "windows": [window.as_json() for window in row.windows],
        "conditions": list(row.conditions),
        "excludes": [names[normalise(name)] for name in row.excludes],
    }


def _need_facts(row: NeedRow, names: dict[str, Organisation]) -> dict[str, Any]:
    same = (
        "number", "title", "priority", "deadline", "place", "longitude", "latitude", "note",
        "max_suppliers",
    )  # fmt: skip
    return {name: getattr(row, name) for name in same} | {
        "organisation": names[normalise(row.organisation)],
        "windows": [window.as_json() for window in row.windows],
        "within_km": float(row.within_km) if row.within_km is not None else None,
        "beneficiaries": row.beneficiaries or 0,
        "is_all_or_nothing": row.all_or_nothing,
        "prefers": [names[normalise(name)] for name in row.prefers],
        "rules_out": [names[normalise(name)] for name in row.rules_out],
        "refuses": list(row.refuses),
        "components": [
            ComponentFacts(c.kind, c.quantity, c.title, list(c.tags), c.unit)
            for c in row.components
        ],
    }
