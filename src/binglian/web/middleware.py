"""What happens around every page: the reader's language and type size, refusals as answers."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from binglian.domain.alliance.models import keep_seats
from binglian.domain.refusals import ActionRefused


class PreferencesMiddleware:
    """A signed-in person's own language and type size go before the browser's.

    What they see stays theirs: no shared computer's cache shows it to the next person.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.has_care_mode = request.COOKIES.get(settings.CARE_COOKIE_NAME) == "1"
        if request.user.is_authenticated:
            request.has_care_mode = request.user.has_care_mode
            if request.method in ("GET", "HEAD"):
                keep_seats(request.user)
            if request.user.language:
                translation.activate(request.user.language)
                request.LANGUAGE_CODE = translation.get_language()
        is_personal = request.user.is_authenticated
        response = self.get_response(request)
        if is_personal:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class RefusalMiddleware:
    """The one place where a refused action becomes an answer: 409 with the sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ActionRefused):
            return None
        context = {"message": str(exception), "back": where_from(request)}
        return render(request, "refused.html", context, status=409)


def where_from(request: HttpRequest) -> str:
    """The page of ours the reader comes from, or the first."""
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    return came_from if is_ours else "/"
