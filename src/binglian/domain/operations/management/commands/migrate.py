"""Django's ``migrate``, whoever calls it, makes a new database at once."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from binglian.domain.operations.tables import make_tables


class Command(migrate.Command):
    """Asked for no step in particular, it finds nothing left to do in a new database."""

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if not options["app_label"] and not options["plan"] and not options["check_unapplied"]:
            make_tables(connection)
        super().handle(*args, **options)
