"""The answers that leave the sandbox: JSON, pages of a proxy, and bodies that go wrong."""

import asyncio
import json
import time
from typing import Any

from aiohttp import web

from sandbox.faults import Fault
from sandbox.refusals import Refusal, too_many_requests

DRIP_EVERY_S = 0.1
CHUNK_BYTES = 1024 * 1024
REFUSED = {
    "http_401": Refusal("Unauthorized", 401),
    "http_413": Refusal("Request Entity Too Large", 413),
    "http_421": Refusal("Misdirected Request", 421),
    "http_500": Refusal("Internal Server Error", 500),
    "restart": Refusal("Internal Server Error: restart", 500),
    "message_id_invalid": Refusal("Bad Request: MESSAGE_ID_INVALID"),
}
PROXY_PAGES = {"http_403_html": 403, "http_502_html": 502}
PROXY_WORDS = {403: "Forbidden", 502: "Bad Gateway"}
PROXY_JSON = b'{"error":"denied by policy","description":"Forbidden: bot was blocked by the user"}'
EMPTY_BODIES = {
    "null_result": b'{"ok":true,"result":null}',
    "empty_result": b'{"ok":true,"result":[]}',
}
_PROXY_PAGE = (
    "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n"
    "<center><h1>{0}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)
_ENCODER = json.JSONEncoder(separators=(",", ":"))


def dumped(answer: Any) -> bytes:
    """JSON as Telegram writes it: nothing but ASCII."""
    return _ENCODER.encode(answer).encode()


def json_reply(body: bytes, status: int = 200) -> web.Response:
    """A body of JSON."""
    return web.Response(body=body, status=status, content_type="application/json")


def refused(no: Refusal) -> web.Response:
    """Telegram's no; one that asks for a pause says so in a header too."""
    reply = json_reply(dumped(no.body()), no.code)
    if no.retry_after is not None:
        reply.headers["Retry-After"] = str(no.retry_after)
    return reply


def proxy_page(status: int) -> web.Response:
    """The page of a proxy on the way, which speaks no JSON."""
    page = _PROXY_PAGE.format(f"{status} {PROXY_WORDS[status]}")
    return web.Response(status=status, text=page, content_type="text/html")


def cut(request: web.Request) -> web.Response:
    """Close the connection; what is returned goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def instead(request: web.Request, fault: Fault) -> web.Response:
    """What comes in place of the answer to a call that was not served."""
    if fault.kind in EMPTY_BODIES:
        return json_reply(EMPTY_BODIES[fault.kind])
    if fault.kind == "stale":
        return json_reply(fault.words.encode())
    if fault.kind in PROXY_PAGES:
        return proxy_page(PROXY_PAGES[fault.kind])
    if fault.kind in REFUSED:
        return refused(REFUSED[fault.kind])
    if fault.kind == "retry_after":
        return refused(too_many_requests(max(int(fault.seconds), 1)))
    if fault.kind == "proxy_json":
        return json_reply(PROXY_JSON, fault.code)
    if fault.kind == "error":
        return refused(Refusal(fault.words, fault.code, parameters=fault.parameters))
    return cut(request)


def truncated(whole: web.Response) -> web.Response:
    """Half of a body, as if that were all of it."""
    body = _bytes(whole)
    return json_reply(body[: len(body) // 2], whole.status)


async def dripped(request: web.Request, whole: web.Response, seconds: float) -> web.StreamResponse:
    """One byte at a time for so long, blanks that JSON allows, and then the body."""
    until = time.monotonic() + seconds
    reply = await _begun(request, whole)
    try:
        while time.monotonic() < until:
            await reply.write(b" ")
            await asyncio.sleep(DRIP_EVERY_S)
        await reply.write(_bytes(whole))
    except ConnectionError:
        pass
    return reply


async def swollen(
    request: web.Request, whole: web.Response, megabytes: float
) -> web.StreamResponse:
    """So many megabytes of blanks, and then the body."""
    blank = b" " * CHUNK_BYTES
    left = int(megabytes * CHUNK_BYTES)
    reply = await _begun(request, whole)
    try:
        while left > 0:
            await reply.write(blank[:left])
            left -= CHUNK_BYTES
        await reply.write(_bytes(whole))
    except ConnectionError:
        pass
    return reply


async def _begun(request: web.Request, whole: web.Response) -> web.StreamResponse:
    reply = web.StreamResponse(status=whole.status, headers={"Content-Type": "application/json"})
    await reply.prepare(request)
    return reply


def _bytes(whole: web.Response) -> bytes:
    assert isinstance(whole.body, bytes)
    return whole.body
