"""All tables of a new database at once, as its steps would leave them one after another.

The steps draw every model anew for each change, which costs a new city most of half a minute, and
nobody ever sees what stands in between. So they are for databases that have something in them.
"""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from binglian.domain.ledger.guards import install as install_guards
from binglian.domain.search.postings import create as create_postings


def make_tables(connection: BaseDatabaseWrapper) -> None:
    """Make the tables and what stands beside them, and note each step as taken: all or nothing.

    Does nothing where a step was taken before.
    """
    executor = MigrationExecutor(connection)
    if executor.loader.applied_migrations:
        return
    executor.recorder.ensure_schema()
    with connection.schema_editor() as editor:
        for model in executor.loader.project_state().apps.get_models():
            editor.create_model(model)
        install_guards(connection)
        create_postings(connection)
        executor.migrate(executor.loader.graph.leaf_nodes(), fake=True)
