"""Keeps the chat page's bubbles in the store: the History that the webchat channel is given."""

import asyncio
from datetime import datetime

from sqlalchemy import Connection

from domain.messages import Bubble
from models import webchat
from models.store import Store


class StoredHistory:
    """Bubbles of one lane."""

    def __init__(self, store: Store, lane: int) -> None:
        self._store, self._lane = store, lane

    async def add(self, *, room: str, account: str, name: str, at: datetime, kind: str, text: str) -> Bubble:
        """Write a bubble; returns after the commit that holds it."""

        def work(connection: Connection) -> Bubble:
            return webchat.say(
                connection,
                self._store.ring,
                self._lane,
                room=room,
                account=account,
                name=name,
                at=at,
                kind=kind,
                text=text,
            )

        return await asyncio.wrap_future(self._store.write(work))
