"""Needs: what a household lacks, what fails, what endangers somebody; told from offers, notices, questions and jokes.

Direction comes from who has and who lacks, not from 需要, which stands in more offers than needs.
"""

import re
from dataclasses import dataclass

from domain.intents import Category
from domain.parsing.goods import is_drug
from domain.parsing.stance import Stance
from domain.text.patterns import Rule
from domain.text.vocabulary import any_of, groups

_TOPICS = groups("needs")
_TOPIC = {name: Rule(any_of(phrases)) for name, phrases in _TOPICS.items()}
_ANY = Rule("[" + "".join(sorted({p[0] for phrases in _TOPICS.values() for p in phrases})) + "]")

_LACK = Rule(
    r"缺(?!货|斤|席|点|德|陷|口|少人)|断(?:粮|药|炊|货)?了?$|断(?:粮|药|奶|炊)|没(?:有)?(?:什么|啥|多少)?[^,。;!?]{0,6}了(?!解|吗)|没(?:有)?(?:米|面|菜|药|吃的|奶粉|油|盐|肉|水|粮|钱|口罩)|冇[^,。;]{1,5}|快?(?:没|冇|用完|吃完|喝完|见底|断|不够|用光|吃光|空)了?(?:吃|喝|用)?了|"
    r"(?:剩|余)[得下]?(?:的)?(?:不多|没几|最后|一点)|不够|告急|吃不上|喝不上|买不到|买不着|抢不到|订不到|开不到|配不到|弄不到|找不到|空了|见底|撑不(?:过|到|了)几?|快没|只剩|仅剩|就剩|没得吃|没吃的|没饭吃|没有吃的|揭不开锅|快断|吃不起|饿(?!了么)"
)
_ASK = Rule(
    r"谁(?:那|那里|那儿|手里|手上|手头)?(?:家里?)?(?:还)?(?:能)?有(?!空.{0,4}(?:一起|打球|玩))|谁家|哪(?:位|家|个).{0,6}(?:有|能|可以)|谁(?:能|可以|会|帮|方便)|有没有(?!.{0,3}(?:发烧|咳|阳|症状))|有谁|有人(?:有|能|会|可以)|求(?!职|是|真|证)|急求|跪求|急需|急缺|急用|(?:我|家|人|孩子|老人|妈|爸|娃|宝宝|老公|老婆|奶奶|爷爷)[^,。;!?]{0,6}需要|^需要|想(?:要|换|借|找|问.{0,4}借|买|请)|借(?!口|此|过|鉴|用?了你)|匀|换(?:点|些|一)|"
    r"(?:能不能|能否|可不可以|可否|可以|能|麻烦|请|拜托|求)[^,。;!?]{0,10}(?:帮|给|送|派|来|找|安排|联系|修|看|拿|取|搬|处理|解决|收|清|借|匀|带|买|陪|接)|帮(?:忙|我|下|帮)|救命|救急|救救|快来|怎么(?:办|安排|弄|处理|去|买|走|申请|解决)|咋(?:办|整|弄)|(?:去|在|上)?(?:哪|边度)(?:里|儿|个|家)?.{0,6}(?:买|弄|开|配|找|修|拿|取|领|申请)|边度|"
    r"必须(?:去|要)|要去|得去|需(?:要)?(?:去|人|有人)|没人|无人|没法|没办法|不方便|出不去|去不了|下不了楼|走不了|走不动|怎么还(?:没|不)|什么时候(?:能|才|来|可以)|多久(?:能|才)|一直没|还没|迟迟|联系不上|打不通|派人|找谁|该找|找(?:个|人|师傅)|上门|报修|安排"
)
_FAULT = Rule(
    r"坏|堵|漏|停(?!车|在|止|下来聊)|断|不亮|不通|打不开|关不上|关不住|锁不上|不热|不制冷|不出水|不下水|跳闸|跳了|没(?:有)?(?:水|电|气|网|暖|热水|信号)|爆|裂|松动|掉了|掉下|脱落|返水|渗|滴水|失灵|不工作|不动|不运行|故障|修|开不了|打不着|卡住|卡了|碎|冻住|黑的|不转|不灵|没反应|异响|短路|冒"
)
_RUBBISH = Rule(r"没人[收清倒]|没收|不收|堆|满|臭|味|怎么[扔丢处倒]|哪里?[扔丢倒]|扔不了|出不去|谁(?:来)?[收倒]|帮.{0,4}[扔丢倒带]|[收清]一下|[收清]走|上门收|几天|三天|两天|一周|爬虫|苍蝇|乱扔|没清|溢")
_URGENT = Rule(r"急用|救急|救命|救救|快来|快帮|快点|赶紧|赶快|马上就?(?!还|来|去拿)|立刻|立即|十万火急|火速|急急|很急|非常急|特别急|太急|着急用|万分|人命|危险|等不及|等不了|撑不住|今晚就|报警|撑不到")
_CALM = Rule(r"不急|不着急|不紧急|不是很急|有空再|慢慢来|方便的?时候|马上还")
_JOKE = Rule(r"哈哈|嘿嘿|笑死|开玩笑|😂|🤣|😆|逗你|段子|热死|冷死|累死|困死|烦死|馋死|美死|尴尬|想死(?:你|我)|(?:馋|饿|困|累|热|冷|美|帅|好吃|好看|便宜|作业|无聊|上课|开会|上班|加班).{0,6}(?:不想活|疯|崩溃|绝望|要命|哭|死)")
_OWN = Rule(r"我|俺|咱|孩子|老人|老公|老婆|爸|妈|娃|宝宝|奶奶|爷爷|儿子|女儿|本人|[0-9]{3}|岳|公公|婆婆|丈夫|妻子")
_EMERGENCY = {
    "crisis": Category.MEDICAL,
    "suicide": Category.DISTRESS,
    "fire": Category.OTHER,
    "gas": Category.REPAIR,
    "burst": Category.REPAIR,
    "trapped": Category.OTHER,
    "violence": Category.OTHER,
}
_GRAVE = frozenset({"胸痛", "气促", "意识不清"})


