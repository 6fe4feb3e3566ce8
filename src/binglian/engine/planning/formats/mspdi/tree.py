"""The elements of an XML file, each known by its line."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.parsers import expat

from binglian.engine.planning.formats.faults import Code, FormatError
from binglian.engine.planning.formats.words import whole

_DEEPEST = 50
_DECLARED_GBK = re.compile(
    rb"""\s*<\?xml[^>]*encoding\s*=\s*["'](?:gbk|gb2312|gb18030)["'][^>]*\?>""", re.IGNORECASE
)


class Element:
    """One element: its name without namespace, its text, and what it holds."""

    __slots__ = ("children", "line", "name", "text")

    def __init__(self, name: str, line: int) -> None:
        self.name = name
        self.line = line
        self.text = ""
        self.children: list[Element] = []

    def first(self, *path: str) -> "Element | None":
        """Return the first element on a path of names."""
        here = self
        for name in path:
            found = next((child for child in here.children if child.name == name), None)
            if found is None:
                return None
            here = found
        return here

    def each(self, *path: str) -> Iterator["Element"]:
        """Yield the elements on a path of names, all of them at its last step."""
        *way, last = path
        here = self.first(*way) if way else self
        yield from (child for child in (here.children if here else ()) if child.name == last)

    def said(self, *path: str) -> str:
        """Return the text on a path, "" where there is none."""
        found = self.first(*path)
        return found.text.strip() if found else ""

    def whole(self, name: str, default: int, least: int = -(10**9)) -> int:
        """Return a whole number."""
        found = self.first(name)
        if found is None or not found.text.strip():
            return default
        return whole(found.text.strip(), found.line, name, least, 10**12)

    def number(self, name: str, default: float) -> float:
        """Return a number from 0."""
        found = self.first(name)
        if found is None or not found.text.strip():
            return default
        text = found.text.strip()
        if not re.fullmatch(r"[+-]?\d{1,12}(\.\d*)?([eE][+-]?\d)?", text, re.ASCII):
            raise FormatError(Code.NUMBER, line=found.line, field=name, value=text)
        if float(text) < 0:
            raise FormatError(Code.LEAST, line=found.line, field=name, value=text, least=0)
        return float(text)

    def is_set(self, name: str) -> bool:
        """Whether a flag is 1."""
        return self.said(name) in ("1", "true")

    def moment(self, name: str) -> datetime | None:
        """Return a moment to the minute, None if there is none."""
        found = self.first(name)
        text = found.text.strip() if found else ""
        if found is None or text in ("", "NA"):
            return None
        return moment(text, found.line, name)


def moment(text: str, line: int | None, field: str) -> datetime:
    """Return an ISO date or moment to the minute, whatever zone it names left aside."""
    bare = re.sub(r"(\.\d+)?(Z|[+-]\d\d:\d\d)?$", "", text) if "T" in text else text
    try:
        found = datetime.fromisoformat(bare).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError as error:
        raise FormatError(Code.MOMENT, line=line, field=field, value=text) from error
    if not 1900 <= found.year <= 2999:
        raise FormatError(Code.MOMENT, line=line, field=field, value=text)
    return found


def parse(content: bytes) -> Element:
    """Return the root. Raises ``FormatError`` naming the line that is no XML, or is unsafe."""
    content = _in_utf8(content)
    parser = expat.ParserCreate(namespace_separator=" ")
    top = Element("", 0)
    open_elements = [top]

    def start(name: str, _attributes: Any) -> None:
        if len(open_elements) > _DEEPEST:
            raise FormatError(Code.TOO_DEEP, line=parser.CurrentLineNumber)
        element = Element(name.rpartition(" ")[2], parser.CurrentLineNumber)
        open_elements[-1].children.append(element)
        open_elements.append(element)

    def end(_name: str) -> None:
        open_elements.pop()

    def characters(text: str) -> None:
        open_elements[-1].text += text

    def document_type(*_parts: Any) -> None:  # nothing of ours has one; it can be made to explode
        raise FormatError(Code.UNSAFE, line=parser.CurrentLineNumber)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = document_type
    parser.buffer_text = True
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        why = expat.ErrorString(error.code)
        raise FormatError(Code.NOT_XML, line=error.lineno, why=why) from error
    except (ValueError, LookupError) as error:  # an encoding that Python does not know
        if isinstance(error, FormatError):
            raise
        raise FormatError(Code.ENCODING) from error
    return top.children[0]


def _in_utf8(content: bytes) -> bytes:
    """Chinese programs also write GBK, which the parser does not know."""
    declared = _DECLARED_GBK.match(content)
    if not declared:
        return content
    try:
        return content[declared.end() :].decode("gb18030").encode()
    except UnicodeDecodeError as error:
        raise FormatError(Code.ENCODING) from error
