"""How a text is meant: told, offered, asked of the public, announced, thanked, told of others, or said in jest."""

import re
from collections.abc import Callable

from domain.parsing.context import Context
from domain.text.patterns import Rule
from domain.text.vocabulary import cues

_CUES = cues("stance")

_OFFER = Rule(_CUES["offer"])
_NEED_TOO = Rule(_CUES["need_too"])
_THANKS = Rule(r"谢谢|感谢|多谢|多亏|辛苦(?:了|大家|志愿|各位|你|您)|点赞|给力|致敬|鞠躬")
_DONE = Rule(  # 谢谢志愿者帮我家送药, 感谢邻居借我退烧药
    r"^(?:真的|真|太|非常|万分|衷心|十分)?(?:谢谢|感谢|多谢|多亏)[^,。!?]{1,14}(?:[帮替给借][^,。!?]{0,6}[送拿买修带搬取药]|借我|送我|匀)"
    r"[^0-9一二两三四五六七八九十半点些]{0,10}$"
)
_LACKING_STILL = Rule(r"谁有|求|能不能|麻烦|请问|缺|没有了|没了|快没|吗|明天|下次|再|有空")
_MORE_WANTED = Rule(r"谁有|还[缺差要]|能不能|麻烦|请问|吗|另外|顺便|再来|再要|不够")
_ASK_ALONG = Rule(_CUES["ask_along"])
_NOTICE = Rule("|".join(_CUES[cue] for cue in ("heading", "notice")))
_HEADS = frozenset({"worker", "organiser", "building_head", "unit_head"})
_TO_FETCH = Rule(r"领取|[下来]楼?领(?=$|[一-龥0-9,。!])|(?:已到|到货|到了)[^。]{0,20}[领取拿]")
_PUBLIC = Rule(_CUES["public"])
_RECOMMEND = Rule(r"求(?:推荐|链接|教程|拼|攻略)")
_WHOSE = Rule(r"谁(?:把|拿|看见|看到|捡|丢|动|知道|是|家的|的(?!.{0,4}药))|拿错|放回|失物|寻物")
_ADVISED = Rule(r"(?:可以|请|就|记得|赶紧|直接|都可)(?:联系|找|打|去找|跟|报|说|拨)")
_PRAISE = Rule(
    r"(?:太|真|好|很)(?:感动|暖心|贴心|感人)|(?:昨天|上次|前天|刚才|上回|那天)[^,。]{0,8}(?:帮|送|修|给)[^。]{0,14}(?:真|太|很|好)(?:好|棒|赞|人|给力|"
    r"及时|负责|辛苦)"
)
_NEWS = Rule(_CUES["news"])
_IF = Rule(
    r"(?:^|[,。;])(?:如果|要是|万一|假如|假设|倘若|一旦)|的话[,，]|(?<!有)的话(?:可以|能|要|应该|该|怎么)|要是[^,。]{1,12}(?:怎么办|就)|万一"
)
_JOKE = Rule(r"哈哈|嘿嘿|呵呵|笑死|开玩笑|😂|🤣|😆|😜|🤪|段子|逗|^hh|哈$|狗头|\[捂脸\]|\[偷笑\]|\[呲牙\]")
_INSTRUCTION = Rule(_CUES["instruction"], re.IGNORECASE)
_DICTATION = Rule(_CUES["dictation"])  # 把501标成阳性

