"""Body temperatures: readings with a cue in 34.0–42.9 °C; impossible ones are doubts, look-alikes nothing."""

import re
from decimal import Decimal
from typing import NamedTuple

from domain.parsing.symptoms import LONG_AGO, find_symptoms
from domain.text.numbers import small_number
from domain.text.patterns import Rule
from domain.text.vocabulary import cues

_CUES = cues("temperatures")

LOWEST = Decimal("34.0")
HIGHEST = Decimal("42.9")
FEVER = Decimal("37.3")

_CN = "[零〇一二三四五六七八九十]"
_NUMBER = Rule(
    rf"(?<![0-9年月])(?<![0-9][-/:.])(?![0-2]?[0-9]点[34][0-9]\.[0-9])"
    rf"(?:体温)?(?P<whole>[0-9]{{1,4}})(?: ?(?P<dot>[.。·点度℃°]|"
    rf"度点) ?(?P<part>[0-9]{{1,2}})(?![0-9]))?(?P<half>度半)?(?: ?(?P<unit>℃|°[cC]?|度(?![0-9数量])|摄氏度|"
    rf"[cC](?![A-Za-z])))?"
    rf"|(?P<cn>三十{_CN}?|四十{_CN}?|(?:三[四五六七八九]|四[零一二])(?=度[零一二三四五六七八九半]|点[一二三四五六七八九]))(?:(?P<cdot>[度点])(?P<cpart>[零〇一二三四五六七八九半])?)(?P<cunit>度)?"
)
_SPELT = Rule(
    r"[\s,。]{0,3}(?:体温)?[:： ]{0,2}(?:(?:3[4-9]|4[01]) [0-9]|三[四五六七八九][零〇一二三四五六七八九])[\s,。!~]{0,3}"
)  # 三六五
_IN_DEGREES = Rule(r"(?:3[789]|4[01])度[0-9半]")  # 昨天38度5，今天36.8
_COMMA = Rule(r"(?<=(?<![0-9.,])3[4-9]),(?=[0-9](?![0-9.人口个位户]))")  # 38,5
_SLASH = Rule(r"(?<=[0-9])[/\-~、,至到](?=(?:3[4-9]|4[0-2])(?:\.[0-9]|度))")
_CUE = Rule(
    r"体温|温度|烧|℃|°|(?<![天气面都温])热到(?=\s?(?:3[789]|4[01]))|[还再又总]是?不退[^。;!?0-9]{0,12}(?:3[89]|4[01])(?![0-9块元])|[还再又总]是?不退[^。;!?]{0,8}(?:医院|急诊|吃药|打针|挂[号水])|量(?:了|出|得|的|过|完|一下)|刚量|"
    r"测(?:了|得|出|的|完|过|下来|是|着)|[刚一再又自]测|耳温|额温|腋温|发热|度数"
)
_NOT_AFTER = Rule(
    r"\s?(?:元|块|斤|公斤|毫[米升]|克|kg|g|ml|升|分钟?|秒|小时|天(?!天)|个|人|户|口|份|盒|袋|瓶|箱|支|次|%|％|公里|km|米|cm|"
    r"厘米|mm|页|级|岁|楼|号|栋|单元|吨|万|千|百|起|码|寸|平|㎡|折|倍|集|章|日|月|年|届|路|室|房|分$|度电|电)"
)
_NOT_BEFORE = Rule(rf"(?:{_CUES['not_before']})[:： ]?(?:温度|温)?[开调设是为到约大概有才]{{0,3}}$")
_RULE_BEFORE = Rule(  # 许超 36.4 and 王达 36.5 are names
    r"(?:超过|高于|低于|大于|小于|不超过|[未没]有?超过?|不高于|[未没]过|达到|高过|≥|(?<![A-Za-z'\"/;)])[>＞]|<|≤|"
    r"不到|没到|没过|不足|不满|过了|多少|(?<![0-9])到了?)[了 ]?"
    r"(?:体温)?$|(?:^|(?<=[温度烧量已若果是如,，。\s]))[超达满过]$"
)
_DAY_BEFORE = Rule(r"(?:明[天日晚早]|后天|未来)\s{1,3}$")  # 你好明天 36.7: what somebody is called
_MISWRITTEN = Rule(r"(?:不是|[写看打报输填]成了?|误[写报为]|错[写报]成?)\s?$")  # 是36.8不是38.6
_MISTAKEN = Rule(
    r"\s?(?:是|那个)?(?:我|他|她)?(?:自己)?(?:[看写打报量填输记说测]错|错的?(?=[\s,。;]|$))"
)  # 38.5是我看错了
_KETTLE = Rule(r"[水油汤奶粥茶锅壶窑][^,。;]{0,2}烧[到开至]了?$")  # 水烧到90度
_OF_A_BODY = Rule(r"烧(?!水|开|烤)|体温|发热|[都全也]量[了过完]|量[了过完](?!尺|房|身)|[口人]都")
_FELL = Rule(r"(?:退|降|落|升|涨|恢复|回)到了?$")  # 39度退到37.2
_RULE_AFTER = Rule(
    r"^\s?(?:以[上下内]|之内|及以上|算|才|就是发|属于|的(?:人|居民|请|都|不要|要|先|别|及时|立即|一律|业主|同学|学生)|"
    r"者|是不是|吃退烧|为(?:发热|界|准)|左?右?的?(?:温|热|开|凉)?(?:水(?!银)|酒|茶|汤|牛?奶|高温))"
)
_UNSURE = Rule(r"还是|或者?|没看清|看不清|记不清|记不得|忘了|不记得|好像|多(?![喝休穿])|不准|坏了|不知道")
_STATED = Rule(r"\s{0,9}(?:(?:3[4-9]|4[01])(?:[.度][0-9]度?|度)|[34][0-9]度?半?)了?,")  # 37度1，算发烧吗
_ASK = Rule(
    r"(?<!不)算不算|(?:多少|几)度(?:才|就)?算|是不是|要不要|(?<!不)算[^,。!?]{0,4}(?:烧|热)[^,。!?]{0,2}(?:吗|么|不|嘛)"
)
_WEATHER = Rule(r"天气|气温|热死|(?<!身上)(?<!浑身)(?<!全身)(?<!额头)好热|太热|高温|太阳|外面|室外|降温|空调|冷死|好冷")
_BODY = Rule(r"□(?:还|又|仍|也|都)|体温|烧|量|测|额|腋|耳|热|我|孩子|娃|宝|老|爸|妈|[0-9]{3} ")
_MINE = Rule(r"我|孩子|娃|宝|老人|老公|老婆|爸|妈|量|测|刚|儿子|女儿|现在|奶奶|爷爷|家")
_DIGIT = Rule("[0-9]|[三四][十零一二四五六七八九]")
_NEAR = Rule(r"体温|烧到|热到|量|测|不退")
_WORD_ONLY = Rule(r"体温[:： ]*[0-9.]*$")


