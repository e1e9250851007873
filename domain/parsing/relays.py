"""Who is spoken for: doors, other households by name (谢英家, 李奶奶) or by where they live (隔壁), whole houses."""

import re
from dataclasses import replace

from domain.intents import Doubt, Good, Subject
from domain.parsing.addresses import Place, find_places
from domain.parsing.checkins import says_health
from domain.parsing.context import Context
from domain.parsing.goods import MASK, mask_goods
from domain.parsing.own_words import speaks_first
from domain.parsing.people import ROLES, Person, looks_like_name
from domain.parsing.portions import SELF
from domain.parsing.rooms import Door, room_numbers, settle
from domain.text.numbers import door_number
from domain.text.patterns import Rule
from domain.text.vocabulary import cues, words

_CUES = cues("relays")

HEADS = frozenset({"unit_head", "building_head", "worker", "organiser"})
_TITLE = (
    "阿姨|奶奶|爷爷|大爷|大妈|大叔|大伯|大娘|大姐|大哥|叔叔|伯伯|婆婆|师傅|老师"
    "|女士|先生|小姐|太太|阿婆|阿公|叔|婶|姨|伯|婆|姐|哥|嫂|太|总"
)
_SURNAME = "[" + "".join(sorted({w for w in words("surnames") if len(w) == 1})) + "]"
_FAMILY = Rule(
    r"(?P<name>[\u4e00-\u9fffA-Za-z]{2,5})家(?=[\s0-9一二两三四五六七八九十半要订加买来带说都也有没缺的:：,，发孩老大小人全正平安健咳]|"
    r"$)"
)
_OLDER = Rule(
    rf"(?P<name>{_SURNAME}(?:{_TITLE})|[老小]{_SURNAME})(?:家)?"
    r"(?!病|年|伙|说(?![他她]|自己|全家|家里|都|一切|没事|还好)|[\u4e00-\u9fff]说|[\u4e00-\u9fff]?(?:叫我|通知|给的|送的|好$))"
)
_FOR = Rule(
    rf"(?:代|帮|替|给|加(?!班)|(?<!我)[和跟])(?P<name>(?!阿拉)(?:{_SURNAME}[\u4e00-\u9fff]{{1,2}}?|[老小阿][\u4e00-\u9fff]))(?=家|也|"
    rf"带|订|买|报|要|加|拿|说|打卡|[0-9一二两三]|\s)"
)
_NEXT_DOOR = Rule(
    r"(?<![和跟与比像听问到去从是找借往在向下我])(?P<rel>隔壁|对门|(?:对面|楼上|楼下)(?=邻居|那[家户]|家|住户|"
    r"的?老|[0-9]))(?!小区|楼|栋|群|单元|超市|饭店|药店)(?:邻居|那家|那户|家|住户|的?(?:老人|大爷|大妈|奶奶|"
    r"阿姨))?"
)
_NEIGHBOUR = Rule(rf"(?:邻居|那家)?的?(?P<name>{_SURNAME}(?:{_TITLE})|[老小阿]{_SURNAME})家?")
_SOME_HOME = Rule(_CUES["some_home"])  # 二巷6号有一户, 四楼东边那家, 我同事也要: which door must be asked
_KIN_HOME = Rule(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[我给帮替代和跟加在是叫让说送])|(?<=送到))我?(?:妈|爸|爸妈|婆婆|公婆|岳母|岳父|丈母娘|姐|姐姐|哥|哥哥|弟|弟弟|妹|妹妹|爷爷奶奶|外婆|姥姥|奶奶|爷爷|"
    r"女儿|儿子|父母|姑姑|舅舅)(?:他们)?家(?!里?好)"
)
_STRANGER = Rule(
    r"(?:[0-9一二三四五六七八九十]{1,2}[楼层])?(?:有(?:个|位)|那(?:个|位)|一(?:个|位)|楼里)?(?:独居|孤寡|"
    r"行动不便|腿脚不便|卧床|瘫痪)的?(?:[^,。]{0,3})?(?:老人|奶奶|爷爷|大爷|大妈|阿姨|婆婆|老太太|老爷子|老两口|"
    r"邻居)"
)
_NAME_BEHIND = Rule(
    rf" ?(?:独居|孤寡|卧床|[腿手]脚不[便好]|行动不便)?的?"
    rf"(?P<name>(?![都全空应和那有也从能在向通家])(?:{_SURNAME}(?:(?![两半几份斤个])[\u4e00-\u9fff]){{1,2}}?))"
    r"(?=[\s0-9:,;。(]|订|要|"
    rf"买|加|说|在|一|家|也|都|没|发|咳|体|正|平|上门|报|的|有|今|打|敲|不|$)"
)
_NAME_BEFORE = Rule(rf"(?:^|[\s,:;。])(?P<name>{_SURNAME}[\u4e00-\u9fff]{{1,2}}|[老小阿][\u4e00-\u9fff]) ?$")
_REPORTED = Rule(
    rf"(?:^|[,;。])\s?(?P<name>{_SURNAME}[\u4e00-\u9fff]{{1,2}})\s{{1,3}}(?=(?:体温)?3[4-9]\.|一切正常|正常|都好|平安)"
)
_HELPING = Rule("[代帮替给加和跟]")
_FRAIL = Rule("独居|孤寡|不便|卧床|瘫痪")
_MYSELF = Rule(r"我|俺|咱|家里|自己")
_TITLED = Rule(rf"{_SURNAME}(?:{_TITLE}|老太太|老爷子)$")
_OWN_HOME = Rule(r"(?<![借用拿])我家|(?<![借用拿])我们家|咱家|我自己家?|我们自己")
# 我要A，隔壁502也要A: a wish of his own beside those of others.
_I_WANT = Rule(
    r"(?:^|[,，。;；])\s?(?P<me>我)(?:也|再|就|还)?(?:[要订来](?![给帮替把代去问找])|(?=[0-9一二两三四五六七八九十半]{1,3}[份斤个箱盒袋包瓶提板]))[^,，。;；]{1,20}(?:[,，。;；]|$)"
)
_AND_ME = Rule(r"(?<![给帮跟和替叫让找问])我[和跟与]")
_HOUSE_WORD = Rule(r"家(?![里人中庭长])")
_NOT_FAMILY = Rule(
    r"^(?:[你他她咱我本自人大谁哪这那两三四五几每各全一]|.*[我送]|.*(?:专|国|回|在|到|搬|商|买|卖|独|老|居|管|想|离|当|住|"
    r"那|这|边|位|谁|我|你|他|她|大|哪|人|自|们|两|几|每|各|全|一|三|四|五)$)"
)
_SOMEBODY = Rule("[那有一][户家]|同[事学]|[朋室]友|邻居|闺蜜|亲戚|徒弟")
_KIN = frozenset(
    (*words("kin"), "老公", "小姐", "老总", "小时", "老阿", "小区", "老师", "老家", "小强", "小白", "别太", "别总")
)


