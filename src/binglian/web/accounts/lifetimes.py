"""How long a sign-in lasts: a working day at most, and less where nothing is asked for a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from binglian.web.middleware import where_from

#: In the session: seconds since 1970 when it began and when it was last used.
KEY = "lifetime"
#: The time of use is written anew once this part of the idle time has passed, not at every page.
_PART = 10


class LifetimeMiddleware:
    """Signs out whoever did nothing for ``IDLE_MINUTES``, and everybody a day after signing in.

    Every request counts, those that a cockpit on a wall sends by itself too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not _is_alive(request):
            logout(request)
            request.has_just_ended = True
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Tell why; a form sent too late leads back to its page, which is where it can be sent."""
        if not getattr(request, "has_just_ended", False) or not getattr(
            view, "login_required", True
        ):
            return None
        told = _("已有 %(minutes)s 分钟没有操作，或登录已满 12 小时，请重新登录。")
        messages.warning(request, told % {"minutes": settings.IDLE_MINUTES})
        if request.method in ("GET", "HEAD"):
            return None
        messages.warning(request, _("刚才填写的没有提交，登录后请再提交一次。"))
        return redirect_to_login(where_from(request))


def _is_alive(request: HttpRequest) -> bool:
    now, idle = time.time(), settings.IDLE_MINUTES * 60
    began, used = request.session.get(KEY, (now, 0.0))
    if KEY in request.session and (now - used > idle or now - began > settings.SESSION_COOKIE_AGE):
        return False
    if now - used > idle / _PART:
        request.session[KEY] = (began, now)
    return True


def listen() -> None:
    """Called once when all apps are ready: a session begins to count when somebody signs in."""
    user_logged_in.connect(_begin, weak=False, dispatch_uid="lifetimes")


def _begin(sender: Any, request: HttpRequest | None = None, **_rest: Any) -> None:  # noqa: ARG001
    if request is not None:
        request.session[KEY] = (time.time(), time.time())
