"""Taking a chain's text out of what a platform sent: plain, XML card, with a sender in front, escaped, quoted."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from domain.chains.carrier_xml import Card, read_card
from domain.chains.similarity import line_key
from domain.text.patterns import Rule

MAX_TEXT = 100_000
SHANGHAI = timezone(timedelta(hours=8))
_SENDER = Rule(r"\A\s*(?P<sender>wxid_[\w-]{1,60}|[A-Za-z][\w@.-]{4,60}):[ \t]*(?:\r?\n|<br\s{0,3}/?>|(?=<))\s*")
_STARTS_LIKE_MESSAGE = Rule(r"\A(?:<(?:\?xml|msg|appmsg)|&lt;|#\s?接[龙龍]|#\s?Group Note)", re.IGNORECASE)
_MESSAGE = Rule(r"<(?:\?xml|msg\b|appmsg\b)")
_BREAK = Rule(r"<br\s{0,3}/?>", re.IGNORECASE)
_ENTITY = Rule(r"&(?:(?P<name>lt|gt|amp|quot|apos|nbsp)|#(?P<number>[0-9]{1,7})|#[xX](?P<hex>[0-9A-Fa-f]{1,6}));")
_NAMES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'", "nbsp": " "}
_LABEL = Rule(r"\A\s*\[(?:链接/文件|链接\|文件|链接|文件|接龙|群接龙|Link|File)\]\s*")
_RULE = Rule(r"\A(?:[-—－]\s?){4,}\Z")
_RANGE = Rule(r"\A\s*([0-9]{1,7})\s*-\s*([0-9]{1,7})\s*\Z")


@dataclass(frozen=True, slots=True)
class CarriedEntry:
    """One entry that the card vouches for: its text, author, second, and where it stands in `Carried.text`.

    `start` and `end` are Python string offsets, None where the card gave the text itself.
    """

    text: str
    author: str
    at: datetime | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class CarriedMessage:
    """One message of a forwarded record: who said it under which name, when if known."""

    author: str | None
    text: str
    said_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Carried:
    """The text of a message and what its carrier tells besides.

    `sender` is the account in front of the XML, `opener` who opened the chain, `kind` the app message's type (53 a
    chain, 57 a quotation, 19 a forwarded record), `record` the messages of a forwarded record.
    """

    text: str
    entries: tuple[CarriedEntry, ...] = ()
    sender: str | None = None
    opener: str | None = None
    kind: int | None = None
    record: tuple[CarriedMessage, ...] = ()


def unwrap(text: str) -> str:
    """Return what a person sees of the message: without XML, escapes, a sender's id, a label, or a quoted part."""
    return read_carrier(text).text


def read_carrier(carrier: str) -> Carried:
    """Return the text of a message in whatever form it came, with the entries that a native card vouches for."""
    sender, body = _without_sender(carrier)
    if "<br" in body[:MAX_TEXT]:
        body = _BREAK.sub("\n", body)
    for _ in range(3):
        if _MESSAGE.search(body[:2_000]):
            return _opened(body, sender)
        plain = _unescaped(body)
        if plain == body:
            break
        body = _BREAK.sub("\n", plain)
    return Carried(_tidied(body), sender=sender)


def authors_of(texts: Sequence[str], vouched: Iterable[tuple[str, str]]) -> tuple[str | None, ...]:
    """Return for each entry text the author that the card names, None where it names none.

    `vouched` holds (author, text) in the card's order; equal texts are given out in that order.
    """
    waiting: defaultdict[str, list[str]] = defaultdict(list)
    for author, text in vouched:
        waiting[line_key(text)].append(author)
    keys = [line_key(text) for text in texts]
    return tuple(waiting[key].pop(0) if waiting.get(key) else None for key in keys)


def _without_sender(carrier: str) -> tuple[str | None, str]:
    found = _SENDER.match(carrier[:400])
    if not found:
        return None, carrier
    rest = carrier[found.end() :]
    if found["sender"].startswith("wxid_") or _STARTS_LIKE_MESSAGE.match(rest[:40]):
        return found["sender"], rest
    return None, carrier


