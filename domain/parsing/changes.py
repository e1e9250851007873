"""Changes to what was ordered: 改成 and 是2份不是3份 set anew, 再加 adds, 不要了 and 退 cancel, 换成 does both.

Works on clauses. Names of goods are blotted out first, so that 退烧药 is no return and 加多宝 no addition.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from domain.intents import Action
from domain.parsing.quantities import NUMBER, UNIT
from domain.text.patterns import Rule

CLAUSE = Rule(r"[,，;；。\n!！?？~～…|]+|(?<![0-9])\.+|\.+(?![0-9])")
_AMOUNT = rf"(?:{NUMBER}\s?[大小]?{UNIT}|[0-9]{{1,3}}(?![0-9点元]))"
KEEP = Rule(
    r"(?:别|不要|不用|勿|没有?|不|不想|不会)(?:给我|帮我)?取消|不用[换退改]|不换了?|不改了?|照旧|照常"
    r"|(?:保持)?不变|没变|还是(?:按)?(?:原来|之前|刚才)的?|按原来的?"
)
SCRAP = Rule(
    r"(?:刚才|刚刚|前面|之前|上面|原来|早上|昨天|先前|上一[条个])[^，,。;；]{0,8}(?:不算|作废|取消|不要"
    r"|算了|删|撤回)了?|作废|都不算了?|全部?重[来新报]"
)
AFRESH = Rule(
    r"(?:重新|从新)(?:来|报|下单?|订|写|发|接|要|统计)?(?:一下|一遍|一次)?\s?[:：]?|(?:重来|重报"
    r"|重订)\s?[:：]?|以(?:这|此)(?:条|个|次)?为准\s?[:：]?|更正(?:一下)?\s?[:：]?"
)
GONE = Rule(
    r"(?:都|全部?|统统|也|就|先|暂时|给我|帮我){0,4}(?:不想[要买订]了?|不要了|不订了|不买了|不来了|不用了|不拿了"
    r"|取消(?!.{0,3}(?:成|为))(?:了|吧|掉)?|退了|退掉|退单|退订|退吧|去掉|划掉|删掉|删除|删了|撤了|撤掉"
    r"|撤回|拿掉|免了|算了|不要(?=\s*(?:$|[)）])))"
)
AWAY = Rule(
    rf"^(?P<lead>.{{0,8}}?)(?:取消|退掉|退订|(?<![不可])退(?=\s?(?:{_AMOUNT}|□|[一-龥]))|去掉|删掉|划掉"
    rf"|减[少掉去]?(?=\s?{_AMOUNT})|少(?:要|来|订|拿)?(?=\s?{_AMOUNT})|撤掉"
    rf"|不要(?=.{{1,14}}了\s*$))(?P<goods>.+)$"
)
SWAP = Rule(
    rf"(?:[→➡]|[-—]+>|现在(?=[要改]?\s?{_AMOUNT})[要改]?|[改换变更](?:成|为|到|做|订成?|要)"
    r"|[加增减][到成为至]|增加到|减少到|更正[为成]|修改[为成]|调整[为成到]|改|换)(?!一下|天|日|个?时间"
    r"|地址|人)\s?[:：]?"
)
NOT_THAT = Rule(
    rf"是\s?□{{0,12}}\s?(?P<yes>{_AMOUNT}(?:\s?□{{1,12}})?)\s?[,，]?\s?(?:而)?不是\s?{_AMOUNT}"
    rf"|不是\s?{_AMOUNT}\s?[,，]?\s?(?:而|应该)?是\s?□{{0,12}}\s?(?P<yes2>{_AMOUNT})"
)
MORE = Rule(
    r"^(?:(?:我家?|我们家?|另外?|麻烦|请|帮忙|帮我|给我家?|可以|能不能|那|还想|想|要|家里|再给我|再帮我"
    rf"|请问|(?:能|可以|方便|有)的话)\s?){{0,6}}(?P<name>□{{1,12}})?\s?(?:再(?:[加来要带订买添拿补追报]"
    rf"|追加|增加)|追加|增加|加[订购买]|添(?=\s?{_AMOUNT})|多[要来加订买](?=\s?{_AMOUNT})"
    rf"|补(?=\s?{_AMOUNT})|还要(?=\s?{_AMOUNT})|加(?:上)?(?=\s?(?:{_AMOUNT}|□)))"
)
# The verb between name and amount: 土豆再加两斤, 牛奶少要一箱.
INNER = Rule(
    rf"^.{{0,8}}?□+\s?(?:(?P<more>再加|多加|追加|增加|加|再来|再要|再订|多要|多来|多订|多)|减少?|减掉|取消|去掉|少要"
    rf"|少来|少订|少|退掉?)\s?(?={_AMOUNT})"
)
NOBODY = Rule(
    r"^(?:我们家?|我家?|咱家?|把|将|那份|那单|那个|那|这份|单子|订单|嗯|好|请|麻烦|帮忙|帮我|给我|订|要|报|点|买|下"
    r"|的|了|单|团|所有|全部?|都|就|先|这个|这单|这份|也|[:：\s]|一下|改一?下|吧|啊|哈|那份|那单|这份|上面"
    r"|刚才|刚刚|之前|谢谢|不好意思|抱歉|对不起|哪个|订单|算了|还是)++"
)
# One of these stands in every change; most orders hold none of them.
CHANGED = Rule(r"[→➡>现改换变更消退去删划撤减加追补添增算废重是错照不再]|少|还要|多|掉|免了|没变")
SLIP = Rule(r"(?:写|报|打|填|弄|发|搞|点|记|看)错了?")
_STILL = Rule(rf"\s?(?:还是|也是|仍是|还要|照旧)\s?{_AMOUNT}\s*(?:$|[,，。;；])")
AFTER = Rule(r"^(?:了|吧|哈|啊|哦|呀|啦|谢谢|一下|掉|\s|[)）的])+")


class Step(NamedTuple):
    """One thing a message does. `start`, `end`: the text to read goods from; `whole`: the household's entire order.

    `action` is None for plain wishes. `swap`: where the word of change stands, the old thing before it, the new one
    behind (A换成B). `refused`: 不要 where nothing was ordered, or where all stays as it was.
    """

    action: Action | None
    start: int
    end: int
    whole: bool = False
    swap: tuple[int, int] | None = None
    refused: bool = False


def may_change(text: str) -> bool:
    """Return whether `text` holds a word that could change or cancel something."""
    return CHANGED.search(text) is not None


def steps(text: str, masked: str, in_chain: bool) -> list[Step]:
    """Return what `text` does, clause by clause. `masked` is `text` with the names of goods blotted out."""
    if not may_change(masked):
        return [Step(None, 0, len(text))] if in_chain else [Step(None, start, end) for start, end in _clauses(masked)]
    found: list[Step] = []
    mode: Action | None = None
    corrected = NOT_THAT.search(masked) if "不是" in masked else None
    if corrected is not None:
        return [_correction(masked, corrected)]
    for start, end in _clauses(masked):
        for step in _clause(masked, start, end, in_chain, first=re.search(_AMOUNT, masked[:start]) is None):
            if step.action is None and mode is not None and not step.refused:
                step = Step(mode, step.start, step.end)
            mode = step.action if step.action in (Action.SET, Action.ADD) else mode if step.action is None else None
            if not (step.whole and found and found[-1].whole):
                found.append(step)
    return found


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in CLAUSE.finditer(text):
        if _STILL.match(text, match.end()) and SWAP.search(text, at, match.start()):
            continue  # A换成C，还是两份
        if match.start() > at:
            yield at, match.start()
        at = match.end()
    if at < len(text):
        yield at, len(text)


def _correction(text: str, match: re.Match[str]) -> Step:
    """ "土豆是2份不是3份": the amount that holds, with the name before it in the same clause."""
    yes = "yes" if match["yes"] else "yes2"
    start = max((end.end() for end in CLAUSE.finditer(text, 0, match.start())), default=0)
    return Step(Action.SET, start, match.end(yes), swap=(match.start(yes), match.start(yes)))


def _clause(text: str, start: int, end: int, in_chain: bool, first: bool) -> Iterator[Step]:
    clause = text[start:end]
    if KEEP.search(clause):
        if re.search(_AMOUNT, clause):
            kept = KEEP.search(clause)
            if kept is not None and kept.start() > 0:
                yield Step(None, start, start + kept.start())
                return
        yield Step(None, start, start, refused=True)
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
    if SLIP.search(clause):
        return
    swap = SWAP.search(clause)
    if swap and _is_swap(clause, swap, in_chain):
        yield Step(Action.SET, start, end, swap=(start + swap.start(), start + swap.end()))
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
    amount = re.match(rf"\s?{_AMOUNT}", after)
    if in_chain and swap[0].startswith("换"):
        return amount is not None
    return amount is not None or after.lstrip().startswith("□")


def _gone(clause: str, start: int, end: int, in_chain: bool) -> list[Step] | None:
    found = list(GONE.finditer(clause))
    match = found[-1] if found else None
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
    tail = re.search(r"(?:了|吧|谢谢|哈|啊)+\s*$", goods)
    return [
        Step(
            Action.CANCEL,
            start + away.start("goods") + (len(goods) - len(NOBODY.sub("", goods))),
            end - (len(tail[0]) if tail else 0),
        )
    ]


def _gone_after(clause: str, match: re.Match[str], start: int, in_chain: bool) -> list[Step] | None:
    before, after = clause[: match.start()], AFTER.sub("", clause[match.end() :])
    refused = match[0].endswith(("不要", "不用了", "算了")) or (in_chain and "不" in match[0])
    named = NOBODY.sub("", before).strip()
    if in_chain:
        if refused and not named:
            return [Step(None, start, start, refused=True)]
        return [Step(Action.CANCEL, start, start, whole=True)]
    if not named and after.strip() and not re.match(r"[(（]", after.strip()) and "取消" in match[0]:
        body = start + match.end() + (len(clause) - match.end() - len(after))
        kept = NOBODY.sub("", after)
        if kept.strip():
            return [Step(Action.CANCEL, body + len(after) - len(kept), start + len(clause))]
    if not named:
        if refused and not re.search(r"[订报团单]", before):
            return [Step(None, start, start, refused=True)]
        return [Step(Action.CANCEL, start, start, whole=True)]
    return [Step(Action.CANCEL, start + len(before) - len(NOBODY.sub("", before)), start + len(before))]
