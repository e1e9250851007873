"""The command line: quick, clear about what is wrong, and with exit statuses that scripts can rely on."""

import io
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.cli import COMMANDS, main
from bot.commands import parse
from domain.intents import Reading
from domain.parsing import read
from domain.parsing.context import Context
from models.store import Store
from tests.integration.core.command_line import ROOT, fails, gridbot
from tests.world import World

ROSTER = "楼栋,单元,房号,姓名,电话,人数,标签\n3,1,501,何敏,13900000001,2,\n3,1,502,李秀兰,13900000002,3,独居\n"


def imported_by(*words: str, given: str = "") -> set[str]:
    """Return the names of all modules that a command has loaded when it ends."""
    script = (
        "import sys, atexit\n"
        "atexit.register(lambda: print('\\nMODULES', *sys.modules, file=sys.stderr))\n"
        f"from bot.cli import main; main({list(words)!r})"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, input=given, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.rpartition("MODULES")[2].split())


def test_help_loads_nothing_heavy() -> None:
    loaded = imported_by("--help")
    assert "bot.cli" in loaded
    assert not loaded & {"sqlalchemy", "jieba", "wechaty", "aiohttp", "openpyxl", "pydantic", "rich", "domain"}


def test_parsing_one_line_loads_no_database() -> None:
    loaded = imported_by("parse", "--jsonl", given='{"id": "1", "text": "3-1-502 都好 36.5"}\n')
    assert "domain.parsing" in loaded
    assert not loaded & {"sqlalchemy", "jieba", "wechaty", "aiohttp", "openpyxl", "alembic", "cryptography"}


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert [name for name in COMMANDS if f"  {name} " not in told] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert f"gridbot {name}" in capsys.readouterr().out