def find_households(text: str, context: Context) -> tuple[Place, ...]:
    """Return whom a folded line of chat names besides its speaker: doors first, then households by name and place."""
    doors = [
        p for p in find_places(text, known=room_numbers(context), bare=_doors_likely(context)) if not _aside(p, text)
    ]
    found = [_with_name(p, text, context.goods) for p in doors]
    doors = list(found)
    for place in _named(text):
        if any(p.start < place.end and place.start < p.end for p in found):
            continue
        door = _beside(place, doors, text)
        if door is None:
            found.append(place)
        elif door in found:
            whole = door._replace(start=min(door.start, place.start), end=max(door.end, place.end))
            found[found.index(door)] = whole._replace(name=place.name, relation=place.relation)
    if found and _GRATEFUL.search(text):
        found = [p for p in found if not _thanked(p, text)]
    found = [_with_house_word(p, text) for p in found] or _strangers(text)
    found += _and_me(text, found)
    if found and any(p.relation != SELF for p in found):
        found += [p for p in _self(text) if not any(q.start < p.end and p.start < q.end for q in found)]
        if speaks_first(text, min(p.start for p in found), max(p.end for p in found), context):
            found.append(Place(0, 0, relation=SELF))
    return tuple(sorted((p for p in found if not _own_door(p, found, text)), key=lambda p: p.start))


