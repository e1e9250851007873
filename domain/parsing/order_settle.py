"""Turns lines into parts of an order: what goes without saying is filled in, what must be asked is marked."""

from dataclasses import replace

from domain.intents import Action, Doubt
from domain.parsing.articles import article_of
from domain.parsing.grammar import OrderPart
from domain.parsing.order_draft import ONE, Draft
from domain.text.patterns import Rule

MOST_LINES = 200
LONGEST_NAME = 12
# Words that tell a tale or name a person, not an article.
PROSE = Rule(
    "[我你他她它您谁啥吗呢吃问说讲看听知怎为何几时候今昨刚过着被把让就都也很真没缺喝搬在这那啊吧呀嘛哦么了的会能去到做跟和]"
    "|有(?!机)|[0-9]|志愿者|别人|一样|报废|糊|摔碎|打碎"
)
VAGUE_KINDS = frozenset(
    ["菜", "水果", "蔬菜", "药", "东西", "吃的", "零食", "物资", "日用品", "饭", "肉", "早餐", "午餐", "晚餐", "外卖"]
)
NO_GOODS = Rule(
    "平安(?!果|符|包|扣)|打卡|签到|清单|名单|统计|红包|闹钟|个屁|好友|微信|会议|位子|垃圾|快递|包裹|外卖|身份证|材料|证件|手续|志愿者|东西|孩子|小孩|老人|钥匙|口信|话|核酸|条子|证明|时间|电话|朋友|客人|亲戚|来玩|做客|请客|聚餐"
)


def settled(drafts: list[Draft], *, open_round: bool, asked: bool) -> list[Draft]:
    """Return the drafts that are wishes, each with an exact amount or a doubt.

    `open_round`: orders are being taken here (a chain, an open question of the bot). Without one a bare wish must name
    a known good or an exact amount. `asked`: a verb of asking stands in the text.
    """
    kept = [wish for draft in drafts if (wish := _wish(draft, open_round=open_round, asked=asked)) is not None]
    return once(kept[:MOST_LINES])


def _wish(draft: Draft, *, open_round: bool, asked: bool) -> Draft | None:
    if not draft.item:
        return draft if open_round and (asked or draft.unit is not None or draft.quantity is None) else None
    if draft.doubt is None and not draft.counted:
        return _unnumbered(draft, open_round=open_round, asked=asked)
    if not open_round and draft.doubt is Doubt.QUANTITY and draft.item in VAGUE_KINDS:
        return None
    if draft.known:
        return draft
    if is_prose(draft.item) or NO_GOODS.search(draft.item):
        return draft._replace(doubt=Doubt.ITEM) if open_round and not NO_GOODS.search(draft.item) else None
    return draft


def _unnumbered(draft: Draft, *, open_round: bool, asked: bool) -> Draft | None:
    """An article on offer without a number is 1; another good must be asked about."""
    if draft.on_offer:
        return draft._replace(quantity=ONE, counted=True)
    if draft.known and (open_round or asked):
        return None if draft.item in VAGUE_KINDS and not open_round else draft._replace(doubt=Doubt.QUANTITY)
    if open_round and asked and not is_prose(draft.item) and not NO_GOODS.search(draft.item):
        return draft._replace(doubt=Doubt.QUANTITY)
    return None


def once(drafts: list[Draft]) -> list[Draft]:
    """The same article twice in one breath is a question, not a sum."""
    found: dict[tuple[str, str], Draft] = {}
    for draft in drafts:
        key = (draft.item, draft.note)
        found[key] = draft._replace(doubt=draft.doubt or Doubt.QUANTITY) if key in found else draft
    return list(found.values())


def parts_of(action: Action, drafts: list[Draft]) -> list[OrderPart]:
    """Return the clear lines as one part, the doubtful ones as another."""
    clear = tuple(draft.line() for draft in drafts if draft.doubt is None)
    unclear = [draft for draft in drafts if draft.doubt is not None]
    parts = [OrderPart(action, clear)] if clear else []
    if unclear:
        doubts = tuple(dict.fromkeys(draft.doubt for draft in unclear if draft.doubt is not None))
        parts.append(OrderPart(action, tuple(draft.line() for draft in unclear if draft.item), doubts))
    return parts


def is_prose(name: str) -> bool:
    """Return whether words that stand where a name of goods could stand tell something else."""
    return len(name) > LONGEST_NAME or (PROSE.search(name) is not None and article_of(name) is None)


def without(parts: list[OrderPart], items: set[str]) -> list[OrderPart]:
    """Return the parts without the lines that set one of `items`."""
    kept = [p._replace(lines=tuple(x for x in p.lines if x.item not in items)) for p in parts]
    return [
        new for new, old in zip(kept, parts, strict=True) if old.action is not Action.SET or new.lines or not old.lines
    ]


def _has(part: OrderPart, other: OrderPart) -> bool:
    return any(x.item == y.item for x in part.lines for y in other.lines)


def netted(parts: list[OrderPart]) -> list[OrderPart]:
    """Return what one slot of a chain comes to: 2箱，减1箱 is 1箱, and 1箱 再加1箱 is two."""
    found: list[OrderPart] = []
    for part in parts:
        before = found[-1] if found else None
        sign = {Action.ADD: 1, Action.CANCEL: -1}.get(part.action)
        line = part.lines[0] if len(part.lines) == 1 and not part.doubts else None
        if before is not None and before.action is Action.SET and part.action is Action.ADD and not _has(before, part):
            found.append(part._replace(action=Action.SET))
            continue
        same = [x for x in before.lines if line and (x.item, x.unit) == (line.item, line.unit)] if before else []
        if before is None or before.action is not Action.SET or sign is None or line is None or len(same) != 1:
            found.append(part)
            continue
        have, more = same[0].quantity, line.quantity
        total = have + sign * more if have is not None and more is not None else None
        if total is None or total <= 0:
            found.append(part)
            continue
        lines = tuple(replace(x, quantity=total) if x is same[0] else x for x in before.lines)
        found[-1] = before._replace(lines=lines)
    return found
