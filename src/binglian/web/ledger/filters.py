"""How the ledger is narrowed."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.ledger.acts import ACTS
from binglian.domain.ledger.models import LedgerEntry
from binglian.web.alliance.forms.parts import day_input
from binglian.web.row_choices import PlainSelect, RowChoice


class LedgerFilter(forms.Form):
    """Every condition may be empty; the whole is the query string."""

    q = forms.CharField(label=_("查找"), required=False, max_length=80)
    act = forms.ChoiceField(label=_("行为"), required=False, widget=PlainSelect)
    organisation = RowChoice(Organisation, label=_("单位"))
    who = forms.CharField(label=_("用户名"), required=False, max_length=60)
    since = forms.DateField(label=_("自"), required=False, widget=day_input())
    until = forms.DateField(label=_("至"), required=False, widget=day_input())
    # Set by a link on a row, hence not among the conditions to fill in.
    object = forms.RegexField(r"^[a-z]+\.[a-z]+:\w{1,60}$", required=False)

    def __init__(self, typed: Mapping[str, Any], alliance: Alliance | None) -> None:
        super().__init__(typed)
        self.fields["act"].choices = [("", _("全部")), *_acts(get_language())]
        if alliance is None:
            del self.fields["organisation"]
        else:
            ever = Organisation.objects.filter(memberships__alliance=alliance).distinct()
            self.fields["organisation"].queryset = ever.order_by("name")

    @property
    def conditions(self) -> list[forms.BoundField]:
        """What stands on the page."""
        return [field for field in self if field.name != "object"]

    @property
    def is_used(self) -> bool:
        return bool(self.data) and any(self.data.get(name) for name in self.fields)

    def narrow(self, rows: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
        """The rows that fit; none when a condition cannot be read, lest it seem to hold."""
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        if asked["q"]:
            rows = rows.filter(_saying(asked["q"]))
        if asked["act"]:
            rows = rows.filter(act=asked["act"])
        if asked.get("organisation"):
            rows = rows.filter(organisation_id=asked["organisation"].pk)
        if asked["who"]:
            rows = rows.filter(user__icontains=asked["who"])
        if asked["since"]:
            rows = rows.filter(at__gte=_midnight(asked["since"]))
        if asked["until"]:
            rows = rows.filter(at__lt=_midnight(asked["until"] + timedelta(days=1)))
        if asked["object"]:
            kind, _colon, pk = asked["object"].partition(":")
            rows = rows.filter(object_type=kind, object_id=pk)
        return rows


@cache
def _acts(_language: str) -> list[tuple[str, str]]:
    """Every act with its name in the reader's language, in the order of the names."""
    return sorted(((act, str(label)) for act, label in ACTS.items()), key=lambda one: one[1])


def _saying(words: str) -> Q:
    """Rows in which each word stands somewhere: object, body, person, change, or the act's name."""
    every = Q()
    for word in words.split():
        acts = [act for act, label in ACTS.items() if word.lower() in str(label).lower()]
        fields = ("object_label", "organisation", "user", "change", "act")
        some = Q(act__in=acts)
        for field in fields:
            some |= Q(**{f"{field}__icontains": word})
        every &= some
    return every


def _midnight(day: Any) -> datetime:
    return make_aware(datetime.combine(day, time.min))
