"""Field encryption: sealed columns bound to their row, a blind index for look-ups, and the key ring file.

A sealed value is `1 | key id (8) | nonce (12) | ciphertext and tag` under AES-256-GCM with the associated data
`table.column:row`, so a value that is moved to another row or column does not open. Phones and texts are looked up by
HMAC-SHA-256 under a key of its own. The ring lives beside the data folder, never inside it, so that a backup of the
data does not carry its keys.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VERSION = b"\x01"


class KeyRingError(Exception):
    """The key ring cannot be used; the message says why and what to do."""


class SealError(Exception):
    """A sealed value did not open: wrong key, altered bytes, or a value of another row."""


class KeyRing:
    """The keys of one installation: sealing keys by id, the newest for writing, and the index key."""

    def __init__(self, keys: dict[str, bytes], current: str, index_key: bytes) -> None:
        self._ciphers = {bytes.fromhex(key_id): AESGCM(key) for key_id, key in keys.items()}
        self._current = bytes.fromhex(current)
        self._index_key = index_key

    def seal(self, place: str, row: object, text: str) -> bytes:
        """Return `text` sealed for `place` ("table.column") of `row` (its primary key in text form)."""
        nonce = os.urandom(12)
        sealed = self._ciphers[self._current].encrypt(nonce, text.encode("utf-8", "surrogatepass"), _aad(place, row))
        return _VERSION + self._current + nonce + sealed

    def open(self, place: str, row: object, sealed: bytes) -> str:
        """Return the text that was sealed for this place and row. Raises SealError."""
        cipher = self._ciphers.get(sealed[1:9])
        if cipher is None or sealed[:1] != _VERSION:
            raise SealError(f"{place}: sealed with a key that this ring does not hold")
        try:
            return cipher.decrypt(sealed[9:21], sealed[21:], _aad(place, row)).decode("utf-8", "surrogatepass")
        except (InvalidTag, ValueError):
            raise SealError(f"{place}: the value does not belong to this row or was altered") from None

    def blind(self, kind: str, *parts: str) -> str:
        """Return a keyed digest of `parts` for equality look-ups; `kind` keeps indexes of different things apart."""
        message = "\x1f".join((kind, *parts)).encode("utf-8", "surrogatepass")
        return hmac.new(self._index_key, message, hashlib.sha256).hexdigest()[:32]

    @classmethod
    def create(cls, path: Path) -> "KeyRing":
        """Make a new ring and write it to `path` with mode 0600. Raises KeyRingError where a file is there already."""
        key_id = secrets.token_hex(8)
        ring = {"current": key_id, "keys": {key_id: _text(secrets.token_bytes(32))}, "index": _text(os.urandom(32))}
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise KeyRingError(f"{path} is there already; it is never overwritten") from None
        with os.fdopen(handle, "w", encoding="ascii") as file:
            json.dump(ring, file)
            file.flush()
            os.fsync(file.fileno())
        return cls.load(path)

    @classmethod
    def load(cls, path: Path) -> "KeyRing":
        """Read a ring. Raises KeyRingError for a missing, unreadable or open-to-others file."""
        try:
            if path.stat().st_mode & 0o077:
                raise KeyRingError(f"{path} can be read by others; run: chmod 600 {path}")
            ring = json.loads(path.read_text(encoding="ascii"))
            keys = {key_id: base64.b64decode(key) for key_id, key in ring["keys"].items()}
            return cls(keys, ring["current"], base64.b64decode(ring["index"]))
        except FileNotFoundError:
            raise KeyRingError(f"{path} is missing; without it the sealed data cannot be read. Restore it") from None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise KeyRingError(f"{path} is no key ring ({error}); restore it from your copy") from None


def ring_path(data: Path) -> Path:
    """Return where the ring of a data folder lives: `D.keys` beside `D`."""
    return data.with_name(data.name + ".keys")


def _aad(place: str, row: object) -> bytes:
    return f"{place}:{row}".encode("utf-8", "surrogatepass")


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode("ascii")
