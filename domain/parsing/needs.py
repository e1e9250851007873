"""Needs: what a household lacks, what fails, what endangers somebody; told from offers, notices, questions and jokes.

Direction comes from who has and who lacks, not from 需要, which stands in more offers than needs.
"""

from typing import NamedTuple

from domain.intents import Category
from domain.parsing.dangers import danger_in, hushed, keeps_alive, runs_out_of_what_keeps_alive
from domain.parsing.need_topics import asks, category_of, in_jest, listed, may_need
from domain.parsing.needs_english import english_need
from domain.parsing.stance import Stance
from domain.text.patterns import Rule
from domain.text.vocabulary import cues

_CUES = cues("needs")
_URGENT = Rule(_CUES["urgent"])
_CALM = Rule(r"不急|不着急|不紧急|不是很急|有空再|慢慢来|方便的?时候|马上还")
_GRAVE = frozenset({"胸痛", "气促", "意识不清"})


class Want(NamedTuple):
    """One need of a text and whether help is needed at once."""

    category: Category
    urgent: bool = False


def find_needs(text: str, stance: Stance, symptoms: tuple[str, ...] = (), *, sick: bool = False) -> tuple[Want, ...]:
    """Return the needs that a folded text speaks out; `symptoms` are those that somebody has now.

    `sick`: somebody has a fever or a symptom now, which makes 急需 and 急求 mean at once.
    """
    grave = _gravely(symptoms, text) or (sick and _CONVULSED.search(text) is not None)
    if grave and not (stance.joking or stance.thanking or hushed(text, stance)):
        return (Want(Category.MEDICAL, urgent=True),)
    if not in_jest(text) and (danger := danger_in(text, stance)):
        return (Want(danger, urgent=True),)
    english = english_need(text)
    barter = _BARTER.search(text) if "换" in text else None
    named = may_need(text)
    if not (english or barter or named) or stance.silent or stance.offering:
        return ()  # how it is meant costs more to tell than whether it names anything
    if english:
        return (Want(*english),)
    if barter and not stance.asking_public:
        wanted = listed(text[barter.end() :])
        return () if wanted is Category.OTHER else (Want(wanted),)
    if not named:
        return ()
    if runs_out_of_what_keeps_alive(text) and not stance.asking_public:
        vital = Category.MEDICAL if _APPARATUS.search(text) else Category.MEDICINE
        later = vital is Category.MEDICINE and _ERRAND.search(text) and not _PRESSING.search(text)
        later = later or (vital is Category.MEDICINE and _DAYS_LEFT.search(text) and not _AT_ONCE.search(text))
        return (Want(vital, urgent=not (later or _CALM.search(text))),)
    category = category_of(text)
    if category is None or stance.asking_public:
        return ()
    if (stance.joking or in_jest(text)) and (category in _SAID_IN_JEST or not asks(text)):
        return ()
    return (Want(category, _hurried(text, category, sick=sick)),)


def _gravely(symptoms: tuple[str, ...], text: str) -> bool:
    """Tell whether a symptom puts somebody in danger; 有点喘 does not by itself."""
    grave = _GRAVE.intersection(symptoms)
    return bool(grave) and not (grave == {"气促"} and _SLIGHTLY.search(text))


_SLIGHTLY = Rule(r"有(?:一?点|些)喘(?![不得])")
_BARTER = Rule(  # 我有多余抗原10支，换点青菜行不: what is wanted stands behind 换
    r"(?:(?:有|多)[^。;!?谁]{1,14}[,，]?想?|[拿用][^,。;!?]{1,8})换(?![成货季药班人了购洗])(?=[^。]{1,10}(?:行|吗|谁|有人|有没有|可以|愿意|[?？]))"
)
_ERRAND = Rule(  # 胰岛素快用完了，能代买吗 can wait a day, but not 今晚就没了
    r"快要?(?:没|用完|打完|空)[^。]{0,16}(?:代[买购配开]|[帮给][^,。;]{0,4}[买配开带捎]|能[^,。;]{0,4}[买配开]|哪[^,。;]{0,4}[买配开])"
)
_DAYS_LEFT = Rule(  # 胰岛素只剩两天的量了; what lasts till tomorrow cannot wait
    r"(?:剩|够|还有|[能可][用撑打吃顶]?|撑)[^,。;!?]{0,4}(?:[两二三四五六七八2-8几]|[2-9两三四五六七]到?[3-9三四五六七八])(?:三|四|五)?[天日](?!前|没)"
    r"|(?:剩|够|还有|撑)[^,。;!?]{0,4}(?:[一两1-4]个?(?:多)?(?:周|星期|礼拜)|半个?月)"
)
_AT_ONCE = Rule(r"急|求|救|难受|不舒服|断了|没有?了|今[天晚]|[Ss][Oo][Ss]")
_PRESSING = Rule(r"[今明]|急|断|[只就仅]剩|求|难受|不舒服|疼|怎么办|咋办|出不|买不|配不")
_APPARATUS = Rule(r"氧|呼吸机|透")


def _hurried(text: str, category: Category, *, sick: bool) -> bool:
    """Tell whether help is asked for at once; a parcel or a form never endangers anybody, however hurried."""
    if category in _CAN_WAIT or _CALM.search(text):
        return False
    if "急" in text and keeps_alive(text):
        return True  # 急需胰岛素
    return _URGENT.search(text) is not None or (sick and "急" in text)


_SAID_IN_JEST = frozenset({Category.DISTRESS, Category.OTHER, Category.COMPLAINT})
_CAN_WAIT = frozenset({Category.DELIVERY, Category.INFORMATION, Category.COMPLAINT, Category.RUBBISH})


def recovered(text: str) -> bool:
    """Tell whether a lack matters no longer: 感冒灵吃完了，人已经好了; 药都备齐了."""
    return _RECOVERED.search(text) is not None


_RECOVERED = Rule(
    r"退烧了[,，]?(?:谢|感谢|多谢)|人(?:已经|也|都)*(?:好了|没事)|病好了|痊愈|备齐|还回去了|已经?还(?:了|给|回)|放回(?:原处|去)了|(?:都|也|什么都|啥都)?不缺(?!.{0,8}(?:但|就))|不用再?[吃送买]了|不用了|有没有人(?:要|想)?(?:拼|团|一起)|借(?:给我|到)了|有人[给借送][^,。;!?]{0,4}了|[可能]以?去[买拿领开](?=[了啦,。!]|$)"
)


def lacked(text: str) -> tuple[Want, ...]:
    """Return what a slot in a list of needs names; the list itself says that it is needed."""
    if _NOTHING.search(text) or not text.strip():
        return ()
    if danger := danger_in(text, Stance()):
        return (Want(danger, urgent=True),)
    urgent = _URGENT.search(text) is not None and not _CALM.search(text)
    return (Want(listed(text), urgent),)


_NOTHING = Rule(_CUES["nothing"])
_CONVULSED = Rule(
    r"(?:孩子|娃|宝宝|婴儿|小孩|宝贝)[^,。;!?腿脚手]{0,4}抽筋"
    r"|抽(?:了(?:一|几|两)下|了起来|起来了|过去|风|搐|了(?=[,。!?]|$))(?!奖|签|血|烟)|翻白眼"
)