class Reading(NamedTuple):
    """One number read as a body temperature; `value` is None where it is doubtful."""

    value: Decimal | None
    start: int
    end: int


def find_temperatures(text: str, *, expected: bool) -> tuple[Reading, ...]:
    """Return the readings in a folded text without rooms and phones.

    `expected`: a check-in chain or an open check-in, where a plain number with a decimal is a reading and an impossible
    one a doubt. Without it a reading needs a cue in the text.
    """
    if not expected and not _CUE.search(text) and "度" not in text:
        return _uncued(text)
    if not _DIGIT.search(text):
        return ()
    if expected:
        if spelt := _SPELT.fullmatch(text):
            return (Reading(None, *spelt.span()),)
        text = _COMMA.sub(".", text)
    asks = _ASK.search(text) is not None and not (
        (_MINE.search(text) and not text.lstrip().startswith("体温")) or _STATED.match(text)
    )
    if not asks and ("还是" in text or "或" in text):
        either = _EITHER.search(text)
        if either and (expected or _CUE.search(text)):
            return (Reading(None, *either.span()),)
    found = []
    cued = expected or _CUE.search(text) is not None or _IN_DEGREES.search(text) is not None
    if "正常" in text and _GENERAL.search(text):
        return ()
    between = _BETWEEN.search(text) if cued and not _WEATHER.search(text) else None
    if between and not _ruled_out(text, between.start()) and (_BARELY.match(between[0]) is None or _CUE.search(text)):
        return (Reading(None, *between.span()),)
    for m in _NUMBER.finditer(_SLASH.sub(" ", text)):
        told = asks or (m.start() > 1 and LONG_AGO.search(text, max(0, m.start() - 20), m.start()) is not None)
        reading = None if told else _reading(text, m, expected=expected, cued=cued)
        calm = reading is None or (reading.value is not None and reading.value < FEVER)
        if reading and (calm or not _of_another_case(text, m.start())):
            found.append(reading)
    if len(found) > 1 and "还是" in text and _either(text[found[0].end : found[-1].start]):
        return tuple(Reading(None, r.start, r.end) for r in found)
    return tuple(found)


