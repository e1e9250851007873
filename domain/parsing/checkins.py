"""What one piece of text says of somebody's health: readings, symptoms, tests, and the words for all is well."""

import re
from decimal import Decimal
from typing import NamedTuple

from domain.intents import CheckIn, Doubt, Status, Subject, Test
from domain.parsing.goods import mask_goods
from domain.parsing.headcount import find_people
from domain.parsing.swabs import find_tests
from domain.parsing.symptoms import LONG_AGO, Mention, find_symptoms, of_a_pet
from domain.parsing.temperatures import FEVER, find_temperatures, only_the_word
from domain.text.patterns import Rule
from domain.text.vocabulary import any_of, cues, groups, words

_CUES = cues("checkins")

_WORDS = groups("wellness")
_WELL = Rule(any_of(w for w in _WORDS["well"] if len(w) > 1 and w != "阴性") + "|" + _CUES["well"])
_NOT_WELL = Rule(_CUES["not_well"])
_UNKNOWN = Rule(_CUES["unknown"] + "|" + any_of(_WORDS["unknown"]))
_ABSENT = Rule(
    r"(?<![0-9一二两三四五六七八九十几人个名位])(?:请假|缺勤|休假|调休|轮休)(?![0-9一二两三四五六七八九十几]{1,2}[人个名])"
)
_VACANT = Rule(any_of(_WORDS["vacant"]) + r"|(?:^|\s)空(?=[\s,。)]|$)|(?<![0-9])0人")
PRESENT = frozenset(w.lower() for w in (*_WORDS["present"], *_WORDS["well"]))
_EDGE = " \t\n,.!~。!、…·~;:🙏🌹❤️😊😄🌞"
_ALL_TESTED = Rule(
    r"(?:^|[\s,全都均皆人娃已又刚还俩双宝妈爸]|[全我]家|孩子|儿子|女儿|老公|老婆)(?:是|为)?[阴阳](?=[^\u4e00-\u9fff0-9A-Za-z]|[第了着]|$)"
    r"|^\s{0,9}阴{2,9}(?=[\s,。!~]|$)"
)  # asked for a report, 全阴 is one
_LONGEST_SIGN = 40
_SIGNS = Rule("[👌👍✅🆗☑✔💪🙋🏻🏼🏽🏾🏿🙆💯🟢♀♂\ufe0f]+")


class Health(NamedTuple):
    """What a piece of text says of health; `said` are the offsets that were understood."""

    temperatures: tuple[Decimal, ...] = ()
    doubtful: bool = False
    mentions: tuple[Mention, ...] = ()
    tests: tuple[Test, ...] = ()
    well: bool = False
    unknown: bool = False
    vacant: bool = False
    people: int | None = None
    said: tuple[tuple[int, int, str], ...] = ()

    @property
    def symptoms(self) -> tuple[str, ...]:
        """Symptoms that somebody has now, each once, in the order said."""
        if not self.mentions:
            return ()
        now = [m for m in self.mentions if m.now]
        named = [m for m in now if not m.vague]
        return tuple(dict.fromkeys(m.name for m in named or now))

    @property
    def denies(self) -> bool:
        """Whether symptoms were named only to say that nobody has them."""
        return any(m.denied for m in self.mentions) and not self.symptoms

    @property
    def over(self) -> bool:
        """Whether something was said to be past (昨天咳 今天不咳了)."""
        return any(m.over for m in self.mentions)

    @property
    def facts(self) -> bool:
        """Whether it is told what somebody has or measured."""
        return bool(self.symptoms or self.temperatures or self.tests)

    @property
    def positive(self) -> bool:
        """Whether a test was said to be positive."""
        return any(t.result == "positive" for t in self.tests)


