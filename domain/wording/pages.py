"""What stands on the pages: the chat page, joining, the demo and the board."""

import re
from datetime import date, datetime

from domain.areas import WHOLE, place_name
from domain.slots import CHINA, clock_time, day_of

# ---- everywhere -----------------------------------------------------------------------------------------------------
ASSISTANT = "小助手"
BACK, MORE, SEARCH, CANCEL = "返回", "更早的消息", "搜索", "取消"
TAB_CHATS, TAB_BOARD, TAB_ME = "消息", "看板", "我"
SKIP = "跳到内容"
TROUBLE = ("出了点问题", "请稍后再试。")
TROUBLES = {
    400: ("没看懂", "这一页没看懂您发来的内容，请返回再试。"),
    403: ("不行", "请先打开首页，再从那里操作。"),
    404: ("没有这一页", "可能是链接写错了，也可能这里不归您看。"),
    405: ("不行", "请从页面上的按钮操作。"),
    413: ("太长了", "一次发不了这么多，请分几条发。"),
}
UNREADABLE = "这一页没看懂您发来的内容，请返回再试。"
WEEKDAYS = "一二三四五六日"

# ---- the chat page --------------------------------------------------------------------------------------------------
NO_ROOM = "选一个群看看"
NO_MATCH = "没有这个名字的群"
EMPTY_ROOM = "这里还没有人说话"
WRITE_HERE = "说点什么"
SEND, CHAIN_BUTTON, CALL = "发送", "接龙", "@"
CALLED, HEAD_LABEL = "[有人@我]", "机器人"
UNREAD, MEMBERS = "条未读", "人"
RECONNECTING, NEW_BELOW = "连接断开，正在重新连接…", "有新消息"
NOT_SENT = "没发出去"
NOT_SENT_HINT = "没发出去，请再按一次发送。"
TOO_LONG = "这条太长了（最多两万字），请分几条发。"
TOO_FAST = "您发得太快了，歇一分钟再发。前面发的都已收到。"
WHO_ARE_YOU = "还不知道您是谁，请先打开首页。"
WELCOME = "欢迎"
JOIN_BY_LINK = "请扫楼道里的二维码，或打开网格员发给您的链接，登记姓名和房号后就能进群。"
ME_CALLED = "我"

# ---- chains ---------------------------------------------------------------------------------------------------------
CHAIN_MARK = "#接龙"
OPENS_CHAIN = frozenset({"#接龙", "接龙", "#"})
CHAIN = "接龙"
JOIN_CHAIN, JOINED = "参与接龙", "已接龙"
CHANGE_LINE, ADD_LINE = "改我的这一行", "再加一行"
UNFOLD = "展开中间"
LINES = "行"
LINE_LABEL = "我这一行"
LINE_HINT = "请改成您家的实际情况。"
SO_FAR = "前面几位"
NEW_CHAIN, CHAIN_TITLE, CHAIN_NOTE, FIRST_LINE = "发起接龙", "标题", "说明（可不填）", "我先接第一行（可不填）"
POST_CHAIN = "发到群里"
CHAIN_GONE, CHAIN_GONE_HINT = "找不到这个接龙", "可能太久没人接了，请在群里重新发起。"
EMPTY_LINE, EMPTY_LINE_HINT = "这一行是空的", "请返回，填好再发。"
EMPTY_TITLE = "还没有标题"
USUAL_ANSWER = {"checkin": "36.5 无"}
CHOICES = {
    "checkin": (("都好", "都好"), ("36.5 无", "36.5 无"), ("有人发热", "发热 "), ("有人不舒服", "不舒服，")),
    "signup": (("参加", "参加"), ("两个人", "+2")),
}


def chain_preview(title: str) -> str:
    return f"[接龙] {title}"


def chain_templates(now: datetime) -> tuple[tuple[str, str, str], ...]:
    """Return button, title and note of the chains that are opened most."""
    day = day_of(now)
    part = "早" if now.astimezone(CHINA).hour < 12 else "晚"
    head = f"{day.month}月{day.day}日"
    return (
        ("报平安", f"{head}{part}间健康打卡", "例 3-1-502 王秀英 36.5 无"),
        ("代购", f"{head}代购接龙", "例 3-1-502 王秀英 土豆2斤 鸡蛋1板"),
        ("报名", "志愿者报名", ""),
    )


