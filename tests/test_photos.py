"""Photos from strangers: nothing but the picture is kept."""

import io

import pytest
from PIL import Image

from binglian.photos import LONGEST_SIDE, MOST_BYTES, Fault, PhotoRefused, re_encoded

pytestmark = pytest.mark.once

ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F


def file_of(size=(40, 20), kind="JPEG", mode="RGB", colour="red", **more) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, colour).save(written, kind, **more)
    return written.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_where_and_with_what_a_photo_was_taken_is_gone():
    exif = Image.Exif()
    exif[MAKER] = "MARKER-MAKER"
    exif.get_ifd(GPS)[2] = (36.0, 4.0, 12.0)
    before = file_of(exif=exif, comment=b"MARKER-COMMENT")

    picture = re_encoded(before)

    assert (b"MARKER" in before, b"MARKER" in picture.content) == (True, False)
    assert dict(opened(picture.content).getexif()) == {}
    assert "comment" not in opened(picture.content).info


def test_a_photo_held_sideways_stands_upright():
    exif = Image.Exif()
    exif[ORIENTATION] = 6

    picture = re_encoded(file_of(size=(40, 20), exif=exif))

    assert (picture.width, picture.height) == (20, 40)


def test_a_big_photo_becomes_smaller():
    picture = re_encoded(file_of(size=(4096, 1024)))

    assert (picture.width, picture.height) == (LONGEST_SIDE, LONGEST_SIDE // 4)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_is_see_through_becomes_white(kind):
    picture = re_encoded(file_of(kind=kind, mode="RGBA", colour=(0, 0, 0, 0)))

    assert (picture.media_type, opened(picture.content).getpixel((5, 5))) == (
        "image/jpeg",
        (255, 255, 255),
    )


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"GIF89a no", Fault.NO_PICTURE),
        (b"<svg onload=alert(1)>", Fault.NO_PICTURE),
        (b"", Fault.NO_PICTURE),
        (file_of(kind="GIF"), Fault.NO_PICTURE),
        (file_of(size=(400, 400))[:400], Fault.BROKEN),
        (file_of(size=(9000, 9000), kind="PNG", mode="L", colour=0), Fault.TOO_MANY_PIXELS),
        (file_of(size=(20000, 20000), kind="PNG", mode="1", colour=0), Fault.TOO_MANY_PIXELS),
        (b"\xff" * (MOST_BYTES + 1), Fault.TOO_BIG),
    ],
)
def test_what_is_no_photo_is_refused_with_a_reason(content, fault):
    with pytest.raises(PhotoRefused) as refused:
        re_encoded(content)

    assert refused.value.fault == fault
