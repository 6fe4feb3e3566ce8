"""Photographs and plans inside a drawing, so that papers need no files beside them."""

from __future__ import annotations

from base64 import b64encode

from . import svg

WIDTH = 640.0


def framed(image: bytes, media_type: str, *, width: int, height: int, alternative: str) -> str:
    """A JPEG or PNG of ``width`` by ``height`` pixels as SVG, 640 wide."""
    high = WIDTH * height / width
    return svg.picture(WIDTH, high, _raster(image, media_type, high), alternative)


def shown_on_plan(
    image: bytes,
    media_type: str,
    *,
    width: int,
    height: int,
    at: tuple[float, float],
    alternative: str,
) -> str:
    """A plan with a ring around ``at``: the parts of its width and height from the top left."""
    high = WIDTH * height / width
    x, y = at[0] * WIDTH, at[1] * high
    ring = {"fill": "none", "stroke": svg.ALARM, "stroke_width": 4}
    drawn = svg.element("circle", cx=x, cy=y, r=16.0, **ring)
    drawn += svg.element("circle", cx=x, cy=y, r=4.0, fill=svg.ALARM)
    return svg.picture(WIDTH, high, _raster(image, media_type, high) + drawn, alternative)


def _raster(image: bytes, media_type: str, high: float) -> str:
    address = f"data:{media_type};base64,{b64encode(image).decode()}"
    return svg.element("image", href=address, width=WIDTH, height=high)
