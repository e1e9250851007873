"""WeCom's callback encryption, held against wechatpy's in both directions, and against forgers."""

import base64
import importlib
import warnings
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from bot.channels.wecom_crypto import CallbackCipher, CallbackRejected, ReplayGuard, Sealed

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))
TOKEN, KEY, COMPANY = "callback-token", base64.b64encode(bytes(range(32))).decode()[:43], "ww0123456789"
TEXTS = ["", "好", "502 36.5 正常" * 200, "𠮷🌻\u2028", "x" * 31, "x" * 32]


@pytest.fixture
def cipher() -> CallbackCipher:
    return CallbackCipher(TOKEN, KEY, COMPANY)


@pytest.fixture(scope="module")
def wechatpy() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        package = pytest.importorskip("wechatpy", reason="wechatpy is missing: nothing was compared with it")
        newer = package.__version__.split(".")[0] >= "2"
        crypto = importlib.import_module("wechatpy.work.crypto" if newer else "wechatpy.enterprise.crypto")
    return crypto.WeChatCrypto(TOKEN, KEY, COMPANY)


@pytest.mark.parametrize("text", TEXTS)
def test_what_wechatpy_seals_is_opened(cipher: CallbackCipher, wechatpy: Any, text: str) -> None:
    document = wechatpy.encrypt_message(text, "nonce", STAMP)
    ciphertext = document.split("<Encrypt><![CDATA[")[1].split("]]>")[0]
    signature = document.split("<MsgSignature><![CDATA[")[1].split("]]>")[0]
    assert cipher.open(Sealed(ciphertext, signature, STAMP, "nonce")) == text


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_sealed_wechatpy_opens(cipher: CallbackCipher, wechatpy: Any, text: str) -> None:
    sealed = cipher.seal(text, STAMP, "nonce")
    document = f"<xml><ToUserName>x</ToUserName><Encrypt>{sealed.ciphertext}</Encrypt></xml>"
    opened = wechatpy.decrypt_message(document, sealed.signature, sealed.timestamp, sealed.nonce)
    assert (opened.decode() if isinstance(opened, bytes) else opened) == text


def test_same_message_never_looks_the_same_twice(cipher: CallbackCipher) -> None:
    assert cipher.seal("好", STAMP, "n").ciphertext != cipher.seal("好", STAMP, "n").ciphertext


@pytest.mark.parametrize(("token", "key"), [("", KEY), (TOKEN, KEY[:-1]), (TOKEN, "!" * 43)])
def test_unusable_keys_are_refused_at_the_start(token: str, key: str) -> None:
    with pytest.raises(ValueError, match="EncodingAESKey"):
        CallbackCipher(token, key, COMPANY)


def admitted(cipher: CallbackCipher, guard: ReplayGuard, sealed: Sealed, now: datetime = NOW) -> bool:
    try:
        cipher.open(sealed)
        guard.reserve(sealed, now)
    except CallbackRejected:
        return False
    return True


def spoilt(random: Random, sealed: Sealed) -> Sealed:
    """One of the ways in which a callback is not what WeCom sent."""
    place = random.randrange(len(sealed.ciphertext))
    other = random.choice([letter for letter in "ABCxyz019+/" if letter != sealed.ciphertext[place]])
    altered = sealed.ciphertext[:place] + other + sealed.ciphertext[place + 1 :]
    return random.choice(
        [
            replace(sealed, ciphertext=altered),
            replace(sealed, signature="%040x" % random.getrandbits(160)),  # noqa: UP031
            replace(sealed, signature=sealed.signature.upper()),
            replace(sealed, signature=""),
            replace(sealed, signature="签名"),
            replace(sealed, timestamp=str(int(sealed.timestamp) + random.randrange(1, 300))),
            replace(sealed, nonce=sealed.nonce + "0"),
            replace(sealed, ciphertext=sealed.ciphertext[: random.randrange(len(sealed.ciphertext))]),
            replace(sealed, ciphertext=base64.b64encode(random.randbytes(64)).decode()),
            replace(sealed, ciphertext=altered, signature=replace(sealed).signature[::-1]),
        ]
    )


def test_of_a_hundred_thousand_forged_replayed_and_altered_callbacks_none_is_accepted(cipher: CallbackCipher) -> None:
    random, guard, accepted = Random(11), ReplayGuard(), 0
    genuine = [cipher.seal(f"<xml>{number}</xml>", STAMP, f"nonce{number}") for number in range(200)]
    assert all(admitted(cipher, guard, sealed) for sealed in genuine)
    stranger, elsewhere = CallbackCipher("guess", KEY, COMPANY), CallbackCipher(TOKEN, KEY, "ww-another")
    for number in range(100_000):
        sealed = random.choice(genuine)
        match number % 5:
            case 0:
                attempt, now = sealed, NOW + timedelta(seconds=random.randrange(300))
            case 1:
                attempt, now = cipher.seal("迟", STAMP, f"late{number}"), NOW + timedelta(seconds=301 + number)
            case 2:
                attempt, now = stranger.seal("伪", STAMP, f"stranger{number}"), NOW
            case 3:
                attempt, now = elsewhere.seal("别家", STAMP, f"elsewhere{number}"), NOW
            case _:
                attempt, now = spoilt(random, sealed), NOW
        accepted += admitted(cipher, guard, attempt, now)
    assert accepted == 0


@pytest.mark.parametrize("seconds", [-301, 301, 10**9])
def test_signed_callback_is_believed_for_five_minutes(cipher: CallbackCipher, seconds: int) -> None:
    assert not admitted(cipher, ReplayGuard(), cipher.seal("好", STAMP, "n"), NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize("stamp", ["", "-1", "１７９３", "1e9", "9" * 13, "now"])
def test_odd_timestamps_are_refused_even_when_signed(cipher: CallbackCipher, stamp: str) -> None:
    assert not admitted(cipher, ReplayGuard(), cipher.seal("好", stamp, "n"))


def test_callback_whose_storing_failed_may_come_again(cipher: CallbackCipher) -> None:
    guard, sealed = ReplayGuard(), cipher.seal("好", STAMP, "n")
    assert admitted(cipher, guard, sealed)
    guard.release(sealed)
    assert admitted(cipher, guard, sealed)
    assert not admitted(cipher, guard, sealed)


def test_nonces_are_forgotten_only_when_their_time_is_over(cipher: CallbackCipher) -> None:
    guard, sealed = ReplayGuard(), cipher.seal("好", STAMP, "n")
    assert admitted(cipher, guard, sealed)
    for minutes in range(1, 20):
        now = NOW + timedelta(minutes=minutes)
        assert admitted(cipher, guard, cipher.seal("再", str(int(now.timestamp())), "m"), now)
        assert not admitted(cipher, guard, sealed, now)


def test_huge_callback_is_refused_before_it_is_read(cipher: CallbackCipher) -> None:
    with pytest.raises(CallbackRejected, match="too long"):
        cipher.open(Sealed("A" * 1_000_001, "", STAMP, "n"))
