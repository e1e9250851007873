"""Orders by what is left out or shared: 除了洋葱都要一份, 洋葱不要，其他各一份; 跟501拼一箱，一人一半."""

from domain.intents import Action, Doubt
from domain.parsing import order_gate
from domain.parsing.grammar import OrderFinding, OrderPart
from domain.parsing.numerals import read_number
from domain.parsing.order_draft import ONE, Draft
from domain.parsing.order_index import OfferIndex
from domain.parsing.order_names import find_names, mask
from domain.parsing.order_settle import parts_of
from domain.parsing.quantity_words import NUMBER, UNIT
from domain.text.patterns import Rule

_OTHERS = r"(?:其[他它余]的?|别的|剩下的?|剩的|另外的?)"
_WANTED = (
    r"(?:我家?|我们家?|家里){0,1}(?:[都全各]|每[样种个款])(?:[都全各要来订买拿带加报]|部|每[样种个款]|给我){0,4}"
    rf"\s?(?P<number>{NUMBER})?\s?(?P<unit>{UNIT})?(?:[了的吧哈啊呀哦。.!！~\s]|谢谢){{0,6}}$"
)
_BUT = Rule(
    rf"^(?:[我俺]家?|我们家?|那|就|嗯|[\s,，]){{0,4}}除(?:[了去开掉]|了这?个)?(?P<out>[^,，。;；]{{1,30}}?)(?:[之以]?外)?[,，\s]{{0,2}}{_OTHERS}?{_WANTED}"
)
_NOT_BUT = Rule(rf"^(?P<out>[^,，。;；]{{1,30}}?)(?:就|也|先)?不[要订用]了?[,，。;；\s]{{0,2}}{_OTHERS}{_WANTED}")
# 除了洋葱都不要: whether the others are given up or were never wanted, only the writer knows.
_ONLY = Rule(
    r"除(?:[了去开掉]|了这?个)?[^,，。;；]{1,30}?[,，]?\s?(?:[都全](?:部|给我)?|统统)(?:不[要订买用]|退|取消|去掉)"
)
_JOINTS = Rule(r"(?:[和跟与及、/&+,，\s这那个我家的]|以及|还有)*+")
_SHARED = Rule(
    rf"[,，\s]?(?:[一每]人|[一每两]家|我们?|各)(?:[要拿分])?一半|(?:[两2]家?)?(?:平分|对半分?|分着[吃拿要])|拼(?=\s?{NUMBER}\s?{UNIT})|合[买订拼](?!的|成)"
)
_MOST_OTHERS = 30


def all_but(text: str, index: OfferIndex, *, in_chain: bool) -> OrderFinding | None:
    """Return the order of who wants all that is on offer but what he names, or None where the text says no such thing.

    What is left out must be on offer, and something besides it; else it is a question which goods are meant.
    """
    if "除" not in text and "不" not in text:
        return None
    unsure = OrderFinding((OrderPart(Action.SET, (), (Doubt.ITEM,)),))
    if _ONLY.search(text):
        return unsure
    match = _BUT.search(text) or _NOT_BUT.search(text)
    if match is None or order_gate.is_question(text) or order_gate.is_foreign(text):
        return None
    out = match["out"]
    names = find_names(out, index)
    left = {good.name for s, e in names if (found := index.match(out[s:e])) is not None and (good := found.good)}
    others = [good for good in index.goods if good.name not in left]
    if not left or len(left) < len(names) or not others or not _JOINTS.fullmatch(mask(out, names).replace("□", "")):
        return unsure
    number = read_number(match["number"]) if match["number"] else None
    drafts = [
        Draft(good.name, number[0] if number else ONE, match["unit"], on_offer=True, known=True, counted=True)
        for good in others[:_MOST_OTHERS]
    ]
    given_up = (
        [Draft(name, on_offer=True, known=True) for name in left] if "除" not in match[0] and not in_chain else []
    )
    return OrderFinding((*parts_of(Action.CANCEL, given_up), *parts_of(Action.SET, drafts)))


def shared(text: str) -> str | None:
    """Return `text` without the words that share an amount with others, None where there are none."""
    if "半" not in text and "拼" not in text and "合" not in text and "分" not in text:
        return None
    alone = _SHARED.sub(lambda match: " " * len(match[0]), text)
    return None if alone == text else alone


def in_part(finding: OrderFinding | None) -> OrderFinding | None:
    """Return an order of what is shared: how much of it is whose must be asked."""
    if finding is None:
        return None
    doubts = (Doubt.QUANTITY,)
    parts = (
        part if part.action is Action.CANCEL else part._replace(doubts=tuple(dict.fromkeys((*part.doubts, *doubts))))
        for part in finding.parts
    )
    return OrderFinding(tuple(parts))
