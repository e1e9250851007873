"""Cuts the body of an order into tokens: amounts, names of goods, remarks, joints and breaks.

Names are claimed first (the longest of what is on offer and of the lexicon), so that numbers and verbs inside them
(三黄鸡, 带鱼, 8424西瓜) count as nothing else; then amounts; what remains is stripped of the words around an order
(帮我带, 给我来) and is either an unknown name or a remark.
"""

from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from domain.parsing.articles import known_names
from domain.parsing.goods import blotted
from domain.parsing.order_index import CIRCLED, HAN_CODES, PRODUCT_NUMBER, SIZED, OfferIndex, size_of
from domain.parsing.quantities import Quantity, find_numbers
from domain.text.patterns import Rule


class Part(Enum):
    """What a token is. `NAME`: a name of goods, known or not. `BREAK`: a comma or line end; `GAP`: a blank."""

    AMOUNT = auto()
    NAME = auto()
    NOTE = auto()
    JOINT = auto()
    GAP = auto()
    BREAK = auto()


class Token(NamedTuple):
    """One token of `text[start:end]`; `known` says that offer or lexicon have the name."""

    part: Part
    start: int
    end: int
    text: str
    quantity: Quantity | None = None
    known: bool = False


BREAKS = "，,;；。\n!！?？~～…|｜"
BRACKET = Rule(r"[(（\[【「]([^()（）\[\]【】「」]{0,40})[)）\]】」]")
JOINTS = Rule(r"(?:和(?!牛|田|平)|跟|与|以及|及|还有|外加|加上|[+＋➕&＆、/／])")
LEAD = Rule(
    r"(?:那就?|就|嗯+|好的?|行|对了|另外?|还有|还|再|也|顺便|顺带"
    r"|随便|一下|没有的话|不然|要不然?|后来想想|想了想|想想|说是?|隔壁(?:家|邻居)?|对门"
    r"|楼[上下](?:的|家)?|邻居|我?[妈爸]那[边头里儿]|那[边头]|我[妈爸]家?|老[妈爸]|妈妈|爸爸|爷爷|奶奶|外[婆公]|姥[姥爷]|婆婆|公公"
    r"|老人家?|原来|然后|以及|和(?!牛|田)|跟|与|外加|加上|请|唔该|可唔可以|侬|得闲|帮手|同我|麻烦(?:您|你们?|大家|团长|师傅|志愿者|群主"
    r"|老板)?|拜托|劳驾|辛苦|您好|你好|大家好|"
    r"群主|团长|老板|师傅|志愿者|我家里?|我们家?|咱们?家?|我要|我|家里|本人|自己|想要?|需要|只要|只|要"
    r"|能不能|能否|可不可以|可以|帮忙|帮我们家|帮我家?|帮|给我们家?|给我家?|给|替我|"
    r"代(?:买|购|订|拿)?|为我|(?:能|可以|方便|有)的话|留(?!兰)|订餐|买(?!单)|购买|采购|订购|订单|订(?!书)|定(?!型)"
    r"|下单|预[订定]|登记|记|报(?!纸)|带(?![皮鱼子壳骨])|捎|拿(?![破铁])|来(?!伊份)|加(?!多宝|碘|餐)|弄|称"
    r"|整|选|由|从|把|将|是(?=\b|.)|能|可否|方便|请问|[每各两三四几][种样款]|所有|全部|[:：.·\-—*]"
    r"|的(?=.))"
)
LONGEST_TAIL = 6
TAIL = Rule(
    r"(?:随便|追加|多加|增加|再加|加到?|减少?|减[掉到]|少要|少来|少订|多要|多来|多订|退掉?|去掉|取消|(?<!好)多|少|改[成为]?|由|从|是"
    r"|现在|来|要|买|订|带|拿|给我|帮我[带买]|各自?|每[样种个]|都|全|一?共|大概|大约|差不多|约|至少|最少"
    r"|就|只|先|再|还|得|也|需要|想要|[的:：*\-—.=·]|(?:[xX×]$))$"
)
CLOSERS = Rule(
    r"^(?:可以吗|行吗|好吗|吗|左右|上下|的?样子|就行了?|就好了?|就够了?|即可|够了|可以了|吧|了|哈|哦|啊|哟"
    r"|呀|噢|喔|呢|嘛|啦"
    r"|咯|喽|谢+|哈哈|的|喽|呗|嘞|先|每份|装|一?共|左右吧|给我|给我家|我家|我|来|就可以了?|那种|这种"
    r"|左右就行)++"
)
REMARK = Rule(
    r"^(?:不要|不加|不放|不吃|不带|不辣|不用(?!了)|勿|别(?!墅)|少|多(?!宝|谢|肉|味)|免(?!洗)"
    r"|去(?=[皮骨头鳞壳核毛])|微辣|中辣|特辣|重辣|变态辣|加(?=[辣醋葱蒜冰糖蛋饭麻汤料点])|最好|尽量|尽快"
    r"|挑|选(?=[大小好新])|要(?=.{1,10}[的点些]|[大小嫩老新软硬好熟生]|少|多|不)|"
    r"软|硬(?!币)|嫩(?!豆腐|姜)|切|剁|杀|剖|分开|分装|打包|单独|随便|什么.{0,4}都|都可以|都行|新鲜|正常"
    r"|热的?|冰的?|常温|冷的|甜一?点|咸一?点|淡一?点|熟一?点|"
    r".{0,6}(?:一点的?|点儿?的|些的|口味|[甜辣咸淡]的?|换.{1,8}|饭$|即可|为主|优先)"
    r"|(?![我你他她这那]).{1,4}的|.{0,6}(?:送|拿|取|放)(?:到|来|门口|上门|过来|的)?.{0,6})$"
)
CODES = Rule(
    r"第[0-9一二三四五六七八九十]{1,2}[个种款样号]|(?<![A-Za-z])(?P<letter>[A-Za-z])(?:套餐"
    r"|[包款餐类组])?(?![A-Za-z])|[0-9]{1,2}\s?号(?![楼栋])(?:套餐|[包款餐])?|[①-⑳]"
)
# A menu numbered 一、二、: 一x1, 二两份, 一和三各一份, 三号.
HAN_CODE = Rule(r"(?<![一-龥](?<![和跟与及]))[一二三四五六七八九十](?:号|(?=$|[\s,，、+*×xX0-9和跟与各]))")
# Several codes in one word: AB各一, ABC各来两份, ac各2.
LETTERS = Rule(r"(?<![A-Za-z0-9])(?:[A-Z]{2,8}|[a-z]{2,8}(?=\s?[各每]))(?=$|[^A-Za-z0-9])")
SINGLE_NEXT = Rule(r"$|[\s,，、;；。0-9一二两三四五六七八九十半+*×要来少不多加]")
FOOD_SIGN = "[\U0001f33d\U0001f344-\U0001f37f\U0001f950-\U0001f96f\U0001f9c0-\U0001f9ca\U0001fad0-\U0001fadb]"
FOOD = Rule(FOOD_SIGN + "+")
PARTICLES = Rule(
    "(?:吧|了|哈|哦|啊|哟|呀|噢|喔|呢|嘛|啦|咯|喽|呗|嘞|吗|么|的|谢+|可以吗|行吗|好吗|好不好|行不行"
    "|可以不|[~～!！。.])++"
)
ENDING = Rule("[吧哈哦啊呀噢喔呢嘛啦咯喽呗嘞]+$")
TASTE = Rule(r"要?(?:少放|多放|少加|多加|不要|不放|不加|不吃|别放|别加|免|去|加点)(?:点|些)?$")
HEADED = Rule(
    r"(?:不要|不加|不放|不吃|不带|别|少放?|多放?|免|要.{1,6}的|去[皮骨头鳞壳核毛冰筋籽]|[少多无半全正常走加微]{1,2}[糖冰]|[一三五七]分糖|要[冰热温]|切|剁|杀|微辣|中辣|新鲜|嫩一?点"
    r"|软一?点|大一?点|小一?点|好一?点|甜一?点|换).{0,14}$"
)


