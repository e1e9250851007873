"""What kind of help a text asks for, by the things and doings it names and the signs that they lack or fail."""

from typing import NamedTuple

from domain.intents import Category
from domain.parsing.articles import known_names, medicines
from domain.parsing.dangers import of_a_thing
from domain.parsing.goods import is_drug, names_remedy
from domain.text.patterns import Rule
from domain.text.vocabulary import any_of, cues, groups

_CUES = cues("needs")

_TOPICS = groups("needs")
_STAPLE = (  # single characters that mean food only where no other word begins or ends with them
    r"|(?<![0-9一二三四五六七八九十百千厘毫平立])米(?![0-9老])|(?<![里外方对见表正反地墙桌路台])面(?![前试对子积部谈熟向临膜])"
    r"|油(?![烟漆腻门价])|(?<!奶)奶(?![奶茶昔盖])|(?<!肌)肉|[菜盐饭粮]|(?<![笨完坏滚傻扯捣混八])蛋(?![糕疼])"
)
_LEFT = r"|[剩有](?:下|个|一个)?[^,。;!?]{0,6}(?:娃|孩子|小孩|宝宝)(?!的|们?用|用)"
_UNSEEN = (  # 405的老太太两天没开门了
    r"|(?:老[人太头爷奶两]|阿[婆公姨伯]|奶奶|爷爷|大[爷妈]|婆婆)[^。;!?我]{0,10}[天日]都?没有?(?:出|见|下|开|露)"
    r"[^,。;!?]{0,3}[门人楼面]"
)
_TO_THE_DOOR = r"|送(?:到|进|上)我?(?:[家屋房]里|屋头|房间|[床门]边|床头|门口)"
_MENDER = r"|(?:来|上门|人)修(?![了好过完])"
_MORE = {
    "food": _STAPLE,
    "repair": _MENDER,
    "welfare": _LEFT + _UNSEEN + "|" + _CUES["more_welfare"],
    "delivery": _TO_THE_DOOR,
    "distress": "|" + _CUES["more_distress"],
    "complaint": "|" + _CUES["more_complaint"],
}
_TOPIC = {name: Rule(any_of(ps) + _MORE.get(name, "")) for name, ps in _TOPICS.items()}
_NAMED = (*_TOPICS.values(), *groups("dangers").values())
_FIRSTS = {p[0] for ps in _NAMED for p in ps} | {n[0] for n in medicines() if not n[0].isascii()}
_ANY = Rule("[米面油奶菜肉盐饭粮蛋" + "".join(sorted(_FIRSTS)) + "]")

_LACK = Rule(_CUES["lack"])
_ASK = Rule(_CUES["ask"])
_FAULT = Rule(_CUES["fault"])
_RUBBISH = Rule(_CUES["rubbish"])
_JOKE = Rule(_CUES["joke"])
_OWN = Rule(r"我|俺|咱|孩子|老人|老公|老婆|爸|妈|娃|宝宝|奶奶|爷爷|儿子|女儿|本人|[0-9]{3}|岳|公公|婆婆|丈夫|妻子")
_PLEADS = Rule(_CUES["pleads"])
_TRIP = Rule(
    r"(?:谁|有没有人?)有?车|[打叫约]不[到着]车|没车|病人|怎么(?:去|安排|办|走|出)|安排.{0,3}车|叫.{0,3}车|派.{0,3}车"
    r"|谁能|能不能|帮"
)
_FOOD_ASKED = Rule(r"谁.{0,6}有|哪.{0,8}买|边度.{0,4}买|(?<!要)求(?!退)|借|匀|换|买不到|领")
_CASE = Rule(_CUES["case"])


class Signs(NamedTuple):
    """A text and whether it asks for something and whether it says that something lacks."""

    text: str
    asked: bool
    lacking: bool

    @property
    def wanting(self) -> bool:
        """Whether it asks or lacks."""
        return self.asked or self.lacking


def may_need(text: str) -> bool:
    """Tell cheaply whether a text names anything that needs are about."""
    return _ANY.search(text) is not None or _PLEA.search(text) is not None


def in_jest(text: str) -> bool:
    """Tell whether a lack or a cry is a manner of speaking (笑死, 馋疯了)."""
    return _JOKE.search(text) is not None


def asks(text: str) -> bool:
    """Tell whether anything is asked for."""
    return _ASK.search(text) is not None