_CALL = Rule("|".join(_CUES[cue] for cue in ("heading", "call")))
_GREETING = Rule(r"@所有人|(?:请问)?各位(?:居民|邻居|业主)们?|请(?=(?:大家|各位)(?:邻居)?(?:帮|救|看看|借|匀|给我))")
_BEGS = Rule(
    r"(?:谁家?|哪[家位个]|有没有人?|有谁|有人)(?:家|那|手[里上])?(?:还|能|可以|方便)?(?:里|还)?(?:有(?!需|兴趣|[症发咳阳困])|能|可以|方便|会)|求(?!职|真)|匀|借|帮帮(?!忙?[,，]?(?:投|砍|点|转))|救命|救救|救急|帮(?:个|下|一下)?忙"
    r"|我(?:们)?家(?:里)?[^,。;!?]{0,8}(?:没|断|缺|快|坏|漏|堵|停|烧|疼|痛|晕|摔|吐|不)|能不能[^,。;!?]{0,4}(?:给|帮|匀|借)(?!大家)|快来"
    r"|有(?:没有)?多?余?的?[^,。;!?需要兴事谁]{1,8}[吗么嘛没](?=$|[,。!?])"
)
_GRATEFUL = Rule(  # 谢谢602送来的退烧药，娃昨晚退烧了
    r"^(?:真的|真|太|非常|特别)?(?:谢谢|感谢|多谢|多亏)(?!关心)[^,。!?]{0,12}[送给借帮匀拿](?!.{0,30}(?:谁有|求|能不能|还[缺差要]|今天|现在|目前))"
)
_COURTESY = Rule(
    r"[,。!?;~\s](?:谢谢|多谢|感谢|谢谢?)(?:大家|关心|各位|邻居|楼长|了|啦|晒|哈|啊|你|您|们|侬|哦|各位){0,3}[\s,。!~🙏🌹❤]*$"
)
_RECEIVED = Rule(r"收到|拿到|用上|送来|取到|领到|到了")
_ROLE = Rule(
    r"(?:^|[\s,。!?])(?:我|他|她|老公|老婆|媳妇|妈妈?|爸爸?|爷爷|奶奶|儿子|女儿|闺女|娃|孩子|医生|同事|老板|领导|朋友|老师|学生|客服|邻居|甲|乙|[ABab]|问|答):"
)
_NOTICE_FORM = Rule(r"通知[:】\]]|^.{0,8}通知|公告|提示|小知识|科普|小贴士|指南|须知|小常识|^.{0,2}转发|专家")
_FACTS = Rule(r"很好|挺好|安好|健康|正常|平安|都好|退烧|好多了|没事|3[4-9]\.[0-9]|不[咳烧痛疼晕吐拉泻喘]|转阴|好了")
_PERSONAL = Rule(_CUES["personal"])
_TEACHING = Rule(_CUES["teaching"])
_OWN_PEOPLE = Rule(r"我|俺|咱|老公|老婆|老伴|爸|妈|娃|孩子|儿子|女儿|家里|本人")
_FOR_NOBODY = Rule("|".join(_CUES[cue] for cue in ("advertising", "quiz", "wish")))
_RECEIVED_WITH_THANKS = Rule(_CUES["received"])
_IF_IT_CAME = Rule(  # 要是真停电三天，我怕是得啃生米; what is missing already (要是再没水) is no mere thought
    r"(?:(?:假如|假设|倘若)|(?:要是|如果|万一)(?:真的?|哪天|以后|明天|将来))[^。;!?再没]{1,14}[,，]?[^。;!?]{0,4}(?:怕是|恐怕|岂不|估计|大概|那可|就得|只能|怎么办|可怎么|咋办)"
)


class _Once:
    """A property computed at its first use and kept on the instance; without the lock that functools' own takes."""

    def __init__(self, tell: Callable[["Stance"], bool]) -> None:
        self._tell = tell
        self._name = tell.__name__
        self.__doc__ = tell.__doc__

    def __get__(self, stance: "Stance", owner: type["Stance"]) -> bool:
        told = stance.__dict__[self._name] = self._tell(stance)
        return told


