"""The same interface as an OpenAPI document, for tools that read those."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from .discovery import CHANGESET, SPECIFICATION
from .telling import FIELDS

_TEXT: dict[str, Any] = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}
_WHEN = {"type": ["string", "null"], "format": "date-time"}
_DEGREES = {"type": ["number", "null"]}


@require_safe
@login_not_required
def document(_request: HttpRequest, **_where: Any) -> JsonResponse:
    """JSON answers; with ``.xml`` the same content comes as XML."""
    response = JsonResponse(open311(), json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response


def open311() -> dict[str, Any]:
    place = [_query("lat", "number"), _query("long", "number"), _query("radius", "number")]
    period = [_query("start_date"), _query("end_date")]
    pages = [_query("page", "integer"), _query("page_size", "integer")]
    numbers = _query("service_request_id")
    requests = _array("Request")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Open311 GeoReport v2",
            "version": CHANGESET,
            "description": SPECIFICATION,
        },
        "servers": [{"url": "/open311/v2"}, {"url": "/open311/test/v2"}],
        "paths": {
            "/discovery.json": {"get": _read("discovery", _named("Discovery"), [], of_one=False)},
            "/services.json": {"get": _read("services", _array("Service"), [])},
            "/services/{service_code}.json": {
                "get": _read("service", _named("Definition"), [_path("service_code")])
            },
            "/requests.json": {
                "get": _read(
                    "requests",
                    requests,
                    [numbers, _query("service_code"), _query("status"), *period, *place, *pages],
                ),
                "post": _write("post", _POSTED, _array("Received")),
            },
            "/requests/{service_request_id}.json": {
                "get": _read("request", requests, [_path("service_request_id")])
            },
            "/tokens/{token_id}.json": {
                "get": _read("token", _array("Token"), [_path("token_id")])
            },
            "/servicerequestupdates.json": {
                "get": _read("updates", _array("Update"), [numbers, *period, *pages]),
                "post": _write("post_update", _ADDED, _array("UpdateReceived")),
            },
        },
        "components": {
            "schemas": _SCHEMAS,
            "securitySchemes": {
                "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
            },
        },
    }


def _object(required: list[str], /, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": False,
    }


def _all(**properties: Any) -> dict[str, Any]:
    return _object(list(properties), **properties)


def _named(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _array(name: str) -> dict[str, Any]:
    return {"type": "array", "items": _named(name)}


def _query(name: str, kind: str = "string") -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": {"type": kind}}


def _path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _answers(content: dict[str, Any], statuses: list[int]) -> dict[str, Any]:
    errors = {"application/json": {"schema": _named("Errors")}}
    refused = {
        str(status): {"description": _MEANING[status], "content": errors} for status in statuses
    }
    good = {"description": "OK", "content": {"application/json": {"schema": content}}}
    return {"200": good} | refused


def _read(
    name: str, content: dict[str, Any], parameters: list[Any], *, of_one: bool = True
) -> dict[str, Any]:
    """``of_one``: about one jurisdiction."""
    return {
        "operationId": name,
        "parameters": [_query("jurisdiction_id"), *parameters] if of_one else parameters,
        "responses": _answers(content, [400, 403, 404, 429] if of_one else [400, 403, 429]),
        "security": [{}, {"key": []}],
    }


def _write(name: str, form: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    said = {"type": "string", "maxLength": 200}
    again = {"name": "Idempotency-Key", "in": "header", "required": False, "schema": said}
    return {
        "operationId": name,
        "parameters": [_query("jurisdiction_id"), again],
        "requestBody": {
            "required": True,
            "content": {"application/x-www-form-urlencoded": {"schema": form}},
        },
        "responses": _answers(content, [400, 403, 404, 429]),
        "security": [{"key": []}],
    }


_MEANING = {
    400: "Something given cannot be, or something is missing",
    403: "The key is missing, wrong, revoked, or not for this",
    404: "No such jurisdiction_id, service_code, service_request_id or token",
    429: "Too many requests; Retry-After says for how long",
}
_POSTED = _object(
    ["service_code", "description"],
    jurisdiction_id=_TEXT,
    service_code=_TEXT,
    description={"type": "string", "minLength": 1, "maxLength": 4000},
    lat={"type": "number", "minimum": -90, "maximum": 90},
    long={"type": "number", "minimum": -180, "maximum": 180},
    address_string={"type": "string", "maxLength": 120},
    address_id={"type": "string", "maxLength": 60},
    email=_TEXT,
    phone=_TEXT,
    first_name=_TEXT,
    last_name=_TEXT,
    media_url=_TEXT,
    api_key=_TEXT,
) | {"additionalProperties": True}
_ADDED = _object(
    ["service_request_id", "description"],
    jurisdiction_id=_TEXT,
    service_request_id=_TEXT,
    description=_TEXT,
    api_key=_TEXT,
) | {"additionalProperties": True}
_SCHEMAS = {
    "Errors": {
        "type": "array",
        "minItems": 1,
        "items": _all(code={"type": "integer"}, description=_TEXT),
    },
    "Discovery": _all(
        changeset=_TEXT,
        contact=_TEXT,
        key_service=_TEXT,
        endpoints={
            "type": "array",
            "minItems": 2,
            "items": _all(
                specification=_TEXT,
                url=_TEXT,
                changeset=_TEXT,
                type={"enum": ["production", "test"]},
                formats={"type": "array", "items": {"enum": ["text/xml", "application/json"]}},
            ),
        },
    ),
    "Service": _all(
        service_code=_TEXT,
        service_name=_TEXT,
        description=_TEXT,
        metadata={"type": "boolean"},
        type={"enum": ["realtime"]},
        keywords=_TEXT,
        group=_TEXT,
    ),
    "Definition": _all(service_code=_TEXT, attributes=_array("Attribute")),
    "Attribute": _object(
        ["variable", "code", "datatype", "required", "order", "description"],
        variable={"type": "boolean"},
        code=_TEXT,
        datatype={
            "enum": ["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]
        },
        required={"type": "boolean"},
        datatype_description=_MAYBE,
        order={"type": "integer", "minimum": 1},
        description=_TEXT,
        values={"type": "array", "items": _all(key=_TEXT, name=_TEXT)},
    ),
    "Request": _all(
        **(
            dict.fromkeys(FIELDS, _MAYBE)
            | {"service_request_id": _TEXT, "status": {"enum": ["open", "closed"]}}
            | dict.fromkeys(["lat", "long"], _DEGREES)
            | {name: _WHEN for name in FIELDS if name.endswith("_datetime")}
        )
    ),
    "Received": _object(
        ["service_request_id", "service_notice", "account_id"],
        service_request_id=_TEXT,
        token=_TEXT,
        service_notice=_TEXT,
        account_id=_MAYBE,
    ),
    "Token": _all(token=_TEXT, service_request_id=_TEXT),
    "Update": _all(
        update_id=_TEXT,
        service_request_id=_TEXT,
        status=_TEXT,
        updated_datetime=_WHEN,
        description=_TEXT,
        media_url=_MAYBE,
    ),
    "UpdateReceived": _all(update_id=_TEXT),
}
