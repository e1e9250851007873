"""The words with which people change and cancel what they ordered. Names of goods are blotted out as □ before."""

from domain.parsing.quantity_words import NUMBER, UNIT
from domain.text.patterns import Rule
from domain.text.vocabulary import cues

_CUES = cues("change_words")

CLAUSE = Rule(
    r"[,，;；。\n!！?？~～…|]+|(?<![0-9])\.+|\.+(?![0-9])|[ ]{1,3}(?=再[加来要]|追加|多了|不对|还是|后来|算了"
    r"|[别其]的|其[他它余]|剩下|[退减](?=[0-9一两掉了少]))|了(?<=不[要订]了)(?=□)|(?<=不要)(?=□{1,12}要\s*$)"
)
AMOUNT = rf"(?:{NUMBER}\s?[大小]?{UNIT}|[0-9]{{1,3}}(?![0-9点元度℃档%]))"
AN_AMOUNT = Rule(AMOUNT)
KEEP = Rule(_CUES["keep"])
SCRAP = Rule(_CUES["scrap"])
AFRESH = Rule(
    r"(?:重新|从新)(?:来|报|下单?|订|写|发|接|要|统计|填)?(?:一下|一遍|一次)?\s?[:：]?|(?:重[来报发写填下接]"
    r"|重订)\s?[:：]?|以(?:这|此)(?:条|个|次)?为准\s?[:：]?|更正(?:一下)?\s?[:：]?"
)
GONE = Rule(rf"(?:{_CUES['gone']})")
AWAY = Rule(
    rf"^(?P<lead>.{{0,8}}?)(?:取消|退掉|退订|(?<![不可])退(?=\s?(?:{AMOUNT}|□|[一-龥]))|去掉|删掉|划掉"
    rf"|减[少掉去]?(?=\s?{AMOUNT})|少[要来订拿送买带]?(?=\s?{AMOUNT})|撤掉"
    rf"|不(?:再?[要订]|想[要买订])(?=.{{1,14}}了\s*$))(?P<goods>.+)$"
)
SWAP = Rule(
    rf"(?:[→➡]|[-—]+>|现在(?=[要改]?\s?{AMOUNT})[要改]?|变(?=\s?{AMOUNT})|[改换变更调设](?:成|为|到|做|订成?|要)"
    r"|[加增减][到成为至]|增加到|减少到|更正[为成]|修改[为成]|调整[为成到]|改|换|转成?(?=\s?□))(?!一下|天|日|个?时间"
    r"|地址|人)\s?[:：]?"
)
NOT_THAT = Rule(
    rf"(?:是|要|订|报)的?\s?□{{0,12}}\s?(?P<yes>{AMOUNT}(?:\s?□{{1,12}})?)\s?[,，]?\s?(?:而)?不是\s?{AMOUNT}"
    rf"|不是\s?{AMOUNT}\s?[,，]?\s?(?:而|应该)?是\s?□{{0,12}}\s?(?P<yes2>{AMOUNT})"
)
MORE = Rule(
    r"^\s*(?:(?:我家?|我们家?|也|另外?|麻烦|请|帮忙|帮我|给我家?|能|可不可以|能否|可否|可以|能不能|那|还想|想|要|家里|再给我|再帮我"
    rf"|请问|(?:能|可以|方便|有)的话)\s?){{0,6}}(?P<name>□{{1,12}})?\s?(?:再(?:[加来要带订买添拿补追报]"
    rf"|追加|增加)|追加|增加|加[订购买]|添(?=\s?{AMOUNT})|加?多[要来加订买]?(?=\s?{AMOUNT})"
    rf"|补(?=\s?{AMOUNT})|还要(?=\s?{AMOUNT})|加(?:上)?(?=\s?(?:{AMOUNT}|□)))"
)
# The verb between name and amount: 土豆再加两斤, 牛奶少要一箱.
INNER = Rule(
    rf"^[^0-9一二两三四五六七八九十半]{{0,8}}?□+\s*(?:(?P<more>再(?:给我家?|帮我家?)?(?:[加来要订添补买拿带]|多[加来要订]?)|多加|追加|增加|加[多订]?|添|补|多要|多来|多订|多)|减少?|减掉|取消|去掉|少要"
    rf"|少来|少订|少|退掉?)\s?(?={AMOUNT})"
)
NOBODY = Rule(rf"^(?:{_CUES['nobody']})++")
# One of these stands in every change; most orders hold none of them.
CHANGED = Rule(
    r"[→➡>现改换变更调设消退去删划撤减加追补添增算废重是错照不再别转保留]"
    r"|少|还要|多|掉|免了|没变|跳过|后来|其实|实际|[写报打填按]成"
)
SLIP = Rule(r"(?:写|报|打|填|弄|发|搞|点|记|看|按)(?:错了?|成)")
# What was said before and is not asked for again: 原来订的3份, 我报的2份, A订多了.
TOLD = Rule(
    r"^\s*(?:□{1,12}\s?)?(?:我们?家?)?(?:(?:原来|原先|原本|本来|之前|先前|[前上]面|刚才|刚刚|早上|昨[天晚]|上午)(?:我们?家?)?(?:是|的|已经)?"
    rf"(?:[订定报要下点写接买]|登记)?(?:了|的是?|过的?)?(?=\s?(?:□{{1,12}}|{AMOUNT}))"
    r"|(?:我们?家?)?(?:之前|原来|刚才|前面)?(?:已经)?(?:[订定报下点写]|登记)(?:了|的是?|过的?)"
    r"|(?:我们?家?)?(?:之前|原来|刚才|前面)?(?:[订报下点写要买][多少错重]了|多[订报下点写要买]?了))"
)
EXTRA = Rule(rf"多[订报下点写要买]?了\s?(?P<amount>{AMOUNT})")
INSIDE = Rule(rf"(?:(?P<more>再加|再要|追加|多要|加)|退掉?|减[掉去少]?|去掉|取消|撤掉?|少要?)(?=\s?{AMOUNT})")
WISHED = Rule(rf"(?:\s?□{{1,12}}\s?{AMOUNT}){{1,6}}\s?(?=□{{1,12}}$)")
RETURNED = Rule(rf"退掉?(?=\s?{AMOUNT})")  # 鸡蛋2板退1板
# What holds instead of what was said just before: 3盒，后来想想2盒够了; 3份，不对，2份.
RATHER = Rule(
    r"^\s*(?:不对|哦不|口误|其实|实际上?|后来(?:又)?(?:想想|想了想|考虑了?一?下?)?|想了?想|还是|最后|最终|应该是|更正)"
    rf"(?:还是|就|只|要|来|改成?|应该|是|[:：\s]){{0,4}}(?=□|{AMOUNT})"
)
NO_LONGER = Rule(r"^\s*(?:不对|哦不|口误|错了|打错了?|写错了?|啊不|不是)\s*$")
NOT_THESE = Rule(
    rf"[是要订买拿]的?\s?(?P<yes>(?:{AMOUNT}\s?)?□{{1,12}}(?:\s?{AMOUNT})?)\s?[,，]?\s?(?:而)?不是\s?(?P<no>□{{1,12}})"
    rf"|不(?:是|要)\s?(?P<no2>□{{1,12}})\s?[,，]?\s?(?:而|应该)?[是要]\s?(?P<yes2>(?:{AMOUNT}\s?)?□{{1,12}}(?:\s?{AMOUNT})?)"
)
STILL = Rule(rf"\s?(?:还是|也是|仍是|还要|照旧|要)?\s?{AMOUNT}\s*(?:$|[,，。;；])")
THIS_TIME = Rule(r"[这本][次周轮期批回]")
REFUSALS = (
    *(f"{a}我{b}" for a in "给帮" for b in "订买带留"),
    "不要",
    "不用",
    "不用了",
    "不需要",
    "不需要了",
    "不订",
    "不买",
    "算了",
    "用不着",
    "不参加",
    "跳过",
)
