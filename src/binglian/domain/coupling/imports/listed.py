"""What planning offers and needs has in common: whose row it is, and which row is meant."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Generic, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission
from binglian.domain.alliance.imports import Names, Notes
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.coupling.models import Need, Offer
from binglian.sheets.reading import Table
from binglian.sheets.rows import NeedRow, OfferRow

Record = TypeVar("Record", Offer, Need)
MOST = Decimal(10) ** 12


class Listed(Generic[Record]):
    """The rows already on the list, by number and by title; and who may change them."""

    def __init__(
        self,
        alliance: Alliance,
        records: QuerySet[Record],
        tables: Iterable[Table],
        by: User | None,
    ) -> None:
        self.alliance, self.by = alliance, by
        self.notes = Notes(list(tables))
        self.names = Names(alliance)
        self.kinds = {word.code for word in alliance.kind_words()}
        self._by_number: dict[str, Record] = {}
        self._by_title: dict[tuple[int, str], list[Record]] = {}
        for record in records.order_by("pk"):
            self._by_number[record.number] = record
            key = (record.organisation_id, _folded(record.title))
            self._by_title.setdefault(key, []).append(record)
        self._taken: dict[object, int] = {}
        self._may: dict[int, bool] = {}

    def organisation(self, row: OfferRow | NeedRow) -> Organisation | None:
        """Whose row it is; noted when it is not known or not the person's to keep."""
        organisation = self.names.find(row.organisation)
        if organisation is None:
            self.notes.add(
                row,
                "organisation",
                row.organisation,
                _("成员名单里没有“%(name)s”。") % {"name": row.organisation},
                self.names.remedy(row.organisation),
            )
        elif not self._may_keep(organisation):
            self.notes.add(
                row,
                "organisation",
                row.organisation,
                _("您不能填报“%(name)s”的清单。") % {"name": organisation.name},
                _("请只填本单位的行，其余请交该单位或秘书处填报。"),
            )
        return organisation

    def find(self, row: OfferRow | NeedRow, organisation: Organisation) -> Record | None:
        """The record this row means: by its number, else by organisation and title."""
        if row.number:
            record = self._by_number.get(row.number)
            if record and record.organisation_id != organisation.pk:
                facts = {"number": row.number, "name": record.organisation.name}
                self.notes.add(
                    row,
                    "number",
                    row.number,
                    _("编号“%(number)s”已由“%(name)s”使用。") % facts,
                    _("请换一个编号，或留空由系统编号。"),
                )
                return None
        else:
            record = self._titled(row, organisation)
        self._take_once(row, record, organisation)
        return record

    def note_withdrawn(self, row: OfferRow | NeedRow, record: Record) -> bool:
        """Whether the row is off the list; importing does not bring it back."""
        if record.state == record.State.OPEN:
            return False
        self.notes.add(
            row,
            "number",
            row.number,
            _("“%(title)s”%(state)s，不再导入。")
            % {"title": record.title, "state": record.get_state_display()},
            _("如要重新填报，请换一个编号。"),
            "warning",
        )
        return True

    def check_current(self, row: OfferRow | NeedRow, organisation: Organisation) -> None:
        """New and changed rows are only for present members."""
        if not self.names.is_current(organisation):
            self.notes.add(
                row,
                "organisation",
                row.organisation,
                _("“%(name)s”已不是成员。") % {"name": organisation.name},
                _("请删去这一行。"),
            )

    def organisations(
        self, row: OfferRow | NeedRow, key: str, names: Iterable[str]
    ) -> list[Organisation]:
        """The organisations named in a cell; each unknown name is noted."""
        found, unknown = self.names.find_all(names)
        for name in unknown:
            message = _("成员名单里没有“%(name)s”。") % {"name": name}
            self.notes.add(row, key, name, message, self.names.remedy(name))
        return found

    def check_kind(self, row: OfferRow | NeedRow, kind: str) -> None:
        """The kind must be one of the alliance's own."""
        if kind not in self.kinds:
            labels = _("、").join(str(word) for word in self.alliance.kind_words())
            self.notes.add(
                row,
                "kind",
                kind,
                _("没有“%(value)s”这个选项。") % {"value": kind},
                _("请从中选一项：%(labels)s。") % {"labels": labels},
            )

    def check_quantity(self, row: OfferRow | NeedRow, quantity: Decimal) -> None:
        """Above nought, also after rounding to two places, and storable."""
        if not 0 < quantity < MOST:
            self.notes.add(
                row,
                "quantity",
                quantity,
                _("数量须大于零且不能过大。"),
                _("请核对数字和单位。"),
            )

    def _titled(self, row: OfferRow | NeedRow, organisation: Organisation) -> Record | None:
        found = self._by_title.get((organisation.pk, _folded(row.title)), [])
        still_open = [record for record in found if record.state == record.State.OPEN]
        if len(still_open) > 1:
            numbers = _("、").join(record.number for record in still_open)
            self.notes.add(
                row,
                "number",
                "",
                _("“%(name)s”有几项都叫“%(title)s”：%(numbers)s。")
                % {"name": organisation.name, "title": row.title, "numbers": numbers},
                _("请填编号，说明是哪一项。"),
            )
        return next(iter(still_open or found), None)

    def _take_once(
        self, row: OfferRow | NeedRow, record: Record | None, organisation: Organisation
    ) -> None:
        key: object = row.number or (organisation.pk, _folded(row.title))
        keys = [key, record.pk] if record else [key]
        earlier = [self._taken.setdefault(k, row.row) for k in keys]
        if any(number != row.row for number in earlier):
            facts = {"row": next(number for number in earlier if number != row.row)}
            self.notes.add(
                row,
                "number",
                row.number,
                _("与第 %(row)s 行重复。") % facts,
                _("请换一个编号；若是同一项，请删去一行。"),
            )

    def _may_keep(self, organisation: Organisation) -> bool:
        if self.by is None:
            return True
        if organisation.pk not in self._may:
            seat = self.alliance.seat_of(organisation)
            self._may[organisation.pk] = has_permission(self.by, Permission.EDIT_LISTS, within=seat)
        return self._may[organisation.pk]


def _folded(title: str) -> str:
    return title.casefold().replace(" ", "")
