"""One JSON line a log record, made from an allow-list of fields so that personal data cannot slip in."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

FIELDS = (
    "request_id", "method", "route", "status", "milliseconds", "user_id", "error", "delivery", "pump", "task",
    "attempt", "message", "queue", "subscriber", "count", "code", "gateway", "reason", "seq", "endpoint_kind",
)  # fmt: skip


class JsonFormatter(logging.Formatter):
    """Formats records as JSON; unknown extras are dropped, exceptions keep their type and stack but not their text."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        for name in FIELDS:
            if name != "message" and name in record.__dict__:
                line[name] = str(record.__dict__[name])
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            line["stack"] = _stack(record)
        return json.dumps(line, ensure_ascii=False)


def _stack(record: logging.LogRecord) -> list[str]:
    """Where it happened, without values: PostgreSQL puts row contents into error texts."""
    places: list[str] = []
    trace = record.exc_info[2] if record.exc_info else None
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-12:]