def listed(text: str) -> Category:
    """Return what a slot in a list of lacks is about: what it names first, else a fault, else something."""
    named = [(m.start(), -len(m[0]), topic) for topic in _BY_THING if (m := _TOPIC[topic].search(text))]
    if named:
        return Category(min(named)[2])  # 停电，冰箱里的肉要坏了
    if _drug_named(text):
        return Category.MEDICINE
    if _FAULT.search(text):
        return Category.REPAIR  # 厨房顶漏, 卧室不热
    return Category.OTHER if next(known_names().find(text.lower()), None) is None else Category.FOOD


_BY_THING = (
    *("medicine", "food", "repair", "rubbish", "medical"),
    *("delivery", "welfare", "distress", "information", "complaint"),
)


def category_of(text: str) -> Category | None:
    """Return what is needed, the surest topics first; None where nothing lacks, fails or is asked for."""
    drug = _drug_named(text)
    named = [(t, holds) for t, holds in _TESTS if _TOPIC[t].search(text) or (drug and t == "medicine")]
    lacking = _LACK.search(text) is not None
    if named:
        signs = Signs(text, asked=_ASK.search(text) is not None, lacking=lacking)
        for topic, holds in named:
            if holds(signs):
                return Category(topic)
    if "查" in text and _ORDER_LOST.search(text):
        return Category.INFORMATION
    if lacking and not drug and _good_gone(text):
        return Category.FOOD
    return Category.OTHER if _PLEA.search(text) else None


_PLEA = Rule(_CUES["plea"])
_ORDER_LOST = Rule(  # 我的冻品应该昨天到，到现在什么都没有，麻烦查一查
    r"我(?:们|家)?[^,。;!?]{0,3}[的订买团][^。;!?]{0,10}(?:[昨前今][天日晚]|早就?该|应该|说好|显示|上周)[^。!?]{0,20}(?:没|冇|不见|未)[^。!?]{0,12}查"
)


def _drug_named(text: str) -> bool:
    lower = text.lower()
    return names_remedy(text) or any(is_drug(lower[a:b]) for a, b in known_names().find(lower))


def _good_gone(text: str) -> bool:
    """Tell whether an article by its name is at its end in somebody's home (酱油没了, 就剩俩土豆了), not in a shop."""
    if _SHOP.search(text):
        return False
    return any(_GONE.match(text, b) or _LEFT_OVER.search(text, 0, a) for a, b in known_names().find(text.lower()))


_SHOP = Rule(r"卖|超市|商店|店里|团(?!购?[也都]?[^,。;!?]{0,2}(?:[抢订买下]不|没))|茶|咖啡|蛋糕|票")
_GONE = Rule(r"[都也就快全又]{0,2}(?:没了|没有了|冇|莫得|[吃用喝]完|断了|见底|不够|快没|[吃用]光)")
_LEFT_OVER = Rule(r"[只就仅]剩(?:下)?[^,。;!?]{0,3}$")


def _distress(signs: Signs) -> bool:
    if _JOKE.search(signs.text):
        return False
    if "哭" in signs.text and not _SPEAKER.search(signs.text):
        signs = signs._replace(text=_CHILD_CRIES.sub(" ", signs.text))
        if not _TOPIC["distress"].search(signs.text):
            return False  # 婴儿哭了一晚上，烧到39度
    if "睡" in signs.text and _KEPT_AWAKE.search(signs.text):
        signs = signs._replace(text=_KEPT_AWAKE.sub(" ", signs.text))
        if not _TOPIC["distress"].search(signs.text):
            return False
    if any(not of_a_thing(signs.text, m.start()) for m in _STRONG_DISTRESS.finditer(signs.text)):
        return True
    heavy = len(set(_HEAVY.findall(signs.text)))
    return heavy > 1 or (heavy == 1 and _OWN.search(signs.text) is not None)


_STRONG_DISTRESS = Rule(
    r"抑郁|绝望|心理|找个?人(?:聊聊|说说)|撑不下去|熬不下去|整夜|整宿|天天失眠|情绪失控|好?害怕|好怕|好惊|每天都想哭|天天想哭|无助|[撑顶捱]唔住|好想喊|成晚喊|顶唔顺|顶不住|好孤独|找人说说?话"
)
_CHILD_CRIES = Rule(r"(?:婴儿|宝宝|孩子|小孩|娃娃?|毛毛|小宝)[^,。;!?我]{0,4}哭[^,。;!?]{0,6}")
_KEPT_AWAKE = Rule(  # 咳得整夜睡不着, 楼上吵得全家睡不好: by the body or by noise, not by despair
    r"[咳疼痛烧痒喘吐拉吵闹嚷震热冻冷塞响叫][得到了]?(?:[我他她]|孩子|老人|大家|全家)?(?:[^,。;!?]{0,3}(?:整夜|整宿|整晚|一[夜宿晚]|半夜|通宵|晚上|成晚))?[^,。;!?]{0,3}(?:睡不[着好了]|没睡|没法睡)"
)
_SPEAKER = Rule(r"[我俺咱](?!家|们家)|本人")
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
    if not signs.asked and _NO_BATTERY.search(signs.text):
        return False  # 温度计没电了没量
    return signs.wanting and not _hospital(signs.text)  # the drug may be named alone (二甲双胍只剩两天的量)


