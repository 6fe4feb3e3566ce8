"""What the forms of a site's books have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.projects.models import Project


class SiteForm(forms.Form):
    """Something at one of the sites whose books the person keeps."""

    project = forms.ModelChoiceField(label=_("工地"), queryset=Project.objects.none())

    def __init__(self, *args: Any, sites: Sequence[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["project"]
        field.queryset = Project.objects.filter(pk__in=[site.pk for site in sites])
        if len(sites) == 1:
            field.empty_label = None
            self.initial.setdefault("project", sites[0].pk)


class ReasonForm(forms.Form):
    """Why: kept on record, and read by those whom it concerns."""

    reason = forms.CharField(label=_("原因"), max_length=200)


def date_field(label: Any, **facts: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}), **facts)
