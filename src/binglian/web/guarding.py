"""What is turned away before anybody looks at it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _


class BodyLimitMiddleware:
    """A request that says it is larger than anything we take is answered 413, unread.

    Django spools files to disk without a limit of its own. One that does not say how long it is
    (chunked) is read by Django as empty.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = request.META.get("CONTENT_LENGTH") or "0"
        if not said.isdecimal() or int(said) > settings.MOST_BYTES_SENT:
            megabytes = {"n": settings.MOST_BYTES_SENT // 1024**2}
            told = _("一次最多发送 %(n)s MB，请压缩或分开上传。") % megabytes
            return HttpResponse(told, "text/plain; charset=utf-8", status=413)
        return self.get_response(request)