def time_stamp(moment: datetime, now: datetime) -> str:
    """Return a time as the chat centres it."""
    day, today = day_of(moment), day_of(now)
    if day == today:
        return clock_time(moment)
    if (today - day).days == 1:
        return f"昨天 {clock_time(moment)}"
    return f"{day.month}月{day.day}日 {clock_time(moment)}"


# ---- oneself --------------------------------------------------------------------------------------------------------
TEXT_LARGE, TEXT_USUAL, TEXT_SIZE = "大字", "标准字", "字的大小"
YOUR_ACCOUNT, ACCOUNT_HINT = "账号", "网格员登记单元长等身份时用得到。"
YOUR_DOOR, YOUR_ROLES = "门牌", "身份"
SWITCH_PERSON, LEAVE = "换一个人", "在这台设备上退出"
LEFT, LEFT_HINT = "已退出", "想再用，请重新打开楼道里的二维码或链接。"
KEPT_TITLE = "小助手记什么"
KEPT = (
    "只记和社区有关的：报平安、订菜、求助、报名；闲聊不记。记的内容只给网格员看，群里只报数，不点名。"
    "想看自己家记了什么，对小助手说“我的”；不想被提醒，说“不参加”。"
)
OPERATOR = "由谁管理"

# ---- joining --------------------------------------------------------------------------------------------------------
JOIN_TITLE, JOIN_HINT = "加入群聊", "登记一次就好，姓名和房号只用来认出您是哪一户。"
UNIT, ROOM, NAME, JOIN_BUTTON = "单元", "房号", "姓名", "加入"
ROOM_EXAMPLE, NAME_EXAMPLE = "例如 502", "和登记名册上一样"
JOIN_INCOMPLETE = "请把姓名和房号都填上。"
NAME_NOT_THERE = "名册上这一户没有这个名字。请核对房号，或请单元长、网格员更正名册。"
WRONG_LINK, OLD_LINK = "链接不对", "链接已过期"
WRONG_LINK_HINT = "请向网格员要一个新的链接，或扫楼道里新贴的二维码。"
TOO_MANY_TRIES, TOO_MANY_TRIES_HINT = "试得太多了", "请过一分钟再试，或请网格员帮忙。"
SHEET_TITLE, SHEET_SCAN = "扫码进群", "用手机扫一扫，登记姓名和房号"
SHEET_USES = ("报平安、订菜、求助，直接在群里说", "不用装软件，不用注册", "不会用？请单元长或家人帮忙")
ONLY_HERE = "！这个地址只有这台电脑打得开。请先在 config.yaml 的 web.public_url 写上手机能打开的网址，再打印。"
SHEET_UNTIL, PRINT_HINT = "有效期到", "打印后贴在楼道里。"


def no_such_room(building: str, unit: str | None, room: str) -> str:
    area = f"{building}-{unit}" if unit else building
    return f"名册上没有{place_name(area)}{room}室，请核对房号。"


# ---- the demo -------------------------------------------------------------------------------------------------------
DEMO = "演示"
DEMO_HINT = "这是虚构的社区，人名门牌都是编的。随便说，不会打扰任何人。"
DEMO_START = "按“播放一天”，看居民怎么说、小助手怎么记；也可以随时选个群，自己说两句。"
WHO_TITLE, WHO_HINT = "你是谁？", "选一个人，就能以他的身份在群里说话。"
WHO_SEARCH = "找姓名、门牌或身份，例如 3-1、单元长"
RESIDENT = "居民"
NOBODY_THERE, CHOOSE_AGAIN = "没有这个人", "请返回重选。"
PLAY_DAY, PAUSE_DAY, GO_ON, RESET_DAY = "播放一天", "暂停", "继续", "重来"
PLAY_AGAIN = "再播一天"
SPEED = "快慢"
SPEEDS = ((30.0, "慢"), (12.0, "中"), (4.0, "快"))
PHASES = {"idle": "现在", "playing": "播放中", "paused": "已暂停", "over": "当天结束"}


def head_of(place: str, role: str) -> str:
    """Return a head's role with the place: "3栋1单元" and "单元长" give "3栋1单元长"."""
    short = place.removesuffix(role[:2])
    return short + role if short != place else f"{place} {role}"


