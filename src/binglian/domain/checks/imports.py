"""A sheet of goods given to sites: read, balanced, and laid out receipt by receipt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from stdnum.cn import uscc

from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.alliance.queries import admitted_organisations, find_organisation
from binglian.domain.projects.models import Project
from binglian.sheets.cells import read_number
from binglian.sheets.cells.words import comparable
from binglian.sheets.reading import Row, Table, read_workbook, recognise
from binglian.sheets.rows.problems import Problem, problems_of_headings
from binglian.sheets.rows.reader import RowReader

from .facts import MOST_PRICE, MOST_QUANTITY, GoodFacts
from .goods_columns import GOODS
from .models import Donation
from .money import NO_MONEY, is_money

_RECEIVER = re.compile(r"(?P<name>.+?)\s*[:：×xX]?\s*(?P<quantity>\d+)\s*\D{0,4}")
_SEPARATORS = re.compile(r"[、;；,，\n]+")
#: What every row of one receipt says alike.
_OF_RECEIPT = ("donor", "site", "given_on")


@dataclass(frozen=True, slots=True)
class GoodLine:
    """One good, and which member got how many of it."""

    facts: GoodFacts
    out: tuple[tuple[Organisation, int], ...]


@dataclass(slots=True)
class Receipt:
    """One donation as its rows tell it."""

    number: str
    project: Project
    donor: str
    credit_code: str
    given_on: date
    lines: list[GoodLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class GoodsPlan:
    """What a file would enter; with a problem, nothing of it is."""

    alliance: Alliance
    receipts: tuple[Receipt, ...]
    problems: tuple[Problem, ...]

    @property
    def given(self) -> Decimal:
        """Worth of all goods in yuan."""
        lines = [line for receipt in self.receipts for line in receipt.lines]
        return sum((one.facts.quantity * one.facts.unit_price for one in lines), Decimal(0))

    @property
    def handed_out(self) -> Decimal:
        """Worth of what has been handed out, in yuan; what is left is the rest of ``given``."""
        lines = [line for receipt in self.receipts for line in receipt.lines]
        return sum(
            (one.facts.unit_price * sum(many for _who, many in one.out) for one in lines),
            Decimal(0),
        )


def plan_goods(
    alliance: Alliance, sites: Sequence[Project], content: bytes, filename: str
) -> GoodsPlan:
    """Read an .xlsx or .csv file for the sites whose books somebody keeps; nothing is written.

    Raises
    ------
    BadFile
        No spreadsheet.
    """
    table = recognise(read_workbook(content, filename)[0], GOODS)
    reader = _Reader(alliance, sites, table)
    return GoodsPlan(alliance, tuple(reader.receipts.values()), tuple(reader.problems))


class _Reader:
    """Reads row by row; a row that is wrong enters nothing, and says why."""

    def __init__(self, alliance: Alliance, sites: Sequence[Project], table: Table) -> None:
        self.table, self.alliance = table, alliance
        self.sites = {
            comparable(key): one
            for one in sites
            for key in (one.title_zh, one.title_en, one.number)
        }
        self.only = sites[0] if len(sites) == 1 else None
        self.members = {comparable(one.name): one for one in admitted_organisations(alliance)}
        standing = alliance.donations.exclude(state=Donation.State.CANCELLED)
        self.used = set(standing.values_list("receipt_number", flat=True))
        self.receipts: dict[str, Receipt] = {}
        self.first_rows: dict[str, Row] = {}
        self.problems = problems_of_headings(table)
        for row in table.rows if not self.problems else ():
            self._row(row)

    def _row(self, row: Row) -> None:
        reader = RowReader(self.table, row, year=today().year)
        receipt = self._receipt(reader)
        line = self._line(reader)
        if receipt and line and not reader.failed:
            self.receipts.setdefault(receipt.number, receipt).lines.append(line)
        self.problems += reader.problems

    def _receipt(self, reader: RowReader) -> Receipt | None:
        number = reader.required("receipt")
        self._refuse_other_words(reader, number)
        if number in self.used:
            reader.note("receipt", _("收据编号“%(number)s”已登记过。") % {"number": number},
                        _("请删去这一行，或改正编号。"))  # fmt: skip
        donor, code = self._donor(reader), reader.text("credit_code").upper()
        if donor and not find_organisation(donor) and not uscc.is_valid(code):
            reader.note("credit_code", _("没有登记过“%(name)s”。") % {"name": donor},
                        _("请填它的 18 位统一社会信用代码；不接受个人捐赠。"))  # fmt: skip
        given_on = reader.date("given_on")
        if given_on is None and not reader.failed_at("given_on"):
            reader.note_blank("given_on")
        if given_on and given_on > today():
            reader.note("given_on", _("接收日期不能晚于今天。"), _("请改正日期。"))
        name = reader.text("site")
        project = self.sites.get(comparable(name)) if name else self.only
        if project is None:
            reader.note("site", _("您没有登记“%(site)s”的物资。") % {"site": name},
                        _("请填您管的工地的名称或编号。"))  # fmt: skip
        if project is None or given_on is None:
            return None
        return Receipt(number, project, donor, code, given_on)

    def _donor(self, reader: RowReader) -> str:
        """The name of a member as it is on record, however its brackets were typed."""
        name = reader.required("donor")
        member = self.members.get(comparable(name))
        return member.name if member else str(reader.row.cells.get("donor") or "").strip()

    def _refuse_other_words(self, reader: RowReader, number: str) -> None:
        """The rows of a receipt tell of one donor, one site and one day."""
        first = self.first_rows.setdefault(number, reader.row)
        for key in _OF_RECEIPT:
            if first.cells.get(key) != reader.row.cells.get(key):
                told = {"number": number, "row": first.number}
                reader.note(key, _("收据“%(number)s”在第 %(row)s 行写的不同。") % told,
                            _("请改成一样，或换一个收据编号。"))  # fmt: skip

    def _line(self, reader: RowReader) -> GoodLine | None:
        item, unit = reader.required("item"), reader.required("unit")
        for key, text in (("item", item), ("unit", unit)):
            if is_money(text):
                reader.note(key, str(NO_MONEY % {"item": text}), "")
        quantity = self._number(reader, "quantity", 1, MOST_QUANTITY)
        price = self._price(reader)
        out = self._receivers(reader)
        if quantity is None or price is None or reader.failed:
            return None
        gone = sum(many for _who, many in out)
        if gone > quantity:
            reader.note("receivers", _("发放 %(gone)s，超过收到的 %(all)s。")
                        % {"gone": gone, "all": quantity}, _("请核对数量。"))  # fmt: skip
        self._balanced(reader, "handed_out", Decimal(gone))
        self._balanced(reader, "remaining", Decimal(quantity - gone))
        self._balanced(reader, "value", quantity * price)
        return GoodLine(GoodFacts(item[:60], quantity, unit[:10], price), out)

    def _number(self, reader: RowReader, key: str, least: int, most: int) -> int | None:
        def whole(value: Any) -> int:
            return int(read_number(value, least=least, most=most, whole=True))

        if not reader.has(key):
            reader.note_blank(key)
        return reader.read(key, whole, None)

    def _price(self, reader: RowReader) -> Decimal | None:
        if not reader.has("unit_price"):
            reader.note_blank("unit_price")
        most = int(MOST_PRICE)
        price = reader.read("unit_price", lambda v: read_number(v, least=0, most=most), None)
        if price is not None and price != round(price, 2):
            reader.note(
                "unit_price", _("单价最多两位小数。"), _("请改成以元计的价格，例如 24.50。")
            )
            return None
        return None if price is None else Decimal(price).quantize(Decimal("0.01"))

    def _receivers(self, reader: RowReader) -> tuple[tuple[Organisation, int], ...]:
        found = []
        for part in filter(None, map(str.strip, _SEPARATORS.split(reader.text("receivers")))):
            told = _RECEIVER.fullmatch(part)
            member = self.members.get(comparable(told["name"])) if told else None
            if told and member and int(told["quantity"]):
                found.append((member, int(told["quantity"])))
            elif told and int(told["quantity"]):
                remedy = _("接收单位须是成员，由它确认收到；班组的，写班组所在单位。")
                message = _("“%(name)s”不是本联盟成员。") % {"name": told["name"]}
                reader.note("receivers", message, remedy)
            else:
                reader.note("receivers", _("“%(part)s”没有写明数量。") % {"part": part},
                            _("请写单位全称和数量，例如“甲公司 60、乙公司 30”。"))  # fmt: skip
        return tuple(found)

    def _balanced(self, reader: RowReader, key: str, due: Decimal) -> None:
        """What the sheet adds up itself has to agree with what its rows say."""
        said = reader.read(key, lambda value: read_number(value, least=0), None)
        if said is not None and said != due:
            remedy = _("收到 = 已发放 + 结存，金额 = 收到 × 单价，已发放 = 各接收单位之和。")
            reader.note(key, _("对不上：应是 %(due)s。") % {"due": f"{due:f}"}, remedy)
