"""A member's balance, the sales and bonus of the month so far, and each movement of money."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Final, Literal

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, Lookup, find
from bot.flows.bonus.bonus_lookups import EndedMonth
from bot.flows.caller import Caller
from bot.flows.payouts.payout_facts import LastPayout
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
        available: rupiah that can be paid out; None before the first bonus.
        held: rupiah of bonuses that are certain and can be paid out later.
        held_by_returns: rupiah that could be paid out, but that waiting returns may take.
        ready_on: the day from which the first part of `held` can be paid out.
        planned: whether the company has a plan for bonuses.
        estimate: rupiah of the running month's bonus so far.
        ended: the month before, while it waits for the close and pays something.
        why: the month of the newest bonus among these amounts; empty where there is none.
        approved: rupiah of this month's approved sales.
        approved_count: how many they are.
        waiting: rupiah of the sales that the office has not decided on.
        waiting_count: how many they are.
        profit: price charged less member price, of the approved sales.
        points: of the approved sales.
        customers: how many customers bought this month.
        last: the last payment of the office, or None.
        sold_points: the part of the points that customers bought; None where all of them count
            for what a plan asks.
    """

    available: int | None
    held: int
    held_by_returns: int
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
    last: LastPayout | None
    sold_points: int | None = None

    @property
    def opened(self) -> bool:
        """Whether the member has or had a bonus to be paid out."""
        return self.available is not None

    @property
    def balance(self) -> int:
        """Rupiah that can be paid out; 0 before the first bonus."""
        return self.available or 0


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of the list.

    Attributes:
        at: the company's day on which it was posted; the bank's day of a payment.
        account: `wallet`, or `trade` for the profit of a sale.
        cause: `return` where goods of the sale came back, `payout` where the company has paid,
            `opening` for what the company owed the member when it began with the bot.
        receipt: number of the sale that it comes from; empty for the bonuses of a month.
        period: that month.
        amount: rupiah; negative where money left the account.
        cancels: whether it reverses an earlier line.
    """

    at: date
    account: Literal["wallet", "trade"]
    cause: Literal["sale", "closing", "return", "payout", "opening", "tax"]
    receipt: str
    period: str
    amount: int
    cancels: bool


@dataclass(frozen=True, slots=True)
class FindMonth(Lookup[BalanceMonth]):
    """The caller's balance and running month; waiting sales from before `since` do not count."""

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
    """The caller has no postings."""

    passing: ClassVar[bool] = True


def balance(caller: Caller, args: str) -> Flow[Message]:
    """Show what can be paid out, what is held and until when, and the bonus so far.

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
    """Returns a page of movements; the first one if there is no such page."""
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
    """Returns the number of a page; 1 if the text names none."""
    typed = text.strip()
    if not (typed.isascii() and typed.isdigit()) or len(typed) > len(str(PAGES_MAX)):
        return 1
    return max(int(typed), 1)


SPEC = FlowSpec(
    "balance",
    balance,
    ("saldo", "balance"),
    heard=(("balance", ""),),
    words=("saldo", "balance", "s"),
    after_leaving=True,
    in_help=(HelpPlace("money"),),
    in_menu=(MenuPlace("members", 20),),
)
