"""Names of goods and medicines in a text: blotting them out, and what a chain's header lists."""

import re
from collections.abc import Iterable
from functools import lru_cache

from domain.parsing.articles import known_names, medicines
from domain.parsing.order_header import header_goods
from domain.text.patterns import Rule

__all__ = ["MASK", "header_goods", "is_drug", "mask_goods"]

MASK = "□"
# Medicines beyond the lexicon: an ailment or an effect, then what medicine comes as (退烧药, 咳嗽糖浆, 头痛粉).
REMEDY = Rule(
    "(?:小儿|儿童|复方|强力|中成)?"
    "(?:(?:感冒|发烧|发热|退烧|退热|咳嗽|头[痛疼晕]|腹泻|拉肚子|过敏|胃[痛疼]|牙[痛疼]|痛经|嗓子|咽喉|烫伤|烧伤|扭伤|跌打|湿疹|冻疮"
    "|晕车|呕吐|鼻炎|流鼻涕)"
    "|[治止退降消抗祛化润清镇][热烧咳泻痛疼炎痰敏压糖脂酸寒嗽喘吐晕暑]{1,2})"
    "(?:药水|药膏|药(?![店房])|贴|片|糖浆|粉|颗粒|冲剂|胶囊|口服液|栓|膏|喷雾|灵|宁|水)"
)

_REMEDY_FORM = Rule("[药贴片浆粉粒剂囊液栓膏雾灵宁水]")  # one of these stands in every remedy


def names_remedy(text: str) -> bool:
    """Return whether `text` holds the name of a medicine that no lexicon need have."""
    return _REMEDY_FORM.search(text) is not None and REMEDY.search(text) is not None


def is_drug(name: str) -> bool:
    """Return whether `name` is a medicine or a medical article of the lexicon, or is built like one."""
    return name.lower() in medicines() or REMEDY.fullmatch(name) is not None


@lru_cache(maxsize=8)  # several readers ask for the same piece of a message, one after the other
def mask_goods(text: str) -> str:
    """Return `text` with the names of goods and medicines blotted out, of the same length.

    Symptom words inside them (感冒灵, 咳嗽糖浆, 退烧药) say nothing about anybody's health.
    """
    plain = REMEDY.sub(_blot, text) if _REMEDY_FORM.search(text) else text
    lower = plain.lower()
    found = known_names().find(lower if len(lower) == len(plain) else plain)
    return blotted(plain, found)


def blotted(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return `text` with these spans (in order, apart) blotted out, of the same length."""
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces += (text[at:start], MASK * (end - start))
        at = end
    return "".join((*pieces, text[at:])) if pieces else text


def _blot(match: re.Match[str]) -> str:
    return MASK * len(match[0])
