"""Traces of requests, statements and jobs belong together and name nobody."""

import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from binglian.observing import traces
from binglian.observing.tracing import Tracer

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def spans():
    kept = InMemorySpanExporter()
    traces.use(Tracer(SimpleSpanProcessor(kept), percent=100, service="tests"))
    yield kept.get_finished_spans
    traces.use(None)


def test_a_request_holds_its_statements(client_of, viewer, spans):
    client = client_of(viewer)
    client.get("/", HTTP_TRACEPARENT=PARENT)

    *statements, request = spans()
    assert (request.name, request.attributes["http.response.status_code"]) == ("GET home", 200)
    assert {one.name for one in statements} == {"sql"}
    assert {one.parent.span_id for one in statements} == {request.context.span_id}
    assert request.parent is None  # nobody outside decides what is traced
    assert viewer.username not in str([one.attributes for one in spans()])


def test_behind_a_proxy_the_trace_goes_on(client, db, spans, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client.get("/health/", HTTP_TRACEPARENT=PARENT)

    (request,) = spans()
    assert f"{request.context.trace_id:032x}" == PARENT.split("-")[1]


@pytest.mark.once
def test_a_job_hangs_on_the_request_that_asked_for_it(spans):
    with traces.span("request"):
        parent = traces.parent_here()
    with traces.span("job", parent=parent):
        pass

    request, job = spans()
    assert job.parent.span_id == request.context.span_id


@pytest.mark.once
def test_an_error_is_told_by_its_kind_alone(spans):
    with pytest.raises(ValueError, match="li@"), traces.span("request"):
        raise ValueError("li@example.org")

    (failed,) = spans()
    assert (failed.status.description, failed.events) == ("ValueError", ())


@pytest.mark.once
def test_without_a_collector_nothing_is_traced():
    with traces.span("request") as told:
        told["name"] = "GET home"

    assert (traces.is_on(), traces.parent_here()) == (False, "")
