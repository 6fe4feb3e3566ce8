"""The member list as a sheet that reads back the same."""

from collections.abc import Iterable

from binglian.domain.alliance.imports import categories_of, member_row
from binglian.domain.alliance.models import Alliance, Membership
from binglian.sheets.columns import MEMBERS, SHEET_TITLES
from binglian.sheets.rows import member_cells
from binglian.sheets.writing import SheetOut


def members_sheet(alliance: Alliance, memberships: Iterable[Membership], language: str) -> SheetOut:
    """Members for ``write_workbook`` or ``write_csv``; ``language`` is zh-hans or en.

    Load ``organisation__parent`` with the memberships.
    """
    english = language.startswith("en")
    categories = categories_of(alliance)
    return SheetOut(
        title=SHEET_TITLES["members"][english],
        columns=MEMBERS,
        rows=[member_cells(member_row(m), language, categories=categories) for m in memberships],
        choices={"category": [words[english] for words in categories.values()]},
    )