def _aside(place: Place, text: str) -> bool:
    """Tell whether a floor or a door is no household that the text speaks for (要1302同款, 放3号楼下)."""
    where = place.room is None and text.startswith(("下", "楼下", "门口", "大厅"), place.end)
    return place.floor or where or text.startswith(("同款", "一样的", "那样的"), place.end)


def _with_name(door: Place, text: str, goods: tuple[Good, ...]) -> Place:
    """Return `door` with the name right behind or before it (604郑平 36.5), where it can be nothing else."""
    if not door.room:
        return door
    behind = _NAME_BEHIND.match(text, door.end)
    if behind and any(text.startswith(good.name, behind.start("name")) for good in goods):
        return door  # 302 时蔬箱一份
    if behind and _is_name(behind["name"]):
        return door._replace(end=behind.end(), name=behind["name"])
    before = _NAME_BEFORE.search(text, max(0, door.start - 6), door.start)
    if before and _is_name(before["name"]):
        return door._replace(start=before.start("name"), name=before["name"])
    return door


def _is_name(word: str) -> bool:
    if word.endswith(("了", "没")):  # 1203解封了
        return False
    return looks_like_name(word) and word not in ROLES and not says_health(word) and mask_goods(word) == word


_GRATEFUL = Rule("谢|多亏|感恩")


def _thanked(place: Place, text: str) -> bool:
    """Tell whether a household is only thanked (谢谢隔壁送的药) and nothing is said of it."""
    start = max(text.rfind(mark, 0, place.start) for mark in ",;。!?") + 1
    return _GRATEFUL.search(text, start, place.start) is not None


def _with_house_word(place: Place, text: str) -> Place:
    """Return `place` with the 家 behind it (502家两份)."""
    return place._replace(end=place.end + 1) if _HOUSE_WORD.match(text, place.end) else place


def _self(text: str) -> list[Place]:
    found = [Place(m.start(), m.end(), relation=SELF) for m in _OWN_HOME.finditer(text)]
    return found or [Place(m.start("me"), m.end("me"), relation=SELF) for m in _I_WANT.finditer(text)]


def _and_me(text: str, doors: list[Place]) -> list[Place]:
    """Return the speaker where he stands beside a door: 我和502各一份."""
    if "我" not in text:
        return []
    starts = {door.start for door in doors if door.room}
    return [Place(m.start(), m.start() + 1, relation=SELF) for m in _AND_ME.finditer(text) if m.end() in starts]


def _own_door(place: Place, places: list[Place], text: str) -> bool:
    """Tell whether 我家 only leads to a door named right behind it (我家502)."""
    return place.relation == SELF and any(
        not text[min(place.end, p.end) : max(place.start, p.start)].strip(" 是在住,") for p in places if p is not place
    )


def _doors_likely(context: Context) -> bool:
    return context.scope.building is not None or context.rooms is not None or context.scope.kind != "shopping"


def _named(text: str) -> list[Place]:
    near = list(_NEXT_DOOR.finditer(text))
    found = [named for m in near if (named := _neighbour(m, text))]  # first: 王姐, not 隔壁王姐
    if "家" in text:
        found += [_family(m) for m in _FAMILY.finditer(text) if _family_name(m["name"])]
        found += [Place(m.start(), m.end(), relation=m[0]) for m in _KIN_HOME.finditer(text)]
    if _HELPING.search(text):
        found += [
            Place(m.start("name"), m.end("name"), name=m["name"]) for m in _FOR.finditer(text) if m["name"] not in _KIN
        ]
    found += [Place(m.start(), m.end(), name=m["name"]) for m in _OLDER.finditer(text) if _other(m, text)]
    reported = [m for m in _REPORTED.finditer(text) if _is_name(m["name"])]
    found += [Place(m.start("name"), m.end("name"), name=m["name"]) for m in reported]
    found += [Place(m.start(), m.end(), relation=m["rel"]) for m in near]
    if not found and _SOMEBODY.search(text):
        found += [_some_home(m) for m in _SOME_HOME.finditer(text)]
    return found


def _neighbour(m: re.Match[str], text: str) -> Place | None:
    """Return the household next door with the name behind it (隔壁王阿姨, 对门老李家), None where none stands there."""
    name = _NEIGHBOUR.match(text, m.end("rel"))
    return Place(m.start(), name.end(), name=name["name"], relation=m["rel"]) if name else None


