"""Figures for a monitor in Prometheus's form, of all processes of a web server together.

A server of several processes sets ``PROMETHEUS_MULTIPROC_DIR`` (see `server_figures`) before this
is imported: each then keeps its figures in files there, and any of them can tell all.
"""

import os
from collections.abc import Iterable
from importlib.metadata import version
from typing import Protocol

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram
from prometheus_client import generate_latest as generate
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

CONTENT_TYPE = CONTENT_TYPE_LATEST
_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds

_own = CollectorRegistry()
_requests = Counter(
    "binglian_requests", "Requests answered.", ["route", "method", "status"], registry=_own
)
_seconds = Histogram(
    "binglian_request_seconds", "Time to answer.", ["route"], buckets=_BUCKETS, registry=_own
)
_statements = Counter("binglian_sql_statements", "SQL statements.", ["route"], registry=_own)
_sql_seconds = Counter("binglian_sql_seconds", "Time in the database.", ["route"], registry=_own)


class Reading(Protocol):
    """One figure as it stands: ``values`` by the value of ``label``, or under ``""``."""

    name: str
    meaning: str
    label: str
    values: dict[str, float]


def note_request(
    *, route: str, method: str, status: int, seconds: float, statements: int, sql_seconds: float
) -> None:
    """Count one request; an unheard-of method would be a series for each word somebody sends."""
    known = method if method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE") else "OTHER"
    _requests.labels(route, known, str(status)).inc()
    _seconds.labels(route).observe(seconds)
    _statements.labels(route).inc(statements)
    _sql_seconds.labels(route).inc(sql_seconds)


def exposition(readings: Iterable[Reading]) -> bytes:
    """Everything counted by this server's processes, and ``readings``, as text."""
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)
    else:
        registry.register(_own)
    registry.register(_Readings(readings))
    return generate(registry)


class _Readings(Collector):
    def __init__(self, readings: Iterable[Reading]) -> None:
        self._readings = list(readings)

    def collect(self) -> Iterable[GaugeMetricFamily | InfoMetricFamily]:
        about = InfoMetricFamily("binglian", "This version.")
        about.add_metric([], {"version": version("binglian")})
        yield about
        for reading in self._readings:
            labels = [reading.label] if reading.label else []
            family = GaugeMetricFamily(f"binglian_{reading.name}", reading.meaning, labels=labels)
            for value, figure in reading.values.items():
                family.add_metric([value] if labels else [], figure)
            yield family