def _of_another_case(text: str, at: int) -> bool:
    """Tell whether the clause before a number supposes, generalizes, or speaks of another time or of others elsewhere.

    如果孩子烧到38.5, 一般会烧到38度, 上次发烧39度, 我同事发烧39度.
    """
    start = max((text.rfind(c, 0, at) for c in ",;。!?\n"), default=-1) + 1
    return at - start > 1 and _ANOTHER_CASE.search(text, start, at) is not None


_ANOTHER_CASE = Rule(_CUES["another_case"])


def _either(between: str) -> bool:
    """Tell whether the words between two readings leave open which it is; 早上还是36.5 does not."""
    return _UNSURE.search(between) is not None and _STILL_WAS.search(between) is None


_EITHER = Rule(  # 37还是38, 38度或者39度
    r"(?<![0-9.])(?:3[5-9]|4[01])(?:\.[0-9])?度?(?:多|几|点?几)?\s?(?:还是|或者?)(?:是|说)?\s?(?:3[5-9]|4[01])(?:\.[0-9])?(?![0-9.])"
)
_BETWEEN = Rule(  # 36点几来着, 大概36到37之间
    r"三十(?:五六|六七|七八|八九|多|几)度|三十九四十度|3[5-8][、~-] ?(?:3?[6-9])度"
    r"|(?:3[5-9]|三十[五六七八九])[点度.](?:几|多(?=吧|$|[,。]))"
    r"|(?<![0-9.])3[5-9](?:\.[0-9])?度?[到至和]3[5-9](?:\.[0-9])?度?(?:之间|中间)(?![的算要是])"
)
_BARELY = Rule(r"三十(?:五六|六七)度")  # may be the heat of a day
_STILL_WAS = Rule(r"(?:早[上晨]?|晚上?|[上中下]午|[昨今]天|昨[晚夜]|今早|刚才|之前|现在|夜里|凌晨)[也都就我]?还是")
_SERIES = Rule(r"(?<![0-9.])(?:3[5-9]|4[01])\.[0-9](?![0-9.])")


def _uncued(text: str) -> tuple[Reading, ...]:
    """Return readings without any cue word: several in a row, alone, or beside people, symptoms or 正常."""
    found = list(_SERIES.finditer(text))
    if not found or LONG_AGO.search(text):
        return ()
    if any(_NOT_AFTER.match(text, m.end()) or _ruled_out(text, m.start()) for m in found):
        return ()
    if len(found) == 1 and not (_BESIDE.search(text) or find_symptoms(text) or _ALONE.fullmatch(_SERIES.sub("", text))):
        return ()
    return tuple(Reading(Decimal(m[0]), m.start(), m.end()) for m in found)


def _ruled_out(text: str, at: int) -> bool:
    """Tell whether the words right before a number say that it is no body's."""
    return _NOT_BEFORE.search(text, max(0, at - 20), at) is not None


_ALONE = Rule(r"[\s,.。!;:~]*(?:[代补]?报|今[天日早晚]|早上|晚上|刚量?的?|体温)?[\s,.。!;:~]*")
_BESIDE = Rule(_CUES["beside"])


def _reading(text: str, m: re.Match[str], *, expected: bool, cued: bool) -> Reading | None:
    if _excluded(text, m, expected=expected):
        return None
    value, exact = _value(m)
    start = m.start("whole") if m["whole"] else m.start()
    marked = bool(m["unit"] or m["cn"] or (m["dot"] and m["dot"] in "度℃°"))
    if not (exact or marked):
        near = _CUE.search(text, max(0, start - 5), start) is not None
        near = near or ((expected or _STAYS_UP.search(text) is not None) and _told_of_somebody(text, start, m.end()))
        if not expected and not near:
            return None
        return _without_point(text, m, value, near=near)
    if not (cued or marked) or (not expected and (_WEATHER.search(text) or (not exact and not _BODY.search(text)))):
        return None
    if not exact and _TODAYS.match(text) and _WEATHER.search(text):
        return None
    if LOWEST <= value <= HIGHEST:
        vague = _UNSURE.match(text, m.end()) is not None and "烧" not in text[max(0, start - 3) : start]
        word = _WORD_BEFORE.search(text, max(0, start - 5), start)
        start = word.start() if word else start
        qualified = _HOW_HIGH.match(text, m.end())
        return Reading(None if vague else value, start, qualified.end() if qualified else m.end())
    return _impossible(text, m, start, expected=expected, marked=marked)


_STAYS_UP = Rule(r"[还再又总]是?不退|没退(?!款|货|钱)")  # 晚上还不退就去医院，现在39


def _told_of_somebody(text: str, start: int, end: int) -> bool:
    """Tell whether a whole number asked for stands right behind a time or person, a clause's end: 昨天39，今天37."""
    return _WHEN_OR_WHO.search(text, max(0, start - 4), start) is not None and _CLAUSE_ENDS.match(text, end) is not None


