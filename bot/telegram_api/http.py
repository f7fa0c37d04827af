"""The HTTP transport of python-telegram-bot, over aiohttp.

Unlike the stock transport's, its cost does not grow with the number of requests in flight.
A request that was certainly not carried out raises `NotSentError`; after any other error it is
unknown whether Telegram acted. An answer is read up to a limit and checked here, since
python-telegram-bot would log one that it cannot read, with names and texts of people.
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

# With this, RetryAfter carries a timedelta; without it, each one emits a warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")

RETRY_AFTER_SECONDS_MAX: Final = 3600
"""The longest wait the bot accepts; after an hour it tries again, whatever Telegram asked."""

RETRY_AFTER_SECONDS_UNSAID: Final = 5
"""The wait after a 429 without a valid one."""

CONNECT_SECONDS = 5.0
READ_SECONDS = 20.0
"""The server holds a call for up to eight seconds and then carries it out."""

UPLOAD_SECONDS = 20.0
CONNECTIONS_MAX = 100
ANSWER_BYTES_MAX: Final = 1 << 20
FILE_BYTES_MAX: Final = 20 << 20
DESCRIPTION_CHARACTERS_MAX: Final = 300
NUMBER_MAX: Final = 2**63 - 1
"""The largest integer that the databases store."""

NO_TEXT: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
"""Characters that Telegram's descriptions do not contain and databases may reject."""

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PLAIN = {"Accept-Encoding": "identity"}
"""Answers are not decompressed: a small one could become very large."""

Timeout: TypeAlias = Any  # seconds, or the library's "not given" sentinel of a private type

ABOUT_THE_REQUEST = (413, 414, 415, 431)
"""Statuses of a request that no server will ever accept, with JSON or a page."""

OF_THE_BOT_API = (400, 401, 403, 404, 409)
"""Refusals that count only if they are the Bot API's JSON, not a proxy's page."""


class NotSentError(TelegramCallError, NetworkError):
    """The request did not reach Telegram: no connection, or rejected on the way."""


class TooManyRequestsError(TelegramCallError, RetryAfter):
    """Too many requests.

    Attributes:
        seconds: how long to wait.
        asked: the seconds that Telegram asked for, which may be more.
    """

    def __init__(self, asked: int) -> None:
        self.seconds = min(max(asked, 1), RETRY_AFTER_SECONDS_MAX)
        self.asked = asked
        super().__init__(timedelta(seconds=self.seconds))

    @property
    def wait(self) -> timedelta:
        """The time to wait."""
        return timedelta(seconds=self.seconds)

    @property
    def overlong(self) -> bool:
        """Whether Telegram asked for a longer wait than the bot accepts."""
        return self.asked > RETRY_AFTER_SECONDS_MAX


class AiohttpRequest(BaseRequest):
    """A BaseRequest on one aiohttp session.

    Args:
        read_seconds: the default timeout of an answer.
        traces: hooks of the session, such as those of the clock check.
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
        """The default timeout of an answer, in seconds."""
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
            NotSentError: nothing was sent, or the request was rejected on the way.
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
        # A total as well as one for each read, since an answer may trickle without end.
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
                return _checked(url.rpartition("/")[2], answer.status, body, wait)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSentError(f"no connection: {type(error).__name__}") from error
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"connection lost: {type(error).__name__}") from error


async def _read(answer: aiohttp.ClientResponse, most: int) -> bytes:
    """Returns the body; raises if it is longer than `most` bytes."""
    body = bytearray()
    async for piece in answer.content.iter_any():
        body += piece
        if len(body) > most:
            raise NetworkError(f"an answer of more than {most} bytes")
    return bytes(body)


def _checked(method: str, status: int, body: bytes, wait: str | None) -> tuple[int, bytes]:
    """Returns a status and a body that python-telegram-bot can read; raises for any other."""
    said = _parsed(body)
    good = 200 <= status < 300  # noqa: PLR2004 - HTTP's own numbers
    if said is not None and said.get("ok") is True and good:
        if not _fits(method, said.get("result")):
            raise NetworkError(f"an answer without a result, HTTP {status}")
        return status, body
    code = status
    refused = said if said is not None and said.get("ok") is False else None
    own_code = refused.get("error_code") if refused is not None and good else None
    if isinstance(own_code, int):
        code = own_code
    if code == 429:  # noqa: PLR2004
        raise TooManyRequestsError(_asked(said or {}, wait))
    if code in ABOUT_THE_REQUEST:
        raise BadRequest(f"the request is refused, HTTP {code}")
    if refused is not None and code in OF_THE_BOT_API:
        return code, _refusal(refused, code)
    if 300 <= code < 500:  # noqa: PLR2004
        raise NotSentError(f"rejected before it reached Telegram, HTTP {code}")
    raise NetworkError(f"the outcome is unknown, HTTP {code}")


def _parsed(body: bytes) -> dict[str, object] | None:
    """Returns the body's JSON object; None if it is none."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _fits(method: str, result: object) -> bool:
    """Returns whether the result fits the method: a message for sends, the bot for getMe."""
    if method == "getMe":
        return isinstance(result, dict) and isinstance(result.get("username"), str)
    if method.startswith("send") and method != "sendChatAction":
        number = result.get("message_id") if isinstance(result, dict) else None
        return type(number) is int and 0 <= number <= NUMBER_MAX
    return result is not None


def _asked(said: Mapping[str, object], header: str | None) -> int:
    """Returns the seconds to wait, from the body or else from the header."""
    parameters = said.get("parameters")
    given = parameters.get("retry_after") if isinstance(parameters, dict) else None
    for wait in (given, header):
        try:
            return int(wait)  # type: ignore[arg-type]
        except (TypeError, ValueError, OverflowError):
            continue
    return RETRY_AFTER_SECONDS_UNSAID


def _refusal(said: Mapping[str, object], code: int) -> bytes:
    """Returns the refusal, with only those parts that have the shape of Telegram's."""
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
