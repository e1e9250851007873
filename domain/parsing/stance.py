"""How a text is meant: told, offered, asked of the public, announced, thanked, told of others, or said in jest."""

import re
from dataclasses import dataclass

from domain.parsing.context import Context
from domain.text.patterns import Rule

_OFFER = Rule(
    r"(?:需要|想要|急需|缺)[^,。;!?]{1,12}的(?:邻居|朋友|人|话|家庭)?[^,。;!?]{0,4}(?:找我|联系我|私我|跟我说|来拿|来取)|(?:可以|随时|就|都能|尽管)找我|我(?:可以|能|愿意|来)帮(?:忙|大家|你|各位|邻居)|(?:有|多)[^,。;!?谁]{1,12}可以(?:借|用|拿|分|给)(?!我|吗)"
    r"|(?:需要|要|想要|有需要|缺|急需|用得着|用得上)的?(?:话|邻居|朋友|人|家庭|人家|群友|业主|住户|宝妈|居民|大家|可以|请)?[^,。;!?]{0,4}(?:找我|联系我|私我|私信|私聊|说一声|说一下|吱一?声|滴滴|@我|艾特|来拿|来取|自取|过来拿|上我|到我|跟我说|告诉我|举手|扣1|回复|留言|接龙|戳我|敲我|喊我|叫我)"
    r"|自取|随便拿|免费(?:送|领|拿|的|给)?|先到先得|送给(?:需要|有|大家|邻居)|可以(?:分|匀|送|给|借)(?:给)?(?:一点|点|些|大家|你|邻居|出来|一|需要|有需)|匀(?:一点|点|些)?给(?:你|大家|需要)|分(?:一点|点|些)?给(?:你|大家|需要|邻居)|谁(?:家)?(?:想?要|需要|缺|急需|急用)(?!帮我)[^,。;!?]{0,12}(?:跟我|找我|联系|说|来|可以|私|@|带|捎|送|我)|谁要[^,。;]{0,6}[?？~]?$"
    r"|(?:我|家)[^,。;!?]{0,3}(?:有|多|剩)(?:多余|多的|剩|富余|点多|很多|好多)[^,。;!?]{0,12}(?:要|需|拿|取|分|送|给)|(?:放|搁|挂)(?:在)?[^,。;!?]{0,8}(?:门口|门把|楼下|大厅|架子)[^,。]{0,4}[,，]?[^,。]{0,3}(?:取|拿)|转让|出让|低价出|闲置|有(?:急需|需要)的(?:邻居|朋友|人|家)|哪家急需|送人|我(?:去|到|在)(?:超市|菜场|市场|药店)[^。]{0,10}(?:谁|要不要|需不需要|有没有人)(?:要|带|需)"
    r"|提供(?!帮助吗|一下)|我(?:这|这里|这儿|家|手上|手里)?(?:还)?有(?:两|一|几|多|些|点|半|三|四|五|[0-9])[^,。;!?吗]{0,14}[,，][^。]{0,8}(?:谁|需要|要的|来拿|给|送)"
)
_NEED_TOO = Rule(r"想换|想求|谁有|求(?!职|真)|缺(?!货)|还缺|就是没|可是没|但(?:是)?没|匀点给我|给我匀|借我|给我点|给我一")
_THANKS = Rule(r"谢谢|感谢|多谢|多亏|辛苦(?:了|大家|志愿|各位|你|您)|点赞|给力|致敬|鞠躬")
_ASK_ALONG = Rule(r"谁有|求|能不能|帮|麻烦|请问|缺|急|借|想要|没有了|没了|快没|吗")
_NOTICE = Rule(
    r"请(?:大家|各位|居民|邻居|业主|有|所有|未|没|到|在家|及时|于|按|勿|不要|自觉|配合|互相|相互|接龙|注意|务必|先|立即|尽快)|(?:大家|各位)(?:注意|请|记得|务必|尽量|一定|都要|别)|通知|公告|温馨提示|小知识|科普|小贴士|攻略|指南|须知|可以服用|建议服用|提醒|注意[:：]|@所有人|各位(?:居民|邻居|业主|亲|家人|团友)|尚未|未(?:打卡|接龙|填报|上报|登记)的|还没(?:打卡|接龙|填报|登记|做|报)的|"
    r"您(?:家)?的|您好[,，]|你(?:们|家)?(?:要|订|买|点)的|已(?:经)?(?:放|送|上报|登记|到|安排|联系|处理|报修|反馈)|到(?:了|货)[,，。]?[^。]{0,8}(?:取|拿|领)|开始(?:测|做|采样|检测|发放|配送|登记)|(?:早上|上午|下午|晚上|今天|明天)?[0-9一二三四五六七八九十]{1,2}点(?:半)?(?:开始|到|前|发|起)|的(?:居民|邻居|业主|同志|住户|朋友|家庭|人)(?:请|可以|可|要|需|先|到|来|一定|务必)|一律|严禁|禁止|不得|务必|配合|收到请?回复|麻烦(?:大家|各位)|统一(?:发|收|取|配|安排)|每户|挨家|入户|统计一下|报一下|发放|集中"
)
_HEADS = frozenset({"worker", "organiser", "building_head", "unit_head"})
_PUBLIC = Rule(
    r"算不算|是不是|会不会|多少(?:钱|度|元|算)|几(?:点|号|天|块|时|包|份|个|月)[^,。]{0,6}[?？啊呀呢吗]?$|什么(?:意思|时候(?!能.{0,8}我家)|价|牌子|情况|原因|症状)[^。]{0,12}[?？]?$|怎么(?:做|吃|用|煮|收费|算|样|说|看|报|填|扫|下单|接龙|打卡|操作)|哪(?:里|儿)(?:可以|能)?(?:做|测|打|接种|看|查|停|下载|填)|谁(?:家|是|把|知道|看见|看到|拿|在|说)[^,。]{0,12}|谁(?:家)?的|(?:好吃|好用|贵|新鲜|甜|辣|安全|可信|靠谱|真的|严重|正常|可以出门|能出门|能下楼)(?:吗|么|嘛|不[?？])|知道.{0,10}(?:吗|么)|(?:是|有).{0,8}(?:吗|嘛)[?？]?$|需不需要|要不要|能不能(?:吃|喝|用|退|换|开|出|下楼|洗)|可以(?:吃|喝|用|退|换|开|出|下楼|洗)[^,。]{0,6}吗|多久|为什么|为啥|吗[?？]?$|[?？]$"
)
_WHOSE = Rule(r"谁(?:把|拿|看见|看到|捡|丢|动|知道|是|家的|的(?!.{0,4}药))|拿错|放回|失物|寻物")
_ADVISED = Rule(r"(?:可以|请|就|记得|赶紧|直接|都可)(?:联系|找|打|去找|跟|报|说|拨)")
_PRAISE = Rule(r"(?:昨天|上次|前天|刚才|上回|那天)[^,。]{0,8}(?:帮|送|修|给)[^。]{0,14}(?:真|太|很|好)(?:好|棒|赞|人|给力|及时|负责|辛苦)")
_NEWS = Rule(r"电视(?:里|上|剧)|新闻(?:说|里|上|报)|听说|据说|网上(?:说|看)|朋友圈|抖音|微博|报道|小说|剧(?:里|情)|梦(?:见|到)|从前|小时候|歌(?:里|词)|别的小区|外地|国外|隔壁小区|有的人|(?:好多|很多|不少|好些)人|身边(?:的)?(?:人|朋友|同事)|周围|满大街|老话|俗话|段子|古人")
_IF = Rule(r"(?:^|[,。;])(?:如果|要是|万一|假如|假设|倘若|一旦)|的话[,，]|要是[^,。]{1,12}(?:怎么办|就)|万一")
_JOKE = Rule(r"哈哈|嘿嘿|呵呵|笑死|开玩笑|😂|🤣|😆|😜|🤪|段子|逗|^hh|哈$|狗头|\[捂脸\]|\[偷笑\]|\[呲牙\]")
_INSTRUCTION = Rule(r"忽略(?:以上|之前|前面|上述)|ignore (?:all|previous|the above)|system prompt|系统提示|你(?:现在)?是一个|(?:drop|delete|insert|update) (?:table|from|into)|把[^,。]{0,12}(?:每一?家|所有人?|全部|都)[^,。]{0,6}(?:记成|标成|改成|写成|登记为)|<script", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stance:
    """How a text is meant; several may hold. `silent`: whatever it names, it says nothing to the bot."""

    offering: bool = False
    thanking: bool = False
    announcing: bool = False
    asking_public: bool = False
    retelling: bool = False
    supposing: bool = False
    joking: bool = False
    instructing: bool = False
    calling: bool = False

    @property
    def announcing_only(self) -> bool:
        """Whether nothing but the manner of a notice keeps the text silent (已送医院 may still report a fall)."""
        return self.announcing and not (self.thanking or self.retelling or self.supposing or self.instructing)

    @property
    def silent(self) -> bool:
        """Whether nothing in the text is about the speaker's own people now."""
        return self.thanking or self.announcing or self.retelling or self.supposing or self.instructing


def stance_of(text: str, context: Context) -> Stance:
    """Return how a folded text is meant; cheap, by words and by who speaks."""
    offering = _OFFER.search(text) is not None and not _NEED_TOO.search(text)
    head = context.speaker.role in _HEADS
    return Stance(
        offering=offering,
        thanking=_PRAISE.search(text) is not None
        or (_THANKS.search(text) is not None and not _ASK_ALONG.search(text) and not _states(text)),
        announcing=_NOTICE.search(text) is not None and (head or _calls_all(text)),
        asking_public=_WHOSE.search(text) is not None or (_PUBLIC.search(text) is not None and not _personal(text)),
        retelling=_NEWS.search(text) is not None,
        supposing=_IF.search(text) is not None and (_ADVISED.search(text) is not None or not _personal(text)),
        joking=_JOKE.search(text) is not None,
        calling=_calls_all(text),
        instructing=_INSTRUCTION.search(text) is not None,
    )


_CALL = Rule(r"请(?:下楼|到|来)[^,。]{0,6}(?:领|取|拿|做|测)|下楼领取|请(?:大家|各位|居民|邻居们|业主|有|所有|未)|(?:大家|各位)(?:注意|请|记得|务必)|@所有人|各位(?:居民|邻居|业主)|未(?:打卡|接龙)的|通知|公告|温馨提示|小知识|科普|小贴士|攻略|指南|须知|小常识|转发")
_FACTS = Rule(r"正常|平安|都好|退烧|好多了|没事|3[4-9]\.[0-9]|不[咳烧痛疼]|转阴")
_PERSONAL = Rule(
    r"我(?!们小区|们群|知道|想问|问)|俺|咱家|家里|孩子|娃|宝宝|老人|老公|老婆|老伴|爸|妈|爷爷|奶奶|公公|婆婆|儿子|女儿|谁(?:家|那|能|可以)?[^,。]{0,3}(?:有(?!空)|能|帮)|求|急|帮忙|帮我|没了|快没|不够|吃完|用完|没人|坏了|堵|漏|停[水电]|断|救|没[米菜药水电]|冇|缺|买不到|病人|[0-9]{3}"
)


def _calls_all(text: str) -> bool:
    return _CALL.search(text) is not None


def _states(text: str) -> bool:
    return _FACTS.search(text) is not None


def _personal(text: str) -> bool:
    return _PERSONAL.search(text) is not None
