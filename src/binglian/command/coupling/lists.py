"""From the two sheets of a file to a coupling problem."""

import sys
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path

from binglian.command.refusals import CommandRefused
from binglian.command.words import gettext as _
from binglian.engine.coupling.candidates.finding import find_pairs
from binglian.engine.coupling.problem import Component, CouplingProblem, Need, Offer, Window
from binglian.engine.coupling.slots import slots_for
from binglian.sheets.cells import TimeWindow
from binglian.sheets.columns import COLUMNS, SHEET_TITLES, SheetKind
from binglian.sheets.reading import BadFile, RawSheet, Table, guess_kind, read_workbook, recognise
from binglian.sheets.rows import NeedRow, OfferRow, Problem, parse_needs, parse_offers

from .asked import Asked, fingerprint_of

PRIORITY = {"urgent": 3, "important": 2, "ordinary": 1}
_MOST_SHOWN = 20


def lists_in(content: bytes, file: Path) -> Asked:
    """Read both sheets of a spreadsheet.

    Raises ``CommandRefused`` naming sheet, row, column and remedy of every fault. What is only
    doubtful is said on the error stream, and the lists are used.
    """
    sheets = _sheets(content, file)
    offers = parse_offers(_table(sheets, "offers"))
    needs = parse_needs(_table(sheets, "needs"))
    # All faults of both sheets at once: nobody wants to mend a file in two rounds.
    if faults := (*offers.errors, *needs.errors):
        raise CommandRefused(_listed(faults))
    for doubt in (*offers.problems, *needs.problems):
        print(_("请留意：%(what)s") % {"what": doubt}, file=sys.stderr)
    return Asked(
        _problem(offers.rows, needs.rows),
        fingerprint_of(content),
        offer_rows=[row.row for row in offers.rows],
        need_rows=[row.row for row in needs.rows],
        component_rows=[[component.row for component in row.components] for row in needs.rows],
        is_spreadsheet=True,
    )


def _sheets(content: bytes, file: Path) -> tuple[RawSheet, ...]:
    try:
        return read_workbook(content, file.name)
    except BadFile as error:
        raise CommandRefused(f"{file}: {error.message}") from error


def _table(sheets: tuple[RawSheet, ...], kind: SheetKind) -> Table:
    titles = SHEET_TITLES[kind]
    named = [sheet for sheet in sheets if sheet.name.strip() in titles]
    found = named or [sheet for sheet in sheets if guess_kind(sheet) == kind]
    if not found:
        raise CommandRefused(
            _(
                "文件里没有“%(title)s”工作表。请把资源和需求分别放在“%(offers)s”和“%(needs)s”两个工作表。"
            )
            % {
                "title": titles[0],
                "offers": SHEET_TITLES["offers"][0],
                "needs": SHEET_TITLES["needs"][0],
            }
        )
    table = recognise(found[0], COLUMNS[kind])
    facts = {"sheet": table.sheet, "unknown": _("、").join(table.unknown) or "—"}
    if not table.rows:
        raise CommandRefused(_("工作表“%(sheet)s”里没有数据行。") % facts)
    if "quantity" not in table.columns:
        unseen = _("工作表“%(sheet)s”里没有认出“数量”列。没有认出的列：%(unknown)s。请改正表头。")
        raise CommandRefused(unseen % facts)
    return table


def _listed(faults: tuple[Problem, ...]) -> str:
    lines = [str(fault) for fault in faults[:_MOST_SHOWN]]
    if len(faults) > _MOST_SHOWN:
        lines.append(_("另有 %(count)s 处。") % {"count": len(faults) - _MOST_SHOWN})
    return "\n".join(lines)


def _problem(offers: tuple[OfferRow, ...], needs: tuple[NeedRow, ...]) -> CouplingProblem:
    scale = _scale(offers, needs)
    engine_offers = tuple(map(partial(_offer, scale), _refs(offers), offers))
    engine_needs = tuple(map(partial(_need, scale), _refs(needs), needs))
    slots = slots_for(engine_offers, engine_needs)
    pairs = find_pairs(engine_offers, engine_needs, slots=slots)
    return CouplingProblem(engine_offers, engine_needs, pairs, scale=scale, slots=slots)


def _scale(offers: tuple[OfferRow, ...], needs: tuple[NeedRow, ...]) -> int:
    """Units per 1 so that every quantity is a whole number."""
    amounts = [o.quantity for o in offers] + [o.lot for o in offers if o.lot]
    amounts += [c.quantity for n in needs for c in n.components]
    decimals = max((-int(a.normalize().as_tuple().exponent) for a in amounts), default=0)
    return 10 ** max(0, decimals)


def _refs(rows: Sequence[OfferRow] | Sequence[NeedRow]) -> list[str]:
    """Return the numbers; where two organisations use the same, with the row to tell them apart."""
    used = Counter(row.number for row in rows)
    return [
        row.number if row.number and used[row.number] == 1 else f"{row.number}#{row.row}"
        for row in rows
    ]


def _offer(scale: int, ref: str, row: OfferRow) -> Offer:
    return Offer(
        ref=ref,
        organisation=row.organisation,
        title=row.title,
        kind=row.kind,
        quantity=int(row.quantity * scale),
        tags=frozenset(row.tags),
        unit=row.unit,
        lot=max(1, int((row.lot if row.lot is not None else Decimal(1)) * scale)),
        windows=_windows(row.windows),
        longitude=row.longitude,
        latitude=row.latitude,
        conditions=frozenset(row.conditions),
        excludes=frozenset(row.excludes),
        renews=row.renews,
    )


def _need(scale: int, ref: str, row: NeedRow) -> Need:
    return Need(
        ref=ref,
        organisation=row.organisation,
        title=row.title,
        components=tuple(
            Component(c.kind, int(c.quantity * scale), c.title, frozenset(c.tags), c.unit)
            for c in row.components
        ),
        priority=PRIORITY[row.priority],
        beneficiaries=row.beneficiaries or 0,
        deadline=row.deadline.toordinal() if row.deadline else None,
        windows=_windows(row.windows),
        longitude=row.longitude,
        latitude=row.latitude,
        within_km=float(row.within_km) if row.within_km is not None else None,
        all_or_nothing=row.all_or_nothing,
        max_suppliers=row.max_suppliers,
        prefers=frozenset(row.prefers),
        rules_out=frozenset(row.rules_out),
        refuses=frozenset(row.refuses),
        times=row.times or 1,
    )


def _windows(windows: tuple[TimeWindow, ...]) -> tuple[Window, ...]:
    return tuple(
        Window(
            first_day=w.first_on.toordinal() if w.first_on else None,
            last_day=w.last_on.toordinal() if w.last_on else None,
            weekdays=sum(1 << (day - 1) for day in w.weekdays),
            start_minute=w.start.hour * 60 + w.start.minute if w.start else 0,
            end_minute=w.end.hour * 60 + w.end.minute if w.end else 1440,
        )
        for w in windows
    )
