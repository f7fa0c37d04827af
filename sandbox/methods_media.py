"""Methods that send photos and documents, and find files again."""

import re

from sandbox.access import open_chat
from sandbox.calls import Call
from sandbox.files import DOWNLOAD_BYTES_MAX, PHOTO_BYTES_MAX, image_size
from sandbox.methods_messages import post
from sandbox.refusals import bad_request, violation
from sandbox.state import Json, StoredFile
from sandbox.wording import caption
from sandbox.world import World

SIDES_MAX = 10_000
RATIO_MAX = 20
_FILE_ID = re.compile(r"[A-Za-z0-9_-]+")


def send_photo(world: World, call: Call) -> Json:
    """A picture into a chat, new or sent before."""
    chat = open_chat(world, call)
    rich = caption(call)
    stored = _file(world, call, "photo")
    content: Json = {"photo": [stored.size()]}
    return post(world, call, chat, content | _captioned(call, rich.text, rich.entities))


def send_document(world: World, call: Call) -> Json:
    """A file into a chat, new or sent before."""
    chat = open_chat(world, call)
    rich = caption(call)
    stored = _file(world, call, "document")
    document = stored.document()
    thumbnail = call.upload("thumbnail")
    if thumbnail is not None:
        document["thumbnail"] = world.files.add("photo", thumbnail.content).size()
    content: Json = {"document": document}
    return post(world, call, chat, content | _captioned(call, rich.text, rich.entities))


def get_file(world: World, call: Call) -> Json:
    """Where a file can be fetched."""
    stored = world.files.by_id(call.params["file_id"])
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.content) > DOWNLOAD_BYTES_MAX:
        raise bad_request("file is too big")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.content),
        "file_path": stored.path,
    }


def _captioned(call: Call, text: str, entities: list[Json]) -> Json:
    content: Json = {}
    if text:
        content["caption"] = text
    if entities:
        content["caption_entities"] = entities
    if call.params.get("show_caption_above_media"):
        content["show_caption_above_media"] = True
    if call.params.get("has_spoiler"):
        content["has_media_spoiler"] = True
    return content


def _file(world: World, call: Call, kind: str) -> StoredFile:
    upload = call.upload(kind)
    if upload is None:
        return _known(world, call.params[kind], kind)
    if not upload.content:
        raise violation("file must be non-empty")
    if kind == "photo":
        _judge_photo(upload.name, upload.content)
    return world.files.add(kind, upload.content, upload.name, upload.mime_type)


def _known(world: World, file_id: str, kind: str) -> StoredFile:
    if file_id.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    if not _FILE_ID.fullmatch(file_id):
        raise bad_request("wrong remote file identifier specified: Wrong character in the string")
    stored = world.files.by_id(file_id)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request(
            f"can't use file of type {stored.kind.capitalize()} as {kind.capitalize()}"
        )
    return stored


def _judge_photo(name: str, content: bytes) -> None:
    if len(content) > PHOTO_BYTES_MAX:
        raise violation(
            f'file "{name}" of size {len(content)} bytes is too big for a photo; '
            f"the maximum size is {PHOTO_BYTES_MAX} bytes"
        )
    size = image_size(content)
    if size is None:
        raise violation("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > SIDES_MAX or max(size) > RATIO_MAX * max(min(size), 1):
        raise violation("PHOTO_INVALID_DIMENSIONS")
