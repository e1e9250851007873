"""The two insertions that go beyond plain SQL, built once a table; the one place that knows a dialect."""

from functools import cache

from sqlalchemy import Table
from sqlalchemy.dialects.sqlite import Insert, insert


@cache
def insert_new(table: Table) -> Insert:
    """Return the insertion of rows; a row whose key is there already changes nothing (its rowcount is 0)."""
    return insert(table).on_conflict_do_nothing()


@cache
def upsert(table: Table) -> Insert:
    """Return the insertion of whole rows; a row whose key is there already is overwritten in every other column."""
    statement = insert(table)
    others = {c.name: statement.excluded[c.name] for c in table.columns if not c.primary_key}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=others)
