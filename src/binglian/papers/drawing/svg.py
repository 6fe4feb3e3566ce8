"""The few signs of SVG that our drawings need. Colours keep 3 : 1 on white, and differ in grey."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

FONT = "Noto Sans SC"
DARK, MIDDLE, LIGHT, ALARM = "#173f73", "#5f7488", "#b8c6d6", "#a3201a"
INK, GROUND, LINE = "#1d2733", "#eef1f4", "#8b98a5"


def attributes(**said: object) -> str:
    """``stroke_width=2`` as ``stroke-width="2"``; numbers to a tenth."""
    return "".join(
        f" {name.rstrip('_').replace('_', '-')}={quoteattr(number(value))}"
        for name, value in said.items()
    )


def number(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def element(name: str, content: str = "", /, **said: object) -> str:
    if not content:
        return f"<{name}{attributes(**said)}/>"
    return f"<{name}{attributes(**said)}>{content}</{name}>"


def text(words: str, x: float, y: float, /, **said: object) -> str:
    return element("text", escape(words), x=float(x), y=float(y), **said)


def picture(width: float, height: float, content: str, alternative: str) -> str:
    """The whole drawing; a screen reader is told its alternative."""
    frame = attributes(
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(float(width))} {number(float(height))}",
        font_family=FONT,
        font_size=15,
        fill=INK,
        role="img",
    )
    return f"<svg{frame}>{element('title', escape(alternative))}{content}</svg>"
