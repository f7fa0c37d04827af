"""Fetches a file that a person has sent to the bot."""

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.system.child_process import JobCrashedError

__all__ = ["download"]


async def download(bot: Bot, file_id: str, bytes_max: int) -> bytes | None:
    """Returns the file; None if Telegram no longer has it, or if it is larger than `bytes_max`.

    Raises:
        JobCrashedError: Telegram cannot be reached now; another attempt may succeed.
    """
    try:
        found = await bot.get_file(file_id)
        if (found.file_size or 0) > bytes_max:
            return None
        body = bytes(await found.download_as_bytearray())
    except BadRequest:
        return None
    except TelegramError as error:
        raise JobCrashedError(f"a file cannot be fetched: {type(error).__name__}") from None
    return body if len(body) <= bytes_max else None
