"""Reading what the control interface is asked, and answering it in JSON."""

import json
from collections.abc import Awaitable
from typing import Any

from aiohttp import web

from sandbox.refusals import NotPossible
from sandbox.state import Json

WAIT_S = 25.0


async def json_body(request: web.Request) -> Json:
    """The JSON object of a request; an empty body is an empty object."""
    try:
        loaded = json.loads(await request.read() or b"{}")
    except ValueError:
        loaded = None
    if not isinstance(loaded, dict):
        raise _bad("a JSON object is expected")
    return loaded


def number(request: web.Request, name: str) -> int | None:
    """A number of the query, if it is there."""
    text = request.query.get(name)
    try:
        return int(text) if text else None
    except ValueError as wrong:
        raise _bad(f"{name} must be a number") from wrong


def seconds(request: web.Request, otherwise: float) -> float:
    """The `timeout` of the query."""
    try:
        return float(request.query.get("timeout", otherwise))
    except ValueError as wrong:
        raise _bad("timeout must be a number of seconds") from wrong


async def answered(work: Awaitable[Any]) -> web.Response:
    """The result as JSON, or why it is not possible."""
    try:
        return web.json_response(await work)
    except NotPossible as no:
        return refused(no.reason, no.status)


def refused(reason: str, status: int) -> web.Response:
    """Why it is not possible."""
    return web.json_response({"error": reason}, status=status)


def _bad(reason: str) -> web.HTTPBadRequest:
    return web.HTTPBadRequest(text=json.dumps({"error": reason}), content_type="application/json")
