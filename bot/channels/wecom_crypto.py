"""WeCom's callback encryption (WXBizMsgCrypt): who signed, what was said, and whether it was said before.

AES-256-CBC with key = base64(43 characters + "="), IV = key[:16], PKCS#7 to 32 bytes; the plain text is 16 random
bytes, the length (4 bytes, big-endian), the message and the receiver's id. The signature is the SHA-1 of the sorted
token, timestamp, nonce and cipher text (developer.work.weixin.qq.com, "加解密方案说明").
"""

import base64
import binascii
import hashlib
import hmac
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_bytes

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32
KEY_CHARACTERS = 43
MAX_CIPHERTEXT = 1_000_000
FRESH = timedelta(minutes=5)
MOST_NONCES = 100_000


class CallbackRejected(Exception):
    """A callback that is not what it claims to be. `reason` is for the log; the caller is told nothing."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Sealed:
    """What goes over the wire: cipher text and the three values that prove it."""

    ciphertext: str
    signature: str
    timestamp: str
    nonce: str


class CallbackCipher:
    """Seals and opens messages for one receiver: the company's id, or the empty string for smart robots."""

    def __init__(self, token: str, aes_key: str, receiver: str) -> None:
        if len(aes_key) != KEY_CHARACTERS or not token:
            raise ValueError(f"a token and an EncodingAESKey of {KEY_CHARACTERS} characters are needed")
        try:
            key = base64.b64decode(aes_key + "=", validate=True)
        except binascii.Error as error:
            raise ValueError("the EncodingAESKey is not base64") from error
        self._token = token
        self._cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16]))
        self._receiver = receiver.encode()

    def seal(self, message: str, timestamp: str, nonce: str) -> Sealed:
        """Encrypt and sign `message`."""
        content = message.encode()
        plain = token_bytes(16) + len(content).to_bytes(4, "big") + content + self._receiver
        missing = BLOCK - len(plain) % BLOCK
        encryptor = self._cipher.encryptor()
        ciphertext = base64.b64encode(encryptor.update(plain + bytes([missing]) * missing) + encryptor.finalize())
        return Sealed(ciphertext.decode(), self.signature(timestamp, nonce, ciphertext.decode()), timestamp, nonce)

    def signature(self, timestamp: str, nonce: str, ciphertext: str) -> str:
        """The signature that these values must bear."""
        parts = sorted((self._token, timestamp, nonce, ciphertext))
        return hashlib.sha1("".join(parts).encode("utf-8", "surrogatepass")).hexdigest()  # noqa: S324 - WeCom's choice

    def open(self, sealed: Sealed) -> str:
        """The message, once signature, padding and receiver are right; raises CallbackRejected otherwise."""
        if len(sealed.ciphertext) > MAX_CIPHERTEXT:
            raise CallbackRejected("too long")
        expected = self.signature(sealed.timestamp, sealed.nonce, sealed.ciphertext)
        if not hmac.compare_digest(expected.encode(), sealed.signature.encode("utf-8", "surrogatepass")):
            raise CallbackRejected("signature")
        plain = _unpadded(self._decrypted(sealed.ciphertext))
        length = int.from_bytes(plain[16:20], "big")
        message, receiver = plain[20 : 20 + length], plain[20 + length :]
        if len(message) != length or not hmac.compare_digest(receiver, self._receiver):
            raise CallbackRejected("receiver")
        try:
            return message.decode()
        except UnicodeDecodeError:
            raise CallbackRejected("not UTF-8") from None

    def _decrypted(self, ciphertext: str) -> bytes:
        try:
            data = base64.b64decode(ciphertext, validate=True)
        except (binascii.Error, ValueError):
            raise CallbackRejected("not base64") from None
        if not data or len(data) % BLOCK:
            raise CallbackRejected("length")
        decryptor = self._cipher.decryptor()
        return decryptor.update(data) + decryptor.finalize()


class ReplayGuard:
    """Lets each signed callback through once, and only while it is fresh.

    A nonce is reserved while its message is stored and kept afterwards, so that WeCom's own repetition of a call whose
    storing failed still gets through. Only signed values come here: a stranger cannot fill the memory.
    """

    def __init__(self, fresh: timedelta = FRESH) -> None:
        self._fresh = fresh
        self._seen: OrderedDict[tuple[str, str], datetime] = OrderedDict()

    def reserve(self, sealed: Sealed, now: datetime) -> None:
        """Take the nonce; raises CallbackRejected when it was taken before, or when its time is over or to come."""
        timestamp = sealed.timestamp
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
            raise CallbackRejected("timestamp")
        if abs(int(timestamp) - now.timestamp()) > self._fresh.total_seconds():
            raise CallbackRejected("not fresh")
        self._forget(now)
        key = (timestamp, sealed.nonce)
        if key in self._seen or len(self._seen) >= MOST_NONCES:
            raise CallbackRejected("replayed")
        self._seen[key] = now

    def release(self, sealed: Sealed) -> None:
        """The message was not stored: let its repetition through."""
        self._seen.pop((sealed.timestamp, sealed.nonce), None)

    def _forget(self, now: datetime) -> None:
        while self._seen and now - next(iter(self._seen.values())) > 2 * self._fresh:
            self._seen.popitem(last=False)


def _unpadded(plain: bytes) -> bytes:
    count = plain[-1]
    if not 1 <= count <= BLOCK or plain[-count:] != bytes([count]) * count or len(plain) - count < 20:
        raise CallbackRejected("padding")
    return plain[:-count]