WRONG: list[tuple[Sequence[str], str]] = [
    (["nonsense"], "invalid choice"),
    (["state"], "--data"),
    (["state", "--data", "{tmp}/none"], "no gridbot data"),
    (["state", "--data", "{tmp}/data", "--at", "gestern"], "2026-07-03T12:00:00+08:00"),
    (["state", "--data", "{tmp}/data", "--at", "2026-07-03T12:00:00"], "2026-07-03T12:00:00+08:00"),
    (["replay", "{tmp}/none", "--data", "{tmp}/new"], "transcript.jsonl is missing"),
    (["replay", "{tmp}", "--data", "{tmp}/new"], "line 2"),
    (["replay", "{tmp}", "--data", "{tmp}/new", "--until", "noon"], "is no time"),
    (["replay", "{tmp}", "--data", "{tmp}/new", "--shuffle", "much"], "shuffle"),
    (["replay", "{tmp}", "--data", "{tmp}/new", "--shuffle", "nan"], "shuffle"),
    (["replay", "{tmp}", "--data", "{tmp}/new", "--shuffle", "-1"], "shuffle"),
    (["import", "roster", "{tmp}/none.csv", "--data", "{tmp}/data"], "cannot be read"),
    (["import", "dogs", "{tmp}/none.csv", "--data", "{tmp}/data"], "invalid choice"),
    (["import", "roster", "{tmp}/junk.csv", "--data", "{tmp}/data"], "save it as"),
    (["import", "roster", "{tmp}/junk.csv", "--data", "{tmp}/junk.csv"], "data folder"),
    (["trace", "9-9-999", "--data", "{tmp}/data"], "3-1-502"),
    (["trace", "3-1-502", "--data", "{tmp}/none"], "no gridbot data"),
    (["explain", "都好", "--context", "{bad"], "--context"),
    (["explain", "都好", "--context", "[1]"], "--context"),
    (["parse"], "--jsonl"),
    (["check-config", "--config", "{tmp}/none.yaml"], "no such file"),
    (["check-config", "--config", "{tmp}/junk.csv"], "UTF-8"),
    (["check-config", "--config", "{tmp}/broken.yaml"], "line 3"),
    (["doctor", "--config", "{tmp}/unknown.yaml"], "web.prot"),
    (["run", "--config", "{tmp}/unknown.yaml"], "did you mean “port”"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    World(tmp_path).close()
    (tmp_path / "junk.csv").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "broken.yaml").write_text("web:\n  port: [1\n", encoding="utf-8")
    (tmp_path / "unknown.yaml").write_text("web:\n  prot: 1\n", encoding="utf-8")
    (tmp_path / "transcript.jsonl").write_text("\n{}\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("words", "said"), WRONG, ids=[" ".join(words) for words, _ in WRONG])
def test_wrong_use_is_told_in_words(
    folder: Path, capsys: pytest.CaptureFixture[str], words: Sequence[str], said: str
) -> None:
    status, told = fails(capsys, *(word.replace("{tmp}", str(folder)) for word in words))
    assert status == 2
    assert said in " ".join(told.split())


TRANSCRIPTS = {
    "no json": ("{", "line 1"),
    "no object": ("[]", "line 1"),
    "no sender": ('{"id": "1", "at": "2026-07-03T08:00:00+08:00"}', "sender"),
    "no zone": ('{"id": "1", "sender": "a", "at": "2026-07-03T08:00:00"}', "zone"),
    "no such kind": ('{"id": "1", "sender": "a", "at": "2026-07-03T08:00:00+08:00", "kind": "song"}', "song"),
    "text that is none": ('{"id": "1", "sender": "a", "at": "2026-07-03T08:00:00+08:00", "text": 5}', "text"),
    "chat that is none": ('{"id": "1", "sender": "a", "at": "2026-07-03T08:00:00+08:00", "chat": {}}', "chat"),
    "time that is none": ('{"id": "1", "sender": "a", "at": 5}', "line 1"),
    "deep": ("[" * 100_000, "line 1"),
}


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_bad_line_of_a_transcript_is_named(folder: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    line, said = TRANSCRIPTS[name]
    (folder / "transcript.jsonl").write_text(line + "\n", encoding="utf-8")
    status, told = fails(capsys, "replay", str(folder), "--data", str(folder / "new"))
    assert status == 2
    assert said in told


# ---- import --------------------------------------------------------------------------------------------------------
def test_import_tells_what_it_does_and_twice_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(ROSTER + "3,1,坏,甲,,,\n", encoding="utf-8")
    words = ("import", "roster", str(tmp_path / "r.csv"), "--data", str(tmp_path / "data"))
    first, second = gridbot(*words), gridbot(*words)
    assert first.returncode == second.returncode == 1, "a row was left out: the status says so"
    assert "new 2: 3-1-501, 3-1-502" in first.stdout.decode()
    assert "row 4, 房号" in first.stdout.decode()
    assert "unchanged 2" in second.stdout.decode()


def test_dry_run_changes_no_byte(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(ROSTER, encoding="utf-8")
    (tmp_path / "people.csv").write_text("姓名,账号,角色,范围\n甲,wx_a,网格员,全部\n", encoding="utf-8")
    data = ("--data", str(tmp_path / "data"))
    assert gridbot("import", "people", str(tmp_path / "people.csv"), *data).returncode == 0
    before = (tmp_path / "data/gridbot.db").read_bytes()
    done = gridbot("import", "roster", str(tmp_path / "r.csv"), "--dry-run", *data)
    assert (done.returncode, "new 2" in done.stdout.decode()) == (0, True)
    assert (tmp_path / "data/gridbot.db").read_bytes() == before


# ---- parse ---------------------------------------------------------------------------------------------------------
def test_parse_keeps_order_and_ids_and_goes_on_after_bad_lines() -> None:
    good = [json.dumps({"id": f"x-{n}", "text": "3-1-502 都好 36.5"}, ensure_ascii=False).encode() for n in range(5)]
    bad = [
        b"{",
        b"[]",
        b"5",
        b"null",
        b'{"id": "n"}',
        b'{"id": "n", "text": 5}',
        b'{"id": "n", "text": "a", "sender": 5}',
        b'{"id": "n", "text": "a", "chat": []}',
        b'{"id": "n", "text": "a", "rooms": 5}',
        b'{"id": "n", "text": "a", "goods": [5]}',
        b"\xff\xfe\x00",
        b"[" * 200_000,
    ]
    lines = [*good[:2], b"", *bad, *good[2:]]
    done = gridbot("parse", "--jsonl", given=b"\n".join(lines) + b"\n")
    answered = [json.loads(line) for line in done.stdout.splitlines()]
    assert [a["id"] for a in answered] == [f"x-{n}" for n in range(5)]
    told = done.stderr.decode()
    assert "Traceback" not in told
    assert [int(line.split(":")[1].split()[1]) for line in told.splitlines()] == list(range(4, 4 + len(bad)))
    assert done.returncode == 1


def test_parse_goes_on_after_a_message_that_the_parser_fails_on(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fails_on_two(text: str, context: Context) -> Reading:
        if text == "二":
            raise KeyError("二")
        return read(text, context)

    lines = [json.dumps({"id": text, "text": text}) for text in ("一", "二", "3-1-502 都好")]
    monkeypatch.setattr(parse, "read", fails_on_two)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("\n".join(lines).encode())))
    with pytest.raises(SystemExit) as ended:
        main(["parse", "--jsonl"])
    assert ended.value.code == 1
    written = capfd.readouterr()
    answers = [json.loads(line) for line in written.out.splitlines()]
    assert [a["id"] for a in answers] == ["一", "二", "3-1-502 都好"]
    assert answers[1] == {"id": "二", "chain": None, "intents": []}
    assert answers[2]["intents"]
    assert written.err == "gridbot parse: line 2: this message could not be read (KeyError), please report it\n"


def test_parse_answers_whatever_people_type() -> None:
    odd = [
        "",
        " ",
        "\0",
        "\ud800",
        "\u202e都好",
        "好" * 20_000,
        "1\n" * 5_000,
        "#接龙\n" * 300,
        "👨‍👩‍👧 36.5",
        "𠮷家都好",
    ]
    lines = [json.dumps({"id": n, "text": text}) for n, text in enumerate(odd)]
    done = gridbot("parse", "--jsonl", given="\n".join(lines).encode())
    assert done.returncode == 0, done.stderr.decode()
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == list(range(len(odd)))


def test_parse_ends_quietly_when_nobody_reads_on() -> None:
    lines = b'{"id": 1, "text": "3-1-502 \xe9\x83\xbd\xe5\xa5\xbd"}\n' * 3_000
    command = f"{sys.executable} -m bot.cli parse --jsonl | head -c 1"
    done = subprocess.run(command, shell=True, cwd=ROOT, input=lines, capture_output=True, timeout=120)  # noqa: S602
    assert b"Traceback" not in done.stderr


def test_a_damaged_database_is_named_with_its_remedy(tmp_path: Path) -> None:
    data = tmp_path / "D"
    Store.open(data).close()
    (data / "gridbot.db").write_bytes(b"no database at all" * 400)
    for command in (["doctor"], ["state"]):
        done = subprocess.run(
            [sys.executable, "-m", "bot.cli", *command, "--data", str(data)], capture_output=True, text=True, cwd=ROOT
        )
        said = done.stdout + done.stderr
        assert done.returncode != 0
        assert "backup" in said
        assert "Traceback" not in said
