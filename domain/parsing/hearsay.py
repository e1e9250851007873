"""What is said of another door: around an order for it who lives there, who pays; and blame, which is no report."""

from domain.intents import Status
from domain.parsing.checkins import Health, status_of
from domain.parsing.portions import Portion
from domain.parsing.quantity_words import NUMBER
from domain.text.patterns import Rule

_CUT_OUT = Rule(r"(?<=[加帮替给代退减]) {3,}(?=[\u4e00-\u9fff])")  # where a door stood behind a verb
_GAPS = Rule(r" {2,}")
_LIVES = Rule(r"^[^,，。;:0-9]{0,10}?(?:在|住在?|家[在住是]?|是) {3,}[,，:：]?")  # 我妈在3-1-101，给她订…
_ELDER = (
    "(?:老?(?:阿姨|大[爷妈叔姐哥娘伯婶]|奶奶|爷爷|婆婆|叔叔|伯伯|太太|先生|师傅)"
    "|阿[婆公嬷姨伯叔]|老(?:太太?|爷子|人家?|两口|伯))"
)
_SAID = Rule(  # 对门701说他家也要两份, 501托我说要三份, 702阿姨也要一份
    r"^ {0,9}(?:再|还|也|顺便|另外)?[给帮替代和跟]? {0,9}(?:(?:住户|业主|邻居|独居|孤寡|卧床|[腿手]脚不[便好]|行动不便"
    r"|那[边里儿头家户]|家里?|的)*"
    rf"(?:[\u4e00-\u9fff]?{_ELDER})?)"
    r"(?:刚才?|今天|跟我|和我|打电话|让我|[托叫喊请求]我|麻烦我|说|帮忙|帮[他她](?:们)?(?:家)?"
    r"|[他她](?:们)?(?:家|自己)?){0,4}"
)
_UNABLE = Rule(
    r"^\s*(?:不会|不懂|不能|没有?|不方便|出不了|下不了|走不动|眼睛|腿脚)[^,，。;:：0-9]{0,10}[:：,，]\s?(?:[他她]家?)?"
)
_THEY = Rule(
    r"(?:(?<=[,，。;:： ])|^)(?:[给帮替](?:[她他]们?|我[妈爸姐哥弟妹]|老人)|[她他]们?)(?:家|自己)?"
    r"(?=也?还?[要订来买加拿带捎留报])"
)
_ASIDE = Rule(
    r"[,，。;]\s?(?:(?:记|算|写|挂)(?:在)?[她他](?:们)?(?:的|家|名)[^,，。;]{0,6}"
    r"|钱[^,，。;0-9]{0,6}(?:垫|付|转|出|给)[^,，。;0-9]{0,4})(?=[,，。;]|$)"
)


# 帮我妈604拿5斤米: who is helped was cut out, but that somebody is asked to fetch it stays.
_HELPS = Rule(r"\s{0,9}(?:麻烦|请|能不能|可以|方便的?话?)?[帮替代]")
_FETCHES = Rule(rf"(?:我?[一-龥]{{0,3}} )?(?P<verb>[带拿捎弄称买]{NUMBER})")
_WHY = Rule(  # 她不会弄这个: why somebody else orders
    r"[,，。;\s]\s?(?:[他她]们?|老人家?)(?:不会|不懂|不方便|没有?手机|眼睛|腿脚|耳朵|走不动|出不了|下不了|看不)[^,，。;:：0-9]{0,10}$"
)


def order_told(text: str, *, relayed: bool) -> str:
    """Return the words of an order without the gap where its door stood and, in a relay, without what is only told."""
    if relayed:
        text = _LIVES.sub(" ", text)
    text = _GAPS.sub(" ", _CUT_OUT.sub("", text)) if "  " in text else text
    if not relayed:
        return text
    told = _UNABLE.sub(" ", _SAID.sub(" ", text))
    told = _ASIDE.sub("", _THEY.sub("", told)).strip()
    told = _WHY.sub("", told)
    fetched = _FETCHES.match(told) if _HELPS.match(text) else None
    return f"帮我{told[fetched.start('verb') :]}" if fetched else told


def of_a_passer_by(text: str) -> bool:
    """Tell whether somebody unknown in a public place is ill (门口有位大爷晕倒了): a cry for help, no report."""
    return _PASSER_BY.search(text) is not None


_PASSER_BY = Rule(
    r"(?:门口?|楼下|路[口边上]|广场|超市|电梯[里口]?|楼道|花园|小区里?|公园|车库|大厅|桥[下上边]|车站|亭子|河边|操场|菜场|健身[器区])[^,。;!?我0-9]{0,4}"
    r"(?:有|躺|倒|坐|蹲)(?:着|了)?(?:一?[个位名])?[^,。;!?我家]{0,6}(?:人|大[爷妈叔姐]|阿姨|老太太?|老头|男的|女的|孩|学生|小伙|姑娘|师傅|骑手|外卖员|保[洁安])"
)


def complains(portion: Portion) -> bool:
    """Tell whether the door that a complaint names is said to complain itself (1804反映太吵), not to be its cause."""
    return _COMPLAINS.match(portion.text) is not None


_COMPLAINS = Rule(
    r"[^,。;!?]{0,14}(?:反[映应](?!过)|投诉(?!过)|[让托叫]我|抱怨|举报(?!过)|嫌|(?<![再不])说(?!了|过))|\s{0,3}[帮替代]"
)


def blames(portion: Portion, health: Health) -> bool:
    """Tell whether somebody else is blamed for going about though ill: a complaint and no report of his health."""
    ill = status_of(health) is Status.UNWELL
    return ill and not (portion.own or _OWN.search(portion.text)) and _BLAME.search(portion.text) is not None


_BLAME = Rule(  # 501阳了还天天下楼, 503咳嗽成那样还不隔离, 楼上阳了瞒着不报
    r"举报|揭发|[隐欺]?瞒(?:着|报|不)|(?:还|仍|照样|照旧|却|竟然?|居然)(?![没未能可要想敢是])[^,。;]{0,4}"
    r"(?:出门|(?<![不吐咳拉尿])出[来去](?=[倒扔溜跳打遛玩买跑逛晃乱,。;!]|$)|下楼|乱跑|溜达|瞎?逛|遛|串门|聚会|打牌|搓麻|跳舞|坐电梯|去买菜|去超市|逛街|上班|倒垃圾|扔垃圾)"
    r"|(?:还|也|都|又|就是|从来|,)?不(?:肯|愿意?|想)?(?:居家|自觉|隔离|戴口罩|上报)(?!了)"
    r"|(?:到处|四处|满(?:小区|楼|院子?)|整天|天天)(?:都?在|地)?(?:乱?[跑窜逛转串]|溜)"
)
_OWN = Rule(r"我|俺|咱|家里|孩子|娃|宝宝|老公|老婆|老伴")