def _opened(xml: str, sender: str | None) -> Carried:
    body = xml[xml.index("<") :]
    card = read_card(body.strip())
    if card is None:
        return Carried(_tidied(_title_of_broken(body)), sender=sender)
    title = _plain(card.single.get("title", ""))
    kind = card.single.get("type", "")
    return Carried(
        _tidied(title) if kind != "53" else title[:MAX_TEXT],
        entries=tuple(_entries(card, title)) if kind in ("53", "") else (),
        sender=sender,
        opener=card.single.get("au") or None,
        kind=int(kind) if kind.isdigit() and len(kind) < 6 else None,
        record=_record(card) if kind == "19" else (),
    )


def _entries(card: Card, title: str) -> Iterable[CarriedEntry]:
    for part in card.parts:
        author, at = part.get("u", ""), unix_time(part.get("t", ""))
        found = _RANGE.match(part.get("r", ""))
        if not author:
            continue
        if found:
            start, end = _from_utf16(title, int(found[1]), int(found[2]))
            if start < end:
                yield CarriedEntry(title[start:end].strip(), author, at, start, end)
        elif part.get("c"):
            yield CarriedEntry(_plain(part["c"]).strip(), author, at)


def _record(card: Card) -> tuple[CarriedMessage, ...]:
    """Return the messages of a forwarded record; pictures and voices hold no text and are left out."""
    return tuple(
        CarriedMessage(
            part.get("sourcename") or None, _plain(part["datadesc"]), unix_time(part.get("srcMsgCreateTime", ""))
        )
        for part in card.parts
        if part.get("datadesc", "").strip()
    )


def unix_time(text: str) -> datetime | None:
    """Return the moment (Asia/Shanghai) of a unix time in seconds or milliseconds, None for anything else."""
    if not (text.strip().isascii() and text.strip().isdigit() and len(text.strip()) in (10, 13)):
        return None
    number = int(text)
    return datetime.fromtimestamp(number / 1000 if number > 10**11 else number, SHANGHAI)


def _from_utf16(text: str, offset: int, length: int) -> tuple[int, int]:
    """Return string offsets for an offset and length in UTF-16 code units; beyond the end is the end."""
    units = text.encode("utf-16-le", "surrogatepass")
    before = units[: 2 * offset].decode("utf-16-le", "ignore")
    upto = units[: 2 * (offset + length)].decode("utf-16-le", "ignore")
    return len(before), len(upto)


def _title_of_broken(xml: str) -> str:
    """Return the title of XML that is not well-formed (cut short, a bare &), or the text without its tags."""
    if "<title>" not in xml[:MAX_TEXT]:
        return ""
    start = xml.index("<title>") + len("<title>")
    end = xml.find("</title>", start, start + MAX_TEXT)
    title = xml[start : end if end >= 0 else start + MAX_TEXT]
    return _plain(title.removeprefix("<![CDATA[").removesuffix("]]>"))


def _plain(text: str) -> str:
    return _BREAK.sub("\n", _unescaped(text)).replace("\r\n", "\n").replace("\r", "\n")


def _unescaped(text: str) -> str:
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    if found["name"]:
        return _NAMES[found["name"]]
    code = int(found["number"]) if found["number"] else int(found["hex"], 16)
    allowed = code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0x110000
    return chr(code) if allowed else ""


def _tidied(text: str) -> str:
    plain = _LABEL.sub("", text[:MAX_TEXT].replace("\r\n", "\n").replace("\r", "\n"), count=1)
    return _after_quote(plain)


def _after_quote(text: str) -> str:
    """Return what follows a quotation (「甲：…」, a line of dashes); what is quoted was said before."""
    if not text.lstrip().startswith(("「", "“", '"')):
        return text
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if at and _RULE.match(line.strip()[:80]):
            return "\n".join(lines[at + 1 :]).strip("\n")
    return text
