"""Narrowing the matches of a run."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Organisation
from binglian.domain.alliance.names import search_terms
from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.coupling.models import CouplingRun, Match

_GIVER, _RECEIVER = "offer__organisation", "component__need__organisation"


class MatchFilter(forms.Form):
    """The conditions; whatever cannot be read is left out."""

    q = forms.CharField(label=_("查找"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("类别"), required=False)
    organisation = forms.ModelChoiceField(
        label=_("单位"),
        required=False,
        queryset=Organisation.objects.none(),
        empty_label=_("全部"),
    )
    served = forms.ChoiceField(
        label=_("需求"),
        required=False,
        choices=[("", _("全部")), ("met", _("全部满足")), ("partly", _("部分满足"))],
    )

    def __init__(self, typed: Any, run: CouplingRun) -> None:
        super().__init__(typed)
        self.run = run
        words = [(word.code, str(word)) for word in run.alliance.kind_words()]
        self.fields["kind"].choices = [("", _("全部")), *words]
        self.fields["organisation"].queryset = admitted_organisations(run.alliance)
        self.is_valid()

    @property
    def is_used(self) -> bool:
        """Whether anything narrows the matches."""
        return any(self.cleaned_data.values())

    def matches(self) -> QuerySet[Match]:
        """The matches that fit."""
        asked, rows = self.cleaned_data, self.run.matches.all()
        if asked.get("kind"):
            rows = rows.filter(component__kind=asked["kind"])
        if asked.get("organisation"):
            either = Q(**{_GIVER: asked["organisation"]}) | Q(**{_RECEIVER: asked["organisation"]})
            rows = rows.filter(either)
        if asked.get("served"):
            partly = self.run.unmet.values("need")
            is_partly = asked["served"] == "partly"
            narrow = rows.filter if is_partly else rows.exclude
            rows = narrow(component__need__in=partly)
        for term in search_terms(asked.get("q") or ""):
            found = Q()
            for place in ("offer", "component__need", _GIVER, _RECEIVER):
                found |= Q(**{f"{place}__search_text__contains": term})
            rows = rows.filter(found)
        return rows
