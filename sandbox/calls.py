"""One request of the bot: read from query, form, JSON or multipart, checked by the schema."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from sandbox import schema
from sandbox.checks import FaultyRequest
from sandbox.files import UPLOAD_BYTES_MAX
from sandbox.refusals import Refusal, bad_request, violation
from sandbox.state import Json

ATTACHED = "attach://"
# Telegram's own descriptions when these are missing or wrong; others are the sandbox's words.
MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
}
WRONG = {"callback_data": "BUTTON_DATA_INVALID"}
PARAMETERS_BYTES_MAX = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request."""

    name: str
    mime_type: str
    content: bytes


@dataclass(slots=True)
class Call:
    """A request with its parameters in their right types.

    Attributes:
        held_s: how long it was held before it was served.
        at_once: whether updates are wanted without a wait.
        notes: what Telegram does silently and a correct bot does not rely on.
    """

    method: str
    params: Json
    uploads: dict[str, Upload] = field(default_factory=dict)
    held_s: float = 0.0
    at_once: bool = False
    notes: list[str] = field(default_factory=list)

    def upload(self, name: str) -> Upload | None:
        """Returns the file of a parameter, sent under its name or under the name it attaches."""
        named = self.params.get(name)
        if isinstance(named, str) and named.startswith(ATTACHED):
            return self.uploads.get(named.removeprefix(ATTACHED))
        return self.uploads.get(name)

    def chat_id(self) -> int | None:
        """Returns the chat that it names by number; None otherwise."""
        chat_id = self.params.get("chat_id")
        return chat_id if isinstance(chat_id, int) else None

    def loggable(self) -> Json:
        """Returns the parameters, with files as name and size."""
        if not self.uploads:
            return self.params
        files = {
            name: {"file": upload.name, "size": len(upload.content)}
            for name, upload in self.uploads.items()
        }
        return {**self.params, **files}


async def read_call(method: str, request: web.Request) -> Call:
    """Read the request; raises nothing but what the transport raises, or 413."""
    raw: dict[str, Any] = dict(request.query) if request.query_string else {}
    uploads: dict[str, Upload] = {}
    if request.content_type.startswith("multipart/"):
        await _read_parts(request, raw, uploads)
    elif request.can_read_body:
        body = await request.read()
        _refuse_more(len(body))
        if request.content_type == "application/json":
            raw.update(_json_object(body))
        else:
            raw.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return Call(method, raw, uploads)


async def _read_parts(
    request: web.Request, raw: dict[str, Any], uploads: dict[str, Upload]
) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        content = bytes(await part.read())
        if part.filename is None:
            raw[part.name] = content.decode("utf-8", "replace")
            _refuse_more(sum(len(value) for value in raw.values()))
            continue
        if len(content) > UPLOAD_BYTES_MAX:
            raise Refusal("Request Entity Too Large", 413, violation=True)
        kind = part.headers.get("Content-Type", "application/octet-stream")
        uploads[part.name] = Upload(part.filename, kind, content)


def _refuse_more(size: int) -> None:
    """Raise `Refusal` if the parameters without files exceed the limit in bytes."""
    if size > PARAMETERS_BYTES_MAX:
        raise Refusal("Request Entity Too Large", 413, violation=True)


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        loaded = json.loads(body or b"{}")
    except ValueError:
        loaded = None
    if not isinstance(loaded, dict):
        raise violation("can't parse JSON object")
    return loaded


def check(call: Call) -> None:
    """Convert the parameters to their types and check them against the schema."""
    known = schema.parameters(call.method)
    attached = {
        value.removeprefix(ATTACHED)
        for value in call.params.values()
        if isinstance(value, str) and value.startswith(ATTACHED)
    }
    _refuse_unknown(call, known, attached)
    judged: Json = {}
    for name, parameter in known.items():
        value = call.params.get(name)
        if value is None:
            if parameter.required and name not in call.uploads:
                words = f'"{name}" of {call.method} is required'
                raise violation(MISSING.get(name, f"sandbox: {words}"))
            continue
        if isinstance(value, str):
            value = parameter.decode(value)
        elif parameter.type == "String" and isinstance(value, int | float):
            value = str(value)
        try:
            parameter.check(value, name)
        except FaultyRequest as fault:
            own = WRONG.get(fault.field.rsplit(".", maxsplit=1)[-1])
            raise violation(own or f"sandbox: {fault.words}") from fault
        judged[name] = value
    call.params = judged


def _refuse_unknown(call: Call, known: Mapping[str, schema.Parameter], attached: set[str]) -> None:
    for name, value in call.params.items():
        if name not in known and value is not None:
            raise violation(f'sandbox: unknown parameter "{name}" of {call.method}')
    for name in call.uploads:
        if name not in known and name not in attached:
            raise violation(f'sandbox: file "{name}" belongs to no parameter of {call.method}')
    for name in attached:
        if name not in call.uploads:
            raise bad_request(f'wrong HTTP URL specified: attached file "{name}" is missing')
