"""The meaning of Telegram's refusals, by the known texts; an unknown one has no meaning."""

import re
from typing import Final, Literal

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.core.errors import SetupError

__all__ = [
    "cannot_be_edited",
    "description",
    "has_no_caption",
    "is_about_the_file",
    "is_too_late",
    "is_unchanged",
    "reach_after",
]

BLOCKED: Final = ("bot was blocked by the user",)
GONE: Final = (
    "user is deactivated",
    "chat not found",
    "peer_id_invalid",
    "bot can't initiate conversation with a user",
)
NO_EDIT: Final = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
    "message not found",
    "there is no text in the message to edit",
)
NO_CAPTION: Final = ("there is no caption in the message to edit",)
NO_FILE: Final = (
    "wrong file identifier",
    "wrong remote file identifier",
    "wrong file_id",
    "invalid file_id",
    "file_reference_",
    "can't use file of type",
    "wrong type of the web page content",
    "failed to get http url content",
    "image_process_failed",
    "photo_invalid_dimensions",
    "photo_ext_invalid",
)
TOO_LATE: Final = ("query is too old", "query id is invalid")
QUOTED: Final = re.compile(r'"[^"]*"')


class UnknownTokenError(SetupError):
    """Telegram does not know the token."""


def reach_after(error: TelegramError) -> Literal["blocked", "gone"] | None:
    """Returns why a person can no longer be reached; None if the error does not say that."""
    if isinstance(error, Forbidden) and _says(error, BLOCKED):
        return "blocked"
    if isinstance(error, Forbidden | BadRequest) and _says(error, GONE):
        return "gone"
    return None


def cannot_be_edited(error: TelegramError) -> bool:
    """Returns whether the message can no longer be edited."""
    return _says(error, NO_EDIT)


def has_no_caption(error: BadRequest) -> bool:
    """Returns whether the message is a text, which has no caption to edit."""
    return _says(error, NO_CAPTION)


def is_unchanged(error: BadRequest) -> bool:
    """Returns whether the message already has the new content."""
    return _says(error, ("message is not modified",))


def is_about_the_file(error: BadRequest) -> bool:
    """Returns whether Telegram cannot use the picture or file."""
    return _says(error, NO_FILE)


def is_too_late(error: BadRequest) -> bool:
    """Returns whether the tap is too old to be answered."""
    return _says(error, TOO_LATE)


def description(error: TelegramError) -> str:
    """Returns Telegram's text without quotations, which may be a person's words."""
    return QUOTED.sub('"…"', str(error))


def _says(error: TelegramError, phrases: tuple[str, ...]) -> bool:
    text = str(error).casefold()
    return any(each in text for each in phrases)
