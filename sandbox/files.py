"""Files people and the bot send: kept as bytes, named as Telegram names them."""

import base64
import hashlib
import mimetypes
import struct
import zlib
from pathlib import PurePosixPath
from typing import Any

from sandbox.state import Json, StoredFile

FOLDERS = {"photo": "photos", "document": "documents", "voice": "voice", "video": "videos"}
PREFIXES = {"photo": "AgACAgUAAxk", "document": "BQACAgUAAxk", "voice": "AwACAgUAAxk"}
DOWNLOAD_BYTES_MAX = 20 * 1024 * 1024
UPLOAD_BYTES_MAX = 50 * 1024 * 1024
PHOTO_BYTES_MAX = 10 * 1024 * 1024
BOT_ID_BYTES = 8
PNG_HEAD = b"\x89PNG\r\n\x1a\n"


class Files:
    """All files, found by their id or by their path; an id is valid for one bot only."""

    def __init__(self, bot_id: int = 0) -> None:
        self._bot = bot_id.to_bytes(BOT_ID_BYTES, "big")
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(
        self,
        kind: str,
        content: bytes,
        name: str | None = None,
        mime_type: str | None = None,
        sender: int = 0,
    ) -> StoredFile:
        """Store and return a file; the same content sent again gets another id.

        It keeps its unique id only where the same person sends it: a phone remembers what it has
        uploaded. Another person's upload of the same bytes is another file, as it is there.
        """
        number = len(self._by_id)
        digest = hashlib.sha256(content).digest()
        upload = hashlib.sha256(digest + sender.to_bytes(8, "big")).digest() if sender else digest
        unique = base64.urlsafe_b64encode(upload[:9]).decode()
        tail = base64.urlsafe_b64encode(
            digest[9:21] + self._bot + number.to_bytes(4, "big")
        ).decode()
        size = image_size(content) if kind == "photo" else None
        suffix = PurePosixPath(name).suffix if name else ""
        if kind == "photo":
            suffix, mime_type = _picture_suffix(content), None
        stored = StoredFile(
            file_id=PREFIXES.get(kind, "CAACAgUAAxk") + tail,
            unique_id=unique,
            path=f"{FOLDERS.get(kind, kind)}/file_{number}{suffix}",
            kind=kind,
            name=name,
            mime_type=mime_type or _guessed(f"x{suffix}"),
            content=content,
            width=size[0] if size else 0,
            height=size[1] if size else 0,
        )
        self._keep(stored)
        return stored

    def by_id(self, file_id: str) -> StoredFile | None:
        """Returns the file with this id, or None."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """Returns the file at this path, or None."""
        return self._by_path.get(path)

    def dump(self) -> list[Json]:
        """Returns the state to save."""
        return [
            {
                "file_id": stored.file_id,
                "unique_id": stored.unique_id,
                "path": stored.path,
                "kind": stored.kind,
                "name": stored.name,
                "mime_type": stored.mime_type,
                "width": stored.width,
                "height": stored.height,
                "content": base64.b64encode(stored.content).decode(),
            }
            for stored in self._by_id.values()
        ]

    def load(self, saved: list[dict[str, Any]]) -> None:
        """Restore a saved state."""
        for fields in saved:
            content = base64.b64decode(fields["content"])
            self._keep(StoredFile(**{**fields, "content": content}))

    def _keep(self, stored: StoredFile) -> None:
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored


def image_size(content: bytes) -> tuple[int, int] | None:
    """Returns width and height of a PNG, GIF, WebP or JPEG; None for anything else."""
    if content.startswith(PNG_HEAD) and len(content) >= 24:  # noqa: PLR2004  its IHDR
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:6] in (b"GIF87a", b"GIF89a"):
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp_size(content)
    if content.startswith(b"\xff\xd8"):
        return _jpeg_size(content)
    return None


def blank_picture(side: int = 96) -> bytes:
    """Returns a plain PNG, for a photo without given content."""
    line = b"\x00" + b"\x9a\xb8\xd0" * side
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return PNG_HEAD + b"".join(
        _png_chunk(kind, data)
        for kind, data in (
            (b"IHDR", header),
            (b"IDAT", zlib.compress(line * side)),
            (b"IEND", b""),
        )
    )


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    checked = kind + data
    return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))


def _webp_size(content: bytes) -> tuple[int, int] | None:
    kind = content[12:16]
    if kind == b"VP8X":
        width = int.from_bytes(content[24:27], "little") + 1
        return width, int.from_bytes(content[27:30], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:  # noqa: PLR2004  a marker's sign
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # noqa: PLR2004
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None


def _picture_suffix(content: bytes) -> str:
    if content.startswith(PNG_HEAD):
        return ".png"
    if content.startswith(b"GIF8"):
        return ".gif"
    return ".webp" if content.startswith(b"RIFF") else ".jpg"


def _guessed(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
