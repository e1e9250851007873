"""Changes to what was ordered: 改成 and 是2份不是3份 set anew, 再加 adds, 不要了 and 退 cancel, 换成 does both.

Works on clauses. Names of goods are blotted out first, so that 退烧药 is no return and 加多宝 no addition.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from domain.intents import Action
from domain.parsing.change_words import (
    AFRESH,
    AMOUNT,
    AN_AMOUNT,
    AWAY,
    CHANGED,
    CLAUSE,
    EXTRA,
    GONE,
    INNER,
    INSIDE,
    KEEP,
    MORE,
    NO_LONGER,
    NOBODY,
    NOT_THAT,
    NOT_THESE,
    RATHER,
    REFUSALS,
    RETURNED,
    SCRAP,
    SLIP,
    STILL,
    SWAP,
    THIS_TIME,
    TOLD,
    WISHED,
)
from domain.text.patterns import Rule

AMOUNT_NEXT = Rule(rf"\s?{AMOUNT}")
CLOSED = Rule(r"(?:了|吧|谢谢|哈|啊)+\s*$")
ORDERED = Rule("[订报团单]")
SOME = Rule(rf"{AMOUNT}|若干|适量|少许|[来要弄拿买带]点|[一几]点|些")
FROM_THE_LIST = Rule(
    r"从(?:我家?的?)?(?:订?单子?|清单|名单|接龙|那份|购物车)(?:里面?|上面?|中)?\s?(?:给我|帮我)?\s?$|太[一-龥]{1,2}[了啦]?\s?(?:就|我)?$"
)
NAMED_AFTER = Rule(r"[,，\s]{0,2}(?:我们?家?|说)?(?:要?的|的?是)?□{1,12}[\s。!！~哈啊]{0,3}")
# 土豆5斤够了，不用10斤
NOT_SO_MUCH = Rule(rf"\s?(?:不用|不要|不是|不必|用不了|要不了)\s?{AMOUNT}(?:那么多|的量|[了哈啊吧呀]){{0,3}}\s?")
AFTER = Rule(r"^(?:了|吧|哈|啊|哦|呀|啦|谢谢|一下|掉|\s|[)）的])+")


class Step(NamedTuple):
    """One thing a message does. `start`, `end`: the text to read goods from; `whole`: the household's entire order.

    `action` is None for plain wishes. `swap`: where the word of change stands, the old thing before it, the new one
    behind (A换成B). `refused`: 不要 where nothing was ordered, or where all stays as it was. `told`: what had been
    ordered before (原来订的3份); it may name what follows. `instead`: in place of the wish before it (不对，2份).
    """

    action: Action | None
    start: int
    end: int
    whole: bool = False
    swap: tuple[int, int] | None = None
    refused: bool = False
    told: bool = False
    instead: bool = False


def may_change(text: str) -> bool:
    """Return whether `text` holds a word that could change or cancel something."""
    return CHANGED.search(text) is not None


def steps(text: str, masked: str, in_chain: bool) -> list[Step]:
    """Return what `text` does, clause by clause. `masked` is `text` with the names of goods blotted out."""
    if not may_change(masked):
        return [Step(None, 0, len(text))] if in_chain else [Step(None, start, end) for start, end in _clauses(masked)]
    found: list[Step] = []
    mode: Action | None = None
    if ("不是" in masked or "不要" in masked) and (corrected := _corrections(masked)):
        return corrected
    rather = False
    for start, end in _clauses(masked):
        if found and NO_LONGER.match(masked[start:end]):
            rather = True
            continue
        if rather and AN_AMOUNT.search(masked[start:end]):
            found.append(Step(Action.SET, start, end, instead=True))
            rather = False
            continue
        for step in _clause(masked, start, end, in_chain, first=in_chain or not _wished(masked, found)):
            if step.action is None and mode is not None and not (step.refused or step.told):
                step = Step(mode, step.start, step.end)
            mode = step.action if step.action in (Action.SET, Action.ADD) else mode if step.action is None else None
            if step.whole and found and (extra := _extra(masked, found[-1])) is not None:
                step = extra
            if not (step.whole and found and found[-1].whole):
                found.append(step)
    return _told(masked, found)


def _told(text: str, found: list[Step]) -> list[Step]:
    """Mark what had been ordered before, where something is changed after it: 我订的2份，改1份吧."""
    last = max((at for at, step in enumerate(found) if _changes(step)), default=0)
    return [
        step._replace(told=True)
        if at < last and not _changes(step) and TOLD.match(text[step.start : step.end])
        else step
        for at, step in enumerate(found)
    ]


def _wished(text: str, found: list[Step]) -> bool:
    """Return whether amounts are wished for already, so that 再来 only carries on."""
    clauses = (text[step.start : step.end] for step in found if step.swap is None)
    return any(SOME.search(clause) and not TOLD.match(clause) for clause in clauses)


def _changes(step: Step) -> bool:
    return step.action is not None or step.swap is not None


def _extra(text: str, before: Step) -> Step | None:
    """Return what is given up where "多了一份，退了吧" tells how many are too many."""
    match = EXTRA.search(text, before.start, before.end) if not _changes(before) else None
    return Step(Action.CANCEL, match.start("amount"), match.end("amount")) if match else None


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in CLAUSE.finditer(text):
        if STILL.match(text, match.end()) and SWAP.search(text, at, match.start()):
            continue  # A换成C，还是两份
        if match.start() > at:
            yield at, match.start()
        at = match.end()
    if at < len(text):
        yield at, len(text)


def _corrections(text: str) -> list[Step]:
    """Return what "土豆是2份不是3份" (with the name before it in the same clause) and "是B不是A" set right."""
    match = NOT_THAT.search(text)
    if match is not None:
        yes = "yes" if match["yes"] else "yes2"
        start = max((end.end() for end in CLAUSE.finditer(text, 0, match.start())), default=0)
        until = match.end(yes)
        if "□" not in text[start:until] and (named := NAMED_AFTER.fullmatch(text, until)):
            until = named.end()  # 不是四袋，是两袋，我家的大米
        return [Step(Action.SET, start, until, swap=(match.start(), match.start(yes)))]
    match = NOT_THESE.search(text)
    if match is None:
        return []
    no, yes = ("no", "yes") if match["yes"] else ("no2", "yes2")
    return [Step(Action.CANCEL, *match.span(no)), Step(Action.SET, *match.span(yes))]


def _clause(text: str, start: int, end: int, in_chain: bool, first: bool) -> Iterator[Step]:
    """Yield the steps of one clause: what it keeps or takes back as a whole, else what it changes."""
    clause = text[start:end]
    kept = KEEP.search(clause)
    if kept:
        stays = kept.start() > 0 and AN_AMOUNT.search(clause) is not None
        yield Step(None, start, start + kept.start()) if stays else Step(None, start, start, refused=True)
        return
    scrapped = SCRAP.search(clause)
    if scrapped:
        yield Step(Action.CANCEL, start, start, whole=True)
        afresh = AFRESH.search(clause, scrapped.end())
        if afresh and afresh.end() < len(clause):
            yield Step(Action.SET, start + afresh.end(), end)
        return
    afresh = AFRESH.search(clause)
    if afresh:
        yield Step(Action.SET, start + afresh.end(), end)
        return
    if NOT_SO_MUCH.fullmatch(clause) and AN_AMOUNT.search(text[:start]):
        yield Step(None, start, start, refused=True)
        return
    if SLIP.search(clause):
        yield Step(None, start, end, told=True)
        return
    yield from _changed(text, start, end, in_chain, first)


def _changed(text: str, start: int, end: int, in_chain: bool, first: bool) -> Iterator[Step]:
    """Yield the steps of a clause that puts one thing for another, adds or takes away; else the clause as a wish."""
    clause = text[start:end]
    rather = RATHER.match(clause)
    if rather is not None and AN_AMOUNT.search(text[:start]):
        yield Step(Action.SET, start + rather.end(), end, instead=True)
        return
    swap = SWAP.search(clause)
    if swap and _is_swap(clause, swap, in_chain):
        yield Step(Action.SET, start, end, swap=(start + swap.start(), start + swap.end()))
        return
    told = TOLD.match(clause)
    inside = INSIDE.search(clause, told.end()) if told else RETURNED.search(clause)
    if inside and AN_AMOUNT.search(clause[told.end() if told else 0 : inside.start()]):
        yield Step(None, start, start + inside.start(), told=told is not None or not in_chain)
        yield Step(Action.ADD if inside.groupdict().get("more") else Action.CANCEL, start + inside.end(), end)
        return
    inner = INNER.match(clause)
    if inner is not None:
        yield Step(Action.ADD if inner["more"] else Action.CANCEL, start, end)
        return
    gone = _gone(clause, start, end, in_chain)
    if gone is not None:
        yield from gone
        return
    more = MORE.match(clause)
    if more and first:
        yield Step(Action.ADD, start + (more.start("name") if more["name"] else more.end()), end)
        return
    yield Step(None, start, end)


def _is_swap(clause: str, swap: re.Match[str], in_chain: bool) -> bool:
    """改成 and 换成 always; 改 and 换 before an amount or a name of goods. In a chain 藕片换土豆丝 is a remark."""
    after = clause[swap.end() :]
    if len(swap[0].strip(" :：")) > 1 or swap[0] in "→➡":
        return bool(after.strip())
    amount = AMOUNT_NEXT.match(after)
    if in_chain and swap[0].startswith("换"):
        return amount is not None
    return amount is not None or after.lstrip().startswith("□")


def _gone(clause: str, start: int, end: int, in_chain: bool) -> list[Step] | None:
    found = list(GONE.finditer(clause))
    match = found[-1] if found else None
    if in_chain and len(found) > 1:  # 退了不要了: the refusal only repeats what was given up
        match = next((one for one in reversed(found) if "不" not in one[0]), match)
    if match is not None:
        return _gone_after(clause, match, start, in_chain)
    away = AWAY.match(clause)
    if away is None or (in_chain and clause.lstrip().startswith("不要")):
        return None
    lead, goods = away["lead"], away["goods"]
    if NOBODY.sub("", lead).strip():
        return None
    kept = NOBODY.sub("", goods).strip()
    if not kept:
        return [Step(Action.CANCEL, start, start, whole=True)]
    tail = CLOSED.search(goods)
    return [
        Step(
            Action.CANCEL,
            start + away.start("goods") + (len(goods) - len(NOBODY.sub("", goods))),
            end - (len(tail[0]) if tail else 0),
        )
    ]


def _names_what(given_up: str) -> bool:
    """Return whether the word of giving up is one behind which its object stands: 取消A, 我不想要A了."""
    return "取消" in given_up or given_up.endswith(("想要", "想买", "想订"))


def _gone_after(clause: str, match: re.Match[str], start: int, in_chain: bool) -> list[Step] | None:
    before, after = clause[: match.start()], AFTER.sub("", clause[match.end() :])
    refused = match[0].endswith(REFUSALS) or ("不" in match[0] and (in_chain or THIS_TIME.search(before) is not None))
    named = NOBODY.sub("", before).strip()
    if not in_chain and AN_AMOUNT.match(after):
        return [Step(Action.CANCEL, start + len(clause) - len(after), start + len(clause))] if not named else None
    if in_chain:
        if refused and not AN_AMOUNT.search(before):
            return [Step(None, start, start, refused=True)]
        return [Step(Action.CANCEL, start, start, whole=True)]
    if not named and after.strip() and not after.strip().startswith(("(", "（")) and _names_what(match[0]):
        body = start + match.end() + (len(clause) - match.end() - len(after))
        kept = NOBODY.sub("", after)
        if kept.strip():
            return [Step(Action.CANCEL, body + len(after) - len(kept), start + len(clause))]
    if not named:
        if refused and not ORDERED.search(before):
            return [Step(None, start, start, refused=True)]
        return [Step(Action.CANCEL, start, start, whole=True)]
    wished = WISHED.match(before)
    if wished is not None:  # A两份B不要
        middle = start + wished.end()
        return [Step(None, start, middle - 1), Step(Action.CANCEL, middle, start + len(before))]
    end = FROM_THE_LIST.search(before)
    until = end.start() if end else len(before)
    return [Step(Action.CANCEL, start + len(before) - len(NOBODY.sub("", before)), start + until)]
