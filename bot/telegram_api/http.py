"""How python-telegram-bot speaks HTTP here: over aiohttp, and only what the Bot API said.

Its cost does not grow with the number of requests in flight, as that of the stock transport does.
A request that certainly was not carried out raises `NotSentError`; after any other fault on the
way it is open whether Telegram acted. An answer is read up to a limit and judged here:
python-telegram-bot would write one that it cannot read into the log, with names and words.
"""

import json
import os
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final, TypeAlias
from urllib.parse import urlencode

import aiohttp
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.core.errors import TelegramCallError

__all__ = ["RETRY_AFTER_SECONDS_MAX", "AiohttpRequest", "NotSentError", "TooManyRequestsError"]

# Asked for here, RetryAfter carries a timedelta; not asked for, it warns each time it is made.
os.environ.setdefault("PTB_TIMEDELTA", "true")

RETRY_AFTER_SECONDS_MAX: Final = 3600
"""The longest wait that is believed; after a longer one the bot asks again in an hour."""

RETRY_AFTER_SECONDS_UNSAID: Final = 5
"""The wait where a 429 names none that can be read."""

CONNECT_SECONDS = 5.0
READ_SECONDS = 20.0
"""The server holds a call for up to eight seconds and then carries it out."""

UPLOAD_SECONDS = 20.0
CONNECTIONS_MAX = 100
ANSWER_BYTES_MAX: Final = 1 << 20
FILE_BYTES_MAX: Final = 20 << 20
DESCRIPTION_CHARACTERS_MAX: Final = 300
NUMBER_MAX: Final = 2**63 - 1
"""The largest number that a database takes."""

NO_TEXT: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
"""Characters that occur in no text of Telegram and that no database accepts."""

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PLAIN = {"Accept-Encoding": "identity"}
"""Nothing is unpacked here: a small answer could become a large one."""

Timeout: TypeAlias = Any  # seconds or the library's own mark for "not said", a private type

ABOUT_THE_REQUEST = (413, 414, 415, 431)
"""What a server says of a request that it will never take, in JSON or as a page."""

OF_THE_BOT_API = (400, 401, 403, 404, 409)
"""Refusals that say something if the Bot API says them, and nothing in the words of a proxy."""


class NotSentError(TelegramCallError, NetworkError):
    """The request did not reach Telegram: no connection, or turned away before it."""


class TooManyRequestsError(TelegramCallError, RetryAfter):
    """Too many requests.

    Attributes:
        seconds: how long to wait.
        asked: what was asked for, which may be more.
    """

    def __init__(self, asked: int) -> None:
        self.seconds = min(max(asked, 1), RETRY_AFTER_SECONDS_MAX)
        self.asked = asked
        super().__init__(timedelta(seconds=self.seconds))

    @property
    def wait(self) -> timedelta:
        """How long to wait."""
        return timedelta(seconds=self.seconds)

    @property
    def overlong(self) -> bool:
        """Whether more was asked for than is believed."""
        return self.asked > RETRY_AFTER_SECONDS_MAX


