"""How a text is meant: told, offered, asked of the public, announced, thanked, told of others, or said in jest."""

import re
from dataclasses import dataclass

from domain.parsing.context import Context
from domain.text.patterns import Rule
from domain.text.vocabulary import cues

_CUES = cues("stance")

_OFFER = Rule(_CUES["offer"])
_NEED_TOO = Rule(_CUES["need_too"])
_THANKS = Rule(r"谢谢|感谢|多谢|多亏|辛苦(?:了|大家|志愿|各位|你|您)|点赞|给力|致敬|鞠躬")
_ASK_ALONG = Rule(r"谁有|求|能不能|帮|麻烦|请问|缺|急|借|想要|没有了|没了|快没|吗")
_NOTICE = Rule(_CUES["notice"])
_HEADS = frozenset({"worker", "organiser", "building_head", "unit_head"})
_PUBLIC = Rule(_CUES["public"])
_WHOSE = Rule(r"谁(?:把|拿|看见|看到|捡|丢|动|知道|是|家的|的(?!.{0,4}药))|拿错|放回|失物|寻物")
_ADVISED = Rule(r"(?:可以|请|就|记得|赶紧|直接|都可)(?:联系|找|打|去找|跟|报|说|拨)")
_PRAISE = Rule(r"(?:昨天|上次|前天|刚才|上回|那天)[^,。]{0,8}(?:帮|送|修|给)[^。]{0,14}(?:真|太|很|好)(?:好|棒|赞|人|给力|及时|负责|辛苦)")
_NEWS = Rule(_CUES["news"])
_IF = Rule(r"(?:^|[,。;])(?:如果|要是|万一|假如|假设|倘若|一旦)|的话[,，]|要是[^,。]{1,12}(?:怎么办|就)|万一")
_JOKE = Rule(r"哈哈|嘿嘿|呵呵|笑死|开玩笑|😂|🤣|😆|😜|🤪|段子|逗|^hh|哈$|狗头|\[捂脸\]|\[偷笑\]|\[呲牙\]")
_INSTRUCTION = Rule(_CUES["instruction"], re.IGNORECASE)


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


_CALL = Rule(_CUES["call"])
_FACTS = Rule(r"正常|平安|都好|退烧|好多了|没事|3[4-9]\.[0-9]|不[咳烧痛疼]|转阴")
_PERSONAL = Rule(_CUES["personal"])


def _calls_all(text: str) -> bool:
    return _CALL.search(text) is not None


def _states(text: str) -> bool:
    return _FACTS.search(text) is not None


def _personal(text: str) -> bool:
    return _PERSONAL.search(text) is not None