def cut(text: str, index: OfferIndex, names: list[tuple[int, int]] | None = None) -> list[Token]:
    """Return the tokens of `text` in order. `text` is at most a line long; `names` where they are already known."""
    if names is None:
        names = find_names(text, index)
    masked = mask(text, names)
    amounts, others = find_numbers(masked)
    claimed = [Token(Part.NAME, s, e, text[s:e], known=True) for s, e in names]
    claimed += [Token(Part.AMOUNT, q.start, q.end, text[q.start : q.end], q) for q in amounts]
    claimed += [Token(Part.GAP, s, e, text[s:e]) for s, e in others]
    tokens: list[Token] = []
    at = 0
    for token in sorted(claimed, key=lambda t: t.start):
        if token.start < at:
            continue
        tokens += _between(text, at, token.start, tokens, before=token.part)
        if tokens and token.part is Part.NAME and tokens[-1].part is Part.NOTE and tokens[-1].end == token.start:
            tokens[-1] = Token(Part.NOTE, tokens[-1].start, token.end, text[tokens[-1].start : token.end])
        else:
            tokens.append(token)
        at = token.end
    tokens += _between(text, at, len(text), tokens, before=None)
    return tokens


def find_names(text: str, index: OfferIndex) -> list[tuple[int, int]]:
    """Return where names of goods stand, in order: on offer, codes of the list, in the lexicon; the longest each."""
    lower = text.lower() if len(text.lower()) == len(text) else text
    found: list[tuple[int, int]] = []
    if index.goods:
        found = [
            *index.names.find(lower),
            *_codes(text, index),
            *_single_names(lower, index),
            *_sizes(lower, index),
            *_numbers(text, index),
        ]
    lexical: list[tuple[int, int]] = []
    for start, end in known_names().find(lower):
        overlapping = [span for span in found if span[0] < end and start < span[1]] if found else found
        if not overlapping:
            lexical.append((start, end))
        elif all(start <= s and e <= end and e - s < end - start for s, e in overlapping):
            found = [span for span in found if span not in overlapping] + [(start, end)]
    return sorted([*_apart(found), *lexical])


