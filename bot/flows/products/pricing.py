"""The office changes the price of a product from a day on, or withdraws such a change."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias

from bot.core.calendar.hours import local_day
from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.core.input.dates import some_day
from bot.flows.answers import button_number, said_yes, typed
from bot.flows.caller import Caller
from bot.flows.products.price_terms import (
    Changes,
    changed,
    fault_of,
    first_change,
    one_more,
)
from bot.flows.products.pricing_messages import (
    AskFromDay,
    AskWithdraw,
    ChangePrice,
    ConfirmPrice,
    DayConflict,
    DayGone,
    NoSuchProduct,
    PlanGone,
    Priced,
    PricedProduct,
    PriceKept,
    TermsOf,
    WithdrawPrice,
)
from bot.flows.spec import Outcome

__all__ = ["change_price", "withdraw_price"]

MONTH_DAYS_MAX: Final = 31
ID_DIGITS_MAX: Final = 9
DAY_ALONE: Final = re.compile(r"(?:tgl|tanggal)?\.?\s*[0-9]{1,2}", re.ASCII | re.IGNORECASE)

Verdict: TypeAlias = Literal["yes", "no", "more"]


def change_price(caller: Caller, rest: str) -> Flow[Outcome]:
    """Ask what to change, then the new value and the day; confirm, or change more for that day.

    With a sum behind the product, ask which price it is if it can be either; all else stays.
    """
    today = local_day(caller.at, caller.company.time_zone)
    number, _, typed_sum = rest.partition(" ")
    product = yield from find(TermsOf(button_number(number, ID_DIGITS_MAX), today))
    if product is None:
        return NoSuchProduct()
    amount, _, named = typed_sum.partition(" ")
    changes = yield from first_change(product, button_number(amount), named)
    if not product.planned and changed(product.now, changes) == product.now:
        return PriceKept(product.id)
    from_day = yield from _day_of(product, changes, today)
    while True:
        base = product.on(from_day)
        new = changed(base, changes)
        reply: Verdict = yield from ask(_card(product, new, from_day, today), _reply)
        if reply == "no" or (reply == "yes" and new == base):
            return PriceKept(product.id)
        if reply == "yes":
            return ChangePrice(product.id, new, from_day)
        changes = yield from one_more(product, base, changes)


def withdraw_price(caller: Caller, rest: str) -> Flow[Outcome]:
    """Withdraw the price planned for a day, after a confirmation."""
    today = local_day(caller.at, caller.company.time_zone)
    number, _, day = rest.partition(" ")
    product = yield from find(TermsOf(button_number(number, ID_DIGITS_MAX), today))
    if product is None:
        return NoSuchProduct()
    from_day = next((one for one, _ in product.planned if one.isoformat() == day), None)
    if from_day is None:
        return PlanGone(product.id)
    sure: bool = yield from ask(AskWithdraw(product.name, from_day), said_yes)
    return WithdrawPrice(product.id, from_day) if sure else PriceKept(product.id)


def _card(product: PricedProduct, new: Priced, from_day: date, today: date) -> ConfirmPrice:
    begins = [day for day, _ in product.planned]
    return ConfirmPrice(
        product=product.name,
        kit=product.kit,
        old=product.on(from_day),
        new=new,
        from_day=from_day,
        today=from_day == today,
        replaces=from_day in begins,
        later=next((day for day in begins if day > from_day), None),
    )


def _reply(answer: Answer) -> Verdict:
    if answer.kind == "tap" and answer.value == "more":
        return "more"
    return "yes" if said_yes(answer) else "no"


def _day_of(product: PricedProduct, changes: Changes, today: date) -> Flow[date]:
    first = _month_later(today.replace(day=1))
    offered = tuple(
        day for day in (today, first) if fault_of(changed(product.on(day), changes)) is None
    )
    read = _day_from(today, first)

    def fitting(answer: Answer) -> date:
        day = read(answer)
        planned = product.on(day)
        if fault_of(changed(planned, changes)) is not None:
            raise Refusal(DayConflict(day, planned))
        return day

    chosen: date = yield from ask(AskFromDay(today, offered), fitting)
    return chosen


def _day_from(today: date, first: date) -> Callable[[Answer], date]:
    """Returns a reader for a day from today on; a day without a month means the next such day."""

    def read(answer: Answer) -> date:
        if answer.kind == "tap":
            return first if answer.value == "first" else today
        words = typed(answer).strip()
        day = some_day(words, today)
        while day < today and DAY_ALONE.fullmatch(words):
            day = _month_later(day)
        if day < today:
            raise Refusal(DayGone(day))
        return day

    return read


def _month_later(day: date) -> date:
    """Returns the same day of the next month that has it."""
    later = (day.replace(day=1) + timedelta(days=MONTH_DAYS_MAX + 1)).replace(day=1)
    while True:
        try:
            return later.replace(day=day.day)
        except ValueError:
            later = (later + timedelta(days=MONTH_DAYS_MAX + 1)).replace(day=1)
