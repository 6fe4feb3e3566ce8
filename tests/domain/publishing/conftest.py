"""An alliance that publishes everything, with one row in every dataset."""

from collections.abc import Iterator

import pytest

from binglian.domain.publishing import files


@pytest.fixture(autouse=True)
def _nothing_is_kept_from_another_test() -> Iterator[None]:
    files.forget()
    yield
    files.forget()
