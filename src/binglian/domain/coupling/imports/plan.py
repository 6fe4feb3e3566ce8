"""One door to the dry run of every kind of list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from binglian.domain.accounts.models import User
from binglian.domain.alliance.imports import ImportPlan, Reading, plan_members, read_list
from binglian.domain.alliance.models import Alliance, ImportDraft
from binglian.domain.alliance.queries import organisations_kept_by
from binglian.sheets.columns import SheetKind

from .needs import plan_needs
from .offers import plan_offers


@dataclass(frozen=True, slots=True)
class Importer:
    """How a list kept by a subject above is planned, and how its plan is carried out."""

    plan: Callable[[Alliance, Reading], ImportPlan]
    carry_out: Callable[[ImportPlan, User], None]


#: Registered by the subjects that keep them, once their apps are ready.
IMPORTERS: dict[str, Importer] = {}


def plan_import(
    alliance: Alliance, kind: SheetKind, reading: Reading, *, by: User | None = None
) -> ImportPlan:
    """The dry run of what was read."""
    if kind in IMPORTERS:
        return IMPORTERS[kind].plan(alliance, reading)
    if kind == "members":
        return plan_members(alliance, reading.parsed, reading.tables)
    plan = plan_offers if kind == "offers" else plan_needs
    return plan(alliance, reading.parsed, reading.tables, by=by)


def read_draft(draft: ImportDraft) -> Reading:
    """Read an upload again, with the columns mapped so far. Raises ``BadFile``."""
    return read_list(
        alliance=draft.alliance,
        kind=cast(SheetKind, draft.kind),
        content=bytes(draft.content),
        filename=draft.filename,
        mapping=draft.mapping,
        organisation=organisation_by_default(draft.user, draft.alliance),
    )


def plan_of_draft(draft: ImportDraft) -> ImportPlan:
    """The dry run of an upload, for the person who uploaded it. Raises ``BadFile``."""
    return plan_import(
        draft.alliance, cast(SheetKind, draft.kind), read_draft(draft), by=draft.user
    )


def organisation_by_default(user: User, alliance: Alliance) -> str:
    """The name that stands in blank cells: the person's organisation, if it is only one."""
    kept = list(organisations_kept_by(user, alliance)[:2])
    return kept[0].name if len(kept) == 1 else ""
