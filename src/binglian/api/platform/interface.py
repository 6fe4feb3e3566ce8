"""What is the same of every answer: problems as RFC 9457, the limit, who may read it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from binglian.api.limits import quota_of

PROBLEM = "application/problem+json"
_TITLES = {
    400: "Bad request",
    401: "A key is needed",
    403: "Not allowed",
    404: "Not found",
    409: "Refused",
    422: "Something to correct",
    429: "Too many requests",
}


class Interface(NinjaAPI):
    """The API of ninja, speaking as we do."""

    def create_response(self, request: HttpRequest, data: Any, **facts: Any) -> HttpResponse:
        response = super().create_response(request, data, **facts)
        return _with_headers(request, response)

    def problem(
        self, request: HttpRequest, status: int, detail: Any, errors: list[str] | None = None
    ) -> HttpResponse:
        """Why there is no answer, and what to do."""
        content = {
            "type": "about:blank",
            "title": _TITLES.get(status, "Problem"),
            "status": status,
            "detail": str(detail),
            "errors": errors or [],
        }
        response = self.create_response(request, content, status=status)
        response["Content-Type"] = PROBLEM
        return response

    def get_openapi_schema(self, **where: Any) -> Any:
        """The description; ninja says of every answer that it is plain JSON."""
        schema = super().get_openapi_schema(**where)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400 and "content" in answer:
                        answer["content"] = {PROBLEM: answer["content"]["application/json"]}
        return schema


def _with_headers(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"  # no cookie counts here
    quota = quota_of(request)
    if quota:
        response["RateLimit-Limit"] = str(quota.limit)
        response["RateLimit-Remaining"] = str(quota.remaining)
        response["RateLimit-Reset"] = str(quota.seconds)
        response["Access-Control-Expose-Headers"] = (
            "RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
        )
    return response