class Stance:
    """How a folded text is meant; several may hold. Each is told when it is first asked for.

    Most messages name nothing that would matter, so most of these are never asked.
    """

    def __init__(self, text: str = "", role: str = "resident") -> None:
        self._text = text
        self._head = role in _HEADS

    @_Once
    def offering(self) -> bool:
        """Something is given away or help is offered, and nothing is asked for in the same breath."""
        return _OFFER.search(self._text) is not None and not _NEED_TOO.search(self._text)

    @_Once
    def thanking(self) -> bool:
        """Thanks or praise for what was done, without a new request or report."""
        if _RECEIVED_WITH_THANKS.search(self._text) and not _MORE_WANTED.search(self._text):
            return True
        if _PRAISE.search(self._text) or (_DONE.search(self._text) and not _LACKING_STILL.search(self._text)):
            return True
        if not _THANKS.search(self._text):
            return False
        if _GRATEFUL.search(self._text):
            return True
        if _COURTESY.search(self._text) and not _RECEIVED.search(self._text):
            return False
        return not (_ASK_ALONG.search(self._text) or _FACTS.search(self._text))

    @_Once
    def calling(self) -> bool:
        """The text calls on everybody (请大家, 通知); who asks his neighbours for something only greets them."""
        if _CALL.search(self._text) is None:
            return False
        return self._head or _CALL.search(_GREETING.sub("", self._text)) is not None or not _BEGS.search(self._text)

    @_Once
    def announcing(self) -> bool:
        """A notice: by its call, or by its manner where somebody with an office speaks."""
        return self.calling or (self._head and _NOTICE.search(self._text) is not None)

    @property
    def noticing(self) -> bool:
        """A notice by somebody with an office, or in the form of one: a neighbour who calls on all may cry for help."""
        return self.announcing and (self._head or _NOTICE_FORM.search(self._text) is not None)

    @_Once
    def handing_out(self) -> bool:
        """What was ordered has come and is to be fetched (蔬菜包已到，请501下楼领取，每户2份): nothing is asked for."""
        return _TO_FETCH.search(self._text) is not None

    @_Once
    def asking_public(self) -> bool:
        """A question about prices, times, rules or other people's things, not about the speaker's own case."""
        if _WHOSE.search(self._text) or _RECOMMEND.search(self._text):
            return True
        return _PUBLIC.search(self._text) is not None and not self._personal

    @_Once
    def retelling(self) -> bool:
        """News, hearsay, stories."""
        return _NEWS.search(self._text) is not None or self._staged

    @_Once
    def _staged(self) -> bool:
        """A dialogue written out for fun (老婆：没米了。我：吃面)."""
        return self._text.count(":") > 1 and len(_ROLE.findall(self._text)) > 1

    @_Once
    def supposing(self) -> bool:
        """A case that may come, or advice for it."""
        if _IF_IT_CAME.search(self._text):
            return True
        return _IF.search(self._text) is not None and (_ADVISED.search(self._text) is not None or not self._personal)

    @_Once
    def teaching(self) -> bool:
        """A rule, an instruction, a quiz, an advertisement or a wish: nobody's own case."""
        if _FOR_NOBODY.search(self._text):
            return True
        return _TEACHING.search(self._text) is not None and not _OWN_PEOPLE.search(self._text)

    @_Once
    def joking(self) -> bool:
        """Said in jest."""
        return _JOKE.search(self._text) is not None

    @_Once
    def instructing(self) -> bool:
        """Words to a machine, which are data like any other and never followed."""
        if _INSTRUCTION.search(self._text):
            return True
        return not self._head and _DICTATION.search(self._text) is not None  # a head dictates what he has seen

    @property
    def announcing_only(self) -> bool:
        """Whether nothing but the manner of a notice keeps the text silent (已送医院 may still report a fall)."""
        return self.announcing and not (
            self.thanking or self.retelling or self.supposing or self.instructing or self.teaching
        )

    @property
    def supposing_only(self) -> bool:
        """Whether nothing but a condition keeps the text silent (要是有空就去 answers a call for sign-ups)."""
        return self.supposing and not (
            self.thanking or self.announcing or self.retelling or self.instructing or self.teaching
        )

    @property
    def silent(self) -> bool:
        """Whether nothing in the text is about the speaker's own people now."""
        return self.thanking or self.announcing or self.retelling or self.supposing or self.instructing or self.teaching

    @_Once
    def _personal(self) -> bool:
        return _PERSONAL.search(self._text) is not None

    def names(self) -> tuple[str, ...]:
        """Return the stances that hold, for an explanation."""
        return tuple(name for name in _NAMES if getattr(self, name))


_NAMES = (
    "offering",
    "thanking",
    "announcing",
    "asking_public",
    "retelling",
    "supposing",
    "joking",
    "instructing",
    "teaching",
)


def stance_of(text: str, context: Context) -> Stance:
    """Return how a folded text is meant, by its words and by who speaks."""
    return Stance(text, context.speaker.role)
