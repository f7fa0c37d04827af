"""The tree of errors: every exception of the bot is below `JualDuluError`.

A branch groups what a caller treats alike; the errors themselves are defined beside the code that
raises them. A branch for one package only, such as the errors of the command line, is there too.
"""

from typing import ClassVar

__all__ = [
    "BackupError",
    "ControlSocketError",
    "JobError",
    "JualDuluError",
    "LeaseHeldError",
    "PollError",
    "RestoreError",
    "SetupError",
    "StoreError",
    "TelegramCallError",
    "UpdateError",
]


class JualDuluError(Exception):
    """The base of every exception that the bot defines.

    Attributes:
        loggable: whether the message may be written to the log; only where it never quotes what
            a person typed.
    """

    loggable: ClassVar[bool] = False


class SetupError(JualDuluError):
    """The settings, the company file or the token must be corrected before the bot can run.

    Attributes:
        heading: the line above the faults, for the operator.
        faults: one sentence for each mistake: where it is, and what to do.
    """

    heading: ClassVar[str] = "The bot is not set up:"

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class StoreError(JualDuluError):
    """The database cannot be used; nothing is wrong with what was to be read or written."""


class LeaseHeldError(StoreError):
    """Another program has the right to write to the database; it may stop soon."""


class BackupError(JualDuluError):
    """No backup was made, and the database is unchanged."""


class RestoreError(JualDuluError):
    """A backup was not put in place, and nothing was changed."""


class JobError(JualDuluError):
    """Long work failed, in a child process or out of one; another try would fail as well."""

    loggable = True


class ControlSocketError(JualDuluError):
    """The running bot did not do what the command line asked it for."""


class TelegramCallError(JualDuluError):
    """A call to Telegram failed."""


class PollError(TelegramCallError):
    """A poll brought no updates that can be stored; the next one may."""


class UpdateError(JualDuluError):
    """An update is not handled now, and nothing of it was done."""
