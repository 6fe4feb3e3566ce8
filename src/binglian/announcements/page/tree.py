"""From text to a tree of elements without what is never read: scripts, forms' controls, menus."""

import re

from lxml import html
from lxml.html import HtmlElement

_UNREAD = (
    "script", "style", "noscript", "template", "iframe", "svg", "select", "option", "button",
    "nav", "aside", "footer", "object", "embed", "canvas", "video", "audio", "head", "textarea",
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_UNWANTED_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u200b-\u200f\u2060\ufeff\u00ad]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>", re.IGNORECASE)


def parse(text: str) -> HtmlElement:
    """Parse a page or a fragment; always returns an element."""
    plain = _DECLARATION.sub("", _UNWANTED_CHARACTERS.sub("", text))
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    content = plain.encode() or b"<p></p>"
    return html.document_fromstring(content, parser=parser, ensure_head_body=True)


def strip(root: HtmlElement) -> HtmlElement:
    """Take out, in place, what nobody reads as text."""
    for element in list(root.iter(*_UNREAD)):
        _drop(element)
    for element in list(root.iter()):
        if isinstance(element.tag, str) and _HIDDEN.search(element.get("style") or ""):
            _drop(element)
    return root


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


__all__ = ["HtmlElement", "parse", "strip"]
