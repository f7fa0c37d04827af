"""What most commands begin with: the settings, the log, the time."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.system.settings import Settings

__all__ = ["now_by", "settings_from"]


def settings_from(env_file: Path, *, token_needed: bool = False) -> "Settings":
    """The settings; whatever is logged from now on shows none of their secrets."""
    from bot.system.settings import load
    from bot.telemetry import logs

    settings = load(env_file, token_needed=token_needed)
    logs.setup("WARNING", settings.log_format, secrets=settings.secrets)
    return settings


async def now_by(settings: "Settings") -> datetime:
    """The moment by the clock that the bot goes by."""
    from bot.system.clock import clock_for

    clock = clock_for(settings.clock_url)
    await clock.start()
    try:
        return clock.now()
    finally:
        await clock.close()
