"""When another admin has to decide, because an admin does not decide about their own money.

A second admin exists if anybody else holds the role, also while they are suspended or have blocked
the bot, or if the caller has revoked that role within the last days. So nobody becomes the only
admin, who decides alone, by removing the other one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

__all__ = ["REVOKED_COUNTS", "SecondAdmin"]

REVOKED_COUNTS: Final = timedelta(days=7)
"""How long an admin counts for the one who has revoked the role."""


@dataclass(frozen=True, slots=True)
class SecondAdmin:
    """Another admin, as seen by one who would decide about their own money.

    Attributes:
        acting: whether one can act now.
        until: the moment from which the caller may decide alone; None while anybody else holds
            the role.
    """

    acting: bool
    until: datetime | None
