"""Whether a text outside a chain orders anything: not an offer, a notice, a question, a hope, thanks or a tale."""

from domain.parsing.quantity_words import UNIT
from domain.text.patterns import Rule
from domain.text.vocabulary import cues

_CUES = cues("order_gate")

_VERB = "[要买订带捎拿来报加定留]"
ASKING = Rule(
    rf"(?:帮忙|帮我们?家?|帮[^，,。忙我]{{0,6}}|麻烦.{{0,8}}?|给我们?家?|替我|代(?=[^替])|请|劳驾"
    rf"|拜托).{{0,4}}?(?:{_VERB}|下单|登记|记|购|弄|称)"
    r"|(?:^|[\s，,。;；:：!！]|我家?|我们家?|咱家?|家里|家|再|还|也|另|另外|想|说|人|妈|爸|[0-9室])(?:想|还|也|再"
    r"|只|就|得|需)?(?:要(?![是不求紧么]|多少|几|的是)|订|定(?=[0-9一二两三四五六七八九十])|买(?!单)"
    r"|来(?=[0-9一二两三四五六七八九十半点几份])|加(?=[0-9一二两三四五六七八九十半])"
    r"|报(?=[0-9一二两三四五六七八九十]))"
    r"|(?:顺便|顺带|顺路)(?:帮我|给我)?[带买捎拿]|给[^，,。;大]{1,5}[带买订捎](?!过)|追加|增加|下单|订购"
    r"|代购|采购(?!员)|捎(?=[0-9一两二三四五六七八九十半点几])|带[0-9一两二三四五六七八九十半][^,，。;]{1,10}(?:回来|上来|过来)|来(?:[0-9一二两三四五六七八九十半]|几|一?点)|订单|购物清单|需要(?![的请])"
)
POLITE = Rule(
    r"^.{0,4}(?:帮我|给我|帮忙)|(?:能不能|能否|可不可以|可以|可否|能|方便|麻烦|请).{0,4}(?:帮|给我|替|带|要(?!不|几|多少)"
    r"|买|订|加|代|来|改|换|退|取消)"
)
QUESTION = Rule(_CUES["question"])
HOW_MUCH = Rule(rf"(?:几|多少)(?:点|钱|块|{UNIT})")
NOT_MINE = Rule(_CUES["not_mine"])
EITHER = Rule(
    r"[^\s,，。;；!！?？]还是(?![要来按照老原那上])|(?P<written>[写填][^,，。]{1,6}还是[写填])"
)  # 脐橙还是冰糖橙
TALE = Rule(_CUES["tale"])
ALTERED = Rule(r"改|换|取消|退|[再追]加|再[来要订]|不[要订]")
ORDERED = Rule(
    r"(?:昨[天晚日]|前天|上[次回周])(?:我们?家?)?(?=[订定报登记写填]的[^,，。;]{0,10}[,，]?\s?(?:改|换|变|减|加|退|取消|不要|少|[划删去撤]))"
)
GIVEN_UP = Rule(r"不[要订用]|不想|取消|退|算了|撤|删")
REASON = Rule(  # 不要了，别处买到了: why something is given up tells of no other's goods
    r"(?:^|(?<=[,，。;；!！ ]))[^,，。;；!！]{0,8}(?:买到|抢到|借到|收到|买不到)(?:了|啦|的)?[^,，。;；!！]{0,2}"
    r"(?=$|[,，。;；!！])"
)
TOO = Rule(  # 洋葱太贵了不要了
    r"(?<=[一-龥A-Z])太[一-龥]{1,2}[了啦][,，\s]{0,2}(?=(?:就|我家?|先|还是)?(?:不[要订想]|退|取消|算了))"
)
ENDS = Rule(r"[,，。;；!！?？~～…\n]")
SOME = Rule(r"[0-9一二两三四五六七八九十半俩仨几点些]|不要|取消|退")
QUIET = Rule(_CUES["quiet"])
ALL_OF_IT = Rule(
    r"^\s*(?:我家?)?(?:(?:这)?([两二三四2-4])[样种个款]|全部?|每[样种]|都)(?:我?家?)?(?:都|各)?[要来](?:了|的|吧|一份)?[\s!！。~]*$"
)
WANTS = Rule(
    r"(?:(?:我们?家?|咱家?|家里|也|还|就|都|想|那|给我|帮我|算我|加我) ?){0,3}(?:要|订|来|买|报名"
    r"|参加|一个|[+＋➕] ?[1一]|加一)(?:的|了|吧|哈|啊|呀|哦|一下|[ !！。~]){0,6}"
)


def asks(text: str) -> bool:
    """Return whether the text holds a verb of asking or buying for oneself or one's own."""
    return ASKING.search(text) is not None


def is_foreign(text: str) -> bool:
    """Return whether the text speaks of what others want, have, sell or spoilt, of the past, or of what may be."""
    return NOT_MINE.search(text) is not None or TALE.search(text) is not None


def without_tales(text: str) -> str:
    """Return `text` with the clauses that only tell something blanked, where another asks for an amount.

    昨天订的两箱改成一箱: when it was ordered is no tale where it is changed.
    """
    if "的" in text and ("昨" in text or "前天" in text or "上" in text):
        text = ORDERED.sub(lambda match: " " * len(match[0]), text)
    if "太" in text:
        text = TOO.sub(lambda match: " " * len(match[0]), text)
    if "到" in text and GIVEN_UP.search(text):
        text = REASON.sub(lambda match: " " * len(match[0]), text)
    if TALE.search(text) is None or NOT_MINE.search(text) is not None:
        return text
    at, kept = 0, list(text)
    for end in [*(match.start() for match in ENDS.finditer(text)), len(text)]:
        if TALE.search(text, at, end):
            kept[at:end] = " " * (end - at)
        at = end
    rest = "".join(kept)
    return rest if SOME.search(rest) and (asks(rest) or ALTERED.search(rest)) else text


def only_wants(text: str) -> bool:
    """Return whether the text says nothing but that its speaker wants some: 我要, 我家也要."""
    return WANTS.fullmatch(text.strip()) is not None


def is_question(clause: str) -> bool:
    """Return whether a clause only asks; "能帮我带两斤土豆吗" asks politely for goods and is none."""
    either = EITHER.search(clause)
    if either is not None and (either["written"] or SOME.search(clause) is None):
        return True
    return QUESTION.search(clause) is not None and (
        POLITE.search(clause) is None or HOW_MUCH.search(clause) is not None
    )


def is_aside(clause: str) -> bool:
    """Return whether a clause speaks of doing things, not of goods (要下雨, 不要聚集)."""
    return QUIET.search(clause) is not None
