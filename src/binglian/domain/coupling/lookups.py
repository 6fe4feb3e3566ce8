"""A question Django asks PostgreSQL only: whether a JSON array holds a text."""

from typing import Any

from django.db.models import JSONField, Lookup


@JSONField.register_lookup
class HasItem(Lookup):
    """``tags__has_item="会议"``: the array holds exactly this text, on either database."""

    lookup_name = "has_item"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        array, params = self.process_lhs(compiler, connection)
        # The array is a column of ours; only the item comes from outside.
        sql = f"EXISTS (SELECT 1 FROM json_each({array}) AS item WHERE item.value = %s)"  # noqa: S608
        return sql, (*params, self.rhs)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        array, params = self.process_lhs(compiler, connection)
        return f"{array} @> jsonb_build_array(%s::text)", (*params, self.rhs)
