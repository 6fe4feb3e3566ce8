"""A stored picture as an answer, and how pages show it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from binglian.domain.newsroom.models import NewsPicture


def picture_answer(
    request: HttpRequest, picture: NewsPicture | None, *, is_public: bool
) -> HttpResponse:
    """The picture, ``?size=small`` the small one; never anything but a picture; 404 for none."""
    if picture is None:
        raise Http404
    # An hour: what is withdrawn should be gone soon.
    keep = "public, max-age=3600" if is_public else "private, no-store"
    image = picture.small if request.GET.get("size") == "small" else picture.image
    return HttpResponse(bytes(image), picture.media_type, headers={"Cache-Control": keep})
