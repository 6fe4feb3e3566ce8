"""One map of an area: outlines, and marks told apart by shape and not by colour alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt

import shapely
from shapely.geometry import MultiPolygon, Polygon

from . import svg

#: Longitude and latitude in WGS-84 degrees, or x and y in the drawing.
Place = tuple[float, float]
WIDTH = 640.0
#: How much of the shown box lies around what it is about.
_AROUND = 0.12
#: A map is never of less than this, in degrees: some 700 m.
_LEAST = 0.008
#: Marks nearer than so many letters share a sign; signs of different kinds stand so far apart.
_NEAR, _APART = 3.4, 1.8


@dataclass(frozen=True, slots=True)
class Outline:
    """An area: its shape in degrees, and whether the map is about it."""

    name: str
    shape: Polygon | MultiPolygon
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing of a kind; kinds count from 0, as in the legend."""

    place: Place
    kind: int


_SHAPES = (("square", svg.DARK), ("circle", svg.MIDDLE), ("triangle", svg.ALARM))


def area_map(
    outlines: Sequence[Outline],
    marks: Sequence[Mark],
    legend: Sequence[str],
    *,
    alternative: str,
    letters: float = 15,
    height: float = 420,
) -> str:
    """The map around its own areas or its marks, north up, with a legend of at most three kinds.

    Parameters
    ----------
    letters
        Height of letters, the picture being 640 wide; signs grow with them.
    height
        Height of the map, the legend not counted.
    """
    view = _View(_about(outlines, marks), height)
    drawn = [svg.element("rect", width=WIDTH, height=height, fill="#fbfcfd")]
    drawn += [_area(one, view) for one in sorted(outlines, key=lambda one: one.is_own)]
    for outline in outlines:
        drawn.extend(_name(outline, view, letters))
    drawn.extend(_marks(marks, view, letters))
    window = svg.element("rect", width=WIDTH, height=height)
    clip = svg.element("clipPath", window, id="map-window")
    inside = svg.element("g", "".join(drawn), clip_path="url(#map-window)")
    whole = clip + inside + _legend(legend, letters, height)
    return svg.picture(WIDTH, height + letters * 2.3, whole, alternative)


def place_map(
    outlines: Sequence[Outline],
    landmarks: Sequence[tuple[str, Place]],
    place: Place,
    *,
    alternative: str,
    letters: float = 26,
    height: float = 420,
) -> str:
    """Where one place lies, exactly in the middle, north up; some 900 m from north to south.

    ``landmarks`` are named dots to find one's way by; one that would stand on another is left out.
    Areas are named where there are none. Letters are large: half a page or a phone shows it.
    """
    view = _View([place], height)
    drawn = [svg.element("rect", width=WIDTH, height=height, fill="#fbfcfd")]
    drawn += [_area(one, view) for one in outlines]
    named = list(_landmarks(landmarks, view, letters))
    drawn += named or [name for one in outlines for name in _name(one, view, letters)]
    x, y = view.point(place)
    ring = {"fill": "none", "stroke": svg.ALARM, "stroke_width": 3}
    drawn.append(svg.element("circle", cx=x, cy=y, r=letters, **ring))
    drawn.append(svg.element("circle", cx=x, cy=y, r=letters / 4, fill=svg.ALARM))
    window = svg.element("rect", width=WIDTH, height=height)
    clip = svg.element("clipPath", window, id="map-window")
    inside = svg.element("g", "".join(drawn), clip_path="url(#map-window)")
    return svg.picture(WIDTH, height, clip + inside, alternative)


def _landmarks(
    landmarks: Sequence[tuple[str, Place]], view: _View, letters: float
) -> Iterator[str]:
    taken = [shapely.box(*_around(view.point(view.middle), letters * 1.5))]
    for name, place in landmarks:
        x, y = view.point(place)
        wide = sum(1.0 if ord(letter) > 0x2E80 else 0.56 for letter in name) * letters
        room = shapely.box(x - letters / 2, y - letters, x + letters + wide, y + letters)
        seen = shapely.box(0, 0, WIDTH, view.height)
        if not seen.covers(room) or any(room.intersects(other) for other in taken):
            continue
        taken.append(room)
        yield svg.element("circle", cx=x, cy=y, r=letters / 4, fill=svg.MIDDLE)
        yield svg.text(name, x + letters * 0.6, y + letters * 0.36, font_size=letters)


def _around(point: Place, size: float) -> tuple[float, float, float, float]:
    return point[0] - size, point[1] - size, point[0] + size, point[1] + size


