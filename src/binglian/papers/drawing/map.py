"""One map of an area: outlines, and marks told apart by shape and not by colour alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt

from . import svg

#: Longitude and latitude, WGS-84 degrees.
Place = tuple[float, float]
WIDTH, HEIGHT = 640.0, 420.0
#: How much of the shown box lies around what it is about.
_AROUND = 0.12
#: A map is never of less than this, in degrees: some 700 m.
_LEAST = 0.008


@dataclass(frozen=True, slots=True)
class Outline:
    """An area: its rings, and whether the map is about it."""

    name: str
    rings: tuple[tuple[Place, ...], ...]
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """So many of one kind at one place; ``kind`` counts from 0 in the legend."""

    place: Place
    kind: int
    count: int = 1


_SHAPES = (("square", svg.DARK), ("circle", svg.MIDDLE), ("triangle", svg.ALARM))


def area_map(
    outlines: Sequence[Outline],
    marks: Sequence[Mark],
    legend: Sequence[str],
    *,
    alternative: str,
    letters: float = 15,
) -> str:
    """The map around its own areas and marks, north up, with a legend of at most three kinds.

    ``letters`` is the height of letters, the picture being 640 wide; signs grow with them.
    """
    foot = letters * 2.3
    view = _View(_about(outlines, marks))
    drawn = [svg.element("rect", width=WIDTH, height=HEIGHT, fill="#fbfcfd")]
    for outline in sorted(outlines, key=lambda one: one.is_own):
        drawn.append(_area(outline, view))
    for outline in outlines:
        drawn.extend(_name(outline, view, letters))
    for mark in sorted(marks, key=lambda one: (one.kind, -one.count)):
        drawn.append(_mark(mark, *view.point(mark.place), letters))
    window = svg.element("rect", width=WIDTH, height=HEIGHT)
    clip = svg.element("clipPath", window, id="map-window")
    inside = svg.element("g", "".join(drawn), clip_path="url(#map-window)")
    return svg.picture(WIDTH, HEIGHT + foot, clip + inside + _legend(legend, letters), alternative)


def _about(outlines: Sequence[Outline], marks: Sequence[Mark]) -> list[Place]:
    """What must be seen: its own areas and the marks; else everything."""
    own = [place for one in outlines if one.is_own for ring in one.rings for place in ring]
    seen = own or [mark.place for mark in marks]
    return seen or [place for one in outlines for ring in one.rings for place in ring] or [(0, 0)]


class _View:
    """From degrees to the drawing; a degree of longitude is shorter than one of latitude."""

    def __init__(self, places: Sequence[Place]) -> None:
        (west, east), (south, north) = (
            (min(axis), max(axis)) for axis in zip(*places, strict=True)
        )
        self.narrow = cos(radians((south + north) / 2))
        wide = max((east - west) * self.narrow, _LEAST) * (1 + 2 * _AROUND)
        high = max(north - south, _LEAST) * (1 + 2 * _AROUND)
        self.scale = min(WIDTH / wide, HEIGHT / high)
        self.middle = (west + east) / 2, (south + north) / 2

    def point(self, place: Place) -> Place:
        x = (place[0] - self.middle[0]) * self.narrow * self.scale + WIDTH / 2
        return x, HEIGHT / 2 - (place[1] - self.middle[1]) * self.scale


def _area(outline: Outline, view: _View) -> str:
    path = "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in map(view.point, ring)) + "Z"
        for ring in outline.rings
    )
    look = {"fill": "#dbe6f3" if outline.is_own else svg.GROUND, "stroke": svg.LINE}
    wide = 2.0 if outline.is_own else 1.0
    return svg.element("path", d=path, fill_rule="evenodd", stroke_width=wide, **look)


def _name(outline: Outline, view: _View, letters: float) -> Iterator[str]:
    """In the middle of the largest ring, where that is seen."""
    if not outline.rings:
        return
    ring = max(outline.rings, key=_extent)
    middle = [sum(place[axis] for place in ring) / len(ring) for axis in (0, 1)]
    x, y = view.point((middle[0], middle[1]))
    half = len(outline.name) * letters / 2
    if half < x < WIDTH - half and letters < y < HEIGHT - letters / 2:
        said = {"text_anchor": "middle", "font_size": letters, "fill": "#42505e"}
        yield svg.text(outline.name, x, y, **said)


def _extent(ring: Sequence[Place]) -> float:
    wide, high = ([place[axis] for place in ring] for axis in (0, 1))
    return (max(wide) - min(wide)) * (max(high) - min(high))


def _mark(mark: Mark, x: float, y: float, letters: float) -> str:
    shape, colour = _SHAPES[mark.kind]
    drawn = _sign(
        shape, colour, x, y, (letters + 3 * (mark.count > 1)) * (0.4 + sqrt(mark.count) / 5)
    )
    if mark.count > 1:
        said = {
            "text_anchor": "middle",
            "fill": "#fff",
            "font_size": letters,
            "font_weight": "bold",
        }
        drawn += svg.text(str(mark.count), x, y + letters * 0.36, **said)
    return drawn


def _sign(shape: str, colour: str, x: float, y: float, size: float) -> str:
    look = {"fill": colour, "stroke": "#fff", "stroke_width": 1.5}
    if shape == "circle":
        return svg.element("circle", cx=x, cy=y, r=size, **look)
    if shape == "square":
        side = size * 1.8
        return svg.element("rect", x=x - side / 2, y=y - side / 2, width=side, height=side, **look)
    corners = ((x, y - size * 1.35), (x + size * 1.3, y + size), (x - size * 1.3, y + size))
    points = " ".join(f"{one:.1f},{other:.1f}" for one, other in corners)
    return svg.element("polygon", points=points, **look)


def _legend(legend: Sequence[str], letters: float) -> str:
    drawn, x = [], letters
    for words, (shape, colour) in zip(legend, _SHAPES, strict=False):
        drawn.append(_sign(shape, colour, x, HEIGHT + letters * 1.3, letters * 0.45))
        drawn.append(svg.text(words, x + letters, HEIGHT + letters * 1.65, font_size=letters))
        wide = sum(1.0 if ord(character) > 0x2E80 else 0.56 for character in words)
        x += letters * (3 + wide)
    return "".join(drawn)
