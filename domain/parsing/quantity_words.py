"""How people write amounts, prices, guesses and numbers that are none, as the sources of one pattern."""

import re

from domain.parsing.numerals import HAN_NUMERAL, HAN_PATTERN
from domain.text.patterns import Rule
from domain.units import UNITS

NOT_UNITS = frozenset(["口", "面", "车"])
_UNIT_NAMES = sorted((n for n in UNITS if n not in NOT_UNITS), key=len, reverse=True)
# 二锅头, 一锅底料, 一网友, 一台风 begin no amount.
_LONGER = {
    "两": "两(?![箱瓶桶盒板罐](?!装))",
    "本": "本(?![周月次群期地来人身市院店楼小区单社])",
    "台": "台(?![风湾阶北灯钟账州词阵上])",
    "床": "床(?![上单边头铺位垫])",
    "锅": "锅(?![巴头底盔铲盖])",
    "篮": "篮(?![球板])",
    "客": "客(?![人户厅服气车运栈官家])",
    "网": "网(?![友上络红课点速民])",
}
_ENGLISH = "pcs|pieces|box(?:es)?|bottles?|bags?|packs?|cans?|trays?|cartons?|cups?|loa(?:f|ves)|dozen"
_WORDY = [_LONGER.get(n, n) for n in _UNIT_NAMES if not n.isascii()]
UNIT = rf"(?:(?:[kKmM]?[gG]|[mM]?[lL]|{_ENGLISH})(?![A-Za-z])|{'|'.join(_WORDY)})"
NUMBER = rf"(?:[0-9]{{1,6}}(?:\.[0-9]{{1,3}})?(?:[千万](?!克))?|{HAN_PATTERN}|[半½])"
ARABIC = r"[0-9]{1,6}(?:\.[0-9]{1,3})?"
SIZE = r"[大小中整满]"
_PAIR = "(?:一两|一二|二三|两三|三四|三五|四五|五六|六七|七八|八九)"
_HARDER = "烂脆大小早晚快慢软硬好鲜嫩老甜辣淡咸熟生多少瘦肥宜高低厚薄细粗轻重热凉冷远近酸香密紧松"
PEOPLE = r"(?:人(?!份|参)|大人|小孩|孩子|孩|老人|娃|月|小时|星期|钟头|礼拜)"
VAGUE = rf"""
    [0-9]{{7,}}\s?{UNIT}
  | (?:[一二两三四五六七八九]?十)?(?:好几|几|数)[十百]?\s?{SIZE}?{UNIT}
  | (?:[一二两三四五六七八九]?十)?{_PAIR}[十百]?\s?{SIZE}?{UNIT}
  | (?:{ARABIC}|[一二两三四五六七八九十])\s?[-~～—–至到或、]\s?
    (?:{ARABIC}|[一二两三四五六七八九十]{{1,3}})\s?{SIZE}?{UNIT}
  | {NUMBER}(?:来|多|几|余)\s?{SIZE}?{UNIT}
  | {NUMBER}\s?{UNIT}(?:还是|或者?是?)(?:要|来)?\s?{NUMBER}\s?{UNIT}
  | {NUMBER}\s?{UNIT}多(?![谢少加放肉汁味])
  | (?:{NUMBER})(?:块钱|元钱?|毛钱)的
  | 若干|适量|少许|少量
  | (?<![{_HARDER}不])(?:一点儿?|一些|点儿)(?!半|钟|[0-9一二三四五]|前|之前|左右|后|以后|钟|都|也)
  | (?<=要)点(?=\s?(?:$|[,，。;；!！吧]))
  | (?<=[来买带捎拿称弄订整])点(?=$|[^0-9一二三四五六七八九十钟半前儿])
"""
_PACKS = "份斤盒袋箱包瓶板提只颗根条桶罐把块个件组套篮打串"
_PAYING = (
    "(?:转账|转|付|支付|已付|已转|实付|收款|收到|[合总]计|总价|共计|微信|支付宝|尾款|定金|订金|押金|余款|红包|花了)"
)
_PAID = r"[\s,，(（]{0,2}(?:微信|支付宝)?(?:已[付转支]|付[了过讫清]|[转付][了过]|转账)"
PRICE = rf"""
    [¥￥$]\s?{ARABIC}(?:\s?[/／每一]\s?{UNIT})?
  | {NUMBER}\s?(?:元|圆|块钱|块大洋|毛钱|毛(?![肚豆巾血笔])|角钱|rmb|RMB)
    (?:[0-9]{{1,2}}|[一二三四五六七八九](?!{UNIT}))?(?:\s?[/／每一1]\s?{UNIT})?
  | {NUMBER}\s?块(?:[0-9]{{1,2}}|[二三四五六七八九])?\s?(?:[/／每一]\s?{UNIT})
  | {ARABIC}\s?[/／每]\s?(?:{ARABIC}\s?)?{UNIT}
  | (?<![A-Za-z×*])[1-9][0-9]{{1,2}}(?:\.[0-9]{{1,2}})?一{UNIT}(?:的|那[个种款]|这[个种款])
  | {_PAYING}(?:了|过|款|钱|完|给团长)?\s?[:：]?\s?{ARABIC}(?!\s?{SIZE}?{UNIT}|[.0-9])(?:\s?[元圆块])?
  | (?:(?<=[{_PACKS}])|(?<=[{_PACKS}]\s)){ARABIC}(?:\s?[元圆块]?钱?)(?={_PAID})
  | (?<=斤)\s?{ARABIC}\s?块(?=$|[\s,，;；。、])
  | (?:(?<=[0-9{_PACKS}])|(?<=[0-9{_PACKS}]\s))=\s?{ARABIC}(?=$|[\s,，;；。!！)）元圆块])(?:[元圆块]钱?)?
  | (?<=[{_PACKS}])[1-9][0-9]{{1,3}}(?:\.[0-9]{{1,2}})?(?=$|[\s,，;；。!！)）])
"""
ASIDE = rf"""
    [0-9]{{7,}}
  | 体温\s?[:：]?\s?{ARABIC}\s?(?:[度点][0-9一二三四五六七八九]?|℃)?
  | (?<![A-Za-z0-9])[0-9]{{1,2}}[:：][0-9]{{2}}(?![0-9])
  | [0-9]{{2,4}}[*＊]{{2,}}[0-9]{{2,4}}
  | {NUMBER}[度点][0-9五零一二三四六七八九]
  | {NUMBER}\s?(?:%|％|℃|°|点(?![儿心的])|时|分钟|小时|天(?!麻)|日|月(?!饼)|年(?!糕)|周|岁)
  | {NUMBER}\s?(?:口人?(?!锅|蘑|罩|水|服|味|香)|{PEOPLE}|位|户|家(?!乐|常)|楼|层(?!板)|栋|幢|单元|室)
  | {NUMBER}\s?(?:公里|千米|厘米|毫米|[cmCM][mM]|寸|瓦|伏|毫安|[wWvV](?![A-Za-z])|次|折|期|号(?:楼|栋|门)?|[#＃])
  | {NUMBER}个{PEOPLE}
  | 共(?:要|订|买|是)?\s?{NUMBER}\s?[样种](?:东西)?
  | [1-4][0-9]\s?码(?!头|数)
  | 半斤八两
  | 第{NUMBER}\s?{UNIT}?
  | {NUMBER}\s?连[包袋罐杯盒](?![^。;；]{{0,4}}[0-9一二两三四五六七八九十])
  | {NUMBER}\s?(?:分糖|段(?=$|[^一-龥]|[一二两三四五六七八九十]))
  | [三3]缺[一1]
  | (?<=同)[0-9]{{3,4}}(?![0-9])|[0-9]{{2,5}}\s?(?:同款|[家那]?[的]?一样)
  | 分(?:成|装)?\s?{NUMBER}\s?{UNIT}装
"""
AMOUNT = (
    rf"(?<![第每哪某同])(?P<number>{NUMBER})(?:\s{{0,2}}"
    rf"|(?P<size>{SIZE}))(?P<joined>连(?=[包袋罐杯盒]))?(?P<unit>{UNIT})(?P<half>半(?!成品|夏|价|[糖冰辣甜]))?(?:(?P<packed>装)"
    rf"|(?P<ratio>\s?[/／]\s?{UNIT}))?"
)
COUPLE = (
    r"(?<![们他她你咱我妻娘爷母父姐兄哥口])(?P<couple>[俩仨])"
    rf"(?P<couple_unit>(?!包[子菜谷]|盒饭|板[栗蓝]|[头口面块片]){UNIT})?(?!人|大人|孩|老|口|娃)"
)
BARE = (
    rf"(?:(?P<sign>[+＋➕*＊×xX✖✕])\s?)?(?P<bare>(?<![0-9.])[0-9]{{1,4}}(?:\.[0-9]{{1,3}})?(?![0-9.%A-Za-z#"
    rf"])|[{HAN_NUMERAL}]{{1,4}}(?=\s?(?:$|[,，、;；。.!！)）+＋□])))"
)
# What a number, a price or a guess can begin with: spares the pattern most positions of a text.
_BEGINNING = (
    rf"(?:(?<![0-9])|(?![0-9]))(?:(?<![{HAN_NUMERAL}])"
    rf"|(?![{HAN_NUMERAL}]))(?=[0-9{HAN_NUMERAL}半½俩仨几数若适少点好=¥￥$转付支已实收合总共第体微尾定押余红花分+＋➕*＊×xX✖✕]"
    r")"
)
# 带个西瓜, 买瓶酱油: a verb and a unit without a number is one.
_ONES = "个瓶袋包盒箱份桶斤条把只块提板杯罐根颗支樽听碗"
ONE_OF = (
    rf"(?<=[带来买要捎订添])(?P<one>[{_ONES}])(?=□|[一-龥]{{2}}|[盐醋米面油糖酒蛋奶葱姜蒜肉鱼虾鸡鸭枣茶水](?![一-龥](?<![吗吧呀啊呢])))(?!人|大人|小孩"
    rf"|月|说|字|子|[{HAN_NUMERAL}几])"
)
# Nine in ten amounts look like this; found first, they are spared the other fifty ways to write a number.
_PLAIN = (
    r"(?<![第每哪某同])(?P<plain>[0-9]{1,4}|[一二两三四五六七八九十半])"
    r"(?P<plain_unit>[份斤盒袋箱包瓶板提只颗根条桶罐把个]|块(?<!斤[0-9]块)(?<!斤[0-9]{2}块)|公斤|克|kg)(?=$|[\s,，、;；。□])"
)
NUMERIC = Rule(
    rf"{_BEGINNING}(?:{_PLAIN}|(?P<vague>{VAGUE})|(?P<price>{PRICE})|(?P<aside>{ASIDE})"
    rf"|(?:(?P<times>[*＊×xX+＋➕✖✕])\s?)?{AMOUNT}|{COUPLE}|{BARE})|{ONE_OF}|(?<![0-9{HAN_NUMERAL}公市半])(?P<jin>斤半)",
    re.VERBOSE,
)
ANY_NUMBER = Rule(rf"[0-9{HAN_NUMERAL}俩仨半½几数若适少些点]|[带来买要捎订添][{_ONES}]")
