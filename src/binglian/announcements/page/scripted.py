"""News that stands in a page's scripts: JSON-LD, and pages that fill themselves."""

import html
import json
import re
from collections.abc import Iterator

_LITERAL = re.compile(
    r'"((?:[^"\\\n]|\\.){200,})"'
    r"|'((?:[^'\\\n]|\\.){200,})'"
    r"|`((?:[^`\\]|\\.){200,})`"
)
_ESCAPES = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "t": " ", "r": "", "b": "", "f": ""}
_MARKS = "，。；："


def scripts_of(text: str) -> str:
    """All scripts of a page, one after the other."""
    return "\n".join(re.findall(r"<script[^>]*>(.*?)</script>", text, re.DOTALL | re.IGNORECASE))


def told_by_scripts(scripts: str) -> str:
    """The longest Chinese text, or page fragment, that the scripts hold as one string."""
    best, best_marks = "", 0
    for told in _strings(scripts):
        marks = sum(told.count(mark) for mark in _MARKS)
        if marks > best_marks:
            best, best_marks = told, marks
    return best if best_marks >= 3 else ""


def _strings(scripts: str) -> Iterator[str]:
    for found in _LITERAL.finditer(scripts):
        raw = next(group for group in found.groups() if group is not None)
        told = _paired(_ESCAPES.sub(_unescaped, raw))
        if told.lstrip().startswith(("{", "[")):  # a string that is JSON again
            try:
                yield from _texts(json.loads(told))
                continue
            except ValueError:
                pass
        yield html.unescape(told) if "&lt;" in told else told


def _paired(text: str) -> str:
    """Characters that JavaScript writes as two halves, put together; a half alone is left out."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def _unescaped(found: re.Match[str]) -> str:
    code = found.group(1) or found.group(2)
    return chr(int(code, 16)) if code else _PLAIN.get(found.group(3), found.group(3))


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, str) and len(node) >= 200:
        yield html.unescape(node) if "&lt;" in node else node
    elif isinstance(node, dict):
        for child in node.values():
            yield from _texts(child)
    elif isinstance(node, list):
        for child in node:
            yield from _texts(child)
