"""Names, phones and what residents wrote stand nowhere in the clear: not in the database, the logs or an error."""

import io
import logging
import traceback
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.clock import SimulatedClock
from bot.dispatcher import Dispatcher
from bot.importing import plan_import
from bot.logs import set_up
from bot.receiver import Receiver
from bot.replay import replay_log
from bot.spool import Spool
from models import webchat
from models.store import Store
from tests.world import LANE, World, at

NAME, OTHER, PHONE, WORDS, NICK = "上官金丝雀", "欧阳画眉", "13912345678", "窗台上的蓝尾鸲", "云雀之歌"
CANARIES = (NAME, OTHER, PHONE, WORDS, NICK)


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that the program logs while the test runs."""
    root = logging.getLogger("gridbot")
    before, propagate = root.handlers[:], root.propagate
    set_up("DEBUG")
    stream = io.StringIO()
    root.handlers[0].setStream(stream)  # type: ignore[attr-defined]
    yield stream
    root.handlers[:], root.propagate = before, propagate


def live_through(world: World, folder: Path) -> None:
    """Let the canaries go through every flow: tables, chat, chains, pastes, commands, pages, doubts, jobs."""
    (folder / "r.csv").write_text(
        f"楼栋,单元,房号,姓名,电话,人数,标签\n3,1,502,{NAME},{PHONE},3,\n3,1,601,{OTHER},,2,\n", encoding="utf-8"
    )
    (folder / "p.csv").write_text(f"姓名,账号,角色,范围\n{OTHER},wx_worker,网格员,全部\n", encoding="utf-8")
    for kind, name in (("roster", "r.csv"), ("people", "p.csv")):
        world.store.write(plan_import(world.store, LANE, kind, folder / name)[1]).result()
    voice = {"sender_name": NICK, "sender_alias": f"3-1-502 {NAME} {PHONE}"}
    world.store.write(
        lambda c: webchat.say(
            c, world.store.ring, LANE, room="g-3-1", account="wx", name=NICK, at=at("08:00"), kind="text", text=WORDS
        )
    ).result()
    said = [
        f"都好 36.5 {WORDS}",
        WORDS,
        f"我家{NAME}38.9，{WORDS}，咳嗽",
        f"帮我带两三斤土豆，{WORDS}",
        f"{OTHER}家没人接电话，{WORDS}",
        f"我是 3-1-502 {NAME}",
        "我的",
        "帮助",
        f"#接龙\n{WORDS}健康打卡\n1. 502 {NAME} 36.5\n2. {OTHER} 36.6\n3. 诸葛{NICK} 36.7",
        f"#接龙\n{WORDS}健康打卡\n1. 502 {NAME} 36.5\n3. 诸葛{NICK} 36.7\n4. 没有这一户 {NICK} 36.4",
        f"#接龙\n{WORDS}买菜\n1. 502 {NAME} 土豆2斤\n2. {NICK} 土豆3斤 {PHONE}",
    ]
    for number, words in enumerate(said):
        for chat in ("g-3-1", None):
            moment = at("08:05") + timedelta(minutes=number)
            world.deliver([world.message(words, chat=chat, said_at=moment, **voice)])
    paste = f"{NICK}:\n都好 36.6 {WORDS}\n{NAME}:\n502 都好\n没见过的{NICK}: 帮我带盐1袋"
    world.deliver([world.message(paste, chat=None, sender="wx_head", kind="forward", about="3栋1单元群", **voice)])
    for words in ("名单", "未报", "汇总", "接 1", "结 1"):
        world.say(words, who="wx_worker", chat=None)
    world.pass_time("23:00")


def found_in(folder: Path) -> set[tuple[str, str]]:
    """Return which canary stands in which file, in UTF-8, UTF-16 or as JSON escapes it."""
    found = set()
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() and path.suffix != ".csv" else b""
        for canary in CANARIES:
            forms = (canary.encode(), canary.encode("utf-16-le"), canary.encode("unicode_escape"))
            if any(form in content for form in forms):
                found.add((canary, path.name))
    return found


def test_nothing_that_residents_wrote_stands_in_a_file_or_the_log(
    world: World, tmp_path: Path, logged: io.StringIO
) -> None:
    live_through(world, tmp_path)
    state = str(world.state())
    assert all(canary in state + "".join(p.text for p in world.posts()) for canary in (NAME, WORDS)), "nothing went in"
    assert (world.store.data / "gridbot.db-wal").stat().st_size > 0
    assert found_in(tmp_path) == set()
    world.store.write(lambda c: None).result()
    world.close()
    assert found_in(tmp_path) == set()
    assert [canary for canary in CANARIES if canary in logged.getvalue()] == []
    world.store = Store.open(world.store.data)


def test_the_search_itself_finds_what_is_there(world: World, tmp_path: Path) -> None:
    world.store.write(lambda c: c.execute(text("UPDATE lanes SET owner = :name"), {"name": NAME})).result()
    world.say("都好")
    world.store.write(lambda c: c.execute(text("UPDATE lanes SET owner = :name"), {"name": NAME})).result()
    assert {canary for canary, _ in found_in(tmp_path)} == {NAME}


class Fails(Dispatcher):
    """A dispatcher whose handler quotes in its error what a resident wrote."""

    def _handle(self, connection: Connection, batch, directory) -> None:  # type: ignore[no-untyped-def]
        raise ValueError(f"cannot handle {batch[0].message.text} of {batch[0].message.sender_alias}")


def test_error_that_quotes_a_resident_is_logged_and_kept_without_the_quotation(
    world: World, tmp_path: Path, logged: io.StringIO
) -> None:
    world.dispatcher = Fails(world.store, LANE, world.timetable)
    world.say(WORDS)
    assert "message_failed" in logged.getvalue()
    assert WORDS not in logged.getvalue()
    assert found_in(tmp_path) == set()


async def test_refused_message_is_sealed_in_the_spool_and_not_logged(
    world: World, tmp_path: Path, logged: io.StringIO
) -> None:
    world.store.write(
        lambda c: c.execute(text("CREATE TRIGGER t BEFORE INSERT ON log BEGIN SELECT RAISE(ABORT, 'full'); END"))
    ).result()
    receiver = Receiver(
        world.store, SimulatedClock(at("08:05")), LANE, Spool(world.store.data / "spool", world.store.ring)
    )
    await receiver.accept(world.message(WORDS, sender_name=NICK))
    assert (world.store.data / "spool").stat().st_size > 0
    assert "log_refused" in logged.getvalue()
    assert WORDS not in logged.getvalue()
    assert found_in(tmp_path) == set()


def test_traceback_of_the_database_quotes_no_resident(world: World) -> None:
    statement = text("INSERT INTO lanes (lane, head, position, epoch, owner) VALUES (:lane, 0, 0, 0, :name)")
    with pytest.raises(Exception, match="UNIQUE") as failed:
        world.store.write(lambda c: [c.execute(statement, {"lane": 7, "name": NAME}) for _ in range(2)]).result()
    assert NAME not in "".join(traceback.format_exception(failed.value))


def test_looking_at_the_past_leaves_nothing_in_the_clear(world: World, tmp_path: Path) -> None:
    live_through(world, tmp_path)
    (tmp_path / "past").mkdir()
    target = Store.scratch(tmp_path / "past", world.store.ring)
    replay_log(world.store, target, LANE, world.timetable, at("12:00"))
    assert found_in(tmp_path) == set()
    target.close()
