"""Needs written in English: what lacks, fails or is asked for, apart from offers, questions to all and thanks."""

from domain.intents import Category
from domain.text.patterns import Rule
from domain.text.vocabulary import cues

_CUES = cues("needs_english")
_LATIN = Rule(r"[A-Za-z]{3,40} [A-Za-z']")  # two words
_ASK = Rule(_CUES["ask"])
_LACK = Rule(_CUES["lack"])
_SILENT = Rule("|".join(_CUES[name] for name in ("offer", "joke")))
_PUBLIC = Rule(_CUES["public"])
_FAULT = Rule(_CUES["fault"])
_TROUBLE = Rule(_CUES["rubbish_trouble"])
_BRING = Rule(_CUES["bring"])
_URGENT = Rule(_CUES["urgent"])
_TOPIC = {
    category: Rule(_CUES[category])
    for category in (
        *(Category.DISTRESS, Category.RUBBISH, Category.COMPLAINT, Category.MEDICINE, Category.REPAIR),
        *(Category.DELIVERY, Category.MEDICAL, Category.FOOD, Category.WELFARE, Category.OTHER),
    )
}


def english_need(text: str) -> tuple[Category, bool] | None:
    """Return what an English text needs and whether at once; None where it is no English or needs nothing."""
    if not _LATIN.search(text):
        return None
    lower = text.lower().replace("’", "'")
    if _SILENT.search(lower) or _PUBLIC.search(lower):
        return None
    asked, lacking = _ASK.search(lower) is not None, _LACK.search(lower) is not None
    for category, topic in _TOPIC.items():
        if topic.search(lower) and _holds(category, lower, asked=asked, lacking=lacking):
            return category, _URGENT.search(lower) is not None
    return None


def _holds(category: Category, lower: str, *, asked: bool, lacking: bool) -> bool:
    match category:
        case Category.DISTRESS | Category.COMPLAINT:
            return True
        case Category.REPAIR:
            return _FAULT.search(lower) is not None
        case Category.RUBBISH:
            return _TROUBLE.search(lower) is not None
        case Category.DELIVERY:
            return asked and _BRING.search(lower) is not None
        case Category.FOOD:
            return lacking or (asked and "order" not in lower and _BEGS.search(lower) is not None)
        case Category.MEDICAL | Category.WELFARE | Category.OTHER:
            return asked
    return asked or lacking


_BEGS = Rule(r"\bany ?(?:one|body)\b|\bborrow\b|\bspare\b|\bwhere\b|\bhelp\b|\bdesperate")
