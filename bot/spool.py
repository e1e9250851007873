"""The spool: where messages wait, sealed and synced, while the database takes none."""

import base64
import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from domain.messages import CardItem, IncomingMessage, MessageKind
from models.crypto import KeyRing, SealError


class Spool:
    """An append-only file of sealed messages, one a line. A torn last line (power cut while writing) is skipped."""

    def __init__(self, path: Path, ring: KeyRing) -> None:
        self._path, self._ring = path, ring

    def check(self) -> None:
        """Raise OSError where the file cannot be written; the program does not start then."""
        with self._path.open("ab"):
            pass

    def append(self, items: Iterable[tuple[IncomingMessage, datetime]]) -> None:
        """Write messages and sync them to disk. Raises OSError where that fails."""
        with self._path.open("a+b") as file:
            if _ends_torn(file):
                file.write(b"\n")
            for message, received_at in items:
                body = json.dumps({**asdict(message), "received_at": received_at}, default=_plain, ensure_ascii=False)
                file.write(base64.b64encode(self._ring.seal("spool", message.external_id, body)))
                file.write(b" " + base64.b64encode(message.external_id.encode("utf-8", "surrogatepass")) + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def read(self) -> list[tuple[IncomingMessage, datetime]]:
        """Return what waits, oldest first."""
        if not self._path.exists():
            return []
        return [item for line in self._path.read_bytes().split(b"\n")[:-1] if (item := self._open(line))]

    def clear(self, count: int) -> None:
        """Drop the first `count` readable messages: they are in the log now."""
        left = self.read()[count:]
        fresh = Spool(self._path.with_name(self._path.name + ".new"), self._ring)
        fresh._path.unlink(missing_ok=True)
        fresh.append(left)
        fresh._path.replace(self._path)

    def _open(self, line: bytes) -> tuple[IncomingMessage, datetime] | None:
        try:
            sealed, external_id = (base64.b64decode(part, validate=True) for part in line.split(b" "))
            raw = json.loads(self._ring.open("spool", external_id.decode("utf-8", "surrogatepass"), sealed))
        except (ValueError, SealError):
            return None
        received_at = datetime.fromisoformat(raw.pop("received_at"))
        raw["said_at"] = datetime.fromisoformat(raw["said_at"])
        raw["kind"] = MessageKind(raw["kind"])
        raw["mentions"] = tuple(raw["mentions"])
        raw["items"] = tuple(
            CardItem(i["author"], i["text"], datetime.fromisoformat(i["at"]) if i["at"] else None) for i in raw["items"]
        )
        return IncomingMessage(**raw), received_at


def _ends_torn(file: BinaryIO) -> bool:
    """Say whether the last line was cut off: what is written next must not be glued to it."""
    if file.seek(0, os.SEEK_END) == 0:
        return False
    file.seek(-1, os.SEEK_END)
    return file.read(1) != b"\n"


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
