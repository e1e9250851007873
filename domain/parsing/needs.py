"""Needs: what a household lacks, what fails, what endangers somebody; told from offers, notices, questions and jokes.

Direction comes from who has and who lacks, not from 需要, which stands in more offers than needs.
"""

from typing import NamedTuple

from domain.intents import Category
from domain.parsing.articles import known_names, medicines
from domain.parsing.dangers import danger_in, hushed, runs_out_of_what_keeps_alive
from domain.parsing.goods import is_drug, names_remedy
from domain.parsing.needs_english import english_need
from domain.parsing.stance import Stance
from domain.text.patterns import Rule
from domain.text.vocabulary import any_of, cues, groups

_CUES = cues("needs")

_TOPICS = groups("needs")
_STAPLE = (  # single characters that mean food only where no other word begins or ends with them
    r"|(?<![0-9一二三四五六七八九十百千厘毫平立])米(?![0-9老])|(?<![里外方对见表正反])面(?![前试对子积部谈熟向临膜])"
    r"|油(?![烟漆腻门价])|(?<!奶)奶(?![奶茶昔盖])|[菜肉盐饭粮]|(?<![笨完坏滚傻扯捣混八])蛋(?![糕疼])"
)
_LEFT = r"|[剩有](?:下|个|一个)?[^,。;!?]{0,6}(?:娃|孩子|小孩|宝宝)(?!的|们?用|用)"
_MORE = {"food": _STAPLE, "welfare": _LEFT}
_TOPIC = {name: Rule(any_of(ps) + _MORE.get(name, "")) for name, ps in _TOPICS.items()}
_FIRSTS = {p[0] for ps in _TOPICS.values() for p in ps} | {n[0] for n in medicines() if not n[0].isascii()}
_ANY = Rule("[米面油奶菜肉盐饭粮蛋" + "".join(sorted(_FIRSTS)) + "]")

_LACK = Rule(_CUES["lack"])
_ASK = Rule(_CUES["ask"])
_FAULT = Rule(_CUES["fault"])
_RUBBISH = Rule(_CUES["rubbish"])
_URGENT = Rule(_CUES["urgent"])
_CALM = Rule(r"不急|不着急|不紧急|不是很急|有空再|慢慢来|方便的?时候|马上还")
_JOKE = Rule(_CUES["joke"])
_OWN = Rule(r"我|俺|咱|孩子|老人|老公|老婆|爸|妈|娃|宝宝|奶奶|爷爷|儿子|女儿|本人|[0-9]{3}|岳|公公|婆婆|丈夫|妻子")
_PLEADS = Rule(
    r"能不能|能否|可不可以|可以.{0,8}吗|谁(?:能|来|.{0,3}帮)|行不|好不|有没有[^,。;!?]{0,6}(?:帮|能)|[提拿拎]不上|帮手|边个|有冇人|唔该|谁可以|谁方便|麻烦|帮忙|帮我|请|拜托|求|没送|没人送|送不|拿不|"
    r"下不了|出不去|搬不动|提不动|拎不动|还没|怎么还没"
)
_TRIP = Rule(r"病人|怎么(?:去|安排|办|走|出)|安排.{0,3}车|叫.{0,3}车|派.{0,3}车|谁能|能不能|帮")
_FOOD_ASKED = Rule(r"谁.{0,6}有|哪.{0,8}买|边度.{0,4}买|求|借|匀|换|买不到|领")
_CASE = Rule(
    r"批了没|下来没|解封了没|好了没|怎么|什么时候|为什么|咋|查|要不要|找谁|该找|问(?!题)|能不能|可不可以|几时|多久|哪|帮[^,。;!?]{0,4}[查问看催办弄开]"
)
_GRAVE = frozenset({"胸痛", "气促", "意识不清"})


class Want(NamedTuple):
    """One need of a text and whether help is needed at once."""

    category: Category
    urgent: bool = False


class Signs(NamedTuple):
    """A text and whether it asks for something and whether it says that something lacks."""

    text: str
    asked: bool
    lacking: bool

    @property
    def wanting(self) -> bool:
        """Whether it asks or lacks."""
        return self.asked or self.lacking


def find_needs(text: str, stance: Stance, symptoms: tuple[str, ...] = (), *, sick: bool = False) -> tuple[Want, ...]:
    """Return the needs that a folded text speaks out; `symptoms` are those that somebody has now.

    `sick`: somebody has a fever or a symptom now, which makes 急需 and 急求 mean at once.
    """
    grave = bool(_GRAVE.intersection(symptoms)) or (sick and _CONVULSED.search(text) is not None)
    if grave and not (stance.joking or stance.thanking or hushed(text, stance)):
        return (Want(Category.MEDICAL, urgent=True),)
    if not _JOKE.search(text) and (danger := danger_in(text, stance)):
        return (Want(danger, urgent=True),)
    if stance.silent or stance.offering:
        return ()
    if english := english_need(text):
        return (Want(*english),)
    if not _ANY.search(text) and not _PLEA.search(text):
        return ()
    if runs_out_of_what_keeps_alive(text) and not stance.asking_public:
        return (
            Want(Category.MEDICAL if _APPARATUS.search(text) else Category.MEDICINE, urgent=not _CALM.search(text)),
        )
    category = _category(text)
    if category is None or stance.asking_public:
        return ()
    if (stance.joking or _JOKE.search(text)) and (category in _SAID_IN_JEST or not _ASK.search(text)):
        return ()
    return (Want(category, _hurried(text, category, sick=sick)),)


