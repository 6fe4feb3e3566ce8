"""The side of traces that speaks OpenTelemetry; loaded only where traces are sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBasedTraceIdRatio
from opentelemetry.trace import Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_PARENT = "traceparent"
_propagator = TraceContextTextMapPropagator()


def exporting_to(url: str, percent: int, service: str) -> Tracer:
    """A tracer that sends to ``url`` in batches, in a thread of its own."""
    return Tracer(BatchSpanProcessor(OTLPSpanExporter(url)), percent, service)


class Tracer:
    """Makes spans with values of ours; the message of an error stays out, its kind goes in."""

    def __init__(self, processor: SpanProcessor, percent: int, service: str) -> None:
        sampler = ParentBasedTraceIdRatio(percent / 100)
        provider = TracerProvider(sampler, Resource.create({SERVICE_NAME: service}))
        provider.add_span_processor(processor)
        self._tracer = provider.get_tracer("binglian")

    @contextmanager
    def span(self, name: str, parent: str) -> Iterator[Callable[[str, Mapping[str, Any]], None]]:
        """Yields what names the span and says its facts."""
        context = _propagator.extract({_PARENT: parent}) if parent else None
        with self._tracer.start_as_current_span(
            name, context=context, record_exception=False, set_status_on_exception=False
        ) as made:

            def tell(name: str, facts: Mapping[str, Any]) -> None:
                made.update_name(name)
                made.set_attributes(dict(facts))

            try:
                yield tell
            except Exception as error:
                made.set_status(Status(StatusCode.ERROR, type(error).__name__))
                raise

    def parent_here(self) -> str:
        carrier: dict[str, str] = {}
        _propagator.inject(carrier)
        return carrier.get(_PARENT, "")
