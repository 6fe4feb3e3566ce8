"""The responsibility catalogue: who answers for what, where, within how long, by which rule."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.matters.actions import (
    remove_responsibility,
    save_category,
    save_responsibility,
)
from binglian.domain.matters.models import Category, Responsibility
from binglian.domain.places.models import Area
from binglian.domain.refusals import ActionRefused
from binglian.web.access import alliance_or_404
from binglian.web.coupling.lists.fields import TagsField

from .desk_views import frame
from .reader import Reader


class CategoryForm(forms.ModelForm):
    """One category."""

    keywords = TagsField(
        label=gettext_lazy("关键词"),
        help_text=gettext_lazy("居民常用的说法，用“、”分开；系统按它们建议类别。"),
    )

    class Meta:
        model = Category
        fields = [
            "code", "name_zh", "name_en", "group_zh", "group_en", "hint_zh", "hint_en",
            "keywords", "is_public", "is_active",
        ]  # fmt: skip
        labels = {
            "name_en": gettext_lazy("英文名称"),
            "group_en": gettext_lazy("英文大类"),
            "hint_en": gettext_lazy("英文说明"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name_en"].required = False
        if self.instance.pk:
            self.fields["code"].disabled = True  # matters and clients know it by its code


class ResponsibilityForm(forms.ModelForm):
    """Who answers for a category, everywhere or in one area."""

    class Meta:
        model = Responsibility
        fields = [
            "area", "organisation", "co_handlers", "contact_hours", "period", "clock",
            "legal_basis",
        ]  # fmt: skip
        widgets = {"co_handlers": forms.CheckboxSelectMultiple({"class": "form-check-input"})}

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = admitted_organisations(alliance).order_by("name")
        self.fields["area"].queryset = Area.objects.order_by("name")
        self.fields["area"].empty_label = _("全部范围")
        self.fields["organisation"].queryset = members
        self.fields["organisation"].empty_label = "—"
        self.fields["co_handlers"].queryset = members
        self.fields["co_handlers"].required = False
        if self.instance.pk:
            self.fields["area"].disabled = True  # an entry for another area is another entry

    def _post_clean(self) -> None:
        """The action checks and saves; the form only reads."""


@require_safe
def catalogue(request: HttpRequest, slug: str) -> HttpResponse:
    """The categories with their entries."""
    alliance = alliance_or_404(request, slug)
    reader = Reader.of(request, alliance)
    context = frame(reader, "catalogue") | {
        "rows": _categories(alliance),
        "may_manage": reader.may(Permission.MANAGE_CATALOGUE),
    }
    return render(request, "matters/catalogue.html", context)


def category(request: HttpRequest, slug: str, category_pk: int | None = None) -> HttpResponse:
    """Enter a category, or change one; its entries stand below."""
    alliance = alliance_or_404(request, slug, Permission.MANAGE_CATALOGUE)
    found = _category_or_404(alliance, category_pk) if category_pk else None
    form = CategoryForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in form.fields}
        try:
            saved = save_category(alliance=alliance, by=request.user, **facts)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已保存“%(title)s”。") % {"title": saved})
            return redirect("matters:category", slug, saved.pk)
    status = 422 if request.method == "POST" else 200
    context = frame(Reader.of(request, alliance), "catalogue") | {
        "form": form,
        "category": found,
        "entries": _entries(found) if found else [],
    }
    return render(request, "matters/category.html", context, status=status)


def responsibility(
    request: HttpRequest, slug: str, category_pk: int, entry_pk: int | None = None
) -> HttpResponse:
    """Enter who answers for a category, or change an entry."""
    alliance = alliance_or_404(request, slug, Permission.MANAGE_CATALOGUE)
    found = _category_or_404(alliance, category_pk)
    entry = get_object_or_404(_entries(found), pk=entry_pk) if entry_pk else None
    form = ResponsibilityForm(request.POST or None, instance=entry, alliance=alliance)
    if request.method == "POST" and form.is_valid():
        try:
            save_responsibility(category=found, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("责任清单已保存，此前分派的不变。"))
            return redirect("matters:category", slug, category_pk)
    status = 422 if request.method == "POST" else 200
    context = frame(Reader.of(request, alliance), "catalogue") | {
        "form": form,
        "category": found,
        "entry": entry,
    }
    return render(request, "matters/responsibility.html", context, status=status)


@require_POST
def responsibility_remove(
    request: HttpRequest, slug: str, category_pk: int, entry_pk: int
) -> HttpResponse:
    """Strike an entry."""
    alliance = alliance_or_404(request, slug, Permission.MANAGE_CATALOGUE)
    entries = _entries(_category_or_404(alliance, category_pk))
    entry = get_object_or_404(entries, pk=entry_pk)
    remove_responsibility(responsibility=entry, by=request.user)
    messages.success(request, _("已删去，此前分派的不变。"))
    return redirect("matters:category", slug, category_pk)


def _categories(alliance: Alliance) -> QuerySet[Category]:
    entries = Responsibility.objects.select_related("organisation", "area")
    parts = Prefetch("responsibilities", entries.prefetch_related("co_handlers"))
    return alliance.matter_categories.prefetch_related(parts)


def _category_or_404(alliance: Alliance, pk: int) -> Category:
    return get_object_or_404(alliance.matter_categories, pk=pk)


def _entries(category: Category) -> QuerySet[Responsibility]:
    rows = category.responsibilities.select_related("organisation", "area", "category__alliance")
    return rows.prefetch_related("co_handlers")
