"""A community worker reports for a resident, on the doorstep."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.matters.actions import report_matter
from binglian.domain.matters.facts import ContactFacts, MatterFacts
from binglian.domain.matters.models import Category, Matter
from binglian.domain.matters.queries import categories_of, similar_matters, suggest_category
from binglian.domain.refusals import ActionRefused
from binglian.web.access import alliance_or_404

from .desk_views import frame
from .reader import Reader

CONSENT = gettext_lazy("已当面告知：联系方式只用于办理和回访本诉求，到期自动删除；诉求人同意。")


class NewForm(forms.Form):
    """What, where, and, if the resident wishes, how to reach them."""

    text = forms.CharField(
        label=gettext_lazy("居民反映什么事"), max_length=4000, widget=forms.Textarea({"rows": 4})
    )
    category = forms.ModelChoiceField(
        label=gettext_lazy("诉求类别"),
        queryset=Category.objects.none(),
        required=False,
        empty_label=gettext_lazy("由系统建议"),
    )
    address = forms.CharField(label=gettext_lazy("地点"), max_length=120, required=False)
    courtyard = forms.CharField(label=gettext_lazy("院落"), max_length=60, required=False)
    longitude = forms.FloatField(required=False, widget=forms.HiddenInput())
    latitude = forms.FloatField(required=False, widget=forms.HiddenInput())
    name = forms.CharField(label=gettext_lazy("怎么称呼居民"), max_length=40, required=False)
    phone = forms.CharField(label=gettext_lazy("电话"), max_length=30, required=False)
    consents = forms.BooleanField(label=CONSENT, required=False)

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = categories_of(alliance)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if (facts.get("name") or facts.get("phone")) and not facts.get("consents"):
            self.add_error("consents", _("留联系方式须先当面告知并征得同意；否则请不要填写。"))
        return facts

    def told(self) -> MatterFacts:
        """What the action takes; call after ``is_valid()``."""
        typed = dict(self.cleaned_data)
        contact = ContactFacts(
            name=typed.pop("name"), phone=typed.pop("phone"), consent_text=str(CONSENT)
        )
        del typed["consents"]
        return MatterFacts(source=Matter.Source.WORKER, contact=contact, **typed)


def new(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, and the report; afterwards the worker sees it and can follow it."""
    alliance, reader = _worker(request, slug)
    form = NewForm(request.POST or None, alliance=alliance)
    if request.method == "POST" and form.is_valid():
        try:
            done = report_matter(alliance=alliance, facts=form.told(), by=request.user)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("已提出，编号 %(number)s。请把编号告诉居民。") % {"number": done.matter.number}
            messages.success(request, said)
            return redirect("matters:matter", slug, done.matter.pk)
    status = 422 if request.method == "POST" else 200
    context = frame(reader, "new") | {"form": form}
    return render(request, "matters/new.html", context, status=status)


@require_safe
def new_hints(request: HttpRequest, slug: str) -> HttpResponse:
    """While typing: the likely category, and open matters that may be the same."""
    alliance, _reader = _worker(request, slug)
    text = request.GET.get("text", "").strip()[:4000]
    context = {
        "alliance": alliance,
        "suggestion": suggest_category(alliance, text) if text else None,
        "similar": similar_matters(alliance, text) if len(text) >= 6 else [],
    }
    return render(request, "matters/hints.html", context)


def _worker(request: HttpRequest, slug: str) -> tuple[Alliance, Reader]:
    alliance = alliance_or_404(request, slug)
    reader = Reader.of(request, alliance)
    if not reader.may_for_some(Permission.FILE_FOR_RESIDENT):
        what = Permission.FILE_FOR_RESIDENT.value
        raise PermissionDenied(_("您没有这项权限：%(what)s。") % {"what": what})
    return alliance, reader