class AiohttpRequest(BaseRequest):
    """A BaseRequest on one aiohttp session.

    Args:
        read_seconds: how long to wait for an answer where the caller says nothing.
        traces: who listens to the session.
    """

    def __init__(
        self,
        read_seconds: float = READ_SECONDS,
        *,
        traces: Sequence[aiohttp.TraceConfig] = (),
    ) -> None:
        self._read_seconds = read_seconds
        self._traces = list(traces)
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Open the session."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS_MAX)
            self._session = aiohttp.ClientSession(
                connector=connector,
                trust_env=False,
                trace_configs=self._traces,
                auto_decompress=False,
                headers=PLAIN,
            )

    async def shutdown(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        write_timeout: Timeout = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        pool_timeout: Timeout = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Send one request; returns the status and the body, which is an answer of the Bot API.

        Raises:
            NotSentError: nothing was sent, or something on the way turned the request away.
            TooManyRequestsError: too many requests; this one was not carried out.
            TimedOut: the answer was not complete in time.
            NetworkError: the connection broke before the answer was complete, or the answer is
                not one of the Bot API.
        """
        if self._session is None:
            raise RuntimeError("the transport is not open: call initialize() first")
        data = None if request_data is None else _body(request_data)
        headers = FORM if isinstance(data, bytes) else None
        upload = UPLOAD_SECONDS if isinstance(data, aiohttp.FormData) else 0.0
        connect = _seconds(connect_timeout, CONNECT_SECONDS)
        read = _seconds(read_timeout, self._read_seconds) + upload
        # Not only for each piece: an answer that drips has an end too.
        timeout = aiohttp.ClientTimeout(connect=connect, sock_read=read, total=connect + read)
        try:
            async with self._session.request(
                method, url, data=data, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                most = FILE_BYTES_MAX if method == "GET" else ANSWER_BYTES_MAX
                body = await _read(answer, most)
                if method == "GET":
                    return answer.status, body
                wait = answer.headers.get("Retry-After")
                return _judged(url.rpartition("/")[2], answer.status, body, wait)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSentError(f"no connection: {type(error).__name__}") from error
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"connection lost: {type(error).__name__}") from error


async def _read(answer: aiohttp.ClientResponse, most: int) -> bytes:
    """Returns the body, if it is no longer than `most` bytes."""
    body = bytearray()
    async for piece in answer.content.iter_any():
        body += piece
        if len(body) > most:
            raise NetworkError(f"an answer of more than {most} bytes")
    return bytes(body)


def _judged(method: str, status: int, body: bytes, wait: str | None) -> tuple[int, bytes]:
    """Returns status and body as python-telegram-bot can read them; raises for all else."""
    said = _parsed(body)
    good = 200 <= status < 300  # noqa: PLR2004 - HTTP's own numbers
    if said is not None and said.get("ok") is True and good:
        if not _fits(method, said.get("result")):
            raise NetworkError(f"an answer without its result, HTTP {status}")
        return status, body
    code = status
    refused = said if said is not None and said.get("ok") is False else None
    told = refused.get("error_code") if refused is not None and good else None
    if isinstance(told, int):
        code = told
    if code == 429:  # noqa: PLR2004
        raise TooManyRequestsError(_asked(said or {}, wait))
    if code in ABOUT_THE_REQUEST:
        raise BadRequest(f"the request is refused, HTTP {code}")
    if refused is not None and code in OF_THE_BOT_API:
        return code, _refusal(refused, code)
    if 300 <= code < 500:  # noqa: PLR2004
        raise NotSentError(f"turned away on the way, HTTP {code}")
    raise NetworkError(f"nobody knows what came of it, HTTP {code}")


def _parsed(body: bytes) -> dict[str, object] | None:
    """Returns the JSON object of the body, or None."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _fits(method: str, result: object) -> bool:
    """Returns whether a method may answer so: sending a message, getMe the bot."""
    if method == "getMe":
        return isinstance(result, dict) and isinstance(result.get("username"), str)
    if method.startswith("send") and method != "sendChatAction":
        number = result.get("message_id") if isinstance(result, dict) else None
        return type(number) is int and 0 <= number <= NUMBER_MAX
    return result is not None


def _asked(said: Mapping[str, object], header: str | None) -> int:
    """Returns the seconds to wait, from the answer or else its header."""
    parameters = said.get("parameters")
    given = parameters.get("retry_after") if isinstance(parameters, dict) else None
    for wait in (given, header):
        try:
            return int(wait)  # type: ignore[arg-type]
        except (TypeError, ValueError, OverflowError):
            continue
    return RETRY_AFTER_SECONDS_UNSAID


def _refusal(said: Mapping[str, object], code: int) -> bytes:
    """Returns the refusal with only those parts that have the form of Telegram's."""
    description, parameters = said.get("description"), said.get("parameters")
    clean: dict[str, object] = {"ok": False, "error_code": code}
    if isinstance(description, str):
        clean["description"] = NO_TEXT.sub("?", description[:DESCRIPTION_CHARACTERS_MAX])
    if isinstance(parameters, dict) and isinstance(parameters.get("migrate_to_chat_id"), int):
        clean["parameters"] = {"migrate_to_chat_id": parameters["migrate_to_chat_id"]}
    return json.dumps(clean).encode()


def _seconds(given: Timeout, otherwise: float) -> float:
    return otherwise if given is None or given is BaseRequest.DEFAULT_NONE else float(given)


def _body(request_data: RequestData) -> aiohttp.FormData | bytes:
    if not request_data.contains_files:
        return urlencode(request_data.json_parameters).encode()
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, mime) in request_data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=mime)
    return form
