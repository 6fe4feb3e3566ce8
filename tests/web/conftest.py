"""What all walks of the routes are asked about, and how their answers are checked."""

from collections.abc import Callable
from typing import Any

import pytest

from .route_samples import samples, sessions
from .route_table import check

__all__ = ["samples", "sessions"]


@pytest.fixture
def check_routes(
    samples: dict[str, Any],
    sessions: dict[str, str | None],
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
) -> Callable[[list[str]], None]:
    """Each of these routes answers as the table says."""
    own = tmp_path_factory.getbasetemp()
    of_the_run = own if worker_id == "master" else own.parent
    return lambda dealt: check(dealt, samples, sessions, of_the_run)
