"""How many people a report speaks for: 一家三口, 全家4口, 我们三个人, 老两口, 12人, 【9】, 3/3."""

import re

from domain.text.numbers import small_number
from domain.text.patterns import Rule
from domain.text.vocabulary import cues

MAX_PEOPLE = 2_000
_N = r"(?:(?<![0-9.])[0-9]{1,4}|[一二两三四五六七八九十俩仨百廿]{1,5})"
_ABSENT = (  # 1人请假 counts nobody
    "[民间家员]| ?(?:请假|缺勤|未到|没到|休|外出|不在|出差|隔离|住院|感冒"
    "|(?:在|有点?)?(?:[高低]|发)?[烧热]|咳|阳|[头嗓喉肚腹不]|3[789])"
)
_OF = "的(?!体温|温度|身体|核酸|抗原|情况|状态)"  # 一个人的旅行 is what somebody is called
_WELL = r"[都全均也]|正常|平安|健康|没|好|无|[\s,。;]|$"
_FAMILY = Rule(
    rf"(?:一家|全家|我家|家里|我们家?|共计?|一共|家中|家有|合计|总共|大小|老小|本户|"
    rf"家)?(?<![没无])(?<!没有)[老小大共有是一]{{0,2}}(?P<n>{_N}) ?(?P<u>口人?|家头|个人(?!{_OF})|人(?!{_OF}|{_ABSENT})"
    rf"|[个位](?:老人家?|长辈|大人)(?!{_ABSENT})|位|代同堂)"
    rf"|(?:我们?|咱们?|俺们?)?(?:我家|家里|屋里|[娘爷哥姐妹弟们家])(?P<k>[仨俩]|[2-9二三四五六七]个)(?={_WELL})"
    rf"|(?P<couple>两口子|俩口子|老两口|小两口|夫妻俩?|夫妇|我们俩|我俩|[两俩]老(?={_WELL})"
    r"|(?:祖孙|母[子女]|父[子女]|姐妹|兄弟|婆媳|姐弟|兄妹|公婆|娘|爷)俩|二老|我和老[公婆伴]|两个(?=都|正常|平安|健康))"
)
_AGED = "(?:大人?|老(?:人|的)?|小(?:孩|朋友|的)?|孩子?|娃|宝宝|长辈)"
_BESIDES = "[,、和加跟带 ]?"
_GROWN = Rule(  # 2大1小, 两个老人一个孩子, 一老两大一小
    rf"(?P<n>{_N}) ?[个位]?{_AGED}{_BESIDES}(?P<k>{_N}) ?[个位]?{_AGED}(?:{_BESIDES}(?P<j>{_N}) ?[个位]?{_AGED})?"
)
_BOXED = Rule(rf"[【〔\[(]\s?(?P<n>{_N})\s?人?[】〕\])]")
_AT_WORK = Rule(rf"(?:在岗|到岗|实到|出勤|在家|在住|现有|上班)(?:人数)?[:： ]{{0,2}}(?P<n>{_N})(?![0-9.])")
_LAST = Rule(r"(?:^|[\s\-—_:：,，])(?P<n>[1-9][0-9]{0,2})\s*$")
_TIMES_HINT = Rule("[×*xX]")
_TIMES = Rule(r"(?<=3[4-9]\.[0-9]) ?[×*xX] ?(?P<n>[2-9])(?![0-9.])")  # 36.5×3: three people
_SHARE = Rule(r"(?<![0-9.\-/])(?P<n>[0-9]{1,2})/(?P<of>[0-9]{1,2})(?![0-9./])")
_HINT = Rule("[口人位俩仨夫大两老]|家头| of us|people|family of")
_ENGLISH = Rule(
    r"\b(?:the )?(?P<n>[0-9]{1,2}|two|three|four|five|six|seven|eight) (?:of us|people|persons|family members|adults)"
    r"|family of (?P<k>[0-9]{1,2}|two|three|four|five|six|seven|eight)\b",
    re.IGNORECASE,
)
_NUMBERS = {w: n for n, w in enumerate(("two", "three", "four", "five", "six", "seven", "eight"), 2)}
_CAME = Rule(r"(?:多|少|添|增加)了?$|(?:来|走|加|缺)[了过]$")  # 今天多了一个人，一共四口
_WHOLE = Rule(cues("headcount")["whole"])


def whole_house(text: str) -> bool:
    """Tell whether a report speaks for a whole house or unit without naming rooms."""
    return _WHOLE.search(text) is not None


def find_people(
    text: str, *, trailing: bool = False, measured: bool = False
) -> tuple[int | None, tuple[tuple[int, int], ...]]:
    """Return the number of people and where it is said.

    `trailing`: a row, where a share (4/4), a boxed number or a bare one at its end counts heads; not so a bare one
    where temperatures were `measured`.
    """
    if not trailing and not _HINT.search(text) and not (measured and _TIMES_HINT.search(text)):
        return None, ()
    if "of" in text or "people" in text:
        english = _ENGLISH.search(text)
        if english:
            word = (english["n"] or english["k"]).lower()
            return int(word) if word.isdigit() else _NUMBERS.get(word), (english.span(),)
    if measured and _TIMES_HINT.search(text) and (times := _TIMES.search(text)):
        return int(times["n"]), (times.span(),)
    for pattern in (*((_AT_WORK, _SHARE) if trailing else ()), _GROWN, _FAMILY, *((_BOXED,) if trailing else ())):
        for m in pattern.finditer(text):
            count = None if m[0][1:2] != "家" and _CAME.search(text, 0, m.start()) else _count(m)
            if count is not None and 1 <= count <= MAX_PEOPLE:
                return count, (m.span(),)
    if trailing and not measured:
        m2 = _LAST.search(text)
        if m2 and 0 < int(m2["n"]) < 300 and not 33 < int(m2["n"]) < 43:
            return int(m2["n"]), (m2.span(),)
    return None, ()


def _count(m: re.Match[str]) -> int | None:
    groups = m.groupdict()
    if groups.get("couple"):
        return 2
    if groups.get("of") and not int(groups["n"]) <= int(groups["of"]) < 34:
        return None  # 36/37 are two readings
    if groups.get("u") == "位" and m.start("n") == m.start():
        return None
    more = sum(small_number((groups.get(part) or "零").rstrip("个")) or 0 for part in ("k", "j"))
    return (small_number(groups["n"] or "") or 0) + more
