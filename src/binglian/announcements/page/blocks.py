"""A page as a sequence of blocks: runs of text no block boundary cuts through."""

import re
from dataclasses import dataclass, field

from .tree import HtmlElement

_INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr", "o:p", "st1:chsdate", "img",
}  # fmt: skip
_SPACES = re.compile(r"[\s\u00a0\u3000]+")
_SET_APART = re.compile(r"(?<=[\u4e00-\u9fff，。、；：！？”）》]) (?=[\u4e00-\u9fff“（《])")
_ICON = 60  # pixels: a smaller picture is an icon and has no caption


@dataclass(slots=True)
class Block:
    """One run of text.

    ``path`` are the elements around it from the outermost in; ``links`` counts its characters
    that are links; ``after_picture`` says that a picture stands between it and the block before.
    """

    text: str
    path: tuple[HtmlElement, ...]
    links: int
    after_picture: bool
    chars: int = field(init=False)

    def __post_init__(self) -> None:
        self.chars = len(self.text.replace(" ", ""))

    @property
    def element(self) -> HtmlElement:
        return self.path[-1]

    @property
    def plain(self) -> int:
        """Characters that are no link."""
        return max(0, self.chars - self.links)


def tidy(text: str) -> str:
    """One line without needless blanks."""
    line = _SPACES.sub(" ", text).strip()
    # Letters set apart by blanks are layout.
    return _SET_APART.sub("", line) if line.count(" ") * 3 > len(line) else line


def blocks_of(root: HtmlElement) -> list[Block]:
    """Cut a tree into blocks, in reading order."""
    cutter = _Cutter()
    cutter.enter(root, ())
    cutter.cut(())
    return cutter.blocks


class _Cutter:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.parts: list[str] = []
        self.links = 0
        self.in_link = 0
        self.has_picture = False
        self.path: tuple[HtmlElement, ...] = ()

    def enter(self, element: HtmlElement, path: tuple[HtmlElement, ...]) -> None:
        """Depth first without recursion: saved pages nest deeper than Python likes."""
        stack: list[tuple[HtmlElement, tuple[HtmlElement, ...], bool]] = [(element, path, False)]
        while stack:
            node, above, is_done = stack.pop()
            is_element = isinstance(node.tag, str)
            is_inline = is_element and node.tag in _INLINE
            if is_done:
                self._leave(node, above, is_inline)
                continue
            inside = above if is_inline or not is_element else (*above, node)
            if is_element:
                self._begin(node, inside, is_inline)
            stack.append((node, above, True))
            if is_element:
                stack.extend((child, inside, False) for child in reversed(node))

    def _begin(self, node: HtmlElement, inside: tuple[HtmlElement, ...], is_inline: bool) -> None:
        if not is_inline:
            self.cut(inside)
        if node.tag == "img" and not _is_icon(node):
            if "".join(self.parts).strip():
                self.cut(inside)
            self.has_picture = True
        if node.tag == "a" and node.get("href") is not None:
            self.in_link += 1
        self.add(node.text, inside)

    def _leave(self, node: HtmlElement, above: tuple[HtmlElement, ...], is_inline: bool) -> None:
        if isinstance(node.tag, str):
            if not is_inline:
                self.cut(above)
            if node.tag == "a" and node.get("href") is not None:
                self.in_link -= 1
        self.add(node.tail if above or node.tail else None, above)

    def add(self, text: str | None, path: tuple[HtmlElement, ...]) -> None:
        if text:
            if not self.parts:
                self.path = path
            self.parts.append(text)
            if self.in_link:
                self.links += len(_SPACES.sub("", text))

    def cut(self, path: tuple[HtmlElement, ...]) -> None:
        text = tidy("".join(self.parts))
        if text and self.path:
            self.blocks.append(Block(text, self.path, self.links, self.has_picture))
            self.has_picture = False
        self.parts, self.links, self.path = [], 0, path


def _is_icon(picture: HtmlElement) -> bool:
    sizes = [picture.get("width") or "", picture.get("height") or ""]
    return any(size.rstrip("px").isdigit() and int(size.rstrip("px")) < _ICON for size in sizes)
