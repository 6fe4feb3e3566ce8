"""From a typst template and plain content to the bytes of a PDF.

The same content gives the same bytes: no clock, no font of the machine, no identifier by chance.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

import typst

from .glyphs import FONTS, without_glyph
from .refusal import PaperRefused, Said

ROOM = Path(__file__).parent


class Sheet:
    """One template with its content, ready to be compiled or asked.

    Parameters
    ----------
    template
        A ``.typ`` file below this room, e.g. ``"minutes/minutes.typ"``.
    content
        What the template reads as ``content``: texts, numbers, lists and mappings.

    Raises
    ------
    PaperRefused
        A character of the content has no glyph in our fonts.
    """

    def __init__(self, template: str, content: Mapping[str, Any]) -> None:
        for text in _texts(content):
            if missing := without_glyph(text):
                raise PaperRefused(
                    Said(
                        "字体里没有这些字：%(missing)s （见“%(text)s”）。请换用通行的写法。",
                        missing=missing,
                        text=text[:40],
                    )
                )
        self._compiler = typst.Compiler(
            input=ROOM / template,
            root=ROOM,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
        )

    def pdf(self, dated: datetime) -> bytes:
        """The PDF (PDF/A-2b, for the archive); ``dated`` is written into it as its date.

        Raises
        ------
        RuntimeError
            typst warns of anything: a template or a font is at fault, and text may be lost.
        """
        made, warnings = self._compiler.compile_with_warnings(
            format="pdf",
            pdf_standards="a-2b",
            timestamp=dated.astimezone(UTC).replace(microsecond=0),
        )
        if warnings:
            raise RuntimeError("; ".join(warning.message for warning in warnings))
        return cast(bytes, made)  # a PDF is one file, unlike pictures of pages

    def png(self, ppi: float) -> bytes:
        """The only page as PNG with ``ppi`` dots per inch; the same warnings are errors."""
        made, warnings = self._compiler.compile_with_warnings(format="png", ppi=ppi)
        if warnings:
            raise RuntimeError("; ".join(warning.message for warning in warnings))
        return cast(bytes, made)

    def marked(self, label: str) -> list[Any]:
        """The values of the metadata that the template carries under ``label``."""
        values: list[Any] = json.loads(self._compiler.query(f"<{label}>", field="value"))
        return values


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for value in content.values():
            yield from _texts(value)
    elif isinstance(content, list | tuple):
        for value in content:
            yield from _texts(value)