_TODAYS = Rule(
    r"^\s?(?:今天|今日|今儿|明天|外面|现在)?(?:都|有|得有|快|最高)?(?:3[4-9]|4[0-2])(?:度|℃)"
)  # 今天36度，好热
_GENERAL = Rule(r"正常(?:的|人)?体温|体温正常(?:值|范围|是多少)|正常(?:范围|值)")  # 正常体温是36到37.2
_HOW_HIGH = Rule(r"\s?(?:(?:有?一?点儿?|稍微?|略微?|还是|还算?)?偏[高低]|[略稍][高低])")  # 37.2 偏高 is no name
_WORD_BEFORE = Rule(r"(?:体温|[额腋耳]温|(?<![A-Za-z])[AaPp][Mm]|(?<![A-Za-z])T)[:： ]{0,2}$")
_WHEN_OR_WHO = Rule(
    r"(?:[今昨]天|[今昨]晚|今早|早上?|晚上?|[上下中]午|现在|刚才?|孩子|[爸妈娃宝公婆]|老人)[是还:]{0,2}$"
)
_CLAUSE_ENDS = Rule(r"\s*(?:[,。;!~]|$)")


def _impossible(text: str, m: re.Match[str], start: int, *, expected: bool, marked: bool) -> Reading | None:
    """Return a doubt for a number that can be no body's temperature but stands where one belongs."""
    near = _NEAR.search(text, max(0, start - 6), start)
    if not near and m["whole"] and not m["part"] and int(m["whole"]) < 33:
        return None  # 屋里才13度
    if near or (expected and (marked or _decimal_alone(text, m))):
        return Reading(None, start, m.end())
    return None


def _decimal_alone(text: str, m: re.Match[str]) -> bool:
    """Tell whether a decimal stands free (63.4, 3.66) and is no date (8.12) that heads a line."""
    after = text[m.end() : m.end() + 2].lstrip(" ")[:1]
    before = text[max(0, m.start() - 1) : m.start()]
    return m["dot"] == "." and (after == "" or not after.isalnum()) and (before == "" or not before.isdigit())


def _without_point(text: str, m: re.Match[str], value: Decimal, *, near: bool) -> Reading | None:
    """Judge a whole number without unit: 37 is a reading by a cue, 365 a lost point, anything else nothing."""
    start = m.start("whole")
    if 35 <= value <= 42:
        alone = text.strip(" .。!~") == m["whole"]
        return Reading(value, start, m.end()) if near or alone else None
    lost_point = 340 <= value <= 429 or (near and value > 42)
    return Reading(None, start, m.end()) if lost_point else None


def _excluded(text: str, m: re.Match[str], *, expected: bool) -> bool:
    before = text[max(0, m.start() - 10) : m.start("whole") if m["whole"] else m.start()]
    if _NOT_AFTER.match(text, m.end()) and not m["unit"]:
        return True
    if _FELL.search(before) and not _WEATHER.search(text):
        return False
    ruled = _RULE_BEFORE.search(before) is not None and not before.endswith(
        ("烧到", "烧到了", "热到", "热到了", "量到", "到了")
    )
    if _MISWRITTEN.search(before) or _MISTAKEN.match(text, m.end()) or _KETTLE.search(before):
        return True
    if before.endswith("打卡") and not m["part"]:
        return True  # 打卡36天
    if before.endswith(("最高", "最高到", "最高到过")) and _OF_A_BODY.search(text):
        return False
    if ruled or (_NOT_BEFORE.search(before) and not (expected and m["part"] and _DAY_BEFORE.search(before))):
        return True
    return _RULE_AFTER.match(text[m.end() : m.end() + 8]) is not None and m["cdot"] != "点"


def _value(m: re.Match[str]) -> tuple[Decimal, bool]:
    """Return the number and whether it was written with a point."""
    if m["cn"]:
        whole, part = Decimal(small_number(m["cn"]) or 0), m["cpart"]
        tenth = 5 if part == "半" else small_number(part) or 0 if part else 0
        return whole + Decimal(tenth) / 10, part is not None
    if m["half"]:
        return Decimal(m["whole"]) + Decimal("0.5"), True
    if m["part"]:
        return Decimal(f"{m['whole']}.{m['part']}"), True
    return Decimal(m["whole"]), False


def only_the_word(text: str) -> bool:
    """Tell whether the text says 体温 and gives no number: a report begun and not finished."""
    return _WORD_ONLY.match(text.strip(" 。.!")) is not None