_APPARATUS = Rule(r"氧|呼吸机|透")


def _hurried(text: str, category: Category, *, sick: bool) -> bool:
    """Tell whether help is asked for at once; a parcel or a form never endangers anybody, however hurried."""
    if category in _CAN_WAIT or _CALM.search(text):
        return False
    return _URGENT.search(text) is not None or (sick and "急" in text)


_SAID_IN_JEST = frozenset({Category.DISTRESS, Category.OTHER, Category.COMPLAINT})
_CAN_WAIT = frozenset({Category.DELIVERY, Category.INFORMATION, Category.COMPLAINT, Category.RUBBISH})


def recovered(text: str) -> bool:
    """Tell whether a lack matters no longer: 感冒灵吃完了，人已经好了; 药都备齐了."""
    return _RECOVERED.search(text) is not None


_RECOVERED = Rule(
    r"人(?:已经|也|都)*(?:好了|没事)|病好了|痊愈|备齐|(?:都|也|什么都|啥都)?不缺(?!.{0,8}(?:但|就))|不用再?[吃送买]了|不用了|有没有人(?:要|想)?(?:拼|团|一起)|借(?:给我|到)了|有人[给借送][^,。;!?]{0,4}了|[可能]以?去[买拿领开](?=[了啦,。!]|$)"
)


def lacked(text: str) -> tuple[Want, ...]:
    """Return what a slot in a list of needs names; the list itself says that it is needed."""
    if _NOTHING.search(text) or not text.strip():
        return ()
    if danger := danger_in(text, Stance()):
        return (Want(danger, urgent=True),)
    urgent = _URGENT.search(text) is not None and not _CALM.search(text)
    for topic in _BY_THING:
        if _TOPIC[topic].search(text) or (topic == "medicine" and _drug_named(text)):
            return (Want(Category(topic), urgent),)
    return (Want(Category.OTHER, urgent),)


_NOTHING = Rule(_CUES["nothing"])
_BY_THING = (
    *("medicine", "food", "repair", "rubbish", "medical"),
    *("delivery", "welfare", "distress", "information", "complaint"),
)


_CONVULSED = Rule(r"抽(?:了(?:一|几|两)下|了起来|起来了|过去|风|搐|了(?=[,。!?]|$))(?!奖|签|血|烟)|翻白眼")


def _category(text: str) -> Category | None:
    """Return what is needed, the surest topics first; None where nothing lacks, fails or is asked for."""
    named = [(topic, holds) for topic, holds in _TESTS if _TOPIC[topic].search(text)]
    drug = _drug_named(text)
    signs = Signs(text, asked=_ASK.search(text) is not None, lacking=_LACK.search(text) is not None)
    for topic, holds in named:
        if holds(signs):
            return Category(topic)
    if drug and signs.wanting:
        return Category.MEDICINE
    if signs.lacking and not drug and _good_gone(text):
        return Category.FOOD
    return Category.OTHER if _PLEA.search(text) else None


_PLEA = Rule(_CUES["plea"])


def _drug_named(text: str) -> bool:
    lower = text.lower()
    return names_remedy(text) or any(is_drug(lower[a:b]) for a, b in known_names().find(lower))


def _good_gone(text: str) -> bool:
    """Tell whether an article by its name is at its end in somebody's home (酱油没了, 就剩俩土豆了), not in a shop."""
    if _SHOP.search(text):
        return False
    return any(_GONE.match(text, b) or _LEFT_OVER.search(text, 0, a) for a, b in known_names().find(text.lower()))


_SHOP = Rule(r"卖|超市|商店|店里|团|茶|咖啡|蛋糕|票")
_GONE = Rule(r"[都也就快全又]{0,2}(?:没了|没有了|冇|莫得|[吃用喝]完|断了|见底|不够|快没|[吃用]光)")
_LEFT_OVER = Rule(r"[只就仅]剩(?:下)?[^,。;!?]{0,3}$")


def _distress(signs: Signs) -> bool:
    if _JOKE.search(signs.text):
        return False
    if _STRONG_DISTRESS.search(signs.text):
        return True
    heavy = len(set(_HEAVY.findall(signs.text)))
    return heavy > 1 or (heavy == 1 and _OWN.search(signs.text) is not None)


