"""How python-telegram-bot speaks HTTP here: over aiohttp.

Its cost does not grow with the number of requests in flight, as that of the stock transport does.
A request that surely did not reach Telegram raises `NotSent`; whatever else goes wrong on the way
leaves it open whether Telegram acted.
"""

import os
from typing import Any, Final
from urllib.parse import urlencode

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

__all__ = ["AiohttpRequest", "NotSent"]

# Asked for here, RetryAfter carries a timedelta; not asked for, it warns each time it is made.
os.environ.setdefault("PTB_TIMEDELTA", "true")

CONNECT_SECONDS = 5.0
READ_SECONDS = 5.0
UPLOAD_SECONDS = 20.0
RETRY_AFTER_SECONDS_MAX: Final = 3600
"""The longest wait that is believed; whoever says more is asked again after an hour."""
CONNECTIONS_MAX = 64
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class NotSent(NetworkError):  # noqa: N818 - says what is the case
    """No connection to Telegram: the request was not sent."""


class AiohttpRequest(BaseRequest):
    """A BaseRequest on one aiohttp session.

    Args:
        read_seconds: how long to wait for an answer where the caller says nothing.
    """

    def __init__(self, read_seconds: float = READ_SECONDS) -> None:
        self._read_seconds = read_seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """How long to wait for an answer, in seconds."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Open the session."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS_MAX)
            self._session = aiohttp.ClientSession(connector=connector, trust_env=False)

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
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Send one request; gives the status and the body.

        Raises:
            NotSent: nothing was sent.
            TimedOut: no answer came in time.
            NetworkError: the connection broke before the answer was complete.
        """
        if self._session is None:
            raise RuntimeError("the transport is not open: call initialize() first")
        data = None if request_data is None else _body(request_data)
        headers = FORM if isinstance(data, bytes) else None
        upload = UPLOAD_SECONDS if isinstance(data, aiohttp.FormData) else 0.0
        timeout = aiohttp.ClientTimeout(
            sock_connect=_seconds(connect_timeout, CONNECT_SECONDS),
            sock_read=_seconds(read_timeout, self._read_seconds) + upload,
        )
        try:
            async with self._session.request(
                method, url, data=data, headers=headers, timeout=timeout
            ) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(f"no connection: {type(error).__name__}") from error
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"connection lost: {type(error).__name__}") from error


def _seconds(given: Any, otherwise: float) -> float:
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
