"""One matter and everything that can be done with it at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.matters.actions import read_contact
from binglian.domain.matters.models import Matter
from binglian.domain.matters.queries import matters_visible_to, may_read_contact
from binglian.domain.refusals import refuse_unless

from .access import matter_or_404
from .acts import ACTS
from .matter_page import matter_page
from .photo_answers import photo_answer
from .reader import Reader
from .steps import Step, with_parts


@require_safe
def matter(request: HttpRequest, slug: str, matter_pk: int) -> HttpResponse:
    """What was said, how far it is, whose turn it is."""
    return matter_page(request, matter_or_404(request, slug, matter_pk, whole=True)[1])


@require_POST
def act(request: HttpRequest, slug: str, matter_pk: int, name: str) -> HttpResponse:
    """Do one of the acts of the table, and go back to where the button was."""
    alliance, found = matter_or_404(request, slug, matter_pk, whole=True)
    reader = Reader.of(request, alliance)
    step = _step(name, found, request.POST.get("about", ""), reader)
    form = step.form(request.POST)
    if not form.is_valid():
        return matter_page(request, found, (step, form))
    step.act.do(**{step.act.takes: step.about}, by=request.user, **form.facts())
    messages.success(request, str(step.act.said))
    is_seen = matters_visible_to(request.user).filter(pk=found.pk).exists()
    if request.POST.get("back") == "desk" or not is_seen:
        return redirect("matters:desk", slug)
    return redirect("matters:matter", slug, matter_pk)


@require_POST
def contact(request: HttpRequest, slug: str, matter_pk: int) -> HttpResponse:
    """How to reach who reported, once, for a reason that is kept."""
    _alliance, found = matter_or_404(request, slug, matter_pk, whole=True)
    reason = request.POST.get("reason", "").strip()
    if not reason and may_read_contact(request.user, found):
        said = _("请写明为什么查看联系方式。")
        return matter_page(request, found, status=422, contact_error=said)
    return matter_page(
        request, found, contact=read_contact(matter=found, reason=reason, by=request.user)
    )


@require_safe
def photo(request: HttpRequest, slug: str, matter_pk: int, picture_pk: int) -> HttpResponse:
    """A picture of a matter, for those who may read the matter."""
    _alliance, found = matter_or_404(request, slug, matter_pk)
    return photo_answer(found.photos.filter(pk=picture_pk).first(), is_public=False)


def _step(name: str, matter: Matter, about: str, reader: Reader) -> Step:
    """The act and the part it is about; the only one, or the first that is open, if not named."""
    chosen = ACTS[name]
    loaded = with_parts(Matter.objects.select_related("alliance", "lead", "area")).get(pk=matter.pk)
    parts = list(chosen.parts(loaded))
    if about:
        parts = [part for part in parts if str(part.pk) == about]
        if not parts:
            raise Http404
    parts.sort(key=lambda part: not chosen.is_now(part))
    own = [part for part in parts if chosen.is_open_to(reader, part)]
    if not parts and not reader.may_for_some(chosen.permission):
        reader.require(chosen.permission)  # says what is missing
    refuse_unless(parts, _("现在还不能这样办。"))
    part: Any = own[0] if own else parts[0]
    if not own:
        reader.require(chosen.permission, chosen.whose(part))
    return Step(name, chosen, loaded, part)
