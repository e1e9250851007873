"""Imports an exported transcript of a group: the third way in, with the same state as the other two."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.dispatcher import Dispatcher
from bot.sheets import MAX_BYTES, SheetError, decode
from domain.areas import covers
from domain.messages import IncomingMessage, MessageKind
from domain.pastes import TranscriptLine, read_transcript
from domain.roles import HEADS, WORKERS, Chat
from domain.slots import Timetable
from handlers.speakers import identified
from models import log, voices
from models.crypto import KeyRing
from models.directory import Directory, load_directory
from models.store import Store

CHANNEL = "import"
_CHUNK = 500
_LARGEST = 20 * MAX_BYTES


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to: messages new to the log, known already, and the rows that could not be read."""

    fresh: int
    known: int
    problems: tuple[str, ...]


def import_transcript(store: Store, lane: int, timetable: Timetable, path: Path, group: str | None) -> Imported:
    """Read a transcript into the log and work it off. `group`: the group's id or name, where the file names none.

    Raises SheetError where the file or the group cannot be told.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SheetError(f"{path}: cannot be read ({error.strerror}); check the name and the folder") from None
    if len(content) > _LARGEST:
        raise SheetError(f"{path}: larger than {_LARGEST // 1_000_000} MB; split it")
    transcript = read_transcript(decode(path, content))
    if not transcript.lines:
        raise SheetError(f"{path}: no messages found; expected a table with time, name and text, or a chat export")
    messages = _messages(store, lane, path, transcript.lines, group)
    fresh = 0
    dispatcher = Dispatcher(store, lane, timetable)
    for start in range(0, len(messages), _CHUNK):
        chunk = messages[start : start + _CHUNK]
        fresh += store.write(lambda c, chunk=chunk: log.publish_new(c, store.ring, lane, chunk)).result()  # type: ignore[misc]
        while True:
            progress = dispatcher.process_batch()
            if not progress.handled and not progress.failed:
                break
    problems = tuple(f"row {error.row}: {error.reason}" for error in transcript.errors)
    return Imported(fresh, len(messages) - fresh, problems)


def _messages(
    store: Store, lane: int, path: Path, lines: tuple[TranscriptLine, ...], group: str | None
) -> list[tuple[IncomingMessage, datetime]]:
    found = []
    said: Counter[str] = Counter()
    with store.read() as connection:
        directory = load_directory(connection, store.ring, lane)
        for line in lines:
            chat = _chat(directory.chats, line.chat or group)
            if chat is None:
                known = "、".join(c.name for c in directory.chats.values()) or "none"
                wanted = line.chat or group or ""
                raise SheetError(
                    f"{path}: which group is this? “{wanted}” is not known; name it with --group. Known: {known}"
                )
            identity = f"{chat.chat}|{line.said_at.isoformat()}|{line.author}|{line.text}"
            said[identity] += 1
            digest = store.ring.blind("import", identity, str(said[identity]))
            name = line.author or ""
            heard = voices.accounts_named(connection, store.ring, lane, chat.chat, name) if name else []
            account, alias = (
                heard[0] if len(heard) == 1 else (_account_of(store.ring, name, chat, directory), name or None)
            )
            message = IncomingMessage(
                channel=CHANNEL,
                external_id=line.id or f"import-{digest[:24]}",
                chat=chat.chat,
                sender=line.account or account,
                sender_name=name,
                sender_alias=alias,
                said_at=line.said_at,
                text=line.text,
                kind=MessageKind.TEXT,
                sequence=line.sequence,
            )
            found.append((message, line.said_at))
    return found


def _account_of(ring: KeyRing, name: str, chat: Chat, directory: Directory) -> str:
    """Return the account of whoever an export names by remark: somebody with a role by name and area, else nobody's.

    An export knows no accounts. Only what the remark says beside the roster counts, and imported lines never command.
    """
    told = identified("", name, name, chat, directory)
    called = [p for p in directory.people if p.name and (p.name == told.name or name.endswith(p.name))]
    at_home = [p for p in called if told.household and p.role in HEADS and covers(p.scope, told.household)]
    workers = [p for p in called if p.role in WORKERS and not told.household]
    accounts = list(dict.fromkeys(p.account for p in at_home or workers))
    nobody = f"~{ring.blind('nickname', chat.chat, name)[:16]}"  # accounts are stored unsealed, names are not
    return accounts[0] if len(accounts) == 1 else nobody


def _chat(chats: Mapping[str, Chat], wanted: str | None) -> Chat | None:
    named = [c for c in chats.values() if wanted and wanted in (c.chat, c.name)]
    return named[0] if named else None