def _some_home(m: re.Match[str]) -> Place:
    if m["ill"]:
        return Place(m.start(), m.start(), relation=m[0])  # no width: who it is tells the reader of tests something
    return Place(m.start(), m.end(), relation=m[0], building=door_number(m["b"]), lane=m["lane"])


def _first_person(text: str, position: int) -> bool:
    """Tell whether the words before speak of oneself or one's own: 我是独居老人, 我家有个行动不便的老人."""
    return _MYSELF.search(text, max(0, position - 6), position) is not None


def _strangers(text: str) -> list[Place]:
    """Return frail people who are spoken of without door or household (三楼独居的张奶奶)."""
    if not _FRAIL.search(text):
        return []
    return [_stranger(m) for m in _STRANGER.finditer(text) if not _first_person(text, m.start())]


def _stranger(m: re.Match[str]) -> Place:
    named = _TITLED.search(m[0])
    at = m.start()  # no width: the words stay in the text, as they say what is needed
    return Place(at, at, name=named[0]) if named else Place(at, at, relation=m[0])


def _family(m: re.Match[str]) -> Place:
    name = _family_name(m["name"]) or m["name"]
    return Place(m.end("name") - len(name), m.end(), name=name)


def _family_name(before: str) -> str | None:
    """Return the name right before 家, or None: 加邱阿姨, 谢英; not 我, 大, 回."""
    if "哪" in before or "谁" in before:
        return None
    for length in range(min(4, len(before)), 1, -1):
        tail = before[-length:]
        if tail[0] in "加帮替给代和跟把":
            continue
        if not _NOT_FAMILY.match(tail) and looks_like_name(tail):
            return tail
    return None


def _other(m: re.Match[str], text: str) -> bool:
    """Tell whether a title or a short name is a person's, not how goods begin (小米椒, 老姜)."""
    return m["name"] not in _KIN and _at_head(text, m.start()) and mask_goods(text)[m.start()] != MASK


def _at_head(text: str, position: int) -> bool:
    before = text[:position].rstrip()
    if before.endswith(_WITH_ME):
        return False  # 我跟小李一起
    if not before or before[-1].isdigit() or before[-1] in ",;。!?、:\n 代帮替给加和跟室":
        return True
    return before.endswith(_ELSEWHERE)


_WITH_ME = ("我跟", "我和", "和隔壁", "跟隔壁", "和对门", "跟对门")
_AT_HOUSES = ("楼", "层", "楼的", "层的", "单元", "栋", "门", "楼上", "楼下")
_ELSEWHERE = (*_AT_HOUSES, "隔壁", "对门", "另外", "还有", "今天", "那个")


def _beside(place: Place, doors: list[Place], text: str) -> Place | None:
    """Return the door that a name or relation stands right beside and so tells who lives there (302李奶奶, 隔壁503)."""
    for door in doors:
        between = text[door.end : place.start] if door.end <= place.start else text[place.end : door.start]
        if not between.strip(" 的室住"):
            return door
    return None


def who(place: Place, speaker: Person, context: Context) -> tuple[Door, bool]:
    """Return whom a written household means and whether that is somebody else than the speaker's own household."""
    home = speaker.subject
    if place.room or place.building or place.unit:
        door = settle(place, context, home if home.room else None)
        if place.room is None:
            return Door(replace(door.subject, lane=place.lane), (*door.doubts, Doubt.ROOM)), True
        if _same(door.subject, home):
            return Door(replace(door.subject, name=home.name), door.doubts), False
        if place.name:
            door = Door(replace(door.subject, name=place.name), door.doubts)
        own_tag = home.room is None and context.speaker.role == "resident" and place.relation is None
        return door, not own_tag
    if place.relation == SELF:
        return Door(home, speaker.doubts), False
    if place.name:
        if home.name and place.name in home.name:
            return Door(home, speaker.doubts), False
        return Door(Subject(building=context.scope.building, unit=context.scope.unit, name=place.name)), True
    return Door(Subject(building=context.scope.building, unit=context.scope.unit), (Doubt.SUBJECT,)), True


def _same(one: Subject, other: Subject) -> bool:
    return one.room is not None and (one.building, one.unit, one.room) == (other.building, other.unit, other.room)
