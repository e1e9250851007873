"""One short question for each doubt, as the bot asks it in the group."""

from domain.intents import CheckIn, Doubt, Intent, Order, Subject

_QUESTIONS = {
    Doubt.SUBJECT: "请问这是哪一户？麻烦写一下房号。",
    Doubt.ROOM: "房号没对上，请问是几号楼几单元几室？",
    Doubt.QUANTITY: "请问要多少？麻烦写个确定的数量。",
    Doubt.ITEM: "请问要的是哪一种？",
    Doubt.UNIT: "请问单位是斤、份还是别的？",
    Doubt.TEMPERATURE: "体温没看明白，麻烦再写一次，例如 36.5。",
    Doubt.KIND: "请问现在就算上，还是先不算？",
}
_ORDER = (Doubt.SUBJECT, Doubt.ROOM, Doubt.ITEM, Doubt.QUANTITY, Doubt.UNIT, Doubt.TEMPERATURE, Doubt.KIND)


def question_for(intent: Intent) -> str | None:
    """Return the one question that an intent's doubts ask first, addressed to its subject; None without doubts.

    Who it is comes before what it is: an answer to the second is worth nothing without the first.
    """
    doubt = next((d for d in _ORDER if d in intent.doubts), None)
    if doubt is None:
        return None
    return f"{_address(intent.subject)}{_about(intent, doubt)}{_QUESTIONS[doubt]}"


def question(doubt: Doubt) -> str:
    """Return the bare question for one doubt."""
    return _QUESTIONS[doubt]


def _address(subject: Subject) -> str:
    door = "-".join(part for part in (subject.building, subject.unit, subject.room) if part) if subject.room else ""
    called = " ".join(part for part in (door, subject.name or "") if part)
    return f"{called}：" if called else ""


def _about(intent: Intent, doubt: Doubt) -> str:
    """Return what the question is about, where one article or reading makes it clearer."""
    if isinstance(intent, Order) and doubt in (Doubt.QUANTITY, Doubt.UNIT) and len(intent.lines) == 1:
        return f"「{intent.lines[0].item}」"
    if isinstance(intent, CheckIn) and doubt is Doubt.TEMPERATURE and len(intent.temperatures) == 1:
        return f"「{intent.temperatures[0]}」"
    return ""
