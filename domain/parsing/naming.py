"""Names inside entries of order chains: where a name ends and an order begins."""

from collections.abc import Callable

from domain.parsing.articles import known_names
from domain.parsing.goods import mask_goods
from domain.parsing.order_index import VARIANT
from domain.parsing.people import MAX_NAME, ROLES, clean_name, looks_like_name
from domain.parsing.quantity_words import UNIT
from domain.parsing.workplaces import FLOOR, TEAM
from domain.text.patterns import Rule
from domain.text.vocabulary import cues

_CUES = cues("naming")

_COUNTED = Rule(
    r"(?:(?:[0-9]{1,4}(?:\.[0-9]+)?|[一二两三四五六七八九十廿半俩仨百几]{1,4}) ?"
    rf"(?:(?!两){UNIT}|[人位号])|[+*×xX] ?[0-9一二两三])"
)
_NUMERAL_NAME = Rule(
    r"[\u4e00-\u9fff][一二三四五六七八九]"
    r"(?=[0-9一二两三四五六七八九十半]{1,3} ?[份斤个盒袋箱包瓶板提件只打条根桶块])"
)
_CODE = Rule(r"[A-Za-z0-9①-⑳](?:[A-Za-z0-9①-⑳*×+~、,/-]|(?<=[0-9])号)*")
_TOKEN = Rule(r"[^\s,，、;；:：|/()（）\[\]【】]+")
_ASKING = Rule(r"^(?:我?家?(?:要|来|订|定|加|拿)|各)")
_WISHING = Rule(r"(?:我们?家?|家里)?[只就也还都想先]?(?:要|来|订|定|报|加|买|拿)(?=[^\s])")  # 只要晚饭
_VERB_BEHIND = Rule(r"(?<=.)(?:家?[只就也还都想]?[要订定来加拿买]|家?也)$")  # 小玥要2盒, 米要一袋
_MYSELF = frozenset(("我", "我家", "我们", "我们家", "俺", "咱家"))
_FIGURES = Rule(r"[0-9+*×]|(?<=..)[一二两三四五六七八九十]")  # 大板2, 大板一
_BEFORE_CODE = Rule(r"(?P<name>[\u4e00-\u9fff]{2,4})(?=(?P<code>[A-Za-z①-⑳]))")  # 老王A2, 李梅②一份


def split_name(text: str, offered: Callable[[str], bool], *, has_room: bool, choice: bool) -> tuple[str | None, str]:
    """Return the name at the start of an order entry and the rest.

    `offered` tells whether a piece of text names an article on offer, by name or code; `choice` whether the offer is
    known, so that a common article which is not on offer may be a nickname (杏子).
    """
    stripped = text.strip(" ,.:;，。、-—_/|()")
    if not stripped or stripped in ROLES:
        return None, ""
    head = _TOKEN.match(stripped)
    token = head[0] if head else stripped
    rest = stripped[len(token) :].strip(" ,:;，：、|/-")
    coded = _BEFORE_CODE.match(token) if choice else None
    if coded and looks_like_name(coded["name"]) and not offered(coded["name"]) and offered(coded["code"]):
        return _named(coded["name"], f"{token[coded.end() :]} {rest}".strip())
    wishing = _WISHING.match(token)
    if wishing and offered(token[wishing.end() :]):
        return None, stripped
    if (choice or not has_room) and (glued := _name_before_goods(token)):
        return _named(glued, f"{token[len(glued) :].lstrip('-—_:：+')} {rest}".strip())
    if offered(token) or offered(_FIGURES.split(token, maxsplit=1)[0]) or _only_letters(token, offered):
        return None, stripped
    if "各" in token and (has_room or all(map(offered, token.partition("各")[0]))):
        return None, stripped
    if choice and rest and not has_room and not _is_article(token) and offered(rest):
        return _named(token, rest)  # 半斤八两 午餐
    if _is_article(token) and (has_room or not choice):
        return None, stripped
    if not has_room and _stands_before_order(token, rest):
        return _named(token, rest)  # 半斤八两 两根, 不吃香菜 1根, 1888 4+2
    name, inner = _cut_glued(token, offered, choice=choice, has_room=has_room)
    if name:
        return _named(name, f"{inner} {rest}".strip())
    if inner == token or (has_room and _NOT_A_PERSON.match(token)):
        return None, stripped
    return _named(token, rest)


