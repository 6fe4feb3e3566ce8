"""Members and lists of the demonstration, brought in as any spreadsheet is."""

from binglian.command.refusals import CommandRefused
from binglian.domain.accounts.models import User
from binglian.domain.alliance.actions import enter_organisation
from binglian.domain.alliance.imports import read_list
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.coupling.actions import carry_out_import
from binglian.domain.coupling.imports import plan_import
from binglian.domain.governance.models import Decision
from binglian.sheets.cells.words import comparable
from binglian.sheets.columns import COLUMNS, SheetKind
from binglian.sheets.reading import read_workbook, recognise
from binglian.sheets.rows import MemberRow, parse_members

_ORGANISATION_FACTS = (
    "name_en", "kind", "credit_code", "address", "longitude", "latitude", "desk"
)  # fmt: skip


def bring_in(alliance: Alliance, kind: SheetKind, content: bytes, by: User) -> Decision | None:
    """Import a list; for members, returns the decision on their admission.

    Raises ``CommandRefused`` when the demonstration's own file is wrong.
    """
    reading = read_list(alliance=alliance, kind=kind, content=content, filename=f"{kind}.csv")
    plan = plan_import(alliance, kind, reading, by=by)
    if plan.errors:
        raise CommandRefused("\n".join(str(error) for error in plan.errors))
    return carry_out_import(plan=plan, by=by).decision


def lead_body(name: str, members: bytes, by: User) -> Organisation:
    """A lead body of an alliance that is yet to be founded, entered from the member list."""
    known = Organisation.objects.filter(name=name).first()
    rows = {comparable(row.name): row for row in _member_rows(members)}
    facts = {field: getattr(rows[comparable(name)], field) for field in _ORGANISATION_FACTS}
    return known or enter_organisation(by=by, alliance=None, name=name, **facts)


def _member_rows(content: bytes) -> tuple[MemberRow, ...]:
    sheet = read_workbook(content, "members.csv")[0]
    return parse_members(recognise(sheet, COLUMNS["members"])).rows
