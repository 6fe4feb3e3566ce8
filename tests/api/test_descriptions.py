"""Whatever the descriptions allow, and what they do not, is asked of every operation.

No fault of the server, no status that is not described, no content but the described one.
"""

from typing import Any

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from binglian.config.wsgi import application
from binglian.domain.clients.actions import Registered
from binglian.domain.clients.models import ApiClient
from binglian.domain.matters.models import Category

# A request from outside ends with its connection given back, which no test's transaction survives.
pytestmark = pytest.mark.django_db(transaction=True)

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
FEW = hypothesis.settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
)
MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)


@pytest.mark.parametrize(
    ("document", "operations"),
    [
        ("/open311/v2/openapi.json", 9),
        ("/open311/test/v2/openapi.json", 9),
        ("/api/v1/openapi.json", 28),
    ],
)
def test_every_answer_is_as_described(
    document: str,
    operations: int,
    app: Registered,
    member_app: Registered,
    make_matter: Any,
    drains: Category,
    settings: Any,
) -> None:
    settings.API_PER_MINUTE = 100_000
    ApiClient.objects.update(per_minute=30_000)
    make_matter()
    schema = schemathesis.openapi.from_wsgi(document, application)
    headers = {"X-API-Key": (member_app if "/v1/" in document else app).key}
    seen: dict[str, set[int]] = {}

    for found in schema.get_all_operations():
        operation = found.ok()
        statuses = seen.setdefault(operation.label, set())
        for mode in MODES:
            _ask(operation, mode, headers, statuses)

    assert len(seen) == operations
    # It gets through to the work itself, and is refused: both ways were walked.
    assert {200, 404} <= set().union(*seen.values())


def _ask(operation: Any, mode: Any, headers: dict[str, str], statuses: set[int]) -> None:
    @FEW
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        response = case.call(headers=headers)
        statuses.add(response.status_code)
        case.validate_response(response, checks=CHECKS)

    try:
        ask()
    except hypothesis.errors.Unsatisfiable:
        # Nothing given to this operation could be wrong.
        assert mode is schemathesis.GenerationMode.NEGATIVE