def _apart(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans that do not overlap; at each place the longest."""
    free = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= free:
            free = end
            yield start, end


def _codes(text: str, index: OfferIndex) -> Iterator[tuple[int, int]]:
    """Codes of a list stand as names: letters (also unknown capitals), 2号, ③."""
    if not index.codes:
        return
    lettered = any(code.isalpha() for code in index.codes)
    for match in CODES.finditer(text):
        letter, end = match["letter"], match.end()
        if letter is None:
            yield match.span()
        elif lettered and (letter.lower() in index.codes or letter.isupper()):
            measure = (
                letter in "gGlL"
                and match.start() > 0
                and text[match.start() - 1].isdigit()
                and not text[end : end + 1].isdigit()
            )
            if not measure:
                yield match.span()
    if not index.codes.keys().isdisjoint(HAN_CODES):
        yield from (match.span() for match in HAN_CODE.finditer(text) if match[0].removesuffix("号") in index.codes)
    for match in LETTERS.finditer(text) if lettered else ():
        if len(set(match[0])) == len(match[0]) and all(letter.lower() in index.codes for letter in match[0]):
            yield from ((at, at + 1) for at in range(*match.span()))


def _numbers(text: str, index: OfferIndex) -> Iterator[tuple[int, int]]:
    """Where articles on offer carry product numbers, three to five digits are one: 8424, 8434西瓜."""
    for match in PRODUCT_NUMBER.finditer(text) if index.numbered else ():
        end = match.end()
        for good in index.numbered.values():
            rest = PRODUCT_NUMBER.sub("", good.name, count=1)
            if rest and text.startswith(rest, end):
                yield match.start(), end + len(rest)
                break
        else:
            if index.match(match[0]) is not None and (match.start() == 0 or not text[match.start() - 1].isalnum()):
                yield match.span()


def _sizes(text: str, index: OfferIndex) -> Iterator[tuple[int, int]]:
    """Where articles on offer differ by size only (大米 10kg装, 5kg装), a size is a name."""
    if index.sizes:
        yield from (match.span() for match in SIZED.finditer(text) if size_of(match) in index.sizes)


def _single_names(text: str, index: OfferIndex) -> Iterator[tuple[int, int]]:
    """Articles with a name of one character (面), where they stand alone or before what is said of them."""
    for at, char in enumerate(text if index.names.has_singles else ""):
        if index.names.is_single(char) and (at == 0 or not text[at - 1].isalnum()) and SINGLE_NEXT.match(text, at + 1):
            yield at, at + 1


def mask(text: str, names: list[tuple[int, int]]) -> str:
    """Return `text` with every name blotted out, of the same length."""
    return blotted(text, names)


def _between(text: str, start: int, end: int, sofar: list[Token], before: Part | None) -> Iterator[Token]:
    """Cut what lies between two claimed pieces: breaks, blanks, brackets, joints and the rest."""
    at = start
    while at < end:
        char = text[at]
        bracket = BRACKET.match(text, at, end)
        if bracket:
            yield Token(Part.NOTE, at, bracket.end(), bracket[1])
            at = bracket.end()
        elif char in BREAKS:
            yield Token(Part.BREAK, at, at + 1, char)
            at += 1
        elif char.isspace():
            yield Token(Part.GAP, at, at + 1, char)
            at += 1
        elif (joint := JOINTS.match(text, at, end)) is not None:
            yield Token(Part.JOINT, at, joint.end(), joint[0])
            at = joint.end()
        else:
            stop = _stop(text, at, end)
            yield from _rest(
                text, at, stop, after=_last(sofar) if at == start else None, before=before if stop == end else None
            )
            at = stop


def _last(tokens: list[Token]) -> Part | None:
    return tokens[-1].part if tokens else None


def _stop(text: str, at: int, end: int) -> int:
    for position in range(at + 1, end):
        char = text[position]
        if (
            char in BREAKS
            or char.isspace()
            or char in "(（[【「、+＋➕&＆/／"
            or (char in "和跟与还" and JOINTS.match(text, position, end))
        ):
            return position
    return end


def _rest(text: str, start: int, end: int, after: Part | None, before: Part | None) -> Iterator[Token]:
    """Strip the words around an order from `text[start:end]`; a remark or an unknown name is left, or nothing."""
    whole = text[start:end]
    if after is Part.AMOUNT:
        closer = CLOSERS.match(whole)
        if closer and not (before is Part.NAME and closer[0] in ("装", "先")):
            start += closer.end()
    if before is Part.NAME and (head := TASTE.search(text[start:end])):
        if head.start() > 0:
            yield from _rest(text, start, start + head.start(), after, None)
        yield Token(Part.NOTE, start + head.start(), end, head[0])
        return
    if after is Part.NAME and PARTICLES.fullmatch(text, start, end):
        return
    if before is None and start < end and REMARK.fullmatch(text[start:end]):
        yield Token(Part.NOTE, start, end, text[start:end])
        return
    while lead := LEAD.match(text, start, end):
        start = lead.end()
    if start < end and HEADED.fullmatch(text[start:end]) and before is None:
        yield Token(Part.NOTE, start, end, text[start:end])
        return
    while start < end and (tail := TAIL.search(text, max(start, end - LONGEST_TAIL), end)):
        end = tail.start()
    if (particle := ENDING.search(text, max(start, end - LONGEST_TAIL), end)) and particle.start() > start:
        end = particle.start()
    piece = text[start:end].strip(".·。*-—:：=~'\"“”#")
    if not piece:
        return
    if before is Part.AMOUNT and FOOD.fullmatch(piece):
        yield Token(Part.NAME, start, end, piece)
        return
    yield Token(Part.NAME if any(c.isalnum() or c in CIRCLED for c in piece) else Part.GAP, start, end, piece)
