"""The messages, lookups and actions about payments to many members, by a list and its file."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal, TypeAlias

from bot.core.conversation.messages import Message, Question
from bot.core.payouts.payout_sheet import RowFault
from bot.flows.payouts.payout_facts import OpenPayoutList
from bot.flows.spec import Action

__all__ = [
    "AskPayoutList",
    "FaultyRow",
    "MakePayoutList",
    "NoListMade",
    "NothingPayable",
    "PayoutFileGone",
    "PayoutFileRead",
    "PayoutFileReceived",
    "PayoutFileRecorded",
    "PayoutFileUnread",
    "PayoutListFile",
    "PayoutListRequested",
    "ReadPayoutFile",
    "RecordPayoutFile",
    "RecordingBegun",
    "WhyUnread",
]

WhyUnread: TypeAlias = Literal["empty", "headings", "rows", "gone", "large", "broken"]


@dataclass(frozen=True, slots=True)
class FaultyRow:
    """A row of a file that is not recorded; `code` is empty if it cannot be read."""

    line: int
    code: str
    fault: RowFault


@dataclass(frozen=True, slots=True)
class AskPayoutList(Question):
    """Asks whether to make a list of all that can be paid; `open_lists` are not recorded yet."""

    asked_as: ClassVar[str] = "payout.list@2"

    open_lists: tuple[OpenPayoutList, ...]


@dataclass(frozen=True, slots=True)
class NothingPayable(Message):
    """No member has anything that can be paid, so no list was made."""


@dataclass(frozen=True, slots=True)
class NoListMade(Message):
    """The admin wanted no list."""


@dataclass(frozen=True, slots=True)
class PayoutListRequested(Message):
    """The list is being made; its files follow."""


@dataclass(frozen=True, slots=True)
class PayoutListFile(Message):
    """Under a file of the list: what to fill in, and to send it back; short under the CSV file."""

    list_id: int
    count: int
    amount: int
    short: bool


@dataclass(frozen=True, slots=True)
class PayoutFileReceived(Message):
    """A file came that may be a list of payments; it is being read."""


@dataclass(frozen=True, slots=True)
class PayoutFileUnread(Message):
    """The file cannot be read as a list of payments, and why."""

    why_unread: WhyUnread


@dataclass(frozen=True, slots=True)
class PayoutFileRead(Message):
    """What would be recorded, and the rows that would not.

    Attributes:
        job: the number of the job that read the file; 0 where nothing would be recorded.
        count: payments that would be recorded.
        amount: rupiah of them.
        first: the first of their days; None where nothing would be recorded.
        last: the last of their days, likewise.
        unpaid: rows without a day.
        before: rows that are recorded already.
        lines: the first faulty rows.
        more: how many others there are.
    """

    job: int
    count: int
    amount: int
    first: date | None
    last: date | None
    unpaid: int
    before: int
    lines: tuple[FaultyRow, ...]
    more: int


@dataclass(frozen=True, slots=True)
class PayoutFileGone(Message):
    """The file of this button is too old, or was never read; it can be sent again."""


@dataclass(frozen=True, slots=True)
class RecordingBegun(Message):
    """The payments of the file are being recorded; news follows."""


@dataclass(frozen=True, slots=True)
class PayoutFileRecorded(Message):
    """The payments of a file are recorded; `left_out` rows could not be by then."""

    count: int
    amount: int
    left_out: int


@dataclass(frozen=True, slots=True)
class MakePayoutList(Action):
    """Make a list of all that can be paid, and send its files to the caller."""


@dataclass(frozen=True, slots=True)
class ReadPayoutFile(Action):
    """Read the file that the caller has sent."""

    file_id: str
    large: bool


@dataclass(frozen=True, slots=True)
class RecordPayoutFile(Action):
    """Record the payments of the file that this job has read."""

    job: int
