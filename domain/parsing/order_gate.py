"""Whether a text outside a chain orders anything: not an offer, a notice, a question, a hope, thanks or a tale."""

import re

from domain.parsing.quantity_words import UNIT
from domain.text.patterns import Rule

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
QUESTION = Rule(
    r"(?![能可要会有是行好对]不)(?P<same>[一-龥])不(?P=same)|好不好(?=[吃用喝看])|[?？]|[吗嗎么呢](?:\s|[~～。!！]|$)|(?:^|[^好])多少|什么(?!都|.{0,4}都)|怎么|怎样|几[点时天号块钱]"
    r"|(?<![来买带订拿称弄捎十好])几[包份斤个袋盒箱瓶只颗块条根枚片粒罐板提]\s*(?:[啊呀呢]|一[箱板袋盒提包]|(?<=[0-9一每][包份斤个袋盒箱瓶板提]几.)$)|哪[里个儿天家种款样]|啥|为何|为什么|有没有|是不是|要不要|点计|边度"
    r"|咩"
)
NOT_MINE = Rule(
    r"谁(?:要|想|有|家|需|能|那|给|带|订|买)|有没有人|有人(?:要|想|有|需|卖)|哪家|哪位|大家(?!好)|各位"
    r"|邻居们|需要的|想要的|(?:刚才|刚刚|前面|之前)(?:谁|有人)?说要|要的(?:邻居|朋友|人|请|接龙|找|私|联|报|可以|来|速)|有要的|"
    r"自取|免费|送给|送[^,，。;我]{1,5}给(?!我)|赠|多出来|多余|我家?(?:还|也|这里?|这边"
    r"|那)?(?:有(?![0-9一两二三四五六七八九十].{0,5}(?:口|个人|人|个孩子|个老人))|剩|多了|多的)|(?:可以"
    r"|能)(?:来|过来|上门)?(?:拿|取|分)|分(?:给|你|享|一点给)|匀|转让|门口(?:了|自)|"
    r"借(?!过)|求(?!助)|急需|急求|到货|截[单止]|开团|成团|满[0-9]+"
    r"|起送|起订|缺货|没货|售罄|卖[完光]|断货|补货|"
    r"写[“\"「]|系统认|请看清|通知|公告|温馨提示|【|价格|[菜报肉]价|价[目格]|单价|售价|[楼层]的?(?:人|住户)?都要|特价|优惠|一斤起|包邮|才[0-9]{1,3}(?![0-9]|\s?[份斤个盒袋箱板])|[,，\s]便宜|人搬|"
    r"(?<!要)(?<!煮)烂(?!一?点|些|乎|熟|糊)|坏了|坏的|臭了|(?<!^)(?<![,，。\s别])漏了|(?<![算写订报点要])少了|少给|少发|发错(?!了?[,，\s!！]{0,2}(?:是|作废|不算|重|改))|送错|没收到|没送|还没[到送收]|收到(?!请|[\s,，。!！~]|$)|拿错|退款|投诉|"
    r"小时候|电视|新闻|听说|据说|梦[到见]|去买|去拿|买不到|买到|哪.{0,2}买|"
    r"如果|要是|假如|假设|万一|(?<![能以便有来到多行])的话|倘若|除非|要么|要不"
)
# What was, what others do, thanks and opinions: a wish may stand in the clause beside it (上次写少了，改成三盒).
EITHER = Rule(
    r"[^\s,，。;；!！?？]还是(?![要来按照老原那上])|(?P<written>[写填][^,，。]{1,6}还是[写填])"
)  # 脐橙还是冰糖橙
TALE = Rule(
    r"下次|下回|以后再|昨[天晚日]|前天|上次|上回|上周|以前|从前|(?<!不)[买订拿喝]了|(?<!够)吃了|(?:买|订|带|拿)过|谢谢.{0,16}(?:给|送|帮|的)|感谢"
    r"|辛苦了|问我|限购|[户人家][只仅]?限|限[0-9一两二三]|太贵|好贵|你们(?:要|的|订)|你(?:要|家|的|订|吃)|您(?:家|的|要|订)|他(?:要|家|们)|她(?:要|家|们)"
)
ALTERED = Rule(r"改|换|取消|退|[再追]加|再[来要订]|不[要订]")
ORDERED = Rule(
    r"(?:昨[天晚日]|前天|上[次回周])(?:我们?家?)?(?=[订定报]的[^,，。;]{0,10}[,，]?\s?(?:改|换|变|减|加|退|取消|不要|少))"
)
ENDS = Rule(r"[,，。;；!！?？~～…\n]")
SOME = Rule(r"[0-9一二两三四五六七八九十半俩仨几点些]|不要|取消|退")
QUIET = Rule(
    r"(?:在|放)[^，,。]{0,2}[左右]边|家里?(?:还|都|也)有|还有存货|吃不完|够吃|[只就还仅]剩|留给|啥.{0,3}都[行可好]|"
    r"[^等]到(?:了|啦|咯)\s*$|按[^，,。]{1,4}(?:来|领|取|拿)|"
    r"(?:真|太|挺|很|好|蛮)(?:新鲜|好吃|甜|香|便宜|贵|不错|棒|漂亮|大方|难吃)|不错|不要(?:聚集|出门|下楼"
    r"|慌|怕|急|紧|再)|要(?:做|去|到|是|注意|小心|下雨|开会|上班|求|求助|疯|死|命|不)"
)
ALL_OF_IT = Rule(
    r"^\s*(?:我家?)?(?:(?:这)?([两二三四2-4])[样种个款]|全部?|每[样种]|都)(?:我?家?)?(?:都|各)?[要来](?:了|的|吧|一份)?[\s!！。~]*$"
)
WANTS = Rule(
    r"(?:(?:我们?家?|咱家?|家里|也|还|就|都|想|那|给我|帮我|算我|加我) ?){0,3}(?:要|订|来|买|报名|参加|一个)"
    r"(?:的|了|吧|哈|啊|呀|哦|一下|[ !！。~]){0,6}"
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
    if "订的" in text or "定的" in text or "报的" in text:
        text = ORDERED.sub(lambda match: " " * len(match[0]), text)
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
        POLITE.search(clause) is None or re.search(rf"(?:几|多少)(?:点|钱|块|{UNIT})", clause) is not None
    )


def is_aside(clause: str) -> bool:
    """Return whether a clause speaks of doing things, not of goods (要下雨, 不要聚集)."""
    return QUIET.search(clause) is not None