@dataclass(frozen=True, slots=True)
class Want:
    """One need of a text and whether help is needed at once."""

    category: Category
    urgent: bool = False


def find_needs(text: str, stance: Stance, symptoms: tuple[str, ...] = (), *, sick: bool = False) -> tuple[Want, ...]:
    """Return the needs that a folded text speaks out; `symptoms` are those that somebody has now.

    `sick`: somebody has a fever or a symptom now, which makes 急需 and 急求 mean at once.
    """
    if stance.silent:
        return ()
    if _GRAVE.intersection(symptoms) and not stance.joking:
        return (Want(Category.MEDICAL, urgent=True),)
    if not _ANY.search(text) and not _PLEA.search(text):
        return ()
    emergency = _emergency(text, stance)
    if emergency:
        return (emergency,)
    if stance.offering or stance.asking_public:
        return ()
    category = _category(text)
    if category is None or (stance.joking and (category is Category.DISTRESS or not _ASK.search(text))):
        return ()
    hurried = _URGENT.search(text) is not None or (sick and "急" in text)
    return (Want(category, hurried and not _CALM.search(text)),)


def lacked(text: str) -> tuple[Want, ...]:
    """Return what a slot in a list of needs names; the list itself says that it is needed."""
    if _NOTHING.search(text) or not text.strip():
        return ()
    emergency = _emergency(text, Stance())
    if emergency:
        return (emergency,)
    urgent = _URGENT.search(text) is not None and not _CALM.search(text)
    for topic in _BY_THING:
        if _TOPIC[topic].search(text) or (topic == "medicine" and _drug_named(text)):
            return (Want(Category(topic), urgent),)
    return (Want(Category.OTHER, urgent),)


_NOTHING = Rule(r"(?:不|没有?|无|暂无)(?:缺|需要|需求|困难|要求)|都(?:够|有|齐|不缺)|不用|暂时不|够了|^[\s\W]*无[\s\W]*$")
_BY_THING = ("medicine", "food", "repair", "rubbish", "medical", "delivery", "welfare", "distress", "information", "complaint")


def _emergency(text: str, stance: Stance) -> Want | None:
    if stance.joking or _JOKE.search(text):
        return None
    for topic, category in _EMERGENCY.items():
        found = _TOPIC[topic].search(text)
        if found and not _disclaimed(text, found.start()):
            return Want(category, urgent=True)
    return None


