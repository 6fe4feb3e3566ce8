"""A stored photo as an answer."""

from django.http import Http404, HttpResponse

from binglian.domain.matters.models import Photo


def photo_answer(photo: Photo | None, *, is_public: bool) -> HttpResponse:
    """The picture, never as anything but a picture; 404 for none."""
    if photo is None:
        raise Http404
    keep = "public, max-age=86400" if is_public else "private, no-store"
    return HttpResponse(bytes(photo.image), photo.media_type, headers={"Cache-Control": keep})
