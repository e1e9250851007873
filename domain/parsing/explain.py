"""Why a message was read as it was: spans with rule names, how it is meant, intents, doubts; for who mends a rule."""

from dataclasses import dataclass

from domain.chains.envelope import unwrap
from domain.intents import Reading
from domain.parsing.addresses import Place
from domain.parsing.checkins import read_health
from domain.parsing.context import Context
from domain.parsing.grammar import Offer, Span
from domain.parsing.orders import read_orders
from domain.parsing.people import mask_phones
from domain.parsing.reader import read
from domain.parsing.relays import find_households
from domain.parsing.stance import stance_of
from domain.text.normalise import MAX_CHARACTERS, MAX_LINE, bounded, fold, offsets
from domain.wording.doubts import question_for


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one text was read. `folded` is what the rules saw; spans are offsets into the text as it was written."""

    text: str
    folded: str
    spans: tuple[Span, ...]
    stance: tuple[str, ...]
    reading: Reading
    questions: tuple[str, ...]


def explain(text: str, context: Context) -> Explanation:
    """Return what the rules claimed in `text` and what came of it; never raises."""
    body, _ = bounded(unwrap(text[:MAX_CHARACTERS]))
    reading = read(text, context)
    chained = reading.chain is not None
    spans = [span for line in _lines(body) for span in _line_spans(*line, context, chained=chained)]
    questions = tuple(q for intent in reading.intents if (q := question_for(intent)))
    stance = () if chained else stance_of(fold(body), context).names()
    return Explanation(body, fold(body), tuple(spans), stance, reading, questions)


def _lines(body: str) -> list[tuple[int, str]]:
    """Return each line with the offset where it starts."""
    found, start = [], 0
    for line in body.split("\n"):
        found.append((start, line))
        start += len(line) + 1
    return found


def _line_spans(start: int, line: str, context: Context, *, chained: bool) -> list[Span]:
    """Return the spans of one line, mapped back to where its characters stood before folding."""
    folded, back = fold(line), offsets(line)
    plain = mask_phones(folded)[:MAX_LINE]
    places = find_households(plain, context)
    found = [Span(p.start, p.end, _rule(p), folded[p.start : p.end]) for p in places]
    rest = plain
    for place in places:
        rest = rest[: place.start] + " " * (place.end - place.start) + rest[place.end :]
    health = read_health(rest, expected=chained or context.expecting == "checkin")
    found += [Span(a, b, f"health:{rule}", folded[a:b]) for a, b, rule in health.said]
    found += _order_spans(rest, folded, context)
    found.sort(key=lambda s: (s.start, s.end))
    return [Span(start + back[s.start], start + back[min(s.end, len(folded))], s.rule, s.text) for s in found]


def _order_spans(rest: str, folded: str, context: Context) -> list[Span]:
    offer = Offer(goods=context.goods, expecting=context.expecting, shopping=context.scope.kind == "shopping")
    finding = read_orders(rest, offer)
    if finding is None:
        return []
    return [Span(s.start, s.end, f"order:{s.rule}", folded[s.start : s.end]) for s in finding.spans]


def _rule(place: Place) -> str:
    if place.relation or (place.name and not place.room):
        return "household"
    if place.lane:
        return "room:lane"
    return "room:bare" if place.bare else "room"
