"""Traces of requests, SQL statements and jobs, sent to an OpenTelemetry collector.

Off unless `start` is called; then a `span` costs one comparison.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .tracing import Tracer

_tracer: Tracer | None = None


def start(url: str, *, percent: int, service: str) -> None:
    """Send traces to ``url`` (OTLP over HTTP) from now on; needs ``binglian[tracing]``.

    ``percent`` of the requests that come without a decision of their caller are traced.
    """
    use(import_module("binglian.observing.tracing").exporting_to(url, percent, service))


def use(tracer: Tracer | None) -> None:
    """Trace with this one; ``None`` ends it."""
    global _tracer
    _tracer = tracer


def is_on() -> bool:
    return _tracer is not None


@contextmanager
def span(name: str, *, parent: str = "", **facts: Any) -> Iterator[dict[str, Any]]:
    """Time what is done within; what is put into the dictionary is told of it at the end.

    Facts are named as OpenTelemetry names them, ``__`` for its dots; ``name`` renames the span.
    ``parent`` is a ``traceparent`` (W3C) from another process, where this is not within another.
    """
    told: dict[str, Any] = facts
    if _tracer is None:
        yield told
        return
    with _tracer.span(name, parent) as tell:
        try:
            yield told
        finally:
            tell(told.pop("name", name), {key.replace("__", "."): told[key] for key in told})


def parent_here() -> str:
    """The ``traceparent`` of what is being done, for another process; empty where none is."""
    return _tracer.parent_here() if _tracer else ""
