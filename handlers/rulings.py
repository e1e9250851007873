"""A ruling on a disputed entry is one more step of its chain, with the message that made it as its source."""

from dataclasses import replace

from handlers.chains import take_step
from handlers.intents import dispatch
from handlers.live_chains import WHOLE, LiveChain, ruling_of
from handlers.turn import Turn
from models import disputes
from models.disputes import Dispute


def settle(turn: Turn, chain: LiveChain, dispute: Dispute, *, stands: bool) -> None:
    """Write the ruling and let the chain take it."""
    order = turn.prepared.logged.order
    source = turn.message.external_id
    disputes.rule(
        turn.connection,
        turn.lane,
        dispute.number,
        stands=stands,
        source=source,
        position=turn.position,
        at=order.said_at,
        sequence=order.sequence,
    )
    ruled = replace(
        dispute, stands=stands, source=source, position=turn.position, ruled_at=order.said_at, sequence=order.sequence
    )
    turn.keep = True
    take_step(turn, chain, (turn.position, WHOLE.line), ruling_of(ruled), None, dispatch)
