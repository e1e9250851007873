"""Posts that a command and a timed job may both cause; their keys make the second cause change nothing."""

from datetime import date, datetime

from sqlalchemy import Connection

from domain.wording import orders as wording
from models.crypto import KeyRing
from models.directory import Directory
from models.ledger import round_book
from models.outbox import Post


def list_posts(
    connection: Connection, ring: KeyRing, lane: int, directory: Directory, day: date, now: datetime
) -> list[Post]:
    """Return the consolidated list of a round for every shopping and work group; none where nobody ordered."""
    book = round_book(connection, ring, lane, directory, day)
    rows = book.shopping(directory)
    if not rows:
        return []
    text = wording.shopping_list(day, rows, book.households, directory.articles)
    return [
        Post(dedupe_key=f"list:{day}:{chat.chat}", kind="list", text=text, due_at=now, chat=chat.chat)
        for chat in directory.chats_of("shopping", "work")
    ]
