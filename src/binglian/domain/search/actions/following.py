"""The one place where a change of a row leads to the index."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from binglian.domain.search.source import Source
from binglian.domain.search.sources import SOURCES

from .indexing import refresh


def follow_changes() -> None:
    """Called once when all apps are ready."""
    for source in SOURCES.values():
        _follow(source, source.model, lambda row: [row.pk])
        for model, watched in source.watches.items():
            _follow(source, model, watched)


def _follow(source: Source, model: type[Model], watched: Any) -> None:
    def changed(instance: Any, raw: bool = False, **_facts: Any) -> None:
        if not raw:
            keys: Iterable[int] = watched(instance)
            refresh(source, keys)

    name = f"search {source.kind} of {model._meta.label}"
    for signal in (post_save, post_delete):
        signal.connect(changed, sender=model, weak=False, dispatch_uid=name)
