"""Whether the bot is alive, and whether it is ready for work; if not, why, in words."""

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
"""An update may hold up the loop, or the thread that writes, for so long; then the process ends.

Less than the ten seconds within which a stopping bot has to end."""
LAG_SECONDS_MAX: Final = 5.0
LEFT_SECONDS_MIN: Final = STANDSTILL_SECONDS_MAX - LAG_SECONDS_MAX
COMMIT_SECONDS_MAX: Final = 60.0
"""Delivery writes at least every few seconds, if only to look what is due."""
BROKEN_SECONDS: Final = 15.0
"""For this long after a refused commit the database counts as broken."""
POLL_SECONDS_MAX: Final = 90.0
FREE_MIB_MIN: Final = 100


@dataclass(slots=True)
class Backups:
    """The state of backups and integrity checks.

    Attributes:
        made_here: whether this bot makes copies and proofs at all.
        copied_at: when the newest copy was made; None before the first.
        copy_took: how many seconds it took, if this run of the bot made it.
        failing_since: since when copying fails, by the stopwatch; None while it does not.
        proved_at: when the last proof ended.
        faults: how many it found.
    """

    made_here: bool = False
    copied_at: datetime | None = None
    copy_took: float | None = None
    failing_since: float | None = None
    proved_at: datetime | None = None
    faults: int = 0


class Pulse:
    """When what last went well, by the stopwatch; written by the parts of the bot.

    Attributes:
        answered_at: Telegram answered the question for updates.
        backups: how copying and proving goes.
        committed_at: a transaction was kept.
        broken_at: a transaction could not be kept.
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
    """How things stand just now, in seconds since; None for what never happened.

    Attributes:
        lag: by how much the loop was late.
        committed: since a transaction was kept.
        broken: since one was refused.
        polled: since Telegram answered the question for updates.
        leased: whether the right to write is still ours.
        free_mib: free disk beside the database; None for a server.
        stopping: whether the bot is stopping.
        clock_ahead: by how many seconds the clock is wrong, if it is not believed; else 0.
        left: until the unit of work under way has used up its time; None if there is none.
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
        """Returns reasons to restart the bot; none while it is healthy."""
        reasons = []
        if self.lag > LAG_SECONDS_MAX:
            most = f"at most {LAG_SECONDS_MAX:.0f} s are good"
            reasons.append(f"the loop is {self.lag:.0f} s late, {most}")
        if self.left is not None and self.left < LEFT_SECONDS_MIN:
            reasons.append("the writer stands still: a unit of work does not end")
        return reasons

    def why_not_ready(self) -> list[str]:
        """Reasons to look after the bot; none while it is ready."""
        reasons = self.why_dead()
        if self.stopping:
            reasons.append("the bot is stopping")
        if not self.leased:
            reasons.append("the right to write to the books is lost")
        if self.committed is None or self.committed > COMMIT_SECONDS_MAX:
            reasons.append(f"the books were last written {_ago(self.committed)}")
        elif self.broken is not None and self.broken < BROKEN_SECONDS:
            reasons.append(f"the books could not be written {_ago(self.broken)}")
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
