"""One theme a month: what recurs, with the matters that show it; taken up or not."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.matters.actions import adopt_theme, drop_theme, finish_theme, propose_themes
from binglian.domain.matters.models import Theme
from binglian.domain.matters.queries import matters_visible_to
from binglian.web.access import alliance_or_404

from .desk_views import frame
from .filters import as_rows
from .reader import Reader

#: Evidence shown on a theme's page.
MOST = 100


class AdoptForm(forms.Form):
    """In plain words, and who leads."""

    title = forms.CharField(label=gettext_lazy("题目"), max_length=120)
    lead = forms.ModelChoiceField(
        label=gettext_lazy("牵头单位"), queryset=Organisation.objects.none(), empty_label="—"
    )

    def __init__(self, *args: object, alliance: Alliance, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = admitted_organisations(alliance).order_by("name")


@require_safe
def themes(request: HttpRequest, slug: str) -> HttpResponse:
    """Themes of all months, the newest first."""
    alliance = alliance_or_404(request, slug)
    reader = Reader.of(request, alliance)
    rows = alliance.themes.exclude(state=Theme.State.DROPPED).select_related("lead", "category")
    rows = rows.prefetch_related("matters__area")[:MOST]
    context = frame(reader, "themes") | {"rows": rows, "month": today().replace(day=1)}
    return render(request, "matters/themes.html", context)


@require_POST
def themes_propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Look for what recurs, now."""
    alliance = alliance_or_404(request, slug, Permission.DISPATCH_MATTERS)
    found = propose_themes(alliance=alliance, month=today(), by=request.user)
    if found:
        messages.success(request, _("找到 %(n)s 个反复出现的问题。") % {"n": len(found)})
    else:
        messages.info(request, _("近三个月没有新的反复出现的问题。"))
    return redirect("matters:themes", slug)


@require_safe
def theme(request: HttpRequest, slug: str, theme_pk: int) -> HttpResponse:
    """One theme with its evidence."""
    alliance, found = _found(request, slug, theme_pk)
    first = {"title": found.title, "lead": found.lead_id}
    return _page(request, alliance, found, AdoptForm(alliance=alliance, initial=first))


@require_POST
def theme_adopt(request: HttpRequest, slug: str, theme_pk: int) -> HttpResponse:
    """Take it up."""
    alliance, found = _found(request, slug, theme_pk, Permission.DISPATCH_MATTERS)
    form = AdoptForm(request.POST, alliance=alliance)
    if not form.is_valid():
        return _page(request, alliance, found, form, status=422)
    adopt_theme(theme=found, by=request.user, **form.cleaned_data)
    messages.success(request, _("已立题，牵头单位会收到通知。"))
    return redirect("matters:theme", slug, theme_pk)


@require_POST
def theme_drop(request: HttpRequest, slug: str, theme_pk: int) -> HttpResponse:
    """Leave it."""
    _alliance, found = _found(request, slug, theme_pk, Permission.DISPATCH_MATTERS)
    drop_theme(theme=found, by=request.user)
    messages.success(request, _("已记为不采纳。"))
    return redirect("matters:themes", slug)


@require_POST
def theme_finish(request: HttpRequest, slug: str, theme_pk: int) -> HttpResponse:
    """It is done."""
    _alliance, found = _found(request, slug, theme_pk, Permission.DISPATCH_MATTERS)
    finish_theme(theme=found, by=request.user)
    messages.success(request, _("已完成。"))
    return redirect("matters:theme", slug, theme_pk)


def _found(
    request: HttpRequest, slug: str, theme_pk: int, permission: Permission | None = None
) -> tuple[Alliance, Theme]:
    alliance = alliance_or_404(request, slug, permission)
    return alliance, get_object_or_404(alliance.themes.select_related("lead"), pk=theme_pk)


def _page(
    request: HttpRequest, alliance: Alliance, found: Theme, form: AdoptForm, status: int = 200
) -> HttpResponse:
    reader = Reader.of(request, alliance)
    seen = as_rows(matters_visible_to(request.user).filter(themes=found))
    context = frame(reader, "themes") | {"theme": found, "rows": seen[:MOST], "form": form}
    context["count"] = found.matters.count()
    return render(request, "matters/theme.html", context, status=status)
