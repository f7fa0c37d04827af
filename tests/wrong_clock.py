"""A clock that runs with the sandbox's and can be set wrong, which the sandbox does not know."""

from datetime import datetime, timedelta
from typing import ClassVar

from bot.system.clock import FollowedClock

__all__ = ["WrongClock"]


class WrongClock(FollowedClock):
    """As wrong as the class is told; a machine's clock stays wrong when the bot starts again."""

    wrong: ClassVar[timedelta] = timedelta()

    def now(self) -> datetime:
        """The moment, ahead of the right one by what is wrong."""
        return super().now() + self.wrong
