"""Whether the bot is alive and ready for work; if not, the reasons for the operator."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

__all__ = [
    "COMMIT_SECONDS_MAX",
    "FREE_MIB_MIN",
    "LAG_SECONDS_MAX",
    "STANDSTILL_SECONDS_MAX",
    "Backups",
    "HealthState",
    "Pulse",
]

STANDSTILL_SECONDS_MAX: Final = 6.0
"""The longest time that an update may block the event loop or the writer; then the process ends.

Less than the ten seconds within which a bot has to stop when it is asked to."""
LAG_SECONDS_MAX: Final = 5.0
LEFT_SECONDS_MIN: Final = STANDSTILL_SECONDS_MAX - LAG_SECONDS_MAX
COMMIT_SECONDS_MAX: Final = 60.0
"""The sender commits at least every few seconds, even if only to look for due messages."""
BROKEN_SECONDS: Final = 15.0
"""How long after a failed commit the bot is not ready."""
POLL_SECONDS_MAX: Final = 90.0
FREE_MIB_MIN: Final = 100


@dataclass(slots=True)
class Backups:
    """The state of the backups and of the integrity check.

    Attributes:
        made_here: whether this bot makes copies and runs the check.
        copied_at: when the newest copy was made; None before the first.
        copy_took: seconds that it took, if this run of the bot made it.
        failing_since: since when backups fail, by the monotonic clock; None while they succeed.
        checked_at: when the last integrity check ended.
        faults: the number of faults it found.
    """

    made_here: bool = False
    copied_at: datetime | None = None
    copy_took: float | None = None
    failing_since: float | None = None
    checked_at: datetime | None = None
    faults: int = 0


class Pulse:
    """Times of the last successes, by the monotonic clock; set by the parts of the bot.

    Attributes:
        answered_at: when Telegram last answered getUpdates.
        backups: the state of the backups and the integrity check.
        committed_at: when a transaction was last committed.
        broken_at: when a commit last failed.
        stopping: whether the bot is stopping.
    """

    def __init__(self) -> None:
        self.answered_at: float | None = None
        self.backups = Backups()
        self.committed_at: float | None = None
        self.broken_at: float | None = None
        self.stopping = False


@dataclass(frozen=True, slots=True)
class HealthState:
    """The condition of the bot now. Ages are in seconds; None for what has not happened yet.

    Attributes:
        lag: seconds by which the event loop was late.
        committed: age of the last commit.
        broken: age of the last failed commit.
        polled: age of the last answer to getUpdates.
        leased: whether the process still holds the write lease.
        free_mib: free disk space beside the database; None for a database server.
        stopping: whether the bot is stopping.
        clock_ahead: seconds by which the clock is wrong, if it is not believed; else 0.
        left: seconds that the running unit of work may still take; None if none runs.
    """

    lag: float
    committed: float | None
    broken: float | None
    polled: float | None
    leased: bool
    free_mib: int | None
    stopping: bool
    clock_ahead: int = 0
    left: float | None = None

    def why_dead(self) -> list[str]:
        """Returns the reasons to restart the bot; none while it is alive."""
        reasons = []
        if self.lag > LAG_SECONDS_MAX:
            limit = f"the limit is {LAG_SECONDS_MAX:.0f} s"
            reasons.append(f"the event loop is {self.lag:.0f} s late, {limit}")
        if self.left is not None and self.left < LEFT_SECONDS_MIN:
            reasons.append("the writer hangs: a unit of work does not end")
        return reasons

    def why_not_ready(self) -> list[str]:
        """Returns the reasons why the bot is not ready; none while it is."""
        reasons = self.why_dead()
        if self.stopping:
            reasons.append("the bot is stopping")
        if not self.leased:
            reasons.append("the right to write to the database is lost")
        if self.committed is None or self.committed > COMMIT_SECONDS_MAX:
            reasons.append(f"the database was last written {_ago(self.committed)}")
        elif self.broken is not None and self.broken < BROKEN_SECONDS:
            reasons.append(f"the database could not be written {_ago(self.broken)}")
        if self.polled is None or self.polled > POLL_SECONDS_MAX:
            reasons.append(f"Telegram last answered {_ago(self.polled)}")
        if self.free_mib is not None and self.free_mib < FREE_MIB_MIN:
            reasons.append(f"only {self.free_mib} MiB are free, {FREE_MIB_MIN} are needed")
        if self.clock_ahead:
            which = "ahead" if self.clock_ahead > 0 else "behind"
            wrong = timedelta(seconds=abs(self.clock_ahead))
            reasons.append(f"this machine's clock is {wrong} {which}")
        return reasons


def _ago(seconds: float | None) -> str:
    return "never since the start" if seconds is None else f"{timedelta(seconds=int(seconds))} ago"
