"""The first steps of most commands: settings, log and time."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.system.settings import Settings

__all__ = ["now_by", "settings_from"]


def settings_from(env_file: Path, *, token_needed: bool = False) -> "Settings":
    """Load the settings, and set the log up so that it shows none of their secrets."""
    from bot.system.settings import load
    from bot.telemetry import logs

    settings = load(env_file, token_needed=token_needed)
    logs.setup("WARNING", settings.log_format, secrets=settings.secrets)
    return settings


async def now_by(settings: "Settings") -> datetime:
    """Returns the current time by the bot's clock."""
    from bot.system.clock import clock_for

    clock = clock_for(settings.clock_url)
    await clock.start()
    try:
        return clock.now()
    finally:
        await clock.close()
