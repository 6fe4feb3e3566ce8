"""Announcements of our own writing, and the pages they are dressed as."""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
_BLOCK = r"<!-- {name} -->(.*?)<!-- /{name} -->"


@dataclass(frozen=True, slots=True)
class NamedOrganisation:
    """One organisation as labelled by hand: all its names, its kind and its roles."""

    names: tuple[str, ...]
    kind: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sample:
    """An announcement and what it says, labelled by hand."""

    name: str
    title: str
    published: str
    lines: tuple[tuple[str, str], ...]  # kind "p" or "caption", text
    organisations: tuple[NamedOrganisation, ...]
    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    member_count: int | None = None

    @property
    def body(self) -> str:
        return "\n".join(text for kind, text in self.lines if kind == "p")

    @property
    def captions(self) -> tuple[str, ...]:
        return tuple(text for kind, text in self.lines if kind == "caption")

    @property
    def pasted(self) -> str:
        return "\n".join([self.title, self.published, *(text for _, text in self.lines)])


#: «tried» was looked at while the reading was written; the others were each measured before
#: they were looked at, and then used to make it better, in this order.
PARTS = ("tried", "held", "fresh", "last", "unseen", "later", "varied", "harder", "latest")


def samples(part: str) -> list[Sample]:
    """The samples of one of ``PARTS``."""
    return [_sample(path) for path in sorted((HERE / "samples" / part).glob("*.txt"))]


def all_samples() -> dict[str, Sample]:
    """Every sample, by name."""
    return {sample.name: sample for part in PARTS for sample in samples(part)}


def all_skins() -> dict[str, str]:
    """Every page an announcement is dressed as, by name."""
    return skins("tried") | skins("held") | skins("later") | skins("unlike")


def skins(part: str) -> dict[str, str]:
    """The pages of one part, by name, with places for what they show."""
    paths = sorted((HERE / "skins" / part).glob("*.html"))
    return {path.stem: path.read_text(encoding="utf-8") for path in paths}


def dressed(sample: Sample, skin: str) -> bytes:
    """The announcement as a saved page; in GB18030 where the page declares that."""
    patterns = {name: _cut(skin, name) for name in ("paragraph", "caption", "middle")}
    page = re.sub(r"\n<!-- (\w+) -->.*?<!-- /\1 -->", "", skin, flags=re.DOTALL)
    pieces = [
        patterns["caption" if kind == "caption" else "paragraph"]
        .replace("{text}", text)
        .replace("{linked}", re.sub(r"(党建联盟|联盟)", r'<a href="#">\1</a>', text, count=1))
        for kind, text in sample.lines
    ]
    if patterns["middle"] and len(pieces) > 2:
        pieces.insert(len(pieces) // 2, patterns["middle"])
    day = datetime.fromisoformat(sample.published).replace(tzinfo=UTC)
    body = "\n".join(pieces)
    facts = {
        "title": sample.title,
        "day": sample.published,
        "cnday": f"{day.year}年{day.month:02}月{day.day:02}日",
        "stamp": str(int(day.timestamp())),
        "body": body,
        "json_title": json.dumps(sample.title),
        "json_body": json.dumps(body).replace("<", "\\u003c"),
    }
    for key, value in facts.items():
        page = page.replace("{" + key + "}", value)
    declared = re.search(r"charset=[\"']?(gb\w+)", page, re.IGNORECASE)
    return page.encode("gb18030" if declared else "utf-8")


def _cut(skin: str, name: str) -> str:
    found = re.search(_BLOCK.format(name=name), skin, re.DOTALL)
    return found.group(1) if found else ""


def _sample(path: Path) -> Sample:
    told, labels = path.read_text(encoding="utf-8").split("\n---\n")
    title, published, *lines = told.strip().split("\n")
    organisations, lists, count = [], {}, None
    for line in labels.strip().split("\n"):
        key, _, value = line.partition(":")
        if key == "组织":
            names, kind, roles = (part.strip() for part in value.split(";"))
            held = frozenset(role for role in roles.split(",") if role)
            organisations.append(NamedOrganisation(tuple(names.split("|")), kind, held))
        elif key == "数":
            count = int(value) if value.strip() else None
        else:
            lists[key] = tuple(part.strip() for part in value.split("|") if part.strip())
    return Sample(
        name=path.stem,
        title=title.removeprefix("# "),
        published=published.removeprefix("@ "),
        lines=tuple(
            ("caption", line[2:]) if line.startswith("^ ") else ("p", line) for line in lines
        ),
        organisations=tuple(organisations),
        labels=lists,
        member_count=count,
    )