# ---- the board ------------------------------------------------------------------------------------------------------
BOARD = "看板"
ASKED, HEARD, SILENT, UNWELL = "应报", "已报", "未联系上", "需关注"
HOUSEHOLDS = "户"
COLUMNS = (
    ("self", "本人报"),
    ("relayed", "代报"),
    ("visited", "上门"),
    ("unreachable", "敲门无应"),
    ("opted_out", "不参加"),
    ("not_heard", "未联系上"),
)
BY_UNIT, AREA, TOTAL = "各单元", "单元", "共"
MATTERS, NO_MATTERS, MATTERS_CLOSED = "待办", "没有待办。", "今天已办结"
URGENT, OPEN, TAKEN, DOOR_UNKNOWN = "！紧急", "… 未接", "✓ 处理中", "住处待问"
CALL_NOW, THE_HOUSEHOLD = "请马上打电话", "住户"
REACHED_NOBODY, NOBODY_TOOK_IT = "消息没有送到任何负责人", "通知过了，还没有人接"
NO_PHONE = "没有登记电话"
ADD_PHONES = "在人员表里加一列“电话”再导入，这里就有号码。"
PAGED, SENT_STATES = (
    "已通知",
    {"sent": "已送达", "new": "待发", "sending": "发送中", "unknown": "不确定", "refused": "未发出"},
)
TO_CLEAR = "要核对的"
DOUBTS, DISPUTED, SET_ASIDE, PENDING = "待确认", "有争议的接龙", "没能处理的消息", "等待处理"
ORDERED_BY, SHOPPING, NOTHING_ORDERED = "户下单", "采购清单", "还没有人订。"
GOODS, QUANTITY, SHOP, OTHER_SHOP = "品名", "数量", "店铺", "其他"
SENDING, WAITING = "发送情况", "待发"
OUTBOX_STATES = {"unknown": "不知道送到没有", "refused": "没有发出", "expired": "过时没发"}
CHANNELS, CONNECTED, BROKEN = "连接", "✓ 正常", "！断开"
LINK_STATES = {
    "connecting": "… 正在连接",
    "sign_in": "！等待扫码登录",
    "signed_out": "！账号已退出",
    "displaced": "！被别的程序顶下线",
    "rejected": "！令牌或密钥不对",
}
SCAN_TO_SIGN_IN = "请用这个账号的手机扫码登录："
BUDGET = ("一分钟", "一小时", "一天")
STOPPED_UNTIL = "停发到"
NOTHING_WRONG = "✓ 一切正常"
MISSED_JOBS = "没赶上的定时任务"
MESSAGES_BEHIND, NO_MESSAGES, ERASED = "来自这些消息", "没有消息。", "原文已按期限删除"
FIRST_SHOWN = "只显示前 200 条"
PRINT_SHEET = "扫码单"
NUMBERS_HINT = "点数字，看它来自哪些消息。"


def day_line(moment: datetime) -> str:
    day = day_of(moment)
    return f"{day.month}月{day.day}日 周{WEEKDAYS[day.weekday()]} {clock_time(moment)}"


def slot_name(slot: datetime) -> str:
    """Return a check-in slot as people call it: "7月3日早"."""
    local = slot.astimezone(CHINA)
    return f"{local.month}月{local.day}日{'早' if local.hour < 12 else '晚'}"


def round_name(day: date) -> str:
    return f"{day.month}月{day.day}日这一单"


def last_day_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def gap(channel: str, since: datetime, until: datetime) -> str:
    return f"{channel} 断线 {clock_time(since)}–{clock_time(until)}，可能漏记"


def column_title(area: str, slot: datetime, column: str) -> str:
    return f"{place_name(area) if area != WHOLE else '全社区'} {slot_name(slot)} {column.lstrip('✓？… ')}"


def unwell_title(slot: datetime) -> str:
    return f"{slot_name(slot)} {UNWELL}"


def incident_title(number: int, category: str) -> str:
    return f"待办 #{number} {category}"


def item_title(day: date, item: str) -> str:
    return f"{round_name(day)} {item}"


def orders_title(day: date) -> str:
    return f"{round_name(day)}的全部订单"


def private_with(name: str) -> str:
    return f"{name or '某人'} 与小助手"


_NAME_IN_REMARK = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,}$")


def masked(remark: str) -> str:
    """Return a remark with its name masked: "3-1-502 王秀英" gives "3-1-502 王*英"."""

    def hide(m: re.Match[str]) -> str:
        name = m[0]
        return f"{name[0]}*" if len(name) == 2 else f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"

    return _NAME_IN_REMARK.sub(hide, remark.strip())
