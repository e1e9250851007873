"""接龙汇总: the merged list of the newest chain here; of health and need the group gets a count, the head the list."""

from domain.chains.kinds import OPEN_KINDS
from domain.roles import HEADS, IN_CHARGE
from domain.wording import chains as wording
from domain.wording import checkins as checkin_wording
from handlers import chains
from handlers.commands import Command
from handlers.intents import dispatch
from handlers.live_chains import LiveChain
from handlers.turn import Turn
from models.ledger import slot_book


def answer(turn: Turn, _argument: str) -> None:
    chat = turn.prepared.chat
    live = turn.books.live(turn, chat, turn.now) if chat else []
    newest = max((c for c in live if c.state.standing), key=lambda c: c.last_at, default=None)
    if chat is None or newest is None:
        turn.answer("chain_list", wording.no_chain())
        return
    if newest.kind in OPEN_KINDS:
        turn.say("chain_list", newest.merged_list, kind="digest", chat=chat.chat, answers=True)
        chains.take_list(turn, newest, dispatch)
        return
    counted = _count(turn, newest) if newest.kind == "checkin" else wording.passed_on(newest.state.standing)
    turn.say("chain_list", counted, kind="digest", chat=chat.chat, answers=True)
    if any(p.role in HEADS | IN_CHARGE for p in turn.voice.roles):
        turn.answer("chain_list", newest.merged_list)


def _count(turn: Turn, chain: LiveChain) -> str:
    book = slot_book(turn.connection, turn.ring, turn.lane, turn.timetable.slot_of(turn.now))
    counted = next((c for c in book.coverage(turn.directory) if c.area == chain.chat.scope), None)
    heard, households = (counted.heard, counted.households) if counted else (chain.state.standing, 0)
    return checkin_wording.health_count(chain.chat.name, heard, households)


COMMAND = Command(("接龙汇总",), "把接龙合并成一份完整的", answer)
