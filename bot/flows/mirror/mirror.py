"""A member's month in the mirror: customers served, those who bought again, new ones.

It is compared with the member's own month before, and with nobody else's. What customers did is
said as facts; how many members joined is only counted.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, Lookup, find
from bot.core.input.months import some_month
from bot.core.mirror.mirror_figures import CustomerFigures
from bot.flows.caller import Caller
from bot.flows.spec import FlowSpec, HelpPlace

__all__ = ["SPEC", "Mirror", "MirrorOf", "NoSuchMirror"]


@dataclass(frozen=True, slots=True)
class Mirror(Message):
    """A month of a member, beside the month before.

    Attributes:
        period: the month.
        until: the last day that is looked at.
        running: whether the month is not over.
        now: its figures.
        waiting: sales that the office has not checked yet, and that are not in the figures.
        before_period: the month that it is compared with.
        before_until: the last day of that month that is looked at.
        before: its figures.
        new_members: how many joined the member's team in the month, at any depth.
        earlier_period: the month before, if there is anything to see; else empty.
        later_period: the month after, unless it is still to come; else empty.
    """

    passing: ClassVar[bool] = True

    period: str
    until: date
    running: bool
    now: CustomerFigures
    waiting: int
    before_period: str
    before_until: date
    before: CustomerFigures
    new_members: int
    earlier_period: str
    later_period: str


@dataclass(frozen=True, slots=True)
class NoSuchMirror(Message):
    """The text names no month up to the running one; `office` asked for the company's."""

    office: bool


@dataclass(frozen=True, slots=True)
class MirrorOf(Lookup[Mirror]):
    """The caller's month; the running one is looked at up to today."""

    period: str
    today: date


def mirror(caller: Caller, args: str) -> Flow[Message]:
    """Show a member's month (`/cermin oktober`): customers, repeat orders, new customers.

    The figures stand beside those of the member's own month before; of the running month only
    the same days of it are taken.
    """
    period = some_month(args, caller.period) if args.strip() else caller.period
    if period is None or period > caller.period:
        return NoSuchMirror(office=False)
    return (yield from find(MirrorOf(period, caller.today)))


SPEC = FlowSpec(
    "mirror",
    mirror,
    ("cermin", "mirror"),
    words=("cermin",),
    after_leaving=True,
    in_help=(HelpPlace("customers", row=2, column=3),),
)