def _about(outlines: Sequence[Outline], marks: Sequence[Mark]) -> Sequence[Place]:
    """What must be seen: its own areas, else the marks, else everything."""
    own = [corner for one in outlines if one.is_own for corner in _corners(one)]
    seen = own or [mark.place for mark in marks]
    return seen or [corner for one in outlines for corner in _corners(one)] or [(0.0, 0.0)]


def _corners(outline: Outline) -> list[Place]:
    west, south, east, north = outline.shape.bounds
    return [(west, south), (east, north)]


class _View:
    """From degrees to the drawing; a degree of longitude is shorter than one of latitude."""

    def __init__(self, places: Sequence[Place], height: float) -> None:
        (west, east), (south, north) = (
            (min(axis), max(axis)) for axis in zip(*places, strict=True)
        )
        self.height = height
        self.narrow = cos(radians((south + north) / 2))
        wide = max((east - west) * self.narrow, _LEAST) * (1 + 2 * _AROUND)
        high = max(north - south, _LEAST) * (1 + 2 * _AROUND)
        self.scale = min(WIDTH / wide, height / high)
        self.middle = (west + east) / 2, (south + north) / 2

    def point(self, place: Place) -> Place:
        x = (place[0] - self.middle[0]) * self.narrow * self.scale + WIDTH / 2
        return x, self.height / 2 - (place[1] - self.middle[1]) * self.scale

    def drawn(self, outline: Outline) -> list[Polygon]:
        """The outline's parts in the drawing."""
        parts = [part for part in shapely.get_parts(outline.shape) if isinstance(part, Polygon)]
        return [
            Polygon(
                [self.point((x, y)) for x, y, *_height in part.exterior.coords],
                [[self.point((x, y)) for x, y, *_height in hole.coords] for hole in part.interiors],
            )
            for part in parts
        ]


def _area(outline: Outline, view: _View) -> str:
    path = "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring.coords) + "Z"
        for part in view.drawn(outline)
        for ring in (part.exterior, *part.interiors)
    )
    look = {"fill": "#dbe6f3" if outline.is_own else svg.GROUND, "stroke": svg.LINE}
    wide = 2.0 if outline.is_own else 1.0
    return svg.element("path", d=path, fill_rule="evenodd", stroke_width=wide, **look)


def _name(outline: Outline, view: _View, letters: float) -> Iterator[str]:
    """Inside what is seen of the area, where there is room for it."""
    half = len(outline.name) * letters / 2
    room = shapely.box(half, letters, WIDTH - half, view.height - letters)
    seen = [part.buffer(0).intersection(room) for part in view.drawn(outline)]
    largest = max(seen, key=lambda part: float(part.area), default=None)
    if largest is not None and largest.area > letters * letters * 4:
        middle = largest.representative_point()
        said = {"text_anchor": "middle", "font_size": letters, "fill": "#42505e"}
        yield svg.text(outline.name, middle.x, middle.y, **said)


def _marks(marks: Sequence[Mark], view: _View, letters: float) -> Iterator[str]:
    """One sign for all of a kind that lie close together; kinds stand beside each other."""
    near = letters * _NEAR
    gathered: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)
    for mark in marks:
        x, y = view.point(mark.place)
        gathered[round(x / near), round(y / near)][mark.kind] += 1
    for (column, row), counts in sorted(gathered.items()):
        left = -(len(counts) - 1) / 2
        for place, (kind, count) in enumerate(sorted(counts.items())):
            x = column * near + (left + place) * _APART * letters
            yield _mark(kind, count, x, row * near, letters)


def _mark(kind: int, count: int, x: float, y: float, letters: float) -> str:
    shape, colour = _SHAPES[kind]
    # A number needs more room than a dot; more of it, a little more.
    size = letters * (0.5 if count == 1 else min(0.75 + sqrt(count) / 12, 1.3))
    drawn = _sign(shape, colour, x, y, size)
    if count > 1:
        said = {"text_anchor": "middle", "fill": "#fff", "font_weight": "bold"}
        drawn += svg.text(str(count), x, y + letters * 0.36, font_size=letters, **said)
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


def _legend(legend: Sequence[str], letters: float, top: float) -> str:
    drawn, x = [], letters * 0.6
    for words, (shape, colour) in zip(legend, _SHAPES, strict=False):
        drawn.append(_sign(shape, colour, x, top + letters * 1.3, letters * 0.45))
        drawn.append(svg.text(words, x + letters * 0.8, top + letters * 1.65, font_size=letters))
        wide = sum(1.0 if ord(character) > 0x2E80 else 0.56 for character in words)
        x += letters * (2.2 + wide)
    return "".join(drawn)
