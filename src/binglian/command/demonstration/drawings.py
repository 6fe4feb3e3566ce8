"""Pictures for the announcements, drawn here: nobody's photographs, nobody in them."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image, ImageDraw

from binglian.photos import encoded

#: Pixels of what is kept, and how many times as large it is drawn, for smooth edges.
_WIDTH, _HEIGHT, _FINER = 1280, 720, 2

_SKY, _HILL, _STREET = "#cfe3ee", "#9bbfae", "#b9ab97"
_WALL, _WALL_2, _ROOF, _STONE = "#e9d9b6", "#dcc59a", "#a8442f", "#8c8577"
_WOOD, _GLASS, _LEAF, _DEEP = "#6f4a2f", "#5f88a0", "#3f7a4d", "#23344a"


def drawn(name: str) -> bytes:
    """The drawing of this name as JPEG.

    Raises
    ------
    KeyError
        There is none of this name.
    """
    sheet = Image.new("RGB", (_WIDTH * _FINER, _HEIGHT * _FINER), _SKY)
    _DRAWINGS[name](_Pen(sheet))
    return encoded(sheet.resize((_WIDTH, _HEIGHT), Image.Resampling.BOX)).content


class _Pen:
    """Draws in pixels of the finished picture."""

    def __init__(self, sheet: Image.Image) -> None:
        self._draw = ImageDraw.Draw(sheet)

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        self._draw.rectangle(_finer(x, y, x + width - 1, y + height - 1), colour)

    def shape(self, colour: str, *corners: float) -> None:
        self._draw.polygon(_finer(*corners), colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        self._draw.ellipse(_finer(x - radius, y - radius, x + radius, y + radius), colour)

    def line(self, colour: str, width: float, *points: float) -> None:
        self._draw.line(_finer(*points), colour, int(width * _FINER), joint="curve")


def _finer(*values: float) -> list[float]:
    return [value * _FINER for value in values]


def _house(pen: _Pen, x: float, width: float, floors: int, wall: str) -> None:
    """A house of the street side: stone foot, windows in rows, tiled roof."""
    foot, height = 620, 118
    top = foot - floors * height
    pen.box(x, top, width, floors * height, wall)
    pen.box(x, foot - 34, width, 34, _STONE)
    pen.shape(_ROOF, x - 14, top, x + width / 2, top - 84, x + width + 14, top)
    count = int(width // 84)
    gap = width / count
    for floor in range(floors):
        for number in range(count):
            left, up = x + number * gap + gap / 2 - 20, top + floor * height + 22
            pen.box(left - 4, up - 4, 48, 66, _WOOD)
            pen.box(left, up, 40, 58, _GLASS)
            pen.box(left + 18, up, 4, 58, _WOOD)


def _tree(pen: _Pen, x: float, size: float = 1.0) -> None:
    pen.box(x - 7 * size, 520, 14 * size, 110, _WOOD)
    for across, up in ((-38, 500), (38, 500), (0, 452)):
        pen.disc(x + across * size, up, 54 * size, _LEAF)


def _gate(pen: _Pen) -> None:
    """A courtyard's gate stands open; behind it stairs and a gallery."""
    pen.shape(_HILL, 0, 430, 300, 300, 640, 400, 1000, 280, 1280, 420, 1280, 720, 0, 720)
    pen.box(0, 620, 1280, 100, _STREET)
    _house(pen, 40, 352, 3, _WALL)
    _house(pen, 888, 352, 3, _WALL_2)
    pen.box(392, 270, 496, 350, _WALL)
    pen.shape(_ROOF, 372, 270, 640, 180, 908, 270)
    pen.box(500, 450, 280, 170, _DEEP)
    pen.disc(640, 450, 140, _DEEP)
    pen.box(536, 430, 208, 190, "#f2e7cb")
    for step in range(5):
        pen.box(548 + 16 * step, 596 - 26 * step, 184 - 32 * step, 26, _STONE)
    for post in range(6):
        pen.box(540 + 40 * post, 430, 6, 44, _WOOD)
    pen.line(_WOOD, 6, 536, 452, 744, 452)
    pen.shape(_WOOD, 500, 430, 452, 454, 452, 640, 500, 620)
    pen.shape(_WOOD, 780, 430, 828, 454, 828, 640, 780, 620)
    for left in (432, 848):
        pen.disc(left, 640, 22, _LEAF)
        pen.disc(left, 622, 12, "#d9694f")
    _tree(pen, 1180)


