"""Empties a lane: for the demo, which may be started over. Nothing else ever calls this."""

from sqlalchemy import Connection, delete

from models.tables import metadata


def empty_lane(connection: Connection, lane: int) -> None:
    """Delete every row of a lane, its directory included."""
    for table in metadata.sorted_tables:
        connection.execute(delete(table).where(table.c.lane == lane))