def _name_before_goods(token: str) -> str | None:
    """Return the name glued to the front of goods or a quantity: 小王白菜2斤, 阿芳-土豆5斤, 李四2板."""
    numeral = _NUMERAL_NAME.match(token)
    if numeral and looks_like_name(numeral[0]):
        return numeral[0]
    masked = mask_goods(token)
    at = next((i for i, (a, b) in enumerate(zip(token, masked, strict=False)) if a != b), 0)
    prefix = token[:at].rstrip("-—_:：+")
    return prefix if 2 <= len(prefix) <= 4 and looks_like_name(prefix) else None


def _is_one_good(prefix: str) -> bool:
    """Tell whether a word between a room and an amount is goods rather than a name: 盐, 枣, 柴."""
    return known_names().is_single(prefix) or (len(prefix) == 1 and not looks_like_name(prefix + prefix))


def _only_letters(token: str, offered: Callable[[str], bool]) -> bool:
    """Tell whether a token is codes of the offer side by side (AA, AB)."""
    return token.isascii() and token.isalpha() and len(token) <= 8 and all(map(offered, token))


def _stands_before_order(token: str, rest: str) -> bool:
    """Tell whether what follows a token is an order in full, so that the token can only be a name."""
    return (_COUNTED.match(_ASKING.sub("", rest)) is not None and not _pure_code(token)) or _only_codes(token, rest)


def _only_codes(token: str, rest: str) -> bool:
    return not _pure_code(token) and _CODE.fullmatch(rest) is not None


def _is_article(token: str) -> bool:
    return known_names().is_single(token) or mask_goods(token)[:1] != token[:1]


_NOT_A_PERSON = Rule(_CUES["not_a_person"])


def _named(name: str, rest: str) -> tuple[str | None, str]:
    below = FLOOR.sub("", name)
    if not below:
        return None, rest  # 5楼 2盒: a floor names nobody
    bare = TEAM.sub("", below) or below
    cleaned = clean_name(bare.rstrip("代帮替")) or (bare if bare in ROLES else None)
    return (cleaned[:MAX_NAME] if cleaned else None), rest


def _cut_glued(token: str, offered: Callable[[str], bool], *, choice: bool, has_room: bool) -> tuple[str | None, str]:
    """Split 老袁+1, 小王2份, 小王土豆2斤 into name and order; (None, token) where the order begins at once.

    (None, "") where the token holds no order at all.
    """
    counted = _COUNTED.search(token)
    cut = counted.start() if counted else len(token)
    masked = mask_goods(token)
    goods = next((i for i, (a, b) in enumerate(zip(token, masked, strict=False)) if a != b), len(token))
    cut = min(cut, goods) if counted or not choice else cut
    if cut == 0 or _pure_code(token):
        return None, token
    if cut >= len(token):
        return None, ""
    prefix = _VERB_BEHIND.sub("", token[:cut].rstrip("-—_:：+,"))
    if not choice and has_room and not looks_like_name(prefix):
        return None, token  # 油一桶: where anything may be ordered, what stands before a quantity is goods
    if prefix in _MYSELF or VARIANT.fullmatch(prefix) or (has_room and _is_one_good(prefix)):
        return None, token  # 小份2盒; 503 盐3包: nobody goes by the name of salt
    goods_first = offered(prefix) or _pure_code(prefix) or prefix.endswith("各")
    if goods_first or len(prefix) > 8 or _NOT_A_PERSON.match(prefix):
        return None, token
    return prefix, token[cut:]


def _pure_code(token: str) -> bool:
    if len(token) > 6 or token.isalpha() or (token.isdigit() and len(token) > 2):
        return False
    return _CODE.fullmatch(token) is not None
