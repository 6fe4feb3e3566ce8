"""The header ``Idempotency-Key``, as draft-ietf-httpapi-idempotency-key-header has it."""

from __future__ import annotations

from django.http import HttpRequest

LONGEST_KEY = 200


def idempotency_key_of(request: HttpRequest) -> str:
    """The key, or nothing. The draft puts it in quotation marks (RFC 8941); many leave them off."""
    key = request.headers.get("Idempotency-Key", "").strip()
    is_quoted = len(key) > 1 and key[0] == key[-1] == '"'
    return key[1:-1] if is_quoted else key
