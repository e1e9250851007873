"""What the sender tells of his own people amid other words: questions, thanks, calls on everybody."""

from collections.abc import Iterator

from domain.parsing.checkins import Health
from domain.parsing.stance import Stance
from domain.text.patterns import Rule

_CLAUSE_END = Rule(r"[,。;!?\n]")
_QUESTION = Rule(
    r"[吗么?呢]|怎么|是不是|算|请问|[会能要]不[会能要]|(?<!好)几(?!天了|个月了)|有没有|多少|谁|哪|为[啥什]|如果|要是|万一"
)
_FACTS = frozenset({"test", "symptom", "temperature"})
_MINE = Rule(r"我(?!们?(?:小区|群|楼|社区|看到|听|市|国))|俺|咱家")
_MY_PEOPLE = Rule(
    r"(?<![有的])(?:孩子|娃|宝宝|老公|老婆|老伴|儿子|女儿|闺女|奶奶|爷爷|外[公婆]|姥[姥爷]|[公婆爸妈])(?![家长们])"
)
_MEASURED = Rule(r"^\s{0,9}(?:3[4-9]|4[01])[.度][0-9]度?了?$|[量测][^,。;0-9]{0,3}[34][0-9]")
_BIDS = Rule(
    r"请(?!假|客|教)|要(?!不是|求)|(?<![分特区])别|勿|应|须|需|必|可(?!是|能|我|他|她)|得(?=[去在吃测])|就(?!是)|(?<!刚)才|(?<![小有平暂])时(?:候)?(?=$|[,。])"
    r"|的话|不得|及时|注意|(?<!一)会(?!儿)|以[上下内]|超过?"
)
_GONE_BY = Rule(r"上[周次回个]|那[天次回时会晚]|当时|昨|前[天晚几两]|之前|以前|曾|去年|[0-9几一两]天前")
_GOES_ON = Rule(r"[还又仍]|现在|目前|今[天早晚]|这会|刚|一直|没退|不退|依然|依旧")
_NOW = Rule(r"现在|目前|已经|刚|今[天早晚]|这会|正在")
_HEARSAY = Rule(r"听说|据说|新闻|网上|群里|报道|朋友圈|抖音|微博|电视")
_FAR = Rule(
    r"小时候(?![^。;!?]{0,12}(?:现在|今[天早晚]|刚刚?|又))|从前|梦|小说|剧|老家|段子|歌|古人|隔壁小区|别的小区|国外"
)
_OWN_HOME = Rule(r"[我俺咱]们?(?:全?家|也|自己|现在|今天|昨晚|老[公婆]|[妈爸]|娃|孩子|女儿|儿子|[爷奶]|婆婆|公公)")
_SUPPOSED = Rule(r"如果|要是|万一|假如|倘若|一旦|怕|听说|据说|说|传|会(?!儿)")
_THANKS = Rule(r"谢|感激|辛苦|多亏")


_ASKS_YOU = Rule(r"[^我俺咱]{0,6}你们?家?[^我俺咱]{0,16}(?:没有?|吗|么|嘛|不)[?~啊呀]{0,3}$")
_LONG_AGO_FIRST = Rule(r"\s{0,9}[^,。;!?]{0,3}(?:前年|去年|小时候|[0-9几一二两三]年前|当年)")


def asks_after(text: str) -> bool:
    """Tell whether somebody is asked how his people are (你们家孩子退烧了没)."""
    return "你" in text and _ASKS_YOU.match(text) is not None


def of_long_ago(text: str) -> bool:
    """Tell whether a text begins with other times (前年得肺炎那阵子，现在啥事没有了)."""
    return _LONG_AGO_FIRST.match(text) is not None


def states_fact(text: str, health: Health) -> bool:
    """Tell whether a result, a symptom or what was measured is stated in a clause that asks nothing.

    闻啥都没味，是不是中招了; 刚量38度，要不要去医院.
    """
    for clause, _, rules in _clauses(text, health):
        if not _QUESTION.search(clause) and (rules != {"temperature"} or _MEASURED.search(clause)):
            return True
    return False


def testifies(text: str, health: Health, stance: Stance) -> bool:
    """Tell whether somebody reports his own people though the rest thanks, calls on all, tells news or supposes.

    大家注意防护，我家娃已经烧到39了; 谢谢大家关心，还在烧; 听说流感多，我家娃也烧了; 要是再不退就去医院，现在39. What a
    notice bids, or thanks recall, is no report.
    """
    if not health.said or stance.instructing or stance.teaching:
        return False
    if stance.retelling and (text.count(":") > 1 or _FAR.search(text) or not _HEARSAY.search(text)):
        return False
    for clause, behind, _ in _clauses(text, health):
        if (stance.retelling or stance.supposing) and _SUPPOSED.search(clause):
            continue
        if (stance.retelling and not _OWN_HOME.search(clause)) or (stance.supposing and not _NOW.search(clause)):
            continue
        if _QUESTION.search(clause) or _BIDS.search(clause) or _GONE_BY.search(clause) or _THANKS.search(clause):
            continue
        if stance.thanking and not (_GOES_ON.search(clause) or _MEASURED.search(clause)):
            continue
        if stance.announcing and not (_MINE.search(clause) or (_MY_PEOPLE.search(clause) and not _BIDS.search(behind))):
            continue
        return True
    return False


def _clauses(text: str, health: Health) -> Iterator[tuple[str, str, set[str]]]:
    """Yield each clause that tells a fact of health, the clause behind it, and the kinds of facts."""
    told = [(at, rule) for at, _, rule in health.said if rule in _FACTS]
    if not told:
        return
    clauses = _CLAUSE_END.split(text)
    start = 0
    for clause, behind in zip(clauses, [*clauses[1:], ""], strict=True):
        end = start + len(clause)
        rules = {rule for at, rule in told if start <= at <= end}
        if rules:
            yield clause, behind, rules
        start = end + 1