def read_health(text: str, *, expected: bool, trailing: bool = False, test: str | None = None) -> Health:
    """Return what a folded text without rooms and phones says of health.

    `expected`: a check-in chain or an open check-in. `trailing`: a number at the end may be a head-count.
    `test`: the test that the chain asks for.
    """
    masked = mask_goods(text.replace("脑瓜子", "脑瓜仁") if "脑瓜子" in text else text)  # 瓜子 are goods
    if "体温计" in text and (meter := _METER.search(text)):  # 体温计读数38
        masked = masked[: meter.start()] + meter[0] + masked[meter.end() :]
    readings = tuple(
        r for r in find_temperatures(masked, expected=expected) if not of_a_pet(masked, r.start, nicknames=expected)
    )
    mentions = (*find_symptoms(masked), *(_poorly(masked) if expected else ()))
    tests, test_spans = find_tests(text, test or ("antigen" if expected and _ALL_TESTED.search(text) else None))
    people, people_spans = find_people(text, trailing=trailing, measured=bool(readings))
    unknown, vacant = _UNKNOWN.search(text) or (trailing and _ABSENT.search(text)) or None, _VACANT.search(text)
    well = list(_well_words(masked))
    calm = [m.start() for m in well]
    if unknown and "样" in unknown[0]:
        calm += [m.start for m in mentions if m.denied]  # 老样子，没啥不舒服
    if unknown and any(at > unknown.end() and "," in masked[unknown.end() : at] for at in calm):
        unknown = None  # 没人应门，电话里说都好
    if unknown and _AWAY.fullmatch(unknown[0]) and any(_ASIDE.search(masked, m.end(), unknown.start()) for m in well):
        unknown = None  # 都好（婆婆住院）
    if unknown and LONG_AGO.search(text, text.rfind(",", 0, unknown.start()) + 1, unknown.start()):
        unknown = None  # 前年住院那会儿
    said = [(r.start, r.end, "temperature") for r in readings]
    said += [(m.start, m.end, "no symptom" if m.denied or m.over else "symptom") for m in mentions]
    said += [(s.start, s.end, "test") for s in test_spans] + [(a, b, "people") for a, b in people_spans]
    said += [(m.start(), m.end(), "well") for m in well]
    said += [(m.start(), m.end(), "unknown") for m in (unknown, vacant) if m]
    return Health(
        temperatures=tuple(r.value for r in readings if r.value is not None),
        doubtful=any(r.value is None for r in readings) or (expected and not readings and only_the_word(text)),
        mentions=mentions,
        tests=tests,
        well=bool(well),
        unknown=unknown is not None,
        vacant=vacant is not None,
        people=people,
        said=tuple(said),
    )


_METER = Rule(r"体温计(?=(?:读数|显示|上|量|测|是|到|[:： ]){0,3}[34][0-9])")
_AWAY = Rule(
    r"[,\s我]?(?:在)?(?:外地|外省)?出差(?:了|中|呢|在外|去了)?|住院|不在家?|转运|[去转在]方舱|请假|缺勤|休假|调休|轮休"
)
_ASIDE = Rule(r"[,，(（]")


def _poorly(text: str) -> tuple[Mention, ...]:
    """Return where a report says that somebody is not well and names nothing (小鱼 不太好)."""
    return tuple(Mention("其他", m.start("how"), m.end(), now=True) for m in _POORLY.finditer(text)) + tuple(
        Mention("其他", m.start(), m.end(), now=False, over=True)
        for m in (_BETTER.finditer(text) if "好了" in text else ())
    )


_POORLY = Rule(
    r"(?:^|[\s,。;:])(?:[老孩大外]?[人子妈爸婆公]|奶奶|爷爷|姥[姥爷]|老伴|身体|感觉|精神|状态|今天|现在|还是|有点儿?|有些|一直){0,3}"
    r"(?P<how>不(?:太|大|怎么|咋|很|是很)?(?:好|行|妙|得劲|对劲|舒坦)|蔫|蔫了|有(?:一?点|些|轻微)?症状|欠佳|欠安|抱恙|微恙|有恙"
    r"|not (?:feeling |so |very |too |doing ){0,2}(?:well|good|great))(?=[\s,。;!~]|$)"
)
_BETTER = Rule(  # 吃了药睡了一觉，好了; 人已经好了; not 好了，别吵了
    r"(?:^|[\s,。;!])(?:人|病|身体|孩子|娃|宝宝|老人|感冒|[我他她]|大人|现在|今天|今早)(?:已经?|基本|差不多|完全|都|全|也){0,2}好了(?=[啦\s,。;!~]|$)"
    r"|,\s?(?:已经?|基本|都|全|也){0,2}好了(?=[啦。!~;\s]{0,9}$)"
)


