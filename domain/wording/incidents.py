"""What the bot tells the worker who is paged, and the resident who asked."""

from domain.intents import Category

NAMES = {
    Category.MEDICINE: "用药",
    Category.MEDICAL: "身体不适",
    Category.FOOD: "吃用",
    Category.REPAIR: "报修",
    Category.RUBBISH: "垃圾",
    Category.DELIVERY: "快递",
    Category.WELFARE: "照看",
    Category.DISTRESS: "求助",
    Category.COMPLAINT: "意见",
    Category.INFORMATION: "查询",
    Category.OTHER: "求助",
}


def page(number: int, household: str, category: Category, urgent: bool, words: str, times: int = 1) -> str:
    """Return the private page to a worker, who needs the door and the resident's own words.

    `household`: a door, or "@account" where it is not known yet; `times`: how often this was paged.
    """
    mark = "【紧急】" if urgent else "【待办】"
    again = f"（第{times}次）" if times > 1 else ""
    place = "住处待问" if household.startswith("@") else household.lstrip("#")
    steps = f"回“接 {number}”表示您来处理，“结 {number}”表示已办好。"
    return f"{mark}{again}#{number} {place} {NAMES[category]}：{shorten(words)}\n{steps}"


def page_in_group(number: int | None, urgent: bool, board: str = "") -> str:
    """Return the line that calls a worker in the workers' group: no door, no name, no word of what it is about.

    `board`: the board's address, where it has one that others can open.
    """
    mark, what = ("【紧急】", "有急事等人处理") if urgent else ("【待办】", "有事等人处理")
    which, take = (f"#{number} ", f"能去的请回“接 {number}”；") if number is not None else ("", "")
    return f"{mark}{which}{what}。{take}详情看看板{f' {board} ' if board else ''}，或私聊小助手。"


def nobody_took_it() -> str:
    return "还没有人接，请您处理"


def received(category: Category, urgent: bool) -> str:
    """Return the private line to whoever asked for help."""
    if category in (Category.MEDICAL, Category.DISTRESS) or urgent:
        return "收到，已经告诉网格员，马上联系您。危急请先拨打120（医疗）、119（火警）。"
    return "收到，已经转给网格员，会有人联系您。"


def distress() -> str:
    return "我们听到了，已经请人马上联系您。难受时可以随时拨打12356心理援助热线，危急请拨120。"


def taken(number: int) -> str:
    return f"好的，#{number} 由您处理，谢谢。"


def taken_already(number: int) -> str:
    return f"#{number} 已经有人在处理了。"


def closed(number: int) -> str:
    return f"#{number} 已办结，谢谢。"


def unknown_number(number: str) -> str:
    return f"没有编号 {number} 的待办。请照通知里的编号回复，例如“接 3”。"


def shorten(words: str, limit: int = 120) -> str:
    """Return the resident's words in one line of bounded length."""
    line = " ".join(words.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
