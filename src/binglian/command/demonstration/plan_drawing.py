"""A plan of one level of the demonstration's complex, drawn here: axes, columns, ramps, stairs."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFont

from binglian.photos import encoded

_WIDTH, _HEIGHT, _MARGIN = 1200, 780, 110
_AXES_ACROSS, _AXES_DOWN = 8, "ABCDE"
_INK, _AXIS, _WALL, _RAMP = "#2a3340", "#9aa7b5", "#49566a", "#dfe6ee"


def level_plan() -> bytes:
    """Level −2 as JPEG."""
    sheet = Image.new("RGB", (_WIDTH, _HEIGHT), "white")
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(size=26)
    across = [_spread(number, _AXES_ACROSS, _WIDTH) for number in range(_AXES_ACROSS)]
    down = [_spread(number, len(_AXES_DOWN), _HEIGHT) for number in range(len(_AXES_DOWN))]
    left, right, top, bottom = across[0], across[-1], down[0], down[-1]
    draw.rectangle((across[5], down[1], across[6], down[3]), fill=_RAMP, outline=_WALL, width=3)
    for step in range(1, 10):
        x = across[0] + (across[1] - across[0]) * step / 10
        draw.line((x, down[3], x, down[4]), _AXIS, 2)
    for number, x in enumerate(across, 1):
        draw.line((x, top - 40, x, bottom), _AXIS, 1)
        _named(draw, font, str(number), x, top - 62)
    for letter, y in zip(_AXES_DOWN, down, strict=True):
        draw.line((left - 40, y, right, y), _AXIS, 1)
        _named(draw, font, letter, left - 62, y)
    draw.rectangle((left, top, right, bottom), outline=_WALL, width=8)
    for x in across[1:-1]:
        for y in down[1:-1]:
            draw.rectangle((x - 8, y - 8, x + 8, y + 8), fill=_WALL)
    return encoded(sheet).content


def _spread(number: int, count: int, size: int) -> int:
    return _MARGIN + (size - _MARGIN - 40) * number // (count - 1)


def _named(
    draw: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, name: str,
    x: int, y: int,
) -> None:  # fmt: skip
    draw.ellipse((x - 22, y - 22, x + 22, y + 22), outline=_INK, width=2)
    draw.text((x, y), name, _INK, font, anchor="mm")
