"""What Telegram's refusals mean, by the words that are known; what is unknown proves nothing."""

import re
from typing import Final, Literal

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.core.errors import SetupError

__all__ = [
    "UnknownTokenError",
    "about_the_file",
    "already_so",
    "not_to_be_edited",
    "reach_after",
    "told",
    "too_late",
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
    """Whether the error says that a person can no longer be written to, and why."""
    if isinstance(error, Forbidden) and _says(error, BLOCKED):
        return "blocked"
    if isinstance(error, Forbidden | BadRequest) and _says(error, GONE):
        return "gone"
    return None


def not_to_be_edited(error: BadRequest) -> bool:
    """Whether the message that was to be changed is no longer one that can be."""
    return _says(error, NO_EDIT)


def already_so(error: BadRequest) -> bool:
    """Whether the message shows already what it was to be changed into."""
    return _says(error, ("message is not modified",))


def about_the_file(error: BadRequest) -> bool:
    """Whether it is the picture or file that Telegram cannot show."""
    return _says(error, NO_FILE)


def too_late(error: BadRequest) -> bool:
    """Whether the tap that was to be answered is too long ago."""
    return _says(error, TOO_LATE)


def told(error: TelegramError) -> str:
    """Telegram's words; what they quote is ours or a person's and is left out."""
    return QUOTED.sub('"…"', str(error))


def _says(error: TelegramError, words: tuple[str, ...]) -> bool:
    said = str(error).casefold()
    return any(each in said for each in words)
