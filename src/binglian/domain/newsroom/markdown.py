"""The few signs with which an announcement is set, as safe HTML and as plain text.

Paragraphs, headings, lists, quotations, emphasis, links and rules; nothing else is read, so a
picture, a table or a tag in the text stays the characters it was typed as. What comes out passes a
sanitiser of its own all the same.
"""

from __future__ import annotations

import re

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_READ = ["heading", "list", "blockquote", "hr", "emphasis", "link", "newline", "escape"]
# A single line break is one: who writes an announcement does not think of paragraphs as blocks.
_READER = MarkdownIt("zero", {"breaks": True, "html": False}).enable(_READ)
_TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "hr", "strong", "em", "a", "br"}
#: The title of the page is its first heading; those of the text begin below it.
_FIRST, _LAST = 2, 4


def html_of(body: str) -> str:
    """The body as HTML that is safe to show; its headings descend from 2 without a gap.

    >>> html_of("# 安排\\n**周六**见<b>")
    '<h2>安排</h2>\\n<p><strong>周六</strong>见&lt;b&gt;</p>\\n'
    """
    tokens = _READER.parse(body)
    _set_levels(tokens)
    html = _READER.renderer.render(tokens, _READER.options, {})
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )


def plain_text_of(body: str) -> str:
    """The words alone, a line for each block."""
    inline = [token for token in _READER.parse(body) if token.type == "inline"]
    lines = ("".join(_words(part) for part in token.children or []) for token in inline)
    return "\n".join(re.sub(r"[ \t]+", " ", line) for line in lines)


def _words(token: Token) -> str:
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content


def _set_levels(tokens: list[Token]) -> None:
    """Give headings levels that a reader of the page can go down by, whatever was typed."""
    typed: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
            while typed and typed[-1] >= level:
                typed.pop()
            typed.append(level)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(_FIRST + len(typed) - 1, _LAST)}"
