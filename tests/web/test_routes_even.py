"""Every second route from the second on, for every role: see test_routes.py."""

from collections.abc import Callable

from .walk import dealt


def test_every_even_route_answers_every_role_as_the_table_says(
    check_routes: Callable[[list[str]], None],
) -> None:
    check_routes(dealt(2))
