"""What a member list would do."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from binglian.domain.alliance.models import Alliance, Membership, Organisation
from binglian.sheets.cells.words import comparable
from binglian.sheets.columns import MEMBERS
from binglian.sheets.reading import Table
from binglian.sheets.rows import MemberRow, Parsed, member_cells

from .names import Names
from .plans import ImportPlan, Line, Notes, Verdict, differences, merged
from .reading import categories_of

_ORGANISATION = (
    "name", "name_en", "kind", "credit_code", "address", "longitude", "latitude", "desk",
)  # fmt: skip
_TEXTS = ("name", "name_en", "parent", "address", "desk", "note")
#: Brackets in names are typed in either width.
_NARROW = str.maketrans("（）", "()")
_WIDE = str.maketrans("()", "（）")
#: A blank cell says nothing about these: the parser's «other» is only for new members.
_KEPT_WHEN_BLANK = ("kind", "category", "joined_on")


def plan_members(
    alliance: Alliance, parsed: Parsed[MemberRow], tables: Iterable[Table] = ()
) -> ImportPlan:
    """Compare a member list with the members; nothing is written.

    An organisation is known by its credit code or its name. Columns that the ``tables`` lack
    are left as they are.
    """
    notes = Notes(list(tables))
    rows = [notes.as_written(row, *_TEXTS) for row in parsed.rows]
    planner = _Planner(alliance, rows, notes)
    lines = [line for row in rows if (line := planner.line(row))]
    problems = notes.in_order(parsed.problems)
    return ImportPlan(alliance, "members", tuple(lines), problems)


def member_row(membership: Membership) -> MemberRow:
    """A member as a row of the list."""
    organisation = membership.organisation
    texts = {name: getattr(organisation, name) for name in _ORGANISATION}
    return MemberRow(
        sheet="",
        row=0,
        category=membership.category,
        parent=organisation.parent.name if organisation.parent else "",
        joined_on=membership.from_on,
        note=membership.note,
        **texts,
    )


class _Planner:
    def __init__(self, alliance: Alliance, rows: Iterable[MemberRow], notes: Notes) -> None:
        self.notes = notes
        self.names = Names(alliance)
        self.categories = categories_of(alliance)
        self._listed = {comparable(row.name): row.name for row in rows}
        self._elsewhere = _organisations_elsewhere(rows)
        self._taken: dict[int, int] = {}

    def line(self, row: MemberRow) -> Line | None:
        """The line of one row, ``None`` when something is wrong with it."""
        organisation = self._organisation(row)
        if organisation and self._named(row) == organisation:
            row = replace(row, name=organisation.name)  # it may be called by its English name
        membership = self.names.memberships.get(organisation.pk) if organisation else None
        row = replace(row, parent=self._parent(row))
        if row.category not in self.categories:
            remedy = _("请从中选一项：%(labels)s。") % {
                "labels": _("、").join(words[0] for words in self.categories.values())
            }
            message = _("没有“%(value)s”这个选项。") % {"value": row.category}
            self.notes.add(row, "category", row.category, message, remedy)
        before = member_row(membership) if membership else None
        if before:
            row = merged(before, row, self._silent(row))
        organisation_facts = {name: getattr(row, name) for name in _ORGANISATION}
        membership_facts = {
            "category": row.category,
            "from_on": row.joined_on,
            "note": row.note,
        }
        self._check(row, organisation_facts, membership_facts)
        if self.notes.failed(row):
            return None
        facts: dict[str, Any] = {
            "organisation": organisation_facts,
            "membership": membership_facts,
            "parent": row.parent if row.parent != (before.parent if before else "") else None,
        }
        if before is None:
            if organisation:
                self._note_known_elsewhere(row)
            return Line(row.sheet, row.row, row.name, Verdict.CREATE, facts, organisation)
        changes = differences(self._cells(before), self._cells(row))
        verdict = Verdict.CHANGE if changes else Verdict.SAME
        return Line(row.sheet, row.row, row.name, verdict, facts, membership, changes)

    def _organisation(self, row: MemberRow) -> Organisation | None:
        named = self._named(row)
        coded = self.names.with_code(row.credit_code) or self._elsewhere.get(row.credit_code)
        if named and coded and named != coded:
            self.notes.add(
                row,
                "credit_code",
                row.credit_code,
                _("信用代码属于另一单位“%(name)s”。") % {"name": coded.name},
                _("请核对名称和信用代码。"),
            )
        organisation = coded or named
        if organisation:
            earlier = self._taken.setdefault(organisation.pk, row.row)
            if earlier != row.row:
                self.notes.add(
                    row,
                    "name",
                    row.name,
                    _("与第 %(row)s 行是同一单位。") % {"row": earlier},
                    _("请删去重复的一行。"),
                )
        return organisation

    def _named(self, row: MemberRow) -> Organisation | None:
        return self.names.find(row.name) or self._elsewhere.get(row.name)

    def _parent(self, row: MemberRow) -> str:
        """The parent's name as it is, or will be, on record."""
        if not row.parent:
            return ""
        known = self.names.find(row.parent) or self._elsewhere.get(row.parent)
        name = known.name if known else self._listed.get(comparable(row.parent), "")
        if name and name != row.name:
            return name
        self.notes.add(
            row,
            "parent",
            row.parent,
            _("没有找到上级单位“%(name)s”。") % {"name": row.parent},
            self.names.remedy(row.parent),
        )
        return ""

    def _silent(self, row: MemberRow) -> list[str]:
        silent = [c.key for c in MEMBERS if not self.notes.has_column(row, c.key)]
        silent += [key for key in _KEPT_WHEN_BLANK if not self.notes.is_filled(row, key)]
        if row.joined_on is None:
            silent.append("joined_on")
        # A blank code never takes one away: the organisation was known by its name.
        return silent if row.credit_code else [*silent, "credit_code"]

    def _check(self, row: MemberRow, organisation: dict, membership: dict) -> None:
        names = {name: name for name in organisation if name not in ("longitude", "latitude")}
        self.notes.check_fields(row, Organisation(**organisation), names)
        note = Membership(note=membership["note"])
        self.notes.check_fields(row, note, {"note": "note"})

    def _note_known_elsewhere(self, row: MemberRow) -> None:
        self.notes.add(
            row,
            "name",
            row.name,
            _("该单位已在平台登记。"),
            _("将以已有信息列入成员，本行的其他信息不改动它。"),
            "warning",
        )

    def _cells(self, row: MemberRow) -> dict[str, Any]:
        return member_cells(row, get_language() or "zh-hans", categories=self.categories)


def _organisations_elsewhere(rows: Iterable[MemberRow]) -> dict[str, Organisation]:
    """Organisations of the platform by the names, parents' names and codes of the list."""
    spelt: dict[str, str] = {}
    codes = set()
    for row in rows:
        for name in filter(None, (row.name, row.parent)):
            narrow = name.translate(_NARROW)
            spelt |= {narrow: name, narrow.translate(_WIDE): name, name: name}
        codes |= {row.credit_code} - {""}
    found: dict[str, Organisation] = {}
    wanted = Q(name__in=list(spelt)) | Q(credit_code__in=codes)
    for organisation in Organisation.objects.filter(wanted).order_by("pk"):
        if organisation.name in spelt:
            found[spelt[organisation.name]] = organisation
        if organisation.credit_code:
            found.setdefault(organisation.credit_code, organisation)
    return found
