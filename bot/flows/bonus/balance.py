"""What a member has and earned: the balance, the month so far, each movement with its cause."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar, Final, Literal

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, Lookup, find
from bot.flows.bonus.bonus_lookups import EndedMonth
from bot.flows.caller import Caller
from bot.flows.spec import FlowSpec, HelpPlace, MenuPlace

__all__ = [
    "SPEC",
    "Balance",
    "BalanceMonth",
    "FindMonth",
    "FindMovements",
    "Movement",
    "Movements",
    "NoMovements",
    "balance",
]

ROWS_PER_PAGE: Final = 8
PAGES_MAX: Final = 999
WAITING_DAYS: Final = 62
"""How long a sale can wait for the office: after that its month is closed."""

MOVEMENT_WORDS: Final = frozenset({"mutasi", "movements", "history"})


@dataclass(frozen=True, slots=True)
class BalanceMonth:
    """A member's money and sales at this moment.

    Attributes:
        available: what can be taken; None while there is nothing, and nothing held either.
        held: bonuses that are certain and can be taken later.
        ready_on: the day from which the first part of that can be taken.
        planned: whether the company has a plan for bonuses.
        estimate: what the month that runs brings so far, in rupiah.
        ended: the month before, where it waits to be closed and brings something.
        why: the month whose bonus is the newest of these amounts; empty where none is.
        approved: rupiah of this month's approved sales.
        approved_count: how many they are.
        waiting: rupiah of the sales that the office has not decided on.
        waiting_count: how many they are.
        profit: price charged less member price, of the approved sales.
        points: of the approved sales.
        customers: how many customers bought this month.
    """

    available: int | None
    held: int
    ready_on: date | None
    planned: bool
    estimate: int
    ended: EndedMonth | None
    why: str
    approved: int
    approved_count: int
    waiting: int
    waiting_count: int
    profit: int
    points: int
    customers: int

    @property
    def opened(self) -> bool:
        """Whether there is or was anything to be taken."""
        return self.available is not None

    @property
    def balance(self) -> int:
        """Rupiah that can be taken; 0 before the first bonus."""
        return self.available or 0


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of the list.

    Attributes:
        at: when it was booked.
        account: `wallet`, or `trade` for the profit of a sale.
        receipt: number of the sale that it comes from; empty for the bonuses of a month.
        period: that month.
        amount: what it changed; less than nothing where something went.
        cancels: whether it takes back an earlier line.
    """

    at: datetime
    account: Literal["wallet", "trade"]
    receipt: str
    period: str
    amount: int
    cancels: bool


@dataclass(frozen=True, slots=True)
class FindMonth(Lookup[BalanceMonth]):
    """How the caller's month stands; sales before the day are not looked at."""

    since: date


@dataclass(frozen=True, slots=True)
class FindMovements(Lookup[tuple[Movement, ...]]):
    """A part of the caller's movements, the newest first."""

    rows: int
    skip: int


@dataclass(frozen=True, slots=True)
class Balance(Message):
    """The overview."""

    passing: ClassVar[bool] = True

    period: str
    month: BalanceMonth


@dataclass(frozen=True, slots=True)
class Movements(Message):
    """A page of movements, with the pages beside it."""

    passing: ClassVar[bool] = True

    rows: tuple[Movement, ...]
    planned: bool
    page: int
    newer: int | None
    older: int | None


@dataclass(frozen=True, slots=True)
class NoMovements(Message):
    """Nothing was ever booked for the caller."""

    passing: ClassVar[bool] = True


def balance(caller: Caller, args: str) -> Flow[Message]:
    """Show what can be paid out, what waits and until when, and the bonus so far.

    Also the month's own sales, retail profit and points. `/saldo mutasi 2` shows the second page
    of postings.
    """
    first, _, rest = args.partition(" ")
    if first.casefold() in MOVEMENT_WORDS:
        return (yield from _movements(caller, _page(rest)))
    days = caller.company.policy.sale_days_back_max + WAITING_DAYS
    month = yield from find(FindMonth(caller.today - timedelta(days=days)))
    return Balance(caller.period, month)


def _movements(caller: Caller, page: int) -> Flow[Message]:
    """One page; the first where there is no such page."""
    found = yield from find(FindMovements(ROWS_PER_PAGE + 1, (page - 1) * ROWS_PER_PAGE))
    if not found and page > 1:
        return (yield from _movements(caller, 1))
    if not found:
        return NoMovements()
    return Movements(
        rows=found[:ROWS_PER_PAGE],
        planned=caller.company.plan.version_for(caller.period) is not None,
        page=page,
        newer=page - 1 if page > 1 else None,
        older=page + 1 if len(found) > ROWS_PER_PAGE and page < PAGES_MAX else None,
    )


def _page(text: str) -> int:
    """The page that is asked for; the first where the text names none."""
    typed = text.strip()
    if not (typed.isascii() and typed.isdigit()) or len(typed) > len(str(PAGES_MAX)):
        return 1
    return max(int(typed), 1)


SPEC = FlowSpec(
    "balance",
    balance,
    ("saldo", "balance"),
    words=("saldo", "balance", "s"),
    in_help=(HelpPlace("money"),),
    in_menu=(MenuPlace("members", 20),),
)
