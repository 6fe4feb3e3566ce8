"""The words, terms and description of an alliance."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.actions import change_alliance
from binglian.domain.alliance.models import Alliance
from binglian.domain.coupling.models import Component
from binglian.domain.governance.reserved import leads_needed, reserved_acts
from binglian.web.access import alliance_or_404
from binglian.web.alliance.forms import AllianceForm, words_formset


def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """Show and change them; which acts both leads have reserved is shown only."""
    alliance = alliance_or_404(request, slug, Permission.MANAGE_ALLIANCE)
    sent = request.POST or None
    # The form writes into its instance; the action compares with an untouched one.
    form = AllianceForm(sent, instance=Alliance.objects.get(pk=alliance.pk))
    kinds = words_formset(
        alliance.kind_words(), used=_kinds_in_use(alliance), prefix="kinds", data=sent
    )
    categories = words_formset(
        alliance.category_words(), used=_categories_in_use(alliance), prefix="categories", data=sent
    )
    is_good = all([form.is_valid(), kinds.is_valid(), categories.is_valid()])
    if request.method == "POST" and is_good:
        change_alliance(
            alliance=alliance,
            by=request.user,
            kinds=kinds.words(),
            categories=categories.words(),
            **form.cleaned_data,
        )
        messages.success(request, _("设置已保存，立即生效。"))
        return redirect("alliance:settings", slug)
    context = {
        "alliance": alliance,
        "section": "settings",
        "form": form,
        "kinds": kinds,
        "categories": categories,
        "reserved": [act.label for act in reserved_acts() if leads_needed(alliance, act.code)],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "alliance/settings.html", context, status=status)


def _kinds_in_use(alliance: Alliance) -> set[str]:
    needed = Component.objects.filter(need__alliance=alliance).order_by()
    return {
        *alliance.offers.order_by().values_list("kind", flat=True).distinct(),
        *needed.values_list("kind", flat=True).distinct(),
    }


def _categories_in_use(alliance: Alliance) -> set[str]:
    return set(alliance.memberships.order_by().values_list("category", flat=True).distinct())
