"""Tables that communities hand over: bad rows named by row and column, files that are none refused in words."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from bot.importing import Diff, plan_import
from bot.sheets import SheetError, read_sheet
from models.directory import load_directory
from models.roster import phones_of
from tests.world import LANE, World

HEADER = "楼栋,单元,房号,姓名,电话,人数,标签"
FAULTS = [
    ("甲,1,101,赵一,,,", "楼栋"),
    (",1,102,赵二,,,", "楼栋"),
    ("7,一单元,103,赵三,,,", "单元"),
    ("7,1,,赵四,,,", "房号"),
    ("7,1,五零二,赵五,,,", "房号"),
    ("7,1,10 4,赵六,,,", "房号"),
    ("7,1,1234567,赵七,,,", "房号"),
    ("7,1,105,赵八,12345,,", "电话"),
    ("7,1,106,赵九,1390000000x,,", "电话"),
    ("7,1,107,钱一,139000000012345,,", "电话"),
    ("7,1,108,钱二,,三,", "人数"),
    ("7,1,109,钱三,,0,", "人数"),
    ("7,1,110,钱四,,-2,", "人数"),
    ("7,1,111,钱五,,999,", "人数"),
    ("7,1,112,钱六,,2.5,", "人数"),
    ("7,1,201,孙一,,,", "房号"),
    ("#REF!,1,113,钱七,,,", "楼栋"),
    ("7,1,=1+1,钱八,,,", "房号"),
    ("7/8,1,114,钱九,,,", "楼栋"),
    ("7,1,1；2,李一,,,", "房号"),
]


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def take(world: World, path: Path, kind: str = "roster") -> Diff:
    diff, apply = plan_import(world.store, LANE, kind, path)
    world.store.write(apply).result()
    return diff


def doors(world: World) -> dict[str, tuple[str, ...]]:
    with world.store.read() as connection:
        return {k: h.names for k, h in load_directory(connection, world.store.ring, LANE).households.items()}


def test_twenty_planted_faults_are_each_named_and_the_rest_is_imported(world: World, tmp_path: Path) -> None:
    rows, planted = [], {}
    for number, (row, column) in enumerate(FAULTS):
        rows.append(f"7,1,{200 + number + 1},周{number},1380000{number:04d},2,独居")
        planted[len(rows) + 2] = column
        rows.append(row)
    diff = take(world, write(tmp_path / "r.csv", "\n".join([HEADER, *rows])))
    assert {p.row: p.column for p in diff.problems} == planted
    assert all(len(p.what) > 5 for p in diff.problems)
    assert len([door for door in doors(world) if door.startswith("7-")]) == 20


def test_phone_that_is_none_is_not_repeated_in_the_message(world: World, tmp_path: Path) -> None:
    diff = take(world, write(tmp_path / "r.csv", f"{HEADER}\n7,1,105,赵八,99988877766655,,"))
    assert "99988877766655" not in str(diff.problems[0])


def test_row_numbers_are_those_of_the_file(world: World, tmp_path: Path) -> None:
    text = f"\n\n{HEADER}\n7,1,101,甲,,,\n\n7,1,坏,乙,,,\n"
    diff = take(world, write(tmp_path / "r.csv", text))
    assert [p.row for p in diff.problems] == [6]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_of_any_usual_kind_is_read(world: World, tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = f"{HEADER}\n7,1,101,欧阳娜娜、龚㼆,13800000001,3,独居、透析\n".replace(",", delimiter)
    take(world, write(tmp_path / "r.csv", text, encoding))
    assert doors(world)["7-1-101"] == ("欧阳娜娜", "龚㼆")


def test_headers_may_be_called_as_street_offices_call_them(world: World, tmp_path: Path) -> None:
    take(world, write(tmp_path / "r.csv", "楼号,单元号,室号,户主,手机号\n7栋,1单元,101室,甲,138 0000 0001\n"))
    with world.store.read() as connection:
        assert phones_of(connection, world.store.ring, LANE)["7-1-101"] == "13800000001"


def test_importing_twice_changes_nothing(world: World, tmp_path: Path) -> None:
    path = write(tmp_path / "r.csv", f"{HEADER}\n7,1,101,甲、乙,13800000001,3,独居、透析\n")
    assert take(world, path).added == ("7-1-101",)
    before = (world.store.data / "gridbot.db-wal").read_bytes()
    again = take(world, path)
    assert (again.added, again.changed, again.unchanged, again.changes_nothing) == ((), (), 1, True)
    assert (world.store.data / "gridbot.db-wal").read_bytes() == before


@pytest.mark.parametrize("kind", ["people", "chats", "goods"])
def test_importing_any_table_twice_changes_nothing(world: World, tmp_path: Path, kind: str) -> None:
    text = {
        "people": "姓名,账号,角色,范围\n甲,wx_a,网格员,全部\n甲,wx_a,单元长,3-1\n",
        "chats": "群号,群名,类型,范围\ng-3-1,三栋一单元,单元群,3-1\n",
        "goods": "名称,单位,别名,类别,店铺,规格\n鸡蛋,板,,蛋奶,商超,30个/板\n",
    }[kind]
    path = write(tmp_path / "t.csv", text)
    assert not take(world, path, kind).changes_nothing
    assert take(world, path, kind).changes_nothing


def test_empty_list_of_goods_leaves_none_on_offer(world: World, tmp_path: Path) -> None:
    take(world, write(tmp_path / "g.csv", "名称,单位\n"), "goods")
    with world.store.read() as connection:
        assert load_directory(connection, world.store.ring, LANE).articles == {}


def test_who_opted_out_stays_out_when_the_roster_comes_again(world: World, tmp_path: Path) -> None:
    path = write(tmp_path / "r.csv", f"{HEADER}\n3,1,502,李秀兰,13900000001,2,\n")
    take(world, path)
    world.say("不参加")
    assert take(world, path).changes_nothing
    world.say("参加")
    assert take(world, path).changes_nothing


def test_changed_row_is_told_and_taken_over(world: World, tmp_path: Path) -> None:
    take(world, write(tmp_path / "r.csv", f"{HEADER}\n7,1,101,甲,,,\n"))
    diff = take(world, write(tmp_path / "r.csv", f"{HEADER}\n7,1,101,乙,,,\n7,1,102,丙,,,\n"))
    assert (diff.added, diff.changed) == (("7-1-102",), ("7-1-101",))
    assert doors(world)["7-1-101"] == ("乙",)


# ---- files that are no tables --------------------------------------------------------------------------------------
def workbook(rows: list[list[object]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ROWS: list[list[object]] = [HEADER.split(","), ["7", 1, 101.0, "甲", "13800000001", 3, "独居"]]


def with_parts(**parts: bytes) -> bytes:
    """Return a workbook with further parts, or its own replaced ("a/b.xml" is written a__b.xml)."""
    out = io.BytesIO()
    new = {name.replace("__", "/"): content for name, content in parts.items()}
    with zipfile.ZipFile(io.BytesIO(workbook(ROWS))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in old.namelist():
            if name not in new:
                copy.writestr(name, old.read(name))
        for name, content in new.items():
            copy.writestr(name, content)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"<c>" + b" " * 60_000_000)
    return out.getvalue()


def many_parts() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(5_000):
            archive.writestr(f"[Content_Types].xml{number}", b"")
    return out.getvalue()


def doctype(body: bytes) -> bytes:
    return b'<?xml version="1.0"?><!DOCTYPE x [' + body + b']><sst xmlns="x"><si><t>&a;</t></si></sst>'


LAUGHS = b'<!ENTITY a0 "ha">' + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
REFUSED = {
    "bomb": bomb(),
    "many parts": many_parts(),
    "macros": with_parts(**{"xl__vbaProject.bin": b"macro"}),
    "links to other files": with_parts(**{"xl__externalLinks__externalLink1.xml": b"<externalLink/>"}),
    "nested archive": with_parts(**{"xl__media__more.zip": b"PK"}),
    "external entity": with_parts(**{"xl__sharedStrings.xml": doctype(b'<!ENTITY a SYSTEM "file:///etc/passwd">')}),
    "billion laughs": with_parts(**{"xl__sharedStrings.xml": doctype(LAUGHS + b'<!ENTITY a "&a9;">')}),
    "archive that is no workbook": b"PK\x05\x06" + b"\0" * 18,
    "cut off": workbook(ROWS)[:-400],
    "torn inside": workbook(ROWS)[:900] + b"\0" * 400 + workbook(ROWS)[1300:],
    "not even an archive": b"PK\x03\x04" + bytes(range(256)) * 8,
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "old excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "junk": bytes(range(128, 256)) * 40,
    "control characters": b"\x01\x02\x03,\x04\n" * 20,
    "unicode text of excel": "楼栋\t房号\n".encode("utf-16"),
    "open quote": f'{HEADER}\n7,1,101,"甲,,,\n7,1'.encode(),
    "nothing": b"",
    "blank lines": b"\n\n ,,\n",
    "other columns": "日期,金额\n1,2\n".encode(),
    "too large": b"a,b\n" * 1_500_000,
    "too many rows": (HEADER + "\n" + "7,1,101,,,,\n" * 20_001).encode(),
}


@pytest.mark.parametrize("name", REFUSED)
def test_file_that_is_no_table_is_refused_in_words(world: World, tmp_path: Path, name: str) -> None:
    path = tmp_path / ("t.xlsx" if REFUSED[name][:2] == b"PK" else "t.csv")
    path.write_bytes(REFUSED[name])
    with pytest.raises(SheetError, match=r"t\.(csv|xlsx): \w") as refused:
        plan_import(world.store, LANE, "roster", path)
    assert len(str(refused.value)) < 500


def test_missing_file_and_folder_are_refused_in_words(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(SheetError, match="check the name"):
            read_sheet(path)


def test_missing_column_is_named_with_what_was_found(world: World, tmp_path: Path) -> None:
    with pytest.raises(SheetError, match=r"房号.*found: 楼栋、姓名"):
        plan_import(world.store, LANE, "roster", write(tmp_path / "r.csv", "楼栋,姓名\n7,甲\n"))


def test_column_that_nobody_knows_does_no_harm(world: World, tmp_path: Path) -> None:
    take(world, write(tmp_path / "r.csv", "爱好,楼栋,单元,房号,姓名\n书法,7,1,101,甲\n"))
    assert doors(world)["7-1-101"] == ("甲",)


def test_workbook_is_read_like_a_csv(world: World, tmp_path: Path) -> None:
    (tmp_path / "r.xlsx").write_bytes(workbook([*ROWS, [7, 1, "坏", "乙"], [None], [7, 1, 102, "丙、丁"]]))
    diff = take(world, tmp_path / "r.xlsx")
    assert (diff.added, [(p.row, p.column) for p in diff.problems]) == (("7-1-101", "7-1-102"), [(3, "房号")])
    assert load_workbook(tmp_path / "r.xlsx").active is not None


def test_formulas_are_read_as_their_last_value_never_run(world: World, tmp_path: Path) -> None:
    (tmp_path / "r.xlsx").write_bytes(workbook([*ROWS, [7, 1, "=SUM(1,2)", "乙"]]))
    assert [(p.row, p.column) for p in take(world, tmp_path / "r.xlsx").problems] == [(3, "房号")]
