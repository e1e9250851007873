"""What the bot answers to somebody who forwards or pastes a stretch of chat."""


def which_group() -> str:
    return "收到，不过不知道是哪个群的。请先说群名再转一次，例如“3栋1单元群”。"


def received(lines: int, fresh: int) -> str:
    return f"收到 {lines} 条，其中 {fresh} 条是新的，已记下；其余之前就有了。"
