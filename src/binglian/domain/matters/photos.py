"""Photos as a matter keeps them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from binglian.domain.refusals import ActionRefused
from binglian.photos import MOST_BYTES, MOST_PIXELS, Fault, PhotoRefused, re_encoded

from .facts import PhotoFacts

#: Photos with one report, whichever way it comes.
MOST_PHOTOS = 4
_WHY = {
    Fault.TOO_BIG: _("照片超过 %(megabytes)s MB，请选小一点的，或截图后再选。"),
    Fault.TOO_MANY_PIXELS: _("照片超过 %(megapixels)s 百万像素，请缩小后再选。"),
    Fault.NO_PICTURE: _("这不是照片。请选 JPG、PNG 或 WebP；苹果手机的 HEIC 照片请先截图。"),
    Fault.BROKEN: _("照片打不开，可能没有传完整，请再选一次。"),
}


def photo_facts(content: bytes, alternative: str = "") -> PhotoFacts:
    """A picture file as a photo to report with; nothing but the picture is left of it.

    Raises
    ------
    ActionRefused
        What is wrong with the file, and what to do.
    """
    try:
        picture = re_encoded(content)
    except PhotoRefused as refused:
        limits = {
            "megabytes": MOST_BYTES // 1024**2,
            "megapixels": MOST_PIXELS // 1_000_000,
        }
        raise ActionRefused(_WHY[refused.fault] % limits) from refused
    return PhotoFacts(
        image=picture.content,
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        alternative=alternative,
    )
