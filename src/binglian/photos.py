"""Photographs from strangers, made safe to keep: the picture alone, upright and of moderate size.

What a camera writes beside the picture (where, when, with which device, a small preview of the
picture before it was cut) does not survive, because only the pixels are taken over.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from enum import Enum

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 60_000_000
#: Pixels of the longer side of what is kept.
LONGEST_SIDE = 2048
QUALITY = 82
#: Nothing else is even tried: each decoder is one more door.
_FORMATS = ("JPEG", "PNG", "WEBP")


class Fault(Enum):
    """Why a file is not taken."""

    TOO_BIG = "more than MOST_BYTES"
    TOO_MANY_PIXELS = "more than MOST_PIXELS"
    NO_PICTURE = "no JPEG, PNG or WebP"
    BROKEN = "cut off or damaged"


class PhotoRefused(ValueError):
    """The file is not taken; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG file without any metadata; sizes in pixels."""

    content: bytes = field(repr=False)
    width: int
    height: int
    media_type: str = "image/jpeg"


def re_encoded(content: bytes, longest_side: int = LONGEST_SIDE) -> Picture:
    """The picture of an uploaded file as a JPEG of our own making, not larger than asked.

    Raises
    ------
    PhotoRefused
        The file is too big, has too many pixels, is no picture we read, or is damaged.
    """
    if len(content) > MOST_BYTES:
        raise PhotoRefused(Fault.TOO_BIG)
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
            # Asked before a single pixel is unpacked.
            if opened.width * opened.height > MOST_PIXELS:
                raise PhotoRefused(Fault.TOO_MANY_PIXELS)
            opened.draft("RGB", (longest_side, longest_side))
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((longest_side, longest_side))
            pixels = _on_white(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoRefused(Fault.TOO_MANY_PIXELS) from error
    except UnidentifiedImageError as error:
        raise PhotoRefused(Fault.NO_PICTURE) from error
    except (OSError, SyntaxError, ValueError, ArithmeticError) as error:
        if isinstance(error, PhotoRefused):
            raise
        raise PhotoRefused(Fault.BROKEN) from error
    return encoded(pixels)


def encoded(pixels: Image.Image) -> Picture:
    """Pixels of our own as a JPEG file."""
    written = io.BytesIO()
    pixels.save(written, "JPEG", quality=QUALITY, optimize=True)
    return Picture(written.getvalue(), pixels.width, pixels.height)


def _on_white(image: Image.Image) -> Image.Image:
    """The pixels alone, on a fresh sheet: comments and profiles stay with the old one."""
    sheet = Image.new("RGB", image.size, "white")
    is_see_through = "A" in image.getbands() or "transparency" in image.info
    layer = image.convert("RGBA") if is_see_through else image.convert("RGB")
    sheet.paste(layer, mask=layer if is_see_through else None)
    return sheet
