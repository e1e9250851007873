"""Logs for operators: one JSON object a line, events and numbers only, never what residents wrote."""

import json
import logging
import sys
from typing import Any


class EventLogger:
    """Writes an event with its fields, for example `info("message_sent", outbox="…")`."""

    def __init__(self, logger: logging.Logger) -> None:
        self._logger = logger

    def info(self, event: str, **fields: Any) -> None:
        self._logger.info(event, extra={"fields": fields})

    def warning(self, event: str, **fields: Any) -> None:
        self._logger.warning(event, extra={"fields": fields})

    def error(self, event: str, **fields: Any) -> None:
        self._logger.error(event, extra={"fields": fields})

    def failure(self, event: str, error: BaseException, **fields: Any) -> None:
        """Log an unexpected error by its type and place; its message may quote a resident, so it is left out."""
        self._logger.error(event, extra={"fields": {**fields, "error": type(error).__name__, "at": _place(error)}})


def get_logger(name: str) -> EventLogger:
    return EventLogger(logging.getLogger(f"gridbot.{name}"))


def set_up(level: str = "INFO") -> None:
    """Send gridbot's events to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json())
    root = logging.getLogger("gridbot")
    root.handlers[:] = [handler]
    root.setLevel(level)
    root.propagate = False


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = getattr(record, "fields", {})
        head = {"at": self.formatTime(record), "level": record.levelname.lower(), "event": record.getMessage()}
        return json.dumps({**head, "from": record.name, **fields}, ensure_ascii=False, default=str)


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
