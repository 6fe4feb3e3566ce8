"""Whoever holds the secret link follows their matter, judges its answer, and keeps or erases it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binglian.domain.matters.actions import add_to_matter, revisit
from binglian.domain.matters.models import Matter, Reply, Revisit
from binglian.domain.matters.queries import matter_by_token
from binglian.domain.matters.words import sentence_of
from binglian.web.secret_links import held_or_404, linked_page

from .photo_answers import photo_answer
from .public_forms import AdditionForm, EraseForm, RevisitForm


@require_safe
@login_not_required
def follow(request: HttpRequest, secret: str) -> HttpResponse:
    """The whole course, in plain words; after reporting, with the link to keep."""
    matter = matter_or_404(secret)
    return follow_page(request, secret, matter)


@require_safe
@login_not_required
def photo(_request: HttpRequest, secret: str, photo_pk: int) -> HttpResponse:
    """A photo of one's own matter, public or not."""
    found = matter_or_404(secret).photos.filter(pk=photo_pk).first()
    return photo_answer(found, is_public=False)


@require_POST
@login_not_required
def judge(request: HttpRequest, secret: str) -> HttpResponse:
    """Solved or not, content or not."""
    matter = matter_or_404(secret)
    form = RevisitForm(request.POST)
    if not form.is_valid():
        return follow_page(request, secret, matter, status=422, revisit_form=form)
    answer = _answer_to_judge(matter)
    if answer is None:
        raise Http404
    revisit(reply=answer, channel=Revisit.Channel.LINK, by=None, **form.cleaned_data)
    messages.success(request, _("谢谢，您的评价已记下。"))
    return redirect("public_matters:follow", secret)


@require_POST
@login_not_required
def add(request: HttpRequest, secret: str) -> HttpResponse:
    """Something new, for whoever handles it."""
    matter = matter_or_404(secret)
    form = AdditionForm(request.POST)
    if not form.is_valid():
        return follow_page(request, secret, matter, status=422, addition_form=form)
    add_to_matter(matter=matter, text=form.cleaned_data["text"])
    messages.success(request, _("补充已记下，承办人员会看到。"))
    return redirect("public_matters:follow", secret)


def follow_page(
    request: HttpRequest, secret: str, matter: Matter, status: int = 200, **more: Any
) -> HttpResponse:
    handled = matter.answered_by
    answer = _last_reply(handled)
    to_judge = _answer_to_judge(matter)
    contact = getattr(matter, "contact", None)
    context = {
        "portal": matter.alliance,
        "matter": matter,
        "due_on": localdate(matter.due_at) if matter.due_at else None,
        "course": _course(matter),
        "additions": matter.additions.all(),
        "photos": matter.photos.only("pk", "alternative", "width", "height", "matter"),
        "answer": answer,
        "judged": getattr(answer, "revisit", None),
        "revisit_form": RevisitForm() if to_judge else None,
        "addition_form": AdditionForm() if handled.is_open or to_judge else None,
        "erase_form": EraseForm(),
        "contact": contact if contact and not contact.erased_at else None,
        "looks": contact.looks.select_related("organisation")[:20] if contact else [],
        **more,
    }
    return linked_page(
        request,
        "matters/follow.html",
        context,
        route="public_matters:follow",
        secret=secret,
        status=status,
    )


def _course(matter: Matter) -> list[dict[str, Any]]:
    """The public steps and those told to the reporter, as sentences, the newest first."""
    events = matter.events.filter(is_public=True).select_related("organisation").order_by("-id")
    return [{"at": event.at, "sentence": sentence_of(event)} for event in events]


def _last_reply(matter: Matter) -> Reply | None:
    """The answer that counts; one waiting for a second pair of eyes does not."""
    replies = matter.replies.exclude(outcome=Reply.Outcome.UNREASONABLE, is_confirmed=None)
    counted = replies.exclude(is_confirmed=False).select_related("organisation", "revisit")
    return counted.order_by("-id").first()


def _answer_to_judge(matter: Matter) -> Reply | None:
    answer = _last_reply(matter)
    if answer is None or matter.state != Matter.State.REPLIED:
        return None
    judged = getattr(answer, "revisit", None)
    return answer if judged is None or not judged.solved else None


def matter_or_404(secret: str) -> Matter:
    """The matter of a secret link."""
    return held_or_404(matter_by_token(secret))
