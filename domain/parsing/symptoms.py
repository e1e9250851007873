"""Symptoms that somebody has now: what is denied, over, feared, advised or only named in a drug does not count."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from domain.text.patterns import Rule
from domain.text.vocabulary import cues, groups

_CUES = cues("symptoms")

_DEGREE = "[有点好很特别非常还是一直又也都得了啲太挺巨超么些真里些老稍微隐地子头干发会在眼齁怪贼忒蛮略感缝啥儿全]{0,4}"


def _alternatives(phrases: Iterable[str]) -> list[str]:
    """Return the patterns of phrases, those with words of degree between gathered by their first part."""
    plain: list[str] = []
    parted: dict[str, list[str]] = {}
    for phrase in sorted(set(phrases), key=lambda p: (-len(p), p)):
        head, plus, tail = phrase.partition("+")
        if plus:
            parted.setdefault(head, []).append(tail)
        else:
            plain.append(re.escape(head))
    heads = sorted(parted, key=lambda h: (-len(h), h))
    return [*plain, *(f"{re.escape(h)}{_DEGREE}(?:{_pattern(parted[h])})" for h in heads)]


def _pattern(phrases: Iterable[str]) -> str:
    return "|".join(_alternatives(phrases))


_GROUPS = {name: tuple(p.replace("_", " ") for p in phrases) for name, phrases in groups("symptoms").items()}
_MENTION = Rule("|".join(map(_pattern, _GROUPS.values())))
_NAMED = Rule("|".join(f"(?P<s{i}>{_pattern(ps)})" for i, ps in enumerate(_GROUPS.values())))
_LITERAL: dict[str, tuple[str, ...]] = {}
for _name, _phrases in _GROUPS.items():
    for _phrase in _phrases:
        if "+" not in _phrase:
            _LITERAL[_phrase] = (*_LITERAL.get(_phrase, ()), _name)
_NAMES = tuple(_GROUPS)
_FIRST = Rule("[" + "".join(sorted({p[0] for phrases in _GROUPS.values() for p in phrases})) + "]")
_NO_SYMPTOM = Rule(_CUES["no_symptom"])
_NEGATION = Rule(_CUES["negation"])
_COVERED = Rule(_CUES["covered"])
_CONTRAST = Rule(r"就是|但是?|不过|只是|可是|只有|倒是|却|仅|除了|偶尔|还是|有点|有些|开始")
_OVER_AFTER = Rule(
    r"^[^,。;]{0,8}(?:终于|总算|才|刚|已经?|现在)(?:就|都|也)?(?:好(?:利索|全|透)?了?|退(?:烧|热)?了?|不[咳烧吐拉疼痛晕]了)$"
    r"|^[的了也都全已经]{0,3}(?:好了|好多了|已?消失|没了|没有了|恢复|痊愈|缓解|好转|退了|止住|快好|基本好|"
    r"差不多好|好得差不多|好差不多|全好|康复|过去了|治好|好些了)"
)
_FORM_NO = Rule(r"(?:症状|情况)?\s?[:：]?\s?(?:无(?!力)|否|没有|×|no?(?![a-z]))(?=[\s,;。]|$)")  # 是否发热：否
_NONE_OF_THEM = Rule(r"的?(?:人|情况|症状)?(?:也|都)(?:没有?|无|不)(?=[\s,。;!~]|$)")  # 一个咳嗽的也没有
_OVER_BEFORE = Rule(r"(?:已经?|都|也|终于|总算|完全)?(?:退|不|没再|没|止)(?:[再怎么太]{0,2})$")
LONG_AGO = Rule(
    r"去年|前年|上个?月|上上|小时候|年轻时|那年|那时候?|当年|以前|从前|[两三几]年前|半年前|月前|上[次回](?!报|填|量|测|说)"
)
_YEARS_AGO = Rule(r"(?:都|还|也)?(?:是|在)?[^,。;]{0,2}(?:[一二两三四五六七八九十几0-9]{1,3}年前|去年|上个?月|小时候)")
_IN_THOSE_DAYS = Rule(  # 前年得肺炎那阵子，天天咳
    r"(?:去年|前年|小时候|以前|从前|当年|[一二两三四五六七八十几0-9]年前)[^。;!?现今]{0,14}(?:那阵子?|那会儿?|那时候?|那段时间|的时候)[^。;!?现今最]{0,16}$"
)
_PAST = Rule(_CUES["past"])
_YESTERDAY = Rule(r"昨[天晚日夜]|前[天晚]|早[上晨]|今早|上午|凌晨|半夜|夜里|刚才")
_STILL = Rule(r"开始|起|到现在|至今|今[天早晚]?还|还在|还是|一直|没好|不见好|仍")
_RESOLVED = Rule(_CUES["resolved"])
_COOLED = Rule(  # 昨天还烧着，今天36.6了
    r"(?:今[天早晚日]?|现在|早上|这会儿?|目前)[^,。;]{0,6}(?:3[56]\.[0-9]|37\.[0-2]|三十六|体温正常)|退到|降到|降下来"
)
_IF = Rule(_CUES["if"])
_ANIMAL = Rule("[猫狗喵汪兔龟]|宠物|鹦鹉|仓鼠|毛孩子|泰迪|金毛")
_PET = Rule(_CUES["pet"])
OWN = Rule(_CUES["own"])
_WHOEVER = Rule(_CUES["whoever"])
_SUPPOSED = ("就", "才", "再", "吗", "者", "会", "多少", "几度", "能", "可以", "要不要")
_IN_GENERAL = Rule(r"[^,。;]{0,5}(?:的话|以上|以下)")
_REPORTED = Rule(
    r"有(?:个|位)?(?:邻居|人|业主|家长|网友)[^,。;我]{0,3}说(?!我)|听说|据说|新闻|电视|网上|朋友圈|抖音|报道|群里说|人家说|有的人|别的小区|外地|剧里|小说|梦见|梦到"
)
_ADVICE = Rule(
    r"^(?:请|注意|记得|大家|各位|尽量|多喝|不要|别)|(?:(?<![老小大])的(?:话|人|居民|邻居|同学|一定|请|要|都|赶紧|及时|先|可以|"
    r"找|来|注意|不要|别)|者)$"
)


class Mention(NamedTuple):
    """One symptom word at `start` to `end`. `now`: somebody has it now; `denied`, `over`: said not to be, or past.

    `vague`: it names no part of the body (不舒服, 感冒了), so that it adds nothing to a symptom that does.
    """

    name: str
    start: int
    end: int
    now: bool
    denied: bool = False
    over: bool = False
    vague: bool = False


def find_symptoms(text: str) -> tuple[Mention, ...]:
    """Return the symptoms named in a folded text whose goods are masked, each with polarity and time settled."""
    lower = text.lower()  # Chest pain; a letter that grows longer in small print is none of ours
    text = lower if len(lower) == len(text) else text
    if not _FIRST.search(text):
        return ()
    raw = list(_MENTION.finditer(text))
    gone = _gone(text) if "不" in text or "没" in text else []
    if not raw:
        return tuple(gone)
    nothing = [m.span() for m in _NO_SYMPTOM.finditer(text)]
    spans = dict(m.span() for m in raw)
    found: list[Mention] = gone
    pets = _pets(text, raw) if _ANIMAL.search(text) else frozenset()
    for m in raw:
        if m.start() in pets or any(a <= m.start() < b or a < m.end() <= b for a, b in nothing):
            continue
        names = _LITERAL.get(m[0]) or (_name_at(text, m.start()),)  # 上吐下泻 is two
        found += [_judged(text, m, name, spans) for name in names]
    return tuple(found)


def _pets(text: str, raw: list[re.Match[str]]) -> frozenset[int]:
    """Return where the symptoms of an animal stand: right behind it (我家猫吐了) and on until people are named."""
    found: list[int] = []
    for m in raw:
        poor = _PET_BEFORE.search(text, 0, m.start())
        still = poor.end() if poor else found[-1] if found else None
        if (still is not None and not OWN.search(text, still, m.start())) or _PET.search(
            text, _clause_around(text, m.start())[0], m.start()
        ):
            found.append(m.start())
    return frozenset(found)


_PET_BEFORE = Rule(  # 我家猫不吃东西，吐了两次
    r"(?:^|[,。;!?])(?:我家|家里|我们家|咱家)[的小大]?(?:那[只条]|这[只条]|[只条])?(?:猫|狗|仓鼠|兔子|鹦鹉|泰迪|金毛|橘猫)"
    r"(?:咪|子|狗)?(?:[不没]|今天|昨天|最近|这两天|好像|病|生病)[^。;!?]{0,9}[,，]"
)


def of_a_pet(text: str, at: int, *, nicknames: bool) -> bool:
    """Tell whether what stands at `at` is measured of an animal: right behind it, or where a vet is asked for.

    `nicknames`: a report was asked for, where 小猫咪 is what somebody calls a child.
    """
    animal = _ANIMAL.search(text, 0, at)
    if animal is None:
        return False
    if _VET.search(text) and not OWN.search(text, animal.end(), at):
        return True
    return not nicknames and _PET.search(text, _clause_around(text, at)[0], at) is not None


_VET = Rule(r"宠物(?:医院|店|医生|诊所)|兽医")


def _gone(text: str) -> list[Mention]:
    """Return where a part of the body is said to ache no more (头不晕了, 嗓子没再疼)."""
    return [Mention("其他", m.start(), m.end(), now=False, over=True) for m in _ACHES_NO_MORE.finditer(text)]


_ACHES_NO_MORE = Rule(
    r"(?:头|脑袋|脑壳|脑瓜子?|嗓子|喉咙|肚子|胸口?|心口|胃|鼻子|浑身|全身|身上|腰|背|牙|腿|脚|手|膝盖|关节|肌肉|眼睛|耳朵)"
    r"(?:已经|今天|现在|也|都|就|终于){0,2}(?:(?:不|没|没再|没有)(?:再|怎么|咋|太|大|觉得)?(?:疼|痛|晕|昏|难受|酸|闷|堵|塞|哑|胀|肿|痒|干)|(?:好多|好些|好)了)"
)


def _name_at(text: str, position: int) -> str:
    """Return the symptom whose phrase with words of degree between (头好晕) begins at `position`."""
    m = _NAMED.match(text, position)
    return _NAMES[int(m.lastgroup[1:])] if m and m.lastgroup else "其他"


def _judged(text: str, m: re.Match[str], name: str, spans: dict[int, int]) -> Mention:
    start, end = _clause_around(text, m.start())
    before, after = text[start : m.start()], text[m.end() : end]
    ceased = _CEASED.match(after)
    if ceased and ceased["what"] in m[0]:
        return Mention(name, m.start(), m.end(), now=False, over=True)
    if _WHOSE_NOT.search(before):
        return Mention(name, m.start(), m.end(), now=False)
    if _denied(text, start, m.start(), spans) or _FORM_NO.match(after):
        return Mention(name, m.start(), m.end(), now=False, denied=True)
    if name != "失去味觉" and _NONE_OF_THEM.match(after):
        return Mention(name, m.start(), m.end(), now=False, denied=True)
    if _over(text, m, start, end) or (name == "发热" and _cooled(before, text[end:])):
        return Mention(
            name, m.start(), m.end(), now=False, over=not (LONG_AGO.search(before) or _YEARS_AGO.match(after))
        )
    if _hypothetical(before, after):
        return Mention(name, m.start(), m.end(), now=False)
    return Mention(name, m.start(), m.end(), now=True, vague=_VAGUE.fullmatch(m[0]) is not None)


_VAGUE = Rule(
    r"重?感冒了?|着凉|[不唔弗勿伐][^,。;]{0,3}(?:舒服|舒坦|适意|得劲儿?|好受|自在)|不适|难受|[冒盗]冷?汗|unwell|没有?胃口"
)


_WHOSE_NOT = Rule(
    r"(?:谁家|哪家|哪个)的?(?:孩子|娃|老人|大人|小孩|人)?(?:没有?|不)[^,。;都也]{0,2}$"
)  # 谁家孩子没发过烧
_CEASED = Rule(  # 咳是不咳了, 发烧倒是不发了
    r"嗽?(?:倒|是|也|都|现在|今天|已经|的话){0,3}[不没](?:怎么|咋|再)?(?P<what>[咳烧发吐拉泻疼痛晕热喘流堵塞酸])(?=了|[\s,。;!~]|$)"
)


def _clause_around(text: str, position: int) -> tuple[int, int]:
    start = max((text.rfind(c, 0, position) for c in ",;。!?\n"), default=-1) + 1
    ends = [e for e in (text.find(c, position) for c in ",;。!?\n") if e >= 0]
    return start, min(ends, default=len(text))


def _denied(text: str, start: int, position: int, spans: dict[int, int]) -> bool:
    """Tell whether a negation reaches from its word to `position` over list marks and other symptoms only."""
    for negation in _NEGATION.finditer(text, start, position):
        if any(a <= negation.start() < b and a < position for a, b in spans.items()):
            continue  # 喘不上气: part of a symptom
        if _reaches(text, negation.end(), position, spans) and not _double(text, start, negation):
            return True
    return False


def _double(text: str, start: int, negation: re.Match[str]) -> bool:
    """Tell whether the negation is itself denied or is a way of asking (有没有, 是不是)."""
    return text[max(start, negation.start() - 1) : negation.start()] in ("有", "是", "要", "会")  # 有没有, 是不是


def _reaches(text: str, position: int, target: int, spans: dict[int, int]) -> bool:
    if target - position > 60:
        return False
    while position < target:
        if position in spans:
            position = spans[position]
            continue
        if _CONTRAST.match(text, position):
            return False
        step = _COVERED.match(text, position)
        if step is None:
            return False
        position = step.end()
    return True


def _over(text: str, m: re.Match[str], start: int, end: int) -> bool:
    clause, before, after = text[start:end], text[start : m.start()], text[m.end() : end]
    if _OVER_AFTER.match(after.lstrip()) or _OVER_BEFORE.search(before):
        return True
    if LONG_AGO.search(before) or _YEARS_AGO.match(after) or _IN_THOSE_DAYS.search(text, 0, m.start()):
        return True
    if _STILL.search(clause):
        return False
    if _PAST.search(before):
        return True
    earlier = "过" in m[0] or _YESTERDAY.search(before) is not None  # 发过烧
    return earlier and _RESOLVED.search(text, m.end()) is not None


def _cooled(before: str, later: str) -> bool:
    """Tell whether a fever of earlier is followed by a reading that is none."""
    return _YESTERDAY.search(before) is not None and _COOLED.search(later) is not None


def _hypothetical(before: str, after: str) -> bool:
    if _IF.search(before) and not (
        _fear_is_fact(before) or (after.startswith("了") and not after.startswith("了的") and _GUESSED.search(before))
    ):
        return True
    tail = after.lstrip("了的")
    if tail.startswith(("怎么办", "咋办", "咋整", "怎么处理", "吃什么", "吃啥")) and not OWN.search(before):
        return True
    if tail.startswith(_SUPPOSED) or _IN_GENERAL.match(after):
        return True
    if _REPORTED.search(before) or _ADVICE.search(before):
        return True
    return _WHOEVER.match(after) is not None


def _guessed(before: str, after: str) -> bool:
    """Tell whether what has begun is only guessed at (可能发烧了, 怕是发烧了吧): a report; 可能发烧 is not."""
    return after.startswith("了") and not after.startswith("了的") and _GUESSED.search(before) is not None


_GUESSED = Rule(r"(?:可能|也许|或许|怕是?|恐怕是?|估计是?|八成是?|多半是?)(?:又|也|有点|真的?){0,2}$")


def _fear_is_fact(before: str) -> bool:
    """Tell whether the words of supposing stand in an own, closed piece before (谁家有药 孩子发烧)."""
    return " " in before.strip() and not _IF.search(before.rsplit(" ", 1)[-1])
