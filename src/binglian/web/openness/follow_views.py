"""Following a topic without an account: by letters, by a feed, by a calendar."""

from __future__ import annotations

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from binglian.domain.alliance.models import Alliance
from binglian.domain.openness.actions import ask_to_follow, confirm_following
from binglian.domain.openness.actions import leave as leave_topic
from binglian.domain.openness.models import Follower
from binglian.domain.openness.queries import follower_by_token
from binglian.domain.openness.topics import Kind, Topic, topic_of, topics_of
from binglian.web.secret_links import held_or_404, unseen

from .calendars import calendar_answer
from .feeds import feed_answer
from .follow_form import FollowForm


@login_not_required
@sensitive_post_parameters("email")
@require_http_methods(["GET", "HEAD", "POST"])
def topics(request: HttpRequest, slug: str) -> HttpResponse:
    """How to follow ``?topic=``: by mail, by feed, by calendar; and what else can be followed."""
    portal = get_object_or_404(Alliance, slug=slug)
    topic = _topic_or_404(portal, request.GET.get("topic", Kind.ALLIANCE.value))
    form = FollowForm(request.POST or None, alliance=portal)
    if request.method == "POST":
        if not consume(request, action="follow"):
            return render(request, "matters/too_many.html", {"portal": portal}, status=429)
        if form.is_valid():
            ask_to_follow(
                topic=topic,
                email=form.cleaned_data["email"],
                consent_text=form.consent,
                language=get_language() or "zh-hans",
            )
            messages.success(request, _("请到邮箱里打开确认信里的链接，确认后才会寄来。"))
            return redirect(f"{request.path}?topic={topic.key}")
    found = topics_of(portal)
    context = {
        "portal": portal,
        "section": "follow",
        "topic": topic,
        "form": form,
        "whole": [one for one in found if one.about is None],
        "projects": [one for one in found if one.kind is Kind.PROJECT],
        "categories": [one for one in found if one.kind is Kind.CATEGORY],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "openness/topics.html", context, status=status)


@require_safe
@login_not_required
def feed(request: HttpRequest, slug: str, topic: str) -> HttpResponse:
    """A topic's Atom feed."""
    return feed_answer(request, _topic_or_404(get_object_or_404(Alliance, slug=slug), topic))


@require_safe
@login_not_required
def calendar(request: HttpRequest, slug: str, topic: str) -> HttpResponse:
    """A topic's calendar."""
    return calendar_answer(request, _topic_or_404(get_object_or_404(Alliance, slug=slug), topic))


@require_safe
@login_not_required
def follower(request: HttpRequest, follow_secret: str) -> HttpResponse:
    """Where the letter leads: confirm, or leave. Opening it alone does neither."""
    found = _follower_or_404(follow_secret)
    context = {
        "portal": found.alliance,
        "section": "follow",
        "one": found,
        "topic": topic_of(found.alliance, found.topic),
        "secret": follow_secret,
    }
    return unseen(render(request, "openness/follower.html", context))


@require_POST
@login_not_required
def confirm(request: HttpRequest, follow_secret: str) -> HttpResponse:
    """Yes, write to me."""
    confirm_following(follower=_follower_or_404(follow_secret))
    messages.success(request, _("已确认，有新消息时每天最多来一封信。"))
    return redirect("openness:follower", follow_secret)


# A mail program posts here by itself (RFC 8058): without a cookie, so without our form's token.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, follow_secret: str) -> HttpResponse:
    """No more letters, at one click; looking at the page changes nothing."""
    if request.method == "POST":
        leave_topic(follower=_follower_or_404(follow_secret))
        if request.POST.get("List-Unsubscribe") == "One-Click":
            return HttpResponse(status=200)
        messages.success(request, _("已退订，邮箱已删除。"))
        return redirect("openness:follower", follow_secret)
    return follower(request, follow_secret)


def _topic_or_404(portal: Alliance, key: str) -> Topic:
    return held_or_404(topic_of(portal, key))


def _follower_or_404(secret: str) -> Follower:
    return held_or_404(follower_by_token(secret))
