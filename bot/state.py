"""The canonical state of the books as one JSON value: equal states print equal bytes."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from domain.coverage import COLUMNS
from domain.slots import local_iso
from models import chains, facts, incidents, jobs, log, outbox
from models.base import plain_decimal
from models.crypto import KeyRing
from models.directory import Directory, load_directory
from models.ledger import SlotBook, round_book, slot_book

_EVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
Section = list[dict[str, Any]]


def print_state(connection: Connection, ring: KeyRing, lane: int) -> str:
    """Return the state of a lane in the form of the replay contract, each list sorted."""
    directory = load_directory(connection, ring, lane)
    slots = sorted({*jobs.slots_run(connection, lane, "prompt"), *facts.slots_with_reports(connection, lane)})
    books = [slot_book(connection, ring, lane, slot) for slot in slots]
    rounds = [round_book(connection, ring, lane, directory, day) for day in facts.rounds(connection, lane)]
    state = {
        "chains": _sorted(_chains(connection, ring, lane), "chat", "entries", "title"),
        "checkins": _sorted(_checkins(books, directory), "slot", "household"),
        "coverage": _sorted(_coverage(books, directory), "slot", "area"),
        "orders": _sorted(_orders(rounds), "round", "household", "item", "unit"),
        "shopping": _sorted(_shopping(rounds, directory), "round", "shop", "item", "unit"),
        "incidents": _sorted(_incidents(connection, ring, lane), "opened", "household", "category"),
        "doubts": _sorted(_doubts(connection, ring, lane), "source", "about"),
        "outbox": _sorted(_outbox(connection, ring, lane), "at", "to", "kind", "text"),
    }
    body = ",\n".join(f"{json.dumps(name)}: {_lines(rows)}" for name, rows in state.items())
    return "{" + body + "}\n"


def _chains(connection: Connection, ring: KeyRing, lane: int) -> Section:
    return [
        {
            "chat": chain.chat,
            "title": chain.title,
            "kind": chain.kind,
            "entries": [
                {"text": e.text, "state": e.state, "sources": list(e.sources)}
                for e in chains.entries_of(connection, ring, lane, chain.id)
            ],
        }
        for chain in chains.every_chain(connection, ring, lane)
    ]


def _checkins(books: Iterable[SlotBook], directory: Directory) -> Section:
    return [
        {
            "slot": local_iso(book.slot),
            "household": key,
            "status": condition.status.value,
            "temperatures": [float(t) for t in condition.temperatures],
            "symptoms": list(condition.symptoms),
            "by": condition.by.value,
            "sources": list(condition.sources),
        }
        for book in books
        for key, condition in book.conditions.items()
        if key in directory.households or not directory.households
    ]


def _coverage(books: Iterable[SlotBook], directory: Directory) -> Section:
    return [
        {
            "slot": local_iso(book.slot),
            "area": c.area,
            "households": c.households,
            **{column: c[column] for column in COLUMNS},
        }
        for book in books
        for c in book.coverage(directory)
    ]


def _orders(rounds: Iterable[Any]) -> Section:
    return [
        {
            "round": book.day.isoformat(),
            "household": household,
            "item": w.item,
            "quantity": plain_decimal(w.quantity),
            "unit": w.unit,
            "state": "cancelled" if w.cancelled else "wanted",
            "sources": list(w.sources),
        }
        for book in rounds
        for household, wanted in book.wanted.items()
        for w in wanted
    ]


def _shopping(rounds: Iterable[Any], directory: Directory) -> Section:
    return [
        {
            "round": book.day.isoformat(),
            "shop": row.shop,
            "item": row.item,
            "quantity": plain_decimal(row.quantity),
            "unit": row.unit,
            "households": row.households,
        }
        for book in rounds
        for row in book.shopping(directory)
    ]


def _incidents(connection: Connection, ring: KeyRing, lane: int) -> Section:
    return [
        {
            "household": None if row.incident.household.startswith(("@", "#")) else row.incident.household,
            "category": row.incident.category.value,
            "urgent": row.incident.urgent,
            "opened": local_iso(row.incident.opened),
            "paged": [
                {"to": q.post.account, "at": local_iso(q.post.due_at)}
                for q in outbox.of_incident(connection, ring, lane, row.id)
                if q.post.kind == "page"
            ],
            "state": row.state,
            "sources": list(row.incident.sources),
        }
        for row in incidents.every(connection, lane)
    ]


def _doubts(connection: Connection, ring: KeyRing, lane: int) -> Section:
    open_facts = facts.doubtful(connection, ring, lane)
    texts = {
        m.position: m.message.text for m in log.read_positions(connection, ring, lane, {o.position for o in open_facts})
    }
    merged: dict[int, dict[str, Any]] = {}
    for o in open_facts:
        row = merged.setdefault(o.position, {"source": o.fact.source, "about": [], "text": texts.get(o.position, "")})
        row["about"] = sorted({*row["about"], *(d.value for d in o.fact.intent.doubts)})
    return list(merged.values())


def _outbox(connection: Connection, ring: KeyRing, lane: int) -> Section:
    return [
        {"to": q.post.chat or q.post.account, "kind": q.post.kind, "text": q.post.text, "at": local_iso(q.post.due_at)}
        for q in outbox.since(connection, ring, lane, _EVER)
    ]


def _sorted(rows: Section, *keys: str) -> Section:
    return sorted(rows, key=lambda row: [json.dumps(row[k], ensure_ascii=False) for k in keys])


def _lines(rows: Section) -> str:
    return "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "]" if rows else "[]"
