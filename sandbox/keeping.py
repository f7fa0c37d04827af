"""How long Telegram keeps what the bot does not fetch, and how much of it."""

from dataclasses import dataclass
from typing import Any

DAY_S = 24 * 3600.0
KEPT_S = {
    "callback_query": 150.0,
    "inline_query": 30.0,
    "chosen_inline_result": 600.0,
}
KEPT_FROM_ITS_DATE = frozenset({"message", "edited_message"})
UPDATE_BYTES_MAX = 64 * 1024
QUEUE_MAX = 100_000
QUEUE_BYTES_MAX = 128 * 1024 * 1024
FIRST_ID_MIN, FIRST_ID_MAX = 2_000_001, 1_000_000_000
NEW_IDS_AFTER_S = 7 * DAY_S


@dataclass(slots=True)
class Queued:
    """One update that waits for confirmation, until a moment of the sandbox's clock."""

    id: int
    body: bytes
    again: bool = False
    handed: bool = False
    until: float = float("inf")


def kept_until(kind: str, content: Any, now: float) -> float:
    """Returns the moment from which nobody is given this any more."""
    since = now
    if kind in KEPT_FROM_ITS_DATE and isinstance(content, dict):
        date = content.get("date")
        since = date if isinstance(date, int) else now
    return since + KEPT_S.get(kind, DAY_S)
