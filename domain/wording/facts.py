"""What a fact says, in one short line, for whoever looks at where a number came from."""

from domain.intents import Action, CheckIn, Intent, Need, Order, OrderLine, SignUp, Status
from domain.units import plain
from domain.wording.incidents import NAMES

_STATUS = {Status.WELL: "都好", Status.UNWELL: "不适", Status.UNKNOWN: "情况不明"}
_ACTION = {Action.SET: "要", Action.ADD: "加", Action.CANCEL: "取消", Action.JOIN: "报名", Action.LEAVE: "退出"}
_TEST = {"positive": "阳性", "negative": "阴性", "pending": "结果未出"}


def describe(intent: Intent) -> str:
    """Return the intent as people would say it: "要 土豆2斤，盐1袋", "不适 38.6℃ 咽痛"."""
    match intent:
        case CheckIn():
            parts = [_STATUS[intent.status], *(f"{t}℃" for t in intent.temperatures), *intent.symptoms]
            parts += [_TEST.get(test.result, test.result) for test in intent.tests]
            return " ".join(parts + ([f"{intent.people}人"] if intent.people else []))
        case Order():
            return f"{_ACTION[intent.action]} {'，'.join(map(_line, intent.lines)) or '全部'}"
        case Need():
            return f"{NAMES[intent.category]}{'（紧急）' if intent.urgent else ''}"
        case SignUp():
            return f"{_ACTION[intent.action]} {intent.count}位"


def _line(line: OrderLine) -> str:
    amount = "" if line.quantity is None else str(plain(line.quantity))
    return f"{line.item}{amount}{line.unit or ''}" + (f"（{line.note}）" if line.note else "")
