"""Which characters our fonts can show: a paper must never lose a character of a name."""

import struct
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"


def without_glyph(text: str) -> str:
    """The characters of ``text`` that would come out blank, each once, in order."""
    shown = _characters()
    return "".join(dict.fromkeys(c for c in text if not c.isspace() and ord(c) not in shown))


@cache
def _characters() -> frozenset[int]:
    """Code points that both weights have a glyph for."""
    sets = [_read((FONTS / f"NotoSansSC-{weight}.ttf").read_bytes()) for weight in _WEIGHTS]
    return frozenset.intersection(*sets)


_WEIGHTS = ("Regular", "Bold")


def _read(font: bytes) -> frozenset[int]:
    """The code points of a font's ``cmap`` in format 12 (OpenType specification, «cmap»)."""
    (tables,) = struct.unpack_from(">H", font, 4)
    directory = [struct.unpack_from(">4sIII", font, 12 + 16 * n) for n in range(tables)]
    start = next(offset for tag, _sum, offset, _length in directory if tag == b"cmap")
    (encodings,) = struct.unpack_from(">H", font, start + 2)
    for n in range(encodings):
        (offset,) = struct.unpack_from(">I", font, start + 4 + 8 * n + 4)
        subtable = start + offset
        if struct.unpack_from(">H", font, subtable) == (12,):
            (groups,) = struct.unpack_from(">I", font, subtable + 12)
            rows = struct.iter_unpack(">III", font[subtable + 16 : subtable + 16 + 12 * groups])
            return frozenset(c for first, last, _glyph in rows for c in range(first, last + 1))
    raise ValueError("the font has no cmap of format 12")
