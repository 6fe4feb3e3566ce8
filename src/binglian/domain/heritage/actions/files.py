"""Photos and documents of a place."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.heritage.models import Place, PlaceFile
from binglian.domain.refusals import ActionRefused, refuse_unless
from binglian.photos import MOST_BYTES, PhotoRefused, re_encoded

from .steps import locked, note, require_tending

#: A drawing set or a survey report; larger ones belong into an archive.
MOST_DOCUMENT_BYTES = 20 * 1024 * 1024
MOST_FILES = 60
_PDF = b"%PDF-"


@transaction.atomic
def add_file(
    *,
    place: Place,
    content: bytes,
    caption_zh: str,
    by: User,
    caption_en: str = "",
    is_public: bool = False,
) -> PlaceFile:
    """Keep a photo (only its pixels) or a PDF document, with its caption.

    Raises
    ------
    ActionRefused
        No caption, too many or too big, or neither a photo nor a PDF.
    """
    place = locked(place)
    require_tending(by, place)
    refuse_unless(caption_zh.strip(), _("请写一句说明：拍的是什么，什么时候。"))
    refuse_unless(place.files.count() < MOST_FILES, _("材料已满 %(n)s 份。") % {"n": MOST_FILES})
    facts = _as_document(content) if content.startswith(_PDF) else _as_photo(content)
    file = PlaceFile.objects.create(
        place=place,
        caption_zh=caption_zh.strip()[:120],
        caption_en=caption_en.strip()[:160],
        is_public=is_public,
        added_by=by,
        **facts,
    )
    note(by, "place.file_added", place, {"file": file.pk, "caption": file.caption_zh})
    return file


@transaction.atomic
def change_file(
    *, file: PlaceFile, caption_zh: str, caption_en: str, is_public: bool, by: User
) -> PlaceFile:
    """Another caption, or shown to everybody or not."""
    place = locked(file.place)
    require_tending(by, place)
    refuse_unless(caption_zh.strip(), _("请写一句说明：拍的是什么，什么时候。"))
    file.caption_zh, file.caption_en = caption_zh.strip()[:120], caption_en.strip()[:160]
    file.is_public = is_public
    file.save(update_fields=["caption_zh", "caption_en", "is_public"])
    change = {"file": file.pk, "caption": file.caption_zh, "is_public": is_public}
    note(by, "place.file_changed", place, change)
    return file


@transaction.atomic
def remove_file(*, file: PlaceFile, by: User) -> None:
    """Take a file out; that it was there stays on record."""
    place = locked(file.place)
    require_tending(by, place)
    note(by, "place.file_removed", place, {"file": file.pk, "caption": file.caption_zh})
    file.delete()


def _as_document(content: bytes) -> dict[str, object]:
    megabytes = {"n": MOST_DOCUMENT_BYTES // 1024**2}
    refuse_unless(len(content) <= MOST_DOCUMENT_BYTES, _("文件超过 %(n)s MB。") % megabytes)
    return {
        "kind": PlaceFile.Kind.DOCUMENT,
        "content": content,
        "media_type": "application/pdf",
    }


def _as_photo(content: bytes) -> dict[str, object]:
    try:
        picture = re_encoded(content)
    except PhotoRefused as refused:
        megabytes = {"n": MOST_BYTES // 1024**2}
        raise ActionRefused(
            _("请选 JPG、PNG、WebP 照片（不超过 %(n)s MB）或 PDF 文件。") % megabytes
        ) from refused
    return {
        "kind": PlaceFile.Kind.PHOTO,
        "content": picture.content,
        "media_type": picture.media_type,
        "width": picture.width,
        "height": picture.height,
    }
