"""What the frame of a page and its forms need."""

from functools import lru_cache
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from binglian.domain.accounts.permissions import Permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance
from binglian.domain.governance.agenda_sources import source_label
from binglian.web.access import seats_held

register = template.Library()


@register.simple_tag(takes_context=True)
def allowed_in(context: template.Context, alliance: Alliance) -> set[str]:
    """Names of the permissions the reader's seats in the alliance grant, for whichever member."""
    request = context["request"]
    here = [seat for seat in seats_held(request) if seat.alliance_id == alliance.pk]
    roles = [*request.user.platform_roles, *(Role(seat.role) for seat in here)]
    return {permission.name for role in roles for permission in role.permissions}


@register.simple_tag(takes_context=True)
def alliance_links(context: template.Context, allowed: set[str], waiting: str) -> SafeString:
    """The places of an alliance's desk; written once for everybody who sees the same."""
    figures = (waiting, context.get("decisions_waiting", 0))
    section = str(context.get("section") or "")
    return _links(get_language(), context["alliance"].slug, section, frozenset(allowed), *figures)


@lru_cache(512)
def _links(
    _language: str, slug: str, section: str, allowed: frozenset[str], waiting: str, decisions: int
) -> SafeString:
    told: dict[str, Any] = {"alliance": {"slug": slug}, "section": section, "allowed": allowed}
    told |= {"waiting": waiting, "decisions_waiting": decisions}
    return render_to_string("parts/alliance_links.html", told)


@register.filter
def grants(role: Role, permission: Permission) -> bool:
    return permission in role.permissions


@register.filter
def control(field: BoundField) -> SafeString:
    """The input of a form field in the look of this house."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        look = "form-check-input"
    elif getattr(widget, "input_type", "") == "range":
        look = "form-range"
    elif isinstance(widget, forms.Select):
        look = "form-select"
    else:
        look = "form-control"
    invalid = " is-invalid" if field.errors else ""
    return field.as_widget(attrs={"class": look + invalid})


@register.filter
def is_choosing(field: BoundField) -> bool:
    """Whether several of a list can be ticked."""
    return isinstance(field.field.widget, forms.CheckboxSelectMultiple)


@register.filter
def is_radio(field: BoundField) -> bool:
    """Whether one of a few can be chosen by a round button."""
    return type(field.field.widget) is forms.RadioSelect


@register.filter
def is_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def agenda_source(code: str) -> Any:
    """Where a point of an agenda comes from, in plain words."""
    return source_label(code)