def _pipes(pen: _Pen) -> None:
    """A street cut open: the old pipe broken, the new one beside it, water running off."""
    _house(pen, 60, 420, 2, _WALL)
    _house(pen, 800, 420, 2, _WALL_2)
    pen.box(0, 470, 1280, 250, "#8a6f55")
    pen.box(0, 452, 1280, 26, _STONE)
    for stone in range(0, 1280, 64):
        pen.line("#746d60", 2, stone, 452, stone, 478)
    pen.line("#5b4a3b", 34, 40, 540, 420, 560)
    pen.line("#5b4a3b", 34, 470, 596, 820, 590)
    for x, y in ((430, 580), (448, 604), (462, 574)):
        pen.disc(x, y, 9, "#5b4a3b")
    pen.line("#2f6d8c", 46, 0, 660, 1280, 690)
    pen.line("#7fb6cf", 14, 0, 656, 1280, 686)
    for x in (300, 660, 1020):
        pen.box(x - 24, 452, 48, 18, _DEEP)
        pen.line("#2f6d8c", 20, x, 470, x, 664 + x / 50)
    for x, y in ((180, 150), (420, 100), (560, 200), (720, 120), (900, 90), (1130, 170)):
        pen.line("#7fa9bd", 5, x, y, x - 14, y + 44)


def _parking(pen: _Pen) -> None:
    """A yard at night: bays with numbers of lamps, cars in some of them."""
    pen.box(0, 0, 1280, 720, _DEEP)
    pen.disc(1110, 120, 54, "#f4e6b3")
    pen.disc(1086, 108, 54, _DEEP)
    pen.box(0, 430, 1280, 290, "#3b4652")
    for bay in range(7):
        pen.line("#e8ecef", 6, 90 + bay * 180, 450, 40 + bay * 200, 720)
    for x, colour in ((150, "#b5523c"), (520, "#d8d2c4"), (880, "#4f7f9a")):
        pen.box(x, 500, 150, 70, colour)
        pen.shape(colour, x + 24, 500, x + 46, 456, x + 108, 456, x + 130, 500)
        pen.shape(_GLASS, x + 40, 498, x + 54, 466, x + 100, 466, x + 114, 498)
        for wheel in (36, 114):
            pen.disc(x + wheel, 572, 18, "#15181c")
    for x in (60, 640, 1220):
        pen.box(x - 5, 190, 10, 260, "#7b8794")
        pen.disc(x, 184, 22, "#ffe9a8")


def _stalls(pen: _Pen) -> None:
    """Makers' stalls along the street, awnings in stripes."""
    pen.shape(_HILL, 0, 380, 420, 280, 900, 360, 1280, 260, 1280, 720, 0, 720)
    pen.box(0, 620, 1280, 100, _STREET)
    _house(pen, 10, 300, 3, _WALL_2)
    _house(pen, 970, 300, 3, _WALL)
    for stall, colour in enumerate(("#a8442f", "#2f6d8c", "#3f7a4d")):
        x = 330 + stall * 215
        for stripe in range(6):
            left = x + stripe * 32
            pen.shape(
                colour if stripe % 2 else "#f4efe2",
                left, 430, left + 32, 430, left + 36, 482, left - 4, 482,
            )  # fmt: skip
        for post in (x + 4, x + 182):
            pen.box(post, 480, 8, 150, _WOOD)
        pen.box(x, 556, 194, 74, _WALL)
        for thing in range(4):
            pen.box(x + 16 + thing * 44, 556 - 18 - thing % 2 * 14, 28, 18 + thing % 2 * 14, colour)


_DRAWINGS: dict[str, Callable[[_Pen], None]] = {
    "gate": _gate,
    "pipes": _pipes,
    "parking": _parking,
    "stalls": _stalls,
}
