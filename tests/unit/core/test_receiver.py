"""What a channel heard is safe when it is acknowledged: in the log, or sealed in the spool until the log takes it."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.clock import SimulatedClock
from bot.receiver import Receiver
from bot.spool import Spool
from domain.messages import CardItem, IncomingMessage, MessageKind
from tests.world import LANE, World, at


def heard(number: int, words: str = "都好", **more: object) -> IncomingMessage:
    return IncomingMessage(
        channel="test",
        external_id=f"m-{number}",
        chat="g-3-1",
        sender="wx_31502",
        said_at=at("08:05"),
        text=words,
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture
def spool(world: World) -> Spool:
    return Spool(world.store.data / "spool", world.store.ring)


@pytest.fixture
def receiver(world: World, spool: Spool) -> Receiver:
    return Receiver(world.store, SimulatedClock(at("08:05")), LANE, spool)


@contextmanager
def refusing(world: World) -> Iterator[None]:
    """Let the database refuse every new row of the log, as a full disk does."""

    def forbid(connection) -> None:  # type: ignore[no-untyped-def]
        connection.execute(text("CREATE TRIGGER full BEFORE INSERT ON log BEGIN SELECT RAISE(ABORT, 'full'); END"))

    world.store.write(forbid).result()
    yield
    world.store.write(lambda c: c.execute(text("DROP TRIGGER full"))).result()


def ids(world: World) -> list[str]:
    return sorted(m.message.external_id for m in world.logged())


async def test_accepted_message_is_in_the_log(world: World, receiver: Receiver) -> None:
    await receiver.accept(heard(1))
    assert ids(world) == ["m-1"]


async def test_messages_that_come_together_are_each_stored(world: World, receiver: Receiver) -> None:
    await asyncio.gather(*(receiver.accept(heard(n)) for n in range(1500)))
    assert len(ids(world)) == 1500


async def test_same_id_again_changes_nothing(world: World, receiver: Receiver) -> None:
    await receiver.accept(heard(1))
    await asyncio.gather(receiver.accept(heard(1)), receiver.accept(heard(1, "不好")))
    assert [m.message.text for m in world.logged()] == ["都好"]


async def test_what_the_database_refuses_is_acknowledged_from_the_spool(world: World, receiver: Receiver) -> None:
    with refusing(world):
        await asyncio.gather(*(receiver.accept(heard(n)) for n in range(5)))
        assert ids(world) == []
    assert await receiver.flush_spool() == 5
    assert ids(world) == [f"m-{n}" for n in range(5)]
    assert await receiver.flush_spool() == 0


async def test_spool_outlives_the_process(world: World, receiver: Receiver, spool: Spool) -> None:
    with refusing(world):
        await receiver.accept(heard(1))
    fresh = Receiver(
        world.store, SimulatedClock(at("08:06")), LANE, Spool(world.store.data / "spool", world.store.ring)
    )
    await fresh.flush_spool()
    assert ids(world) == ["m-1"]


async def test_neither_log_nor_spool_means_no_acknowledgement(world: World, receiver: Receiver, spool: Spool) -> None:
    (world.store.data / "spool").mkdir()
    with refusing(world), pytest.raises(OSError, match="directory"):
        await receiver.accept(heard(1))


async def test_message_that_cannot_be_stored_fails_alone(world: World, receiver: Receiver) -> None:
    broken = replace(heard(3), said_at=at("08:05").replace(tzinfo=None))
    results = await asyncio.gather(
        *(receiver.accept(m) for m in (heard(1), heard(2), broken, heard(4))), return_exceptions=True
    )
    assert [isinstance(r, Exception) for r in results] == [False, False, True, False]
    assert ids(world) == ["m-1", "m-2", "m-4"]


async def test_giving_up_waiting_does_not_hurt_the_others(world: World, receiver: Receiver) -> None:
    waiting = [asyncio.create_task(receiver.accept(heard(n))) for n in range(20)]
    await asyncio.sleep(0)
    for task in waiting[::2]:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    await receiver.accept(heard(99))
    assert {f"m-{n}" for n in range(1, 20, 2)} <= set(ids(world))


@pytest.mark.parametrize(
    ("words", "stored"),
    [
        ("a\0b", "ab"),
        ("\ud83d都好\udc00", "\ufffd都好\ufffd"),
        ("\u202e好都\u202c", "\u202e好都\u202c"),
        ("都\u200b好\ufeff", "都\u200b好\ufeff"),
        ("𠮷家👨\u200d👩\u200d👧 36.5", "𠮷家👨\u200d👩\u200d👧 36.5"),
        ("好" * 20_000, "好" * 20_000),
        ("\r\n\t ", "\r\n\t "),
    ],
)
async def test_odd_text_is_stored_in_a_defined_form(world: World, receiver: Receiver, words: str, stored: str) -> None:
    await receiver.accept(replace(heard(1, words), sender=words[:50] or "x", sender_name=words[:50], quote=words))
    (logged,) = world.logged()
    assert (logged.message.text, logged.message.quote) == (stored, stored)
    world.dispatcher.work_off()


async def test_odd_ids_neither_fail_nor_hurt_others(world: World, receiver: Receiver) -> None:
    odd = [replace(heard(1), external_id=i, chat=i, sender=i) for i in ("\ud800", "a\0b", "'; DROP TABLE log; --", "")]
    await asyncio.gather(*(receiver.accept(m) for m in (*odd, heard(2))))
    assert len(ids(world)) == 5
    world.dispatcher.work_off()


def full_message() -> IncomingMessage:
    return replace(
        heard(7, "第一行\n第二行 \ud83d"),
        kind=MessageKind.CARD,
        sender_name="李秀兰",
        sender_alias=None,
        quote="q",
        items=(CardItem("wx_1", "一", at("08:00")), CardItem("wx_2", "二")),
        mentions=("bot", "x"),
        sequence=3,
        carrier="<xml/>",
    )


def test_spool_gives_back_what_it_took(spool: Spool) -> None:
    spool.append([(full_message(), at("08:06")), (heard(8), at("08:07"))])
    assert spool.read() == [(full_message(), at("08:06")), (heard(8), at("08:07"))]


def test_spool_is_sealed(spool: Spool, world: World) -> None:
    spool.append([(full_message(), at("08:06"))])
    assert "李秀兰".encode() not in (world.store.data / "spool").read_bytes()


def test_torn_last_line_of_the_spool_is_skipped_and_nothing_is_glued_to_it(spool: Spool, world: World) -> None:
    path = world.store.data / "spool"
    spool.append([(heard(1), at("08:06"))])
    whole = path.read_bytes()
    for cut in (1, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole + whole[:cut])
        spool.append([(heard(2), at("08:07"))])
        assert list(dict.fromkeys(m.external_id for m, _ in spool.read())) == ["m-1", "m-2"]


def test_clearing_the_spool_keeps_what_came_meanwhile(spool: Spool) -> None:
    spool.append([(heard(n), at("08:06")) for n in range(3)])
    taken = len(spool.read())
    spool.append([(heard(9), at("08:07"))])
    spool.clear(taken)
    assert [m.external_id for m, _ in spool.read()] == ["m-9"]


async def test_locked_database_loses_nothing(world: World, receiver: Receiver, tmp_path: Path) -> None:
    """Another process holds the write lock for a moment: whoever waits is stored when it lets go."""
    other = sqlite3.connect(world.store.data / "gridbot.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.gather(*(receiver.accept(heard(n)) for n in range(50)))
    done, _ = await asyncio.wait([waiting], timeout=0.2)
    assert not done, "acknowledged although the database was locked"
    other.execute("COMMIT")
    other.close()
    await waiting
    assert len(ids(world)) == 50
