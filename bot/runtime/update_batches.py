"""Reads the answers to getUpdates, which may be of any kind.

A proxy may be in between, so an answer may have any size and shape. Elements that are not updates
are left out, and a list without any update is refused; the poller then pauses. An answer
that is too large, or that cannot be parsed, raises `UnreadableBatchError`: the poller then asks
for fewer updates, so that the good ones get through and a bad one is found alone.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Final

import aiohttp

from bot.core.errors import PollError
from bot.telegram_api.http import RETRY_AFTER_SECONDS_MAX

__all__ = [
    "BODY_BYTES_MAX",
    "Batch",
    "MalformedAnswerError",
    "PollConflictError",
    "PollRefusedError",
    "UnreadableBatchError",
    "lane_of",
    "read_batch",
    "read_body",
    "unparsed_batch",
]

BODY_BYTES_MAX: Final = 8 * 1024 * 1024
"""Telegram limits its answers to about half of this."""

CHUNK_BYTES: Final = 64 * 1024
UPDATE_ID_MAX: Final = 2**63 - 2
UPDATE_ID: Final = re.compile(r'"update_id"\s*:\s*(\d{1,19})(?!\d)')
CONFLICT: Final = 409
UNKNOWN_TOKEN: Final = frozenset({401, 404})


class PollConflictError(PollError):
    """The updates go to another program.

    Attributes:
        webhook: whether by a webhook; otherwise the other program polls.
    """

    def __init__(self, *, webhook: bool) -> None:
        super().__init__("webhook" if webhook else "another poller")
        self.webhook = webhook


class PollRefusedError(PollError):
    """Telegram refused the request.

    Attributes:
        wait: the seconds to wait.
        asked: the seconds that Telegram asked for, if more than the bot accepts; else 0.
    """

    def __init__(self, words: str, wait: float = 0.0, asked: float = 0.0) -> None:
        super().__init__(words)
        self.wait = wait
        self.asked = asked


class MalformedAnswerError(PollError):
    """The answer is not one of the Bot API."""


class UnreadableBatchError(PollError):
    """The answer is too large, too slow or cannot be parsed.

    Attributes:
        text: of an answer that was read but cannot be parsed; empty otherwise.
    """

    def __init__(self, words: str, text: str = "") -> None:
        super().__init__(words)
        self.text = text


@dataclass(frozen=True, slots=True)
class Batch:
    """The updates of one answer.

    Attributes:
        rows: number, lane and JSON of each update.
        updates: the same as objects.
        dropped: the number of elements that were not updates.
    """

    rows: list[tuple[int, str, str]]
    updates: list[dict[str, object]] = field(default_factory=list)
    dropped: int = 0

    @property
    def following(self) -> int:
        """The offset after them."""
        return max(number for number, _, _ in self.rows) + 1


async def read_body(answer: aiohttp.ClientResponse) -> bytes:
    """Returns the body, of at most `BODY_BYTES_MAX`.

    Raises:
        UnreadableBatchError: it is longer, or comes too slowly.
    """
    body = bytearray()
    try:
        async for chunk in answer.content.iter_chunked(CHUNK_BYTES):
            body += chunk
            if len(body) > BODY_BYTES_MAX:
                answer.close()
                raise UnreadableBatchError(f"an answer of more than {BODY_BYTES_MAX} bytes")
    except TimeoutError:
        raise UnreadableBatchError("the answer came too slowly") from None
    return bytes(body)


def read_batch(body: bytes, status: int) -> Batch:
    """Returns the updates in an answer.

    Raises:
        PollConflictError: the updates go elsewhere.
        PollRefusedError: Telegram refused the request.
        MalformedAnswerError: it is not an answer of the Bot API.
        UnreadableBatchError: it cannot be parsed.
    """
    text = body.decode("utf-8", "replace")
    try:
        answer = json.loads(text)
    except json.JSONDecodeError:
        raise MalformedAnswerError(f"answer {status} is not JSON") from None
    except (RecursionError, ValueError) as error:
        raise UnreadableBatchError(f"unreadable JSON ({type(error).__name__})", text) from None
    if not isinstance(answer, dict):
        raise MalformedAnswerError(f"answer {status} is not a JSON object")
    if answer.get("ok") is not True:
        raise _refusal(answer, status)
    result = answer.get("result")
    if not isinstance(result, list):
        raise MalformedAnswerError(f"the result is not a list but {type(result).__name__}")
    updates = [update for update in result if _is_update(update)]
    if result and not updates:
        raise MalformedAnswerError("the result holds no update")
    try:
        # ASCII only: half a surrogate pair is valid JSON, but databases reject it as text.
        rows = [(u["update_id"], lane_of(u), json.dumps(u)) for u in updates]
    except RecursionError:
        raise UnreadableBatchError("an update is nested too deeply", text) from None
    return Batch(rows, updates, len(result) - len(updates))


def unparsed_batch(text: str) -> Batch | None:
    """Returns the only update of an answer that cannot be parsed, as raw text.

    The worker fails on it as on any broken update, so that it becomes a dead letter. None if not
    even its number can be found.
    """
    found = UPDATE_ID.search(text)
    if found is None:
        return None
    number = int(found[1])
    if number > UPDATE_ID_MAX:
        return None
    raw = text[text.find("[") + 1 : text.rfind("]")]
    return Batch([(number, f"update {number}", raw)])


def _is_update(element: object) -> bool:
    number = element.get("update_id") if isinstance(element, dict) else None
    return type(number) is int and 0 <= number <= UPDATE_ID_MAX


def _refusal(answer: dict[str, object], status: int) -> Exception:
    code = answer.get("error_code")
    code = code if type(code) is int else status
    if code == CONFLICT and answer.get("ok") is False:
        return PollConflictError(webhook="webhook" in str(answer.get("description")).casefold())
    wait, asked = _wait(answer.get("parameters"))
    words = f"answer {code}"
    if code in UNKNOWN_TOKEN and answer.get("ok") is False:
        words += ": Telegram does not accept the token"
    if wait:
        words += f": wait {asked or wait:.0f} s"
    return PollRefusedError(words, wait, asked)


def _wait(parameters: object) -> tuple[float, float]:
    """Returns the seconds to wait, and those asked for if they are more than the bot accepts."""
    asked = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if isinstance(asked, bool) or not isinstance(asked, int | float):
        return 0.0, 0.0
    if asked > RETRY_AFTER_SECONDS_MAX:
        return float(RETRY_AFTER_SECONDS_MAX), float(min(asked, 10**9))
    return float(asked) if asked > 0 else 0.0, 0.0


def lane_of(update: dict[str, object]) -> str:
    """Returns the lane of an update: that of its chat, or its person, or one of its own.

    A private chat has the number of its person, so that both are one lane.
    """
    for part in update.values():
        if not isinstance(part, dict):
            continue
        message = part.get("message")
        inner = message if isinstance(message, dict) else {}
        places = (part.get("chat"), inner.get("chat"))
        people = (part.get("from"), part.get("user"), part.get("voter_chat"))
        for place in (*places, *people):
            number = place.get("id") if isinstance(place, dict) else None
            if type(number) is int and abs(number) <= UPDATE_ID_MAX:
                return f"chat {number}"
    return f"update {update.get('update_id')}"
