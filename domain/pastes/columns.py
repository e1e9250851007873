"""Which column of an exported table is which: the names that export programs give to time, sender and text."""

from collections.abc import Sequence
from dataclasses import dataclass

_NAMES = {
    "time": (
        "strtime", "时间", "发送时间", "消息时间", "日期时间", "聊天时间", "time", "datetime", "timestamp",
        "sendtime", "senttime", "createtime", "createdat", "msgtime", "at",
    ),
    "day": ("日期", "date", "day", "发送日期"),
    "name": (
        "发送者", "发送人", "发言人", "群昵称", "备注", "昵称", "成员", "用户", "姓名", "remark", "sendername",
        "nickname", "displayname", "name", "talker", "from", "user", "sender", "author",
    ),
    "account": (
        "账号", "微信号", "微信id", "wxid", "发送者id", "senderid", "sender", "userid", "fromuser", "talkerid", "qq",
    ),
    "text": (
        "内容", "消息内容", "聊天内容", "消息", "文本", "正文", "strcontent", "content", "message", "text", "msg",
        "body", "msgcontent",
    ),
    "chat": (
        "群", "群名", "群聊", "群名称", "会话", "聊天", "群号", "room", "roomname", "group", "groupname", "chat",
        "chatname",
    ),
    "id": ("消息id", "msgid", "msgsvrid", "messageid", "id", "localid"),
    "kind": ("类型", "消息类型", "type", "msgtype", "kind", "typename"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Columns:
    """Places of the columns in a row, None where the table has none. `time` or `day` and `text` are always there."""

    text: int
    time: int | None
    day: int | None
    name: int | None
    account: int | None
    chat: int | None
    id: int | None
    kind: int | None


def find_columns(header: Sequence[str]) -> Columns | None:
    """Return the columns that a header row names, None where it names no text or no time."""
    plain = [_plain(cell) for cell in header]
    found: dict[str, int | None] = {}
    for what, names in _NAMES.items():
        places = (plain.index(name) for name in names if name in plain)
        taken = set(found.values()) if what != "account" else set()
        found[what] = next((place for place in places if place not in taken), None)
    if found["account"] == found["name"]:
        found["account"] = None
    text = found.pop("text")
    if text is None or (found["time"] is None and found["day"] is None):
        return None
    return Columns(text, **found)


def _plain(cell: str) -> str:
    return "".join(mark for mark in cell.strip().lower() if mark.isalnum())
