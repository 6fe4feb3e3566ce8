"""The files themselves: made when asked for, kept until something happens."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from threading import Lock

from binglian.domain.alliance.models import Alliance

from . import freshness
from .dataset import Dataset
from .formats import Format

#: Bytes of files that a process keeps.
MOST_KEPT = 64 * 1024 * 1024


@dataclass(frozen=True)
class PublishedFile:
    """Some bytes, when they last changed, and what they are."""

    content: bytes
    content_type: str
    changed_at: datetime

    @cached_property
    def digest(self) -> str:
        """Changes with every byte, and with nothing else."""
        return hashlib.sha256(self.content).hexdigest()[:32]

    @cached_property
    def packed(self) -> bytes:
        """The same bytes by gzip; the same input always gives the same output."""
        return gzip.compress(self.content, 6, mtime=0)


_kept: OrderedDict[str, PublishedFile] = OrderedDict()
_keeping = Lock()


def file_of(dataset: Dataset, alliance: Alliance, wanted: Format) -> PublishedFile:
    """One dataset of one alliance in one format."""

    def make() -> PublishedFile:
        return PublishedFile(
            wanted.write(dataset, alliance),
            wanted.content_type,
            freshness.changed_at(dataset, alliance),
        )

    return kept(f"{alliance.pk}/{dataset.name}.{wanted.ending}", make)


def kept(name: str, make: Callable[[], PublishedFile]) -> PublishedFile:
    """What ``make`` gives, made anew only after something has happened anywhere."""
    key = f"{name} {freshness.state_of_everything()}"
    with _keeping:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = make()
    with _keeping:
        _kept[key] = made
        size = sum(len(file.content) for file in _kept.values())
        while size > MOST_KEPT and len(_kept) > 1:
            size -= len(_kept.popitem(last=False)[1].content)
    return made


def forget() -> None:
    """For tests, where one database follows another."""
    with _keeping:
        _kept.clear()
    freshness.forget()