_NO_BATTERY = Rule(r"(?:体温计|温度计|[额耳体]温枪|血[压糖氧]仪)[^,。;!?]{0,3}没电")


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
    if _ON_BEHALF.search(signs.text) or _MOVED_OUT.search(signs.text) or _CASE_PENDING.search(signs.text):
        return False  # 她不会用手机 tells why another one reports
    if _STARVING.search(signs.text) or (_TOPIC["information"].search(signs.text) and "没动静" in signs.text):
        return False
    return signs.wanting or _HELPLESS.search(signs.text) is not None or _LEFT_ALONE.search(signs.text) is not None


_MOVED_OUT = Rule(r"(?:是不是|是)?搬(?:走|家)?了?(?:吗|没|么|吧)")  # 1003是搬走了吗？好久没见人
_STARVING = Rule(r"没吃的|断[粮炊顿]|没[米菜]|[吃]?[完光]了?[,。]?不会")
_LEFT_ALONE = Rule(_CUES["left_alone"])  # 爸妈都隔离了，家里就剩一个六岁的娃; 两天没出门了，敲门没人应


_ON_BEHALF = Rule(r"(?:[代替帮给]|代为)[^,。;]{0,14}(?:报平安|报个平安|打卡|报一下|接龙|填报|上报|报备|报体温)")
_HELPLESS = Rule(
    r"没地方[住去](?!的)|无家可归|不会用|不能自理|走不动|没人|没见|没动静|无人|没法|出不了门|不方便|顾不[过上]|(?:补助|低保|补贴|救济|津贴)[^,。;!?]{0,5}没(?:发|到|下)"
)


_CASE_PENDING = Rule(  # an application, whatever for, about which nobody answers
    r"(?:补贴|补助|报销|申请|材料|登记|审批|手续|证明|医保|低保)[^。;!?]{0,14}(?:没下文|没回[音应信]|没消息|没批|没动静|没结果|没进展|卡在|卡住|进度|查[查一下])"
)


def _medical(signs: Signs) -> bool:
    if _CASE_PENDING.search(signs.text):
        return False
    return (signs.asked and _OWN.search(signs.text) is not None) or _TRIP.search(signs.text) is not None


def _food(signs: Signs) -> bool:
    return signs.lacking or (_FOOD_ASKED.search(signs.text) is not None and signs.asked)


def _complaint(signs: Signs) -> bool:
    if any(rule.search(signs.text) for rule in (_JOKE, _CONTENT, _BORROWED, _OWN_SLIP)):
        return False
    return _GRIEVANCE.search(signs.text) is not None  # 半夜醒了, 装修公司 name what many complain of


_GRIEVANCE = Rule(_CUES["grievance"])


_CONTENT = Rule(r"终于|习惯了|清净|合格|达标|挺好|不错|很好|满意")
_OWN_SLIP = Rule(r"作废|重发|更正|手误|我发错|发错了?(?:不算|重|,不)")  # 前面发错了，重发
_BORROWED = Rule(r"的来$|借|谁有|求[^,。]{0,3}[一用]|多少钱|几点")


def _information(signs: Signs) -> bool:
    if _PRICE_ASKED.search(signs.text):
        return False
    case = _CASE.search(signs.text)
    own = _OWN.search(signs.text) is not None or _OWN_CASE.search(signs.text) is not None
    return case is not None and own


_PRICE_ASKED = Rule(r"怎么(?:算钱|卖|收费|算的?$)|多少钱|什么价|几钱")
_OWN_CASE = Rule(
    r"弹窗了|没到账|没下文|没消息|没回[音信应]|[刷查显弹](?:示)?不[出开到了]|码[^,。]{0,4}(?:变|转|成了|[红黄]了)|怎么还(?:不|没)|没人通知|期?满了|做满|能(?:不能)?帮|(?:麻烦|帮|请)[^,。;!?]{0,4}查|一直没"
)


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
