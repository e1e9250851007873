"""The words around goods and amounts in an order: what leads to them, closes them, says how they shall be."""

from domain.parsing.quantity_words import UNIT
from domain.text.patterns import Rule
from domain.text.vocabulary import cues

_CUES = cues("order_words")

BREAKS = "，,;；。\n!！?？~～…|｜"
BRACKET = Rule(r"[(（\[【「]([^()（）\[\]【】「」]{0,40})[)）\]】」]")
JOINTS = Rule(r"(?:和(?!牛|田|平)|跟|与|以及|及|还有|外加|加上|[+＋➕&＆、/／])")
LEAD = Rule(rf"(?:{_CUES['lead']})")
LONGEST_TAIL = 6
TAIL = Rule(rf"(?:{_CUES['tail']})$")
CLOSERS = Rule(rf"^(?:{_CUES['closers']})++")
REMARK = Rule(rf"^(?:{_CUES['remark']})$")
CODES = Rule(
    r"第[0-9一二三四五六七八九十]{1,2}[个种款样号]|(?<![A-Za-z])(?P<letter>[A-Za-z])(?:套餐"
    r"|[包款餐类组])?(?![A-Za-z])|[0-9]{1,2}\s?号(?![楼栋])(?:套餐|[包款餐])?|[①-⑳]"
)
# A menu numbered 一、二、: 一x1, 二两份, 一和三各一份, 三号.
HAN_CODE = Rule(r"(?<![一-龥](?<![和跟与及]))[一二三四五六七八九十](?:号|(?=$|[\s,，、+*×xX0-9和跟与各]))")
HAN_NUMBER = Rule(r"[一二三四五六七八九十]{1,2}号(?![楼栋院线门])(?:套餐|[包款餐])?")
PADDED = Rule(r"(?<![0-9.])0[1-9](?![0-9.])")
# Several codes in one word: AB各一, ABC各来两份, ac各2.
LETTERS = Rule(r"(?<![A-Za-z0-9])(?:[A-Z]{2,8}|[a-z]{2,8}(?=\s?[各每]))(?=$|[^A-Za-z0-9])")
SINGLE_NEXT = Rule(r"$|[\s,，、;；。0-9一二两三四五六七八九十半+*×要来少不多加]")
FOOD_SIGN = "[\U0001f33d\U0001f344-\U0001f37f\U0001f950-\U0001f96f\U0001f9c0-\U0001f9ca\U0001fad0-\U0001fadb]"
FOOD = Rule(FOOD_SIGN + "+")
PICTURE = (
    "[\U0001f000-\U0001f0ff\U0001f300-\U0001faff\u2600-\u2727"
    "\u2729-\u2753\u2758-\u2794\u2798-\u27bf\u2b00-\u2bff\ufe0f\u200d❤‼❗❄]"
)
PARTICLES = Rule(
    "(?:吧|了|哈|哦|啊|哟|呀|噢|喔|呢|嘛|啦|咯|喽|呗|嘞|吗|么|的|谢+|可以吗|行吗|好吗|好不好|行不行"
    "|可以不|[回上过]来|[~～!！。.])++"
)
ENDING = Rule("[吧哈哦啊呀噢喔呢嘛啦咯喽呗嘞]+$")
# What a good is like, before its name (去皮五花肉, 甜一点的西瓜, 新鲜的虾) or behind it (土豆要大的3斤, 鱼要活的).
KIND_OF = Rule(
    r"(?:去[皮骨头壳核籽]|带[皮骨]|切好|切片|现[杀磨切]|[大小老嫩甜辣咸淡鲜新软硬](?:一?点儿?)?|[大中小](?:个儿?|只|号)|不[辣甜咸酸]|新鲜|散装|冰镇|无糖|低脂|全脂)的?"
    r"|(?![我你他她这那有要买订给]).{1,2}(?:一?点儿?|些)的"
)
TREATED = Rule(r"去[皮骨冰]|[少多无半全正常走加微]{1,2}[糖冰]|常温|[冷热冰温]的?|不[加放要].{1,3}|微辣|不辣")
WHICH_ONE = Rule(r"(?:就?要|最好是?|得是?|都?要)(?:那种|这种)?((?![我你他她这那]).{1,5})的")
OF_A_KIND = Rule(
    r"(?P<before>(?![我你他她这那有是]).{1,5}的)(?P<good>[一-龥]{1,2})|(?P<thing>[一-龥])(?P<behind>要.{1,5}的)"
)
# What makes a dish of the good before it, where a remark follows: 酸菜|鱼|不要辣.
MAKES_DISH = Rule("[鱼面饭汤粥饼丝片块丁羹煲]")
REMARK_BEGINS = Rule(r"不[要加放辣吃]|[少多]|加|免|别|去|[微中特重]辣|要[^0-9一二两三四五六七八九十]")
# How something shall be, whatever it is: 粥要烂一点, 包装得结实些, 米饭换面条.
HOW_IT_IS = Rule(
    r"[一-龥]{0,4}(?:要|得)[一-龥]{1,3}(?:一?点儿?|些)的?|[一-龥]{1,4}(?:要|得)[烂软硬脆嫩熟]"
    r"|[一-龥]{1,3}[多少][打放盛舀]一?[点些]"
)
# Verbs that may stand between name or speaker and amount: 割二斤肉, 冲2盒; 个 of 来个三四斤.
VERBS = frozenset("凑送切割冲蹲接打搞弄舀称秤剁个添补")
TASTE = Rule(r"要?(?:少放|多放|少加|多加|不要|不放|不加|不吃|别放|别加|免|去|加点)(?:点|些)?$")
HEADED = Rule(
    r"(?:不要|不加|不放|不吃|不带|别|少放?|多放?|免|要.{1,6}的|去[皮骨头鳞壳核毛冰筋籽]|[少多无半全正常走加微]{1,2}[糖冰]|[一三五七]分糖|要[冰热温]|切|剁|杀|微辣|中辣|新鲜|嫩一?点"
    r"|软一?点|大一?点|小一?点|好一?点|甜一?点|换).{0,14}$"
)
# Around whole lines: totals, amounts of everything, parts of a line and what shall be done with it.
TOTAL = Rule(r"(?:一共|总共|共计|合计|总计|共)(?:是|要)?\s?$")
ALL = Rule(
    r"(?:每[样种个款]|各[样种]|一[样种](?=[来要]|$)|都|全部?|[两三四][种样个款])(?:都|各)?(?:来|要|买|拿|订"
    r"|给我来)?\s?$"
)
ONLY_EACH = Rule(r"\s{0,3}(?:[全都]{1,2}要?[,，\s]?)?各(?:来|要|订)?\s?")
DRUG_CLASS = Rule(r"药$")
PART = Rule(
    r"(?:[一-龥]{1,3}的|[一-龥]{1,3}[多少](?:一?点)?|(?:少|多|加|免|去|不要|不放|不加|别放)[一-龥]{1,3}|[热冷冰辣甜咸淡软硬]|不?[杀切剁洗]好?)"
    r"(?=$|[\s,，;；。0-9一二两三四五六七八九十])"
)
# What shall be done with it: 鸡爪单独装, 骨头剁小块.
TREATMENT = Rule(
    r"(?:要|请|帮忙|麻烦)?(?:单独|另外|分开|一起|都)?(?:[多少]?[打盛舀]|装|放|包|切|剁|斩|砍|锯|去掉|留着|打包|处理|洗|杀|刮|绞|另装)[^,，。;；0-9]{0,6}"
    r"(?=$|[,，。;；])"
)
WHICH = ("要", "最好是", "就要", "得是", "要那种", "必须是")
OF_KIND = Rule(r"[一-龥]{0,2}的(?:$|[\s,，;；。!！)）])")
MONEY_UNIT = Rule(r"[块元毛]")
# What a part of the amount before it is for, beside the one product: 两份 一份杀好一份不杀, 3盒，一盒寄我婆婆.
SHARE = Rule(
    rf"(?!\s?(?:[再加减改换]|另加|取消|追加))[^\s,，;；。0-9]{{1,8}}?(?=$|[\s,，;；。0-9]|[一二两三四五六七八九十半]{UNIT})"
)
FOR_WHOM = Rule(r"\s?(?:是|就)?(?:给|送给?|留给?|放|寄给?|带给)(?:我|老|隔壁|孩|家|他|她|[妈爸]|邻居|[0-9])")
