"""What the bot answers to commands."""

from collections.abc import Sequence

from domain.areas import place_name


def not_for_you(word: str) -> str:
    return f"“{word}”只有单元长和网格员能用。您直接说要什么、哪里不舒服就行，我会记下来。"


def not_your_area(area: str) -> str:
    return f"{place_name(area)}不在您负责的范围，帮不上您，请找那边的负责人。"


def unknown_area(text: str) -> str:
    return f"不认识“{text}”。请写楼栋或单元，例如“3”或“3-1”，全部就写“全部”。"


def help_text(lines: Sequence[str]) -> str:
    intro = "我是社区小助手（机器人），由网格员管理。报平安、订菜、求助直接说就行，例如“3-1-502 都好”“土豆两斤”。"
    return "\n".join([intro, *lines, "不想收到提醒，回“不参加”。"])


def roster_line(door: str, names: Sequence[str], state: str) -> str:
    return f"{door} {'、'.join(names)} {state}".strip()


def no_area() -> str:
    return "还不知道您负责哪里，请让网格员把您加进人员表。"


def bound(area: str) -> str:
    return f"好的，这个群记为{place_name(area)}。"


def bind_usage() -> str:
    return "请写“绑定 3-1”（单元群）、“绑定 3”（楼栋群）、“绑定 代购”“绑定 工作”或“绑定 全部”。"


def cut_off(day_words: str, households: int) -> str:
    return f"{day_words}已截单，{households}户。"


def nothing_missing(area: str) -> str:
    return f"{place_name(area)}都联系上了。"


def missing(area: str, doors: Sequence[str]) -> str:
    return f"{place_name(area)}暂未联系上{len(doors)}户：{'、'.join(doors)}"


def opted_out() -> str:
    return "好的，不再提醒您家。需要帮忙随时说，想恢复回“参加”。"


def opted_in() -> str:
    return "好的，已恢复提醒。"


def who_are_you() -> str:
    return "还不知道您住哪一户，请回“我是 3-1-502 姓名”。"


def door_bound(door: str) -> str:
    return f"记下了：您是{door}。"


def no_such_door(door: str) -> str:
    return f"名册上没有{door}，请核对楼栋-单元-房号，例如 3-1-502。"


def name_elsewhere(door: str) -> str:
    return f"名册上您的名字不在{door}，已请网格员核对，核对好之前先不改。"
