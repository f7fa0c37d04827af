"""A clock that runs with the sandbox's and can be set wrong, which the sandbox does not know."""

from datetime import datetime, timedelta
from typing import ClassVar

from bot.system.clock import FollowedClock

__all__ = ["WrongClock"]


class WrongClock(FollowedClock):
    """Wrong by the amount set on the class; a machine's clock stays wrong after a restart."""

    wrong: ClassVar[timedelta] = timedelta()

    def now(self) -> datetime:
        """Returns the right time plus the error."""
        return super().now() + self.wrong
