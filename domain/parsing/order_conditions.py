"""Orders on a condition (要是新鲜的话来两颗): what would be ordered, for the question whether it is."""

import re

from domain.parsing.articles import known_names
from domain.text.patterns import Rule

_IF = Rule(
    r"(?:要是|如果|若是|假如)(?!还?(?:来得及|赶得上|方便|顺路|可以))[^,，。;；!！?？0-9]{1,10}?(?:的话[,，]?\s?就?|就|[,，]\s?就?)"
    r"(?=[^,，。;；]{0,8}[来要买带订拿留加])"
    r"|(?:要是|如果|若是|假如)?(?:新鲜|便宜|不贵|好吃|甜|活的|打折|合适)的话[,，]?\s?就?"
)
_WHERE_THERE_IS = Rule(r"有(?![货的多空人时机])(?P<what>[^,，。;；!！?？0-9有没]{1,8})就(?=[来要买带订拿])")
_ELSE = Rule(
    r"[,，;；\s]\s?(?:不|没|要是不|要是没)[^,，。;；0-9]{0,8}?(?:就?算了|就?不(?:要|用|买|订)了?|就?别买?了?)\s*$"
)


def without_condition(text: str) -> str | None:
    """Return `text` without the condition on which it orders and what holds else, or None where it sets none."""
    told = _WHERE_THERE_IS.sub(r" \g<what> ", _IF.sub(_goods_in, text))
    return None if told == text else _ELSE.sub("", told)


def _goods_in(condition: re.Match[str]) -> str:
    """Return the goods that a condition names: 如果还有西红柿，给我留三斤."""
    said = condition[0]
    return " ".join(("", *(said[start:end] for start, end in known_names().find(said)), ""))