def _well_words(text: str) -> list[re.Match[str]]:
    found = list(_WELL.finditer(text))
    if not found:
        return found
    spoilt = [m.span() for m in _NOT_WELL.finditer(text)]
    return [m for m in found if not any(a < m.end() and m.start() < b for a, b in spoilt)]


def dealt_out(text: str, health: Health, doors: int) -> tuple[Health, ...]:
    """Return what is said of each of several doors: as many readings as doors go to them in order (分别36.3、36.5)."""
    if len(health.temperatures) != doors or _BY_TIME.search(text):
        return (health,) * doors
    return tuple(health._replace(temperatures=(reading,)) for reading in health.temperatures)


_BY_TIME = Rule(r"[早晚][上晨]?\s?[:：]?\s?3|昨|[上中下]午")


def only_counts_heads(text: str, health: Health) -> bool:
    """Tell whether a text says how many persons there are and nothing else, signs apart (✅✅ 两大一小)."""
    if health.people is None:
        return False
    for start, end, rule in health.said:
        if rule == "people":
            text = text[:start] + " " * (end - start) + text[end:]
    return not _SIGNS.sub("", text).strip(_EDGE)


def says_health(word: str) -> bool:
    """Tell whether a word speaks of health and so is no name, though it begins like one (平安, 高烧, 干咳)."""
    return _WELL.search(word) is not None or bool(find_symptoms(word)) or word in PRESENT or word in _NO_NAMES


_NO_NAMES = frozenset(words("not_names"))


def is_presence(text: str) -> bool:
    """Tell whether a text as a whole is a bare answer to an open check-in: 1, 打卡, 在的, 👌."""
    bare = text.strip(_EDGE).lower().removesuffix("+1") or text.strip(_EDGE)
    if len(bare) > _LONGEST_SIGN:
        return False
    if bare in PRESENT or _SIGNS.sub("", bare).strip(_EDGE) in PRESENT:
        return True
    return bool(bare or text.strip()) and _SIGNS.sub("", text).strip(_EDGE) == "" and _SIGNS.search(text) is not None


def check_in(health: Health, subject: Subject, *, relayed: bool, doubts: tuple[Doubt, ...] = ()) -> CheckIn:
    """Return the intent for what was said of `subject`."""
    if health.doubtful:
        doubts = (*doubts, Doubt.TEMPERATURE)
    return CheckIn(
        subject=subject,
        relayed=relayed,
        doubts=tuple(dict.fromkeys(doubts)),
        status=status_of(health),
        people=health.people,
        temperatures=health.temperatures,
        symptoms=health.symptoms,
        tests=health.tests,
    )


def status_of(health: Health) -> Status:
    """Return unwell by a symptom, a positive test or 37.3 °C and more; unknown where it cannot be told; else well."""
    if health.symptoms or health.positive or any(t >= FEVER for t in health.temperatures):
        return Status.UNWELL
    pending = bool(health.tests) and all(t.result == "pending" for t in health.tests)
    if pending and not (health.well or health.temperatures or health.denies or health.over):
        return Status.UNKNOWN
    if health.unknown and not (health.temperatures and health.people is None):  # 早36.1 晚没量, but 3/4 一个没量
        return Status.UNKNOWN
    if health.doubtful and not health.temperatures and not health.well:
        return Status.UNKNOWN
    if health.well or health.temperatures or health.tests or health.denies or health.over:
        return Status.WELL
    return Status.UNKNOWN
