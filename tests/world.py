"""A small community in a data folder of its own, for tests that go through the door the user uses."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.dispatcher import Dispatcher
from bot.state import print_state
from domain.areas import Household
from domain.messages import IncomingMessage, MessageKind
from domain.roles import Chat, Person, Role
from domain.slots import CHINA, Timetable
from models import jobs, log, outbox, roster
from models.lanes import lane_of
from models.log import LoggedMessage
from models.outbox import Post
from models.store import Store
from scheduler.runner import Runner

DAY = date(2026, 7, 3)
LANE = lane_of("测试社区")
RESIDENTS = {
    "3-1-501": "何敏",
    "3-1-502": "李秀兰",
    "3-1-601": "周国强",
    "3-1-602": "吴阿婆",
    "3-2-101": "郑小燕",
    "3-2-102": "孙大海",
}
GOODS = [
    {"name": "土豆", "unit": "斤", "aliases": ["洋芋", "马铃薯"], "kind": "蔬菜", "shop": "商超", "spec": None},
    {"name": "鸡蛋", "unit": "板", "aliases": [], "kind": "蛋奶", "shop": "商超", "spec": "30个/板"},
    {"name": "盐", "unit": "袋", "aliases": ["食盐"], "kind": "调料", "shop": "商超", "spec": None},
    {"name": "口罩", "unit": "包", "aliases": [], "kind": "防护", "shop": "药店", "spec": None},
]
HEAD, WORKER, LEAD = "wx_head", "wx_worker", "wx_lead"
CHATS = {
    "g-3-1": Chat("g-3-1", "3栋1单元群", "unit", "3-1"),
    "g-3-2": Chat("g-3-2", "3栋2单元群", "unit", "3-2"),
    "g-shop": Chat("g-shop", "代购群", "shopping", "全部"),
    "g-work": Chat("g-work", "工作群", "work", "全部"),
}


class World:
    """Six households in two units, a unit head (3-1-501), a grid worker and a lead. Time stands until it is moved."""

    def __init__(self, folder: Path, timetable: Timetable | None = None, *, seeded: bool = True) -> None:
        self.timetable = timetable or Timetable()
        self.store = Store.open(folder / "data")
        self.now = at("07:00")
        self._number = 0
        self._restart()
        if seeded:
            self.store.write(self._seed).result()
            self.store.write(lambda c: jobs.plan_until(c, LANE, self.now)).result()

    @classmethod
    def again(cls, folder: Path) -> "World":
        """Open the folder of a community that was there before."""
        return cls(folder, seeded=False)

    def _restart(self) -> None:
        self.dispatcher = Dispatcher(self.store, LANE, self.timetable)
        self.runner = Runner(self.store, LANE, self.timetable)

    def restart(self) -> None:
        """Forget everything that is only in memory, as a new process would."""
        self._restart()

    def say(
        self,
        text: str,
        who: str = "3-1-502",
        chat: str | None = "g-3-1",
        time: str | None = None,
        kind: str = "text",
        message_id: str | None = None,
        **more: object,
    ) -> str:
        """Let somebody (a door, or an account) say something; returns the message's id."""
        if time is not None:
            self.now = max(self.now, at(time))
        self._number += 1
        message = IncomingMessage(
            channel=str(more.pop("channel", "test")),
            external_id=message_id or f"m-{self._number:04d}",
            chat=chat,
            sender=self.account(who),
            sender_name=RESIDENTS.get(who, who),
            sender_alias=f"{who} {RESIDENTS[who]}" if who in RESIDENTS else None,
            said_at=at(time) if time else self.now,
            text=text,
            kind=MessageKind(kind),
            **more,  # type: ignore[arg-type]
        )
        self.deliver([message])
        return message.external_id

    def message(self, text: str, **more: object) -> IncomingMessage:
        """Return a message of 3-1-502 in the unit's group that nobody has delivered yet; `more` replaces its fields."""
        self._number += 1
        plain = {"channel": "test", "external_id": f"m-{self._number:04d}", "chat": "g-3-1", "sender": "wx_31502"}
        given = {**plain, "said_at": self.now, "kind": MessageKind.TEXT, **more}
        return IncomingMessage(text=text, **{**given, "kind": MessageKind(given["kind"])})  # type: ignore[arg-type]

    def deliver(self, messages: Iterable[IncomingMessage]) -> None:
        """Publish messages as they are and work the log off."""
        items = [(m, self.now) for m in messages]
        self.store.write(lambda c: log.publish(c, self.store.ring, LANE, items)).result()
        while True:
            progress = self.dispatcher.process_batch()
            if not progress.handled and not progress.failed:
                return

    def pass_time(self, until: str) -> None:
        """Let the clock run and do what falls due on the way."""
        moment = at(until)
        while (due := self.runner.next_due(moment)) is not None:
            self.runner.run_due(due, grace=False)
        self.runner.run_due(moment, grace=False)
        self.now = moment

    @staticmethod
    def account(who: str) -> str:
        return HEAD if who == "3-1-501" else f"wx_{who.replace('-', '')}" if who in RESIDENTS else who

    def posts(self, to: str | None = None, kind: str | None = None) -> list[Post]:
        """Return what the bot decided to say, to one destination or of one kind where these are given."""
        with self.store.read() as connection:
            queued = outbox.since(connection, self.store.ring, LANE, at("00:00") - timedelta(days=30))
        posts = [q.post for q in queued]
        return [p for p in posts if to in (None, p.chat or p.account) and kind in (None, p.kind)]

    def texts(self, to: str) -> list[str]:
        return [p.text for p in self.posts(to)]

    def state(self) -> dict[str, list[dict[str, object]]]:
        import json

        with self.store.read() as connection:
            found: dict[str, list[dict[str, object]]] = json.loads(print_state(connection, self.store.ring, LANE))
            return found

    def checkins(self) -> dict[str, str]:
        """Return the status of each household that reported."""
        return {str(c["household"]): str(c["status"]) for c in self.state()["checkins"]}

    def orders(self, household: str) -> dict[str, str]:
        """Return what a household wants now: article → "2 斤"."""
        rows = [o for o in self.state()["orders"] if o["household"] == household and o["state"] == "wanted"]
        return {str(o["item"]): f"{o['quantity']}{o['unit'] or ''}" for o in rows}

    def logged(self) -> list[LoggedMessage]:
        with self.store.read() as connection:
            return log.read_after(connection, self.store.ring, LANE, 0, 100_000)

    def close(self) -> None:
        self.store.close()

    def _seed(self, connection) -> None:  # type: ignore[no-untyped-def]
        ring = self.store.ring
        homes = [
            (Household(key, *key.split("-")[:2], key.split("-")[2], (name,), 2), f"1390000{i:04d}")
            for i, (key, name) in enumerate(RESIDENTS.items())
        ]
        roster.save_households(connection, ring, LANE, homes)
        people = [
            Person(HEAD, Role.UNIT_HEAD, "3-1", "何敏"),
            Person(WORKER, Role.GRID_WORKER, "全部", "周小禾"),
            Person(LEAD, Role.GRID_LEAD, "全部", "秦望"),
        ]
        roster.save_people(connection, ring, LANE, people)
        roster.save_goods(connection, LANE, GOODS)
        for chat in CHATS.values():
            roster.bind_chat(connection, LANE, chat, None)


def at(time: str) -> datetime:
    """Return a moment of the test day from "08:05" or "08:05:30"."""
    hours, minutes, *seconds = (int(part) for part in time.split(":"))
    return datetime(DAY.year, DAY.month, DAY.day, hours, minutes, *seconds, tzinfo=CHINA)
