"""Plays the dialogue files of this folder: what people say, and what the bot notes and answers."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.world import World

FILES = sorted(Path(__file__).parent.glob("*.yaml"))
CASES = [(path.stem, case) for path in FILES for case in yaml.safe_load(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(("file", "case"), CASES, ids=[f"{file}: {case['name']}" for file, case in CASES])
def test_dialogue(world: World, file: str, case: dict[str, Any]) -> None:
    for step in case["steps"]:
        if "says" in step:
            world.say(
                step["says"],
                who=str(step.get("who", "3-1-502")),
                chat=None if step.get("in") == "私聊" else step.get("in", "g-3-1"),
                time=step.get("at"),
                kind=step.get("kind", "text"),
                about=step.get("about"),
            )
        elif "clock" in step:
            world.pass_time(step["clock"])
        elif "restart" in step:
            world.restart()
        else:
            _check(world, step)


def _check(world: World, step: dict[str, Any]) -> None:
    for what, wanted in step.items():
        match what:
            case "checkins":
                assert world.checkins() == {str(k): v for k, v in wanted.items()}
            case "orders":
                assert {h: world.orders(h) for h in wanted} == {h: (v or {}) for h, v in wanted.items()}
            case "incidents":
                rows = world.state()["incidents"]
                found = [f"{i['household']} {i['category']}{' urgent' if i['urgent'] else ''}" for i in rows]
                assert found == wanted
            case "live" | "cancelled" | "disputed":
                entries = [entry for chain in world.state()["chains"] for entry in chain["entries"]]  # type: ignore[attr-defined]
                assert [entry["text"] for entry in entries if entry["state"] == what] == wanted
            case "chains":
                assert [chain["title"] for chain in world.state()["chains"]] == wanted
            case "doubts":
                assert [d["about"] for d in world.state()["doubts"]] == wanted
            case "told":
                for who, words in wanted.items():
                    said = "\n".join(world.texts(world.account(str(who))))
                    assert all(word in said for word in ([words] if isinstance(words, str) else words)), said
            case "not_told":
                for who, words in wanted.items():
                    said = "\n".join(world.texts(world.account(str(who))))
                    assert not any(word in said for word in ([words] if isinstance(words, str) else words)), said
            case "silent":
                assert [world.texts(world.account(str(who))) for who in wanted] == [[] for _ in wanted]
            case _:
                raise AssertionError(f"no such check: {what}")
