"""Makes a parsed rule quicker to compile and to match without changing what it matches.

Alternatives that begin alike are gathered, so that the engine tries each letter once: 土豆|土鸡|白菜 becomes
土(?:豆|鸡)|白菜. A list of four hundred units is else tried one by one wherever any of them can begin. Which of them
comes first matters only among those that begin with the same letter, and these keep their order.

Classes ([^,。;!?]) stand in many rules: each is worked out once.

None of this holds where letters count alike large and small.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any

_parser, _compiler, _codes = (import_module(f"re.{name}") for name in ("_parser", "_compiler", "_constants"))
_LOOKS = (_codes.ASSERT, _codes.ASSERT_NOT)
_REPEATS = (_codes.MAX_REPEAT, _codes.MIN_REPEAT, _codes.POSSESSIVE_REPEAT)
_WORTH_A_CLASS = 4

_Item = tuple[Any, Any]


def gather(tree: Any) -> None:
    """Gather the alternatives of a parsed rule in place, at any depth."""
    tree.data = [item for whole in tree.data for item in _gathered(whole, tree.state)]


def work_out_classes(tree: Any) -> None:
    """Replace the classes of a parsed rule by what the compiler makes of them."""
    for at, (code, value) in enumerate(tree.data):
        if code is _codes.IN:
            tree.data[at] = (code, _class(tuple(value)))
        for part in _parts(code, value):
            work_out_classes(part)


@lru_cache(maxsize=1024)
def _class(members: tuple[_Item, ...]) -> list[_Item]:
    worked_out: list[_Item] = _compiler._optimize_charset(list(members))[0]
    return worked_out


def _parts(code: Any, value: Any) -> Iterable[Any]:
    """Return the sequences inside one piece of a pattern."""
    if code is _codes.BRANCH:
        return tuple(value[1])
    if code is _codes.SUBPATTERN:
        return () if value[1] or value[2] else (value[3],)  # flags of its own
    if code in _REPEATS:
        return (value[2],)
    if code in _LOOKS:
        return (value[1],)
    return (value,) if code is _codes.ATOMIC_GROUP else ()


def _gathered(item: _Item, state: Any) -> Iterable[_Item]:
    code, value = item
    for part in _parts(code, value):
        gather(part)
    return _any_of(value[1], state) if code is _codes.BRANCH else (item,)


def _any_of(branches: Iterable[Any], state: Any) -> list[_Item]:
    """Return the items that match any of `branches`."""
    found = list(_alternatives(branches))
    return found[0] if len(found) == 1 else [(_codes.BRANCH, (None, [_sequence(items, state) for items in found]))]


def _alternatives(branches: Iterable[Any]) -> Iterator[list[_Item]]:
    """Yield the alternatives, neighbours that begin with the same letter as one."""
    run: dict[int, list[Any]] = {}
    for branch in branches:
        if branch.data and branch.data[0][0] is _codes.LITERAL:
            run.setdefault(branch.data[0][1], []).append(branch)
        else:
            yield from _by_letter(run)
            run = {}
            yield branch.data
    yield from _by_letter(run)


def _by_letter(run: dict[int, list[Any]]) -> Iterator[list[_Item]]:
    letters = [same[0].data[0] for same in run.values() if all(len(branch.data) == 1 for branch in same)]
    if len(letters) >= _WORTH_A_CLASS:
        yield [(_codes.IN, letters)]
    for same in run.values():
        first = same[0]
        if len(same) > 1:
            rests = [_sequence(branch.data[1:], branch.state) for branch in same]
            yield [first.data[0], *_any_of(rests, first.state)]
        elif len(first.data) > 1 or len(letters) < _WORTH_A_CLASS:
            yield first.data


def _sequence(items: list[_Item], state: Any) -> Any:
    return _parser.SubPattern(state, items)
