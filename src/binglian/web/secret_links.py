"""The page behind a secret link: whoever holds it follows what they sent in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import qrcode
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from qrcode.image.svg import SvgPathImage

Held = TypeVar("Held")


def held_or_404(found: Held | None) -> Held:
    """What the link leads to; a wrong one looks like a page that does not exist."""
    if found is None:
        raise Http404
    return found


def linked_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    route: str,
    secret: str,
    status: int = 200,
) -> HttpResponse:
    """The page of a secret link; just sent in (``?new``), with the link to keep and photograph.

    ``context`` gains ``secret``, ``link``, ``is_new`` and ``picture`` for `parts/keep_link.html`.
    """
    link = request.build_absolute_uri(reverse(route, args=[secret]))
    is_new = "new" in request.GET
    keeping = {
        "secret": secret,
        "link": link,
        "is_new": is_new,
        "picture": _quick_response(link) if is_new else "",
    }
    return unseen(render(request, template, {**context, **keeping}, status=status))


def unseen(response: HttpResponse) -> HttpResponse:
    """Neither caches nor search engines keep what the secret link shows."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _quick_response(link: str) -> SafeString:
    """A QR code of the link as SVG, without script or style of its own."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=2, box_size=10)
    code.add_data(link)
    image = code.make_image(image_factory=SvgPathImage)
    # Made here from an address; nothing in it is anybody's text.
    return mark_safe(image.to_string(encoding="unicode"))
