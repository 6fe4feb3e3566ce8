"""Finding the organisation a list means."""

import difflib
from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from binglian.domain.alliance.models import Alliance, Membership, Organisation
from binglian.sheets.cells.words import comparable

_CURRENT = (Membership.State.APPLIED, Membership.State.ADMITTED)


class Names:
    """The organisations that belong, or once belonged, to an alliance, by what they are called."""

    def __init__(self, alliance: Alliance) -> None:
        self.memberships: dict[int, Membership] = {}
        self._known: dict[int, Organisation] = {}
        self._called: dict[str, set[int]] = defaultdict(set)
        for membership in alliance.memberships.select_related("organisation__parent").order_by(
            "pk"
        ):
            organisation = membership.organisation
            self._known[organisation.pk] = organisation
            if membership.state in _CURRENT:
                self.memberships[organisation.pk] = membership
            for name in filter(None, (organisation.name, organisation.name_en)):
                self._called[comparable(name)].add(organisation.pk)

    def find(self, name: str) -> Organisation | None:
        """The one organisation of this name in either language, however it is spaced."""
        found = self._called.get(comparable(name), set())
        exact = [pk for pk in found if self._known[pk].name == name]
        chosen = exact or (list(found) if len(found) == 1 else [])
        return self._known[chosen[0]] if chosen else None

    def is_current(self, organisation: Organisation) -> bool:
        """Whether it is a member or waits for admission."""
        return organisation.pk in self.memberships

    def with_code(self, code: str) -> Organisation | None:
        """The organisation of this credit code."""
        known = self._known.values()
        return next((o for o in known if code and o.credit_code == code), None)

    def similar(self, name: str) -> str:
        """The current member most like this name, "" when none is."""
        wanted = comparable(name)
        called = {
            form: self._known[pk].name
            for form, pks in self._called.items()
            for pk in pks
            if pk in self.memberships
        }
        inside = [form for form in called if wanted and (wanted in form or form in wanted)]
        near = inside or difflib.get_close_matches(wanted, called, n=1, cutoff=0.5)
        return called[near[0]] if near else ""

    def remedy(self, name: str) -> str:
        """What to do about a name that is not known."""
        similar = self.similar(name)
        if similar:
            return _("是否为“%(similar)s”？请按成员名单填写全称。") % {"similar": similar}
        return _("请先把该单位列入成员名单，或改为成员的全称。")

    def find_all(self, names: Iterable[str]) -> tuple[list[Organisation], list[str]]:
        """The organisations found, by name, and the names that are not known."""
        found = {name: self.find(name) for name in names}
        known = {o.pk: o for o in found.values() if o}
        return (
            sorted(known.values(), key=lambda o: o.name),
            [name for name, organisation in found.items() if organisation is None],
        )