_DISCLAIMER = Rule(r"(?:没|不|别|无|防|预防|小心|注意|避免|如果|要是|万一|听说|昨[天晚]|上周|以前|新闻|电视|演习|演练|严禁|禁止|谨防|杜绝|怕|担心)[^,。;!?]{0,4}$")


def _disclaimed(text: str, position: int) -> bool:
    return _DISCLAIMER.search(text, max(0, position - 10), position) is not None


def _category(text: str) -> Category | None:
    """Return what is needed, the surest topics first; None where nothing lacks, fails or is asked for."""
    asked, lacking = _ASK.search(text) is not None, _LACK.search(text) is not None
    for topic, holds in _TESTS:
        if _TOPIC[topic].search(text) and holds(text, asked, lacking):
            return Category(topic)
    if (asked or lacking) and _drug_named(text):
        return Category.MEDICINE
    return Category.OTHER if _PLEA.search(text) else None


_PLEA = Rule(r"想借|借用一?下|借我|求助(?!于)|求帮助|求帮忙|帮帮忙|需要帮助|有困难|谁能帮|请帮帮|救命|救救")


def _drug_named(text: str) -> bool:
    return any(is_drug(piece) for piece in re.findall(r"[\u4e00-\u9fffA-Za-z]{2,6}", text))


def _distress(text: str, asked: bool, lacking: bool) -> bool:
    if _JOKE.search(text):
        return False
    return _STRONG_DISTRESS.search(text) is not None or (_HEAVY.search(text) is not None and _OWN.search(text) is not None)


_STRONG_DISTRESS = Rule(r"抑郁|绝望|心理|撑不下去|熬不下去|整夜|整宿|天天失眠|天天哭|一直哭|情绪失控|害怕")
_HEAVY = Rule(r"真的|每天|天天|晚上|睡不着|失眠|一个人|好几天|情绪|哭|怎么办|帮|没人|撑|精神|关在|封在|隔离|老人|孩子不")


_MENDED = Rule(r"修好了|通知|计划停|检修|维修完|已经?好了|来电了|来水了|不漏了|通了$|已经?(?:报修|上报|找人)|报修了|报过修")
_WHEN = Rule(r"几点|停到|为什么停|为啥停|什么时候(?:来|停|好|恢复)|多久")


def _repair(text: str, asked: bool, lacking: bool) -> bool:
    if _MENDED.search(text) or (_WHEN.search(text) and not _OWN.search(text)):
        return False
    return _FAULT.search(text) is not None


def _rubbish(text: str, asked: bool, lacking: bool) -> bool:
    return _RUBBISH.search(text) is not None


def _medicine(text: str, asked: bool, lacking: bool) -> bool:
    return asked or lacking


def _delivery(text: str, asked: bool, lacking: bool) -> bool:
    return re.search(r"能不能|能否|可不可以|可以.{0,8}吗|谁能|谁可以|谁方便|麻烦|帮忙|帮我|请|拜托|求|没送|没人送|送不|拿不|下不了|出不去|搬不动|提不动|拎不动|还没|怎么还没", text) is not None


def _welfare(text: str, asked: bool, lacking: bool) -> bool:
    return asked or lacking or _HELPLESS.search(text) is not None


_HELPLESS = Rule(r"不会用|不能自理|走不动|没人|没见|没动静|无人|没法|出不了门|不方便")


def _medical(text: str, asked: bool, lacking: bool) -> bool:
    return asked and _OWN.search(text) is not None or re.search(r"病人|怎么(?:去|安排|办|走)|安排.{0,3}车|叫.{0,3}车|派.{0,3}车|谁能|能不能|帮", text) is not None


def _food(text: str, asked: bool, lacking: bool) -> bool:
    return lacking or re.search(r"谁.{0,6}有|哪.{0,8}买|边度.{0,4}买|求|借|匀|换|买不到|领", text) is not None and asked


def _complaint(text: str, asked: bool, lacking: bool) -> bool:
    return not _JOKE.search(text)


def _information(text: str, asked: bool, lacking: bool) -> bool:
    case = re.search(r"怎么|什么时候|为什么|咋|查|要不要|找谁|该找|问(?!题)|能不能|可不可以|几时|多久|哪|帮", text)
    return case is not None and _OWN.search(text) is not None


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