_STRONG_DISTRESS = Rule(
    r"抑郁|绝望|心理|撑不下去|熬不下去|整夜|整宿|天天失眠|情绪失控|好?害怕|好怕|好惊|每天都想哭|天天想哭|无助|[撑顶捱]唔住|好想喊|成晚喊|顶唔顺|顶不住|好孤独|找人说说?话"
)
_HEAVY = Rule(_CUES["heavy"])


_MENDED = Rule(_CUES["mended"])
_WHEN = Rule(
    r"停[水电气暖]了?[吗没么嘛]|是(?:不是)?[全整只就][^,。;!?]{0,4}[吗么]|会[不唔]会停|几点|停到|为什么停|为啥停|什么时候(?:来|停|好|恢复)|多久"
)


def _repair(signs: Signs) -> bool:
    if _TO_DRINK.search(signs.text) and _TOPIC["food"].search(signs.text):
        return False
    if _MENDED.search(signs.text) or (_WHEN.search(signs.text) and not _OWN.search(signs.text)):
        return False
    return _FAULT.search(signs.text) is not None


_TO_DRINK = Rule(r"[,、和跟也]?没(?:有)?水(?:喝|了)|没水没|水也?没")  # 没泡面了没水了


def _rubbish(signs: Signs) -> bool:
    return _RUBBISH.search(signs.text) is not None


def _medicine(signs: Signs) -> bool:
    return signs.wanting and not _hospital(signs.text)


def _hospital(text: str) -> bool:
    """Tell whether somebody wants to be brought to a hospital, whatever he took before."""
    return _HOSPITAL.search(text) is not None and _FETCH.search(text) is None


_HOSPITAL = Rule(r"(?:去|送|上|到)(?:大)?医院|送医|叫[^,。;]{0,4}车|就医|急诊")
_FETCH = Rule(r"(?:拿|配|开|取|买)[^,。;]{0,4}药")


def _delivery(signs: Signs) -> bool:
    if _ON_ITS_WAY.search(signs.text) and not _FETCHED.search(signs.text):
        return False
    return _PLEADS.search(signs.text) is not None


_ON_ITS_WAY = Rule(r"还没到|没发货|中转|物流|没更新|没送到")
_FETCHED = Rule(r"帮|代|送上|拿上|带上|搬|拎|扛|下不|出不")


def _welfare(signs: Signs) -> bool:
    if _ON_BEHALF.search(signs.text):
        return False  # 她不会用手机 tells why another one reports
    if _STARVING.search(signs.text) or (_TOPIC["information"].search(signs.text) and "没动静" in signs.text):
        return False
    return signs.wanting or _HELPLESS.search(signs.text) is not None or _LEFT_ALONE.search(signs.text) is not None


_STARVING = Rule(r"没吃的|断[粮炊顿]|没[米菜]|[吃]?[完光]了?[,。]?不会")
_LEFT_ALONE = Rule(_CUES["left_alone"])  # 爸妈都隔离了，家里就剩一个六岁的娃; 两天没出门了，敲门没人应


_ON_BEHALF = Rule(r"(?:[代替帮给]|代为)[^,。;]{0,14}(?:报平安|报个平安|打卡|报一下|接龙|填报|上报|报备|报体温)")
_HELPLESS = Rule(
    r"不会用|不能自理|走不动|没人|没见|没动静|无人|没法|出不了门|不方便|顾不[过上]|(?:补助|低保|补贴|救济|津贴)[^,。;!?]{0,5}没(?:发|到|下)"
)


def _medical(signs: Signs) -> bool:
    return (signs.asked and _OWN.search(signs.text) is not None) or _TRIP.search(signs.text) is not None


def _food(signs: Signs) -> bool:
    return signs.lacking or (_FOOD_ASKED.search(signs.text) is not None and signs.asked)


def _complaint(signs: Signs) -> bool:
    if _JOKE.search(signs.text) or _CONTENT.search(signs.text) or _BORROWED.search(signs.text):
        return False
    return _GRIEVANCE.search(signs.text) is not None  # 半夜醒了, 装修公司 name what many complain of


_GRIEVANCE = Rule(_CUES["grievance"])


_CONTENT = Rule(r"终于|清净|挺好|不错|很好|满意")
_BORROWED = Rule(r"的来$|借|谁有|求[^,。]{0,3}[一用]|多少钱|几点")


def _information(signs: Signs) -> bool:
    case = _CASE.search(signs.text)
    own = _OWN.search(signs.text) is not None or _OWN_CASE.search(signs.text) is not None
    return case is not None and own


_OWN_CASE = Rule(r"怎么还(?:不|没)|没人通知|期?满了|做满|能(?:不能)?帮|(?:麻烦|帮|请)[^,。;!?]{0,4}查|一直没")


_TESTS = (
    ("distress", _distress),
    ("repair", _repair),
    ("rubbish", _rubbish),
    ("delivery", _delivery),
    ("medicine", _medicine),
    ("medical", _medical),
    ("welfare", _welfare),
    ("information", _information),
    ("food", _food),
    ("complaint", _complaint),
)
