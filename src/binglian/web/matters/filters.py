"""How the list of matters is narrowed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.names import search_terms
from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.matters.models import Assignment, Category, Matter, Pause
from binglian.domain.places.models import Area
from binglian.domain.search.narrowing import narrowed
from binglian.domain.search.source import Letter
from binglian.web.row_choices import RowChoice

State = Matter.State
_EVERY = ("", _("全部"))


class MatterFilter(forms.Form):
    """The conditions; every part may be empty, and whatever cannot be read narrows nothing."""

    q = forms.CharField(label=_("查找"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[_EVERY, ("open", _("未办结")), *State.choices],
    )
    category = RowChoice(Category, label=_("诉求类别"))
    area = RowChoice(Area, label=_("街道"))
    organisation = RowChoice(Organisation, label=_("单位"))
    source = forms.ChoiceField(
        label=_("来源"), required=False, choices=[_EVERY, *Matter.Source.choices]
    )
    visibility = forms.ChoiceField(
        label=_("是否公开"), required=False, choices=[_EVERY, *Matter.Visibility.choices]
    )
    overdue = forms.BooleanField(label=_("只看逾期"), required=False)

    def __init__(self, typed: Any, alliance: Alliance) -> None:
        super().__init__(typed)
        self.alliance = alliance
        self.fields["category"].queryset = alliance.matter_categories.all()
        self.fields["area"].queryset = Area.objects.filter(kind=Area.Kind.SUBDISTRICT)
        self.fields["organisation"].queryset = admitted_organisations(alliance)
        self.is_valid()

    @property
    def is_used(self) -> bool:
        return any(self.cleaned_data.values())

    def narrow(self, rows: QuerySet[Matter]) -> QuerySet[Matter]:
        """The matters that fit."""
        asked = self.cleaned_data
        for name in ("category", "area", "source", "visibility"):
            if asked.get(name):
                rows = rows.filter(**{name: asked[name]})
        state = asked.get("state")
        if state:
            rows = rows.filter(state__in=Matter.OPEN if state == "open" else [state])
        if asked.get("organisation"):
            rows = rows.filter(pk__in=_handled_by(asked["organisation"]))
        if asked.get("overdue"):
            rows = rows.filter(is_late())
        terms = search_terms(asked.get("q") or "")
        rows = narrowed(rows, terms, "matter", Letter.MATTERS, self.alliance)
        for term in terms:
            rows = rows.filter(Q(search_text__contains=term) | Q(number__icontains=term))
        return rows


def with_pause(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Matters that know whether their clock stands still."""
    return rows.annotate(is_paused=Exists(_stopped()))


def as_rows(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Matters with what ``matters/rows.jinja`` shows of them, and no more."""
    shown = ("text", "number", "source", "state", "visibility", "reported_at", "due_at", "clock")
    named = ("category__name_zh", "category__name_en", "area__name", "area__name_en")
    lead = ("lead__name", "lead__name_en")
    found = with_pause(rows).select_related(None).select_related("category", "area", "lead")
    return found.only(*shown, "address", "courtyard", *named, *lead)


def is_late() -> Q:
    """Not answered in time; a stopped clock is not late."""
    return Q(state__in=Matter.RUNNING, due_at__lt=now()) & ~Q(Exists(_stopped()))


def _stopped() -> QuerySet[Pause]:
    return Pause.objects.filter(matter=OuterRef("pk"), until_at=None)


def _handled_by(organisation: Organisation) -> Any:
    parts = Assignment.objects.filter(organisation=organisation)
    return parts.exclude(state=Assignment.State.MOVED).values("matter")
