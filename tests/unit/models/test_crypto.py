"""Sealed values open in their own row only; the key ring is private, beside the folder, and never made anew."""

import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.crypto import KeyRing, KeyRingError, SealError, ring_path
from models.store import ReadOnlyStore, Store

ANY_TEXT = st.text(st.characters(), max_size=60)


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    return KeyRing.create(tmp_path_factory.mktemp("ring") / "keys")


def test_ring_is_made_beside_the_folder_for_its_owner_only(tmp_path: Path) -> None:
    Store.open(tmp_path / "data").close()
    ring = tmp_path / "data.keys"
    assert ring_path(tmp_path / "data") == ring
    assert stat.S_IMODE(ring.stat().st_mode) == 0o600
    assert "current" not in "".join(p.name for p in (tmp_path / "data").iterdir())


def test_ring_is_private_whatever_the_umask(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        Store.open(tmp_path / "data").close()
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "data.keys").stat().st_mode) == 0o600


def test_ring_stays_the_same_over_starts(tmp_path: Path) -> None:
    Store.open(tmp_path / "data").close()
    before = (tmp_path / "data.keys").read_bytes()
    Store.open(tmp_path / "data").close()
    assert (tmp_path / "data.keys").read_bytes() == before


@pytest.mark.parametrize("kind", [Store.open, ReadOnlyStore])
def test_missing_ring_with_data_is_refused_with_the_remedy(tmp_path: Path, kind: type[ReadOnlyStore]) -> None:
    Store.open(tmp_path / "data").close()
    (tmp_path / "data.keys").unlink()
    with pytest.raises(KeyRingError, match=r"data\.keys is missing.*(?i:back|restore)"):
        kind(tmp_path / "data")
    assert not (tmp_path / "data.keys").exists(), "a new ring would hide that the old one is lost"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o610])
def test_ring_open_to_others_is_refused_with_the_remedy(tmp_path: Path, mode: int) -> None:
    Store.open(tmp_path / "data").close()
    (tmp_path / "data.keys").chmod(mode)
    with pytest.raises(KeyRingError, match="chmod 600"):
        Store.open(tmp_path / "data")


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", "not json", '{"current": "x", "keys": {}, "index": ""}', '{"current": 1}', "\xff"]
)
def test_broken_ring_is_refused_in_words(tmp_path: Path, content: str) -> None:
    Store.open(tmp_path / "data").close()
    (tmp_path / "data.keys").write_text(content, encoding="latin-1")
    with pytest.raises(KeyRingError, match="no key ring"):
        Store.open(tmp_path / "data")


def test_existing_ring_is_never_overwritten(tmp_path: Path) -> None:
    KeyRing.create(tmp_path / "keys")
    with pytest.raises(KeyRingError, match="never overwritten"):
        KeyRing.create(tmp_path / "keys")


@given(text=ANY_TEXT, row=ANY_TEXT)
@example(text="都好\ud83d", row="1:\udc00")
def test_any_text_opens_in_its_own_row(ring: KeyRing, text: str, row: str) -> None:
    assert ring.open("log.body", row, ring.seal("log.body", row, text)) == text


@pytest.mark.parametrize(("place", "row"), [("log.body", "1:3"), ("log.body", "2:2"), ("outbox.text", "1:2")])
def test_value_of_another_row_or_column_does_not_open(ring: KeyRing, place: str, row: str) -> None:
    sealed = ring.seal("log.body", "1:2", "3-1-502 李秀兰")
    with pytest.raises(SealError):
        ring.open(place, row, sealed)


def test_altered_value_does_not_open(ring: KeyRing) -> None:
    sealed = ring.seal("log.body", "1:2", "36.5")
    for place in range(len(sealed)):
        altered = bytes(b ^ 1 if i == place else b for i, b in enumerate(sealed))
        with pytest.raises(SealError):
            ring.open("log.body", "1:2", altered)
    for length in range(len(sealed)):
        with pytest.raises(SealError):
            ring.open("log.body", "1:2", sealed[:length])


def test_same_text_never_seals_to_the_same_bytes(ring: KeyRing) -> None:
    assert len({ring.seal("log.body", "1:2", "都好") for _ in range(100)}) == 100


def test_values_of_an_older_key_still_open(tmp_path: Path) -> None:
    old = KeyRing.create(tmp_path / "old")
    new = KeyRing.create(tmp_path / "new")
    one, two = (json.loads((tmp_path / name).read_text()) for name in ("old", "new"))
    (tmp_path / "both").write_text(json.dumps({**two, "keys": one["keys"] | two["keys"]}))
    (tmp_path / "both").chmod(0o600)
    both = KeyRing.load(tmp_path / "both")
    assert both.open("log.body", 1, old.seal("log.body", 1, "都好")) == "都好"
    assert new.open("log.body", 1, both.seal("log.body", 1, "都好")) == "都好"


def test_blind_index_keeps_fields_and_kinds_apart(ring: KeyRing, tmp_path: Path) -> None:
    digests = {ring.blind("a", "b", "c"), ring.blind("a", "bc"), ring.blind("ab", "c"), ring.blind("a", "", "bc")}
    assert len(digests) == 4
    assert ring.blind("a", "b", "c") == ring.blind("a", "b", "c")
    assert KeyRing.create(tmp_path / "keys").blind("a", "b", "c") not in digests
