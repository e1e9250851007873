"""Plays the chain dialogues of this folder: what a group posts, and what then stands in which chain.

A step is a post (`at`, `who`, `posts`) or a check: `stands`, `cancelled` and `disputed` list the entries of the chain
that was posted last; `chains` lists the titles of all chains. Who speaks is a room ("501"), `单元长` or a nickname.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.chains.envelope import unwrap
from domain.chains.identity import Arrival, Candidate, identify_chain
from domain.chains.merge import ChainState, Post, PostEntry, State
from domain.chains.snapshot import Snapshot, read_snapshot

FILES = sorted(Path(__file__).parent.glob("*.yaml"))
CASES = [(path.stem, case) for path in FILES for case in yaml.safe_load(path.read_text(encoding="utf-8"))]
DAY = datetime.fromisoformat("2026-07-03T00:00:00+08:00")


@dataclass
class _Chain:
    opener: str
    kind: str
    first_at: datetime
    last_at: datetime
    titles: list[str] = field(default_factory=list)
    state: ChainState = field(default_factory=ChainState)


class _Group:
    def __init__(self) -> None:
        self.chains: list[_Chain] = []
        self.latest: _Chain | None = None
        self._posts = 0

    def post(self, who: str, text: str, at: datetime) -> None:
        snapshot = read_snapshot(unwrap(text))
        assert snapshot is not None, text
        chain = self._chain_of(who, snapshot, at)
        chain.last_at = at
        chain.titles.append(snapshot.title)
        self._posts += 1
        entries = tuple(PostEntry(entry.text, _room(entry.text)) for entry in snapshot.entries)
        role = "unit_head" if who == "单元长" else "resident"
        chain.state.apply(Post(f"m-{self._posts}", who, _room(who), role, at, (at, self._posts), entries))
        self.latest = chain

    def _chain_of(self, who: str, snapshot: Snapshot, at: datetime) -> _Chain:
        candidates = [
            Candidate(
                str(n),
                "g",
                tuple(c.titles),
                c.kind,
                c.first_at,
                c.last_at,
                c.state.knows,
                len(c.state.in_force),
                c.opener,
            )
            for n, c in enumerate(self.chains)
        ]
        found = identify_chain(candidates, Arrival("g", snapshot, at, who)).chain_key
        if found is None:
            self.chains.append(_Chain(who, snapshot.kind, at, at))
        return self.chains[int(found) if found else -1]


def _room(text: str) -> str | None:
    return f"3-1-{text[:3]}" if text[:3].isdigit() else None


@pytest.mark.parametrize(("file", "case"), CASES, ids=[f"{file}: {case['name']}" for file, case in CASES])
def test_chain_dialogue(file: str, case: dict[str, Any]) -> None:
    group = _Group()
    for step in case["steps"]:
        if "posts" in step:
            hours, minutes = step["at"].split(":")
            at = DAY + timedelta(days=step.get("day", 0), hours=int(hours), minutes=int(minutes))
            group.post(str(step["who"]), step["posts"], at)
            continue
        assert group.latest is not None
        for what, wanted in step.items():
            if what == "chains":
                assert [chain.titles[0] for chain in group.chains] == wanted
            else:
                state = {"stands": State.LIVE, "cancelled": State.CANCELLED, "disputed": State.DISPUTED}[what]
                assert [entry.text for entry in group.latest.state.entries if entry.state is state] == wanted
