"""The office changes the price of a product from a day on, or withdraws such a change."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from bot.core.calendar.hours import local_day
from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.core.input.dates import some_day
from bot.core.input.money import parse_rupiah
from bot.core.input.typed import shown
from bot.flows.answers import button_number, said_yes, typed
from bot.flows.caller import Caller
from bot.flows.products.pricing_messages import (
    AskBonusValue,
    AskFromDay,
    AskMemberPrice,
    AskPoints,
    AskRetailPrice,
    AskWhichPrice,
    AskWithdraw,
    BonusTooHigh,
    ChangePrice,
    ConfirmPrice,
    DayGone,
    NoSuchProduct,
    NotPoints,
    PlanGone,
    Priced,
    PricedProduct,
    PriceKept,
    RetailBelow,
    TermsOf,
    WithdrawPrice,
)
from bot.flows.sales.sell_messages import TapOne
from bot.flows.spec import Outcome

__all__ = ["change_price", "withdraw_price"]

POINTS_MAX: Final = 1_000_000
MONTH_DAYS_MAX: Final = 31
ID_DIGITS_MAX: Final = 9
KEEP: Final = "keep"
NOTHING: Final = re.compile(r"(?:rp\.?\s*)?0+", re.ASCII | re.IGNORECASE)
WHOLE: Final = re.compile(r"[0-9]{1,7}|[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,2}", re.ASCII)
DAY_ALONE: Final = re.compile(r"(?:tgl|tanggal)?\.?\s*[0-9]{1,2}", re.ASCII | re.IGNORECASE)


def change_price(caller: Caller, rest: str) -> Flow[Outcome]:
    """Ask for the new prices, points and bonus value one by one; then confirm old and new.

    With a sum behind the product, ask which price it is; all else stays as it is.
    """
    today = local_day(caller.at, caller.company.time_zone)
    number, _, typed_sum = rest.partition(" ")
    product = yield from find(TermsOf(button_number(number, ID_DIGITS_MAX), today))
    if product is None:
        return NoSuchProduct()
    amount = button_number(typed_sum)
    new = (yield from _one_price(product, amount)) if amount else (yield from _terms(product))
    first = _month_later(today.replace(day=1))
    from_day: date = yield from ask(AskFromDay(today, first), _day_from(today, first))
    if new == product.now and not product.planned:
        return PriceKept(product.id)
    replaces = from_day in product.planned
    card = ConfirmPrice(product.name, product.now, new, from_day, from_day == today, replaces)
    sure: bool = yield from ask(card, said_yes)
    return ChangePrice(product.id, new, from_day) if sure else PriceKept(product.id)


def withdraw_price(caller: Caller, rest: str) -> Flow[Outcome]:
    """Withdraw the price planned for a day, after a confirmation."""
    today = local_day(caller.at, caller.company.time_zone)
    number, _, day = rest.partition(" ")
    product = yield from find(TermsOf(button_number(number, ID_DIGITS_MAX), today))
    if product is None:
        return NoSuchProduct()
    from_day = next((one for one in product.planned if one.isoformat() == day), None)
    if from_day is None:
        return PlanGone(product.id)
    sure: bool = yield from ask(AskWithdraw(product.name, from_day), said_yes)
    return WithdrawPrice(product.id, from_day) if sure else PriceKept(product.id)


def _terms(product: PricedProduct) -> Flow[Priced]:
    old = product.now

    def retail(answer: Answer) -> int:
        price = old.retail_price if _keeps(answer) else parse_rupiah(typed(answer))
        if price < member_price:
            raise Refusal(RetailBelow(member_price))
        return price

    def bonus(answer: Answer) -> int:
        value = old.bonus_value if _keeps(answer) else _money_or_nothing(typed(answer))
        if value > retail_price:
            raise Refusal(BonusTooHigh(retail_price))
        return value

    member_price: int = yield from ask(
        AskMemberPrice(product.name, old.member_price),
        lambda answer: old.member_price if _keeps(answer) else parse_rupiah(typed(answer)),
    )
    question = AskRetailPrice(product.name, old.retail_price, member_price)
    retail_price: int = yield from ask(question, retail)
    if product.kit:
        return Priced(member_price, retail_price, 0, 0)
    points: int = yield from ask(
        AskPoints(product.name, old.points),
        lambda answer: old.points if _keeps(answer) else _points(typed(answer)),
    )
    bonus_value: int = yield from ask(AskBonusValue(product.name, old.bonus_value), bonus)
    return Priced(member_price, retail_price, points, bonus_value)


def _one_price(product: PricedProduct, amount: int) -> Flow[Priced]:
    """Returns the terms with this sum as one of the prices."""
    old = product.now

    def read(answer: Answer) -> Priced:
        if answer.kind != "tap":
            raise Refusal(TapOne())
        if answer.value == "member":
            new = replace(old, member_price=amount)
        else:
            new = replace(old, retail_price=amount)
        if new.retail_price < new.member_price:
            raise Refusal(RetailBelow(new.member_price))
        if new.bonus_value > new.retail_price:
            raise Refusal(BonusTooHigh(new.retail_price))
        return new

    question = AskWhichPrice(product.name, amount, old.retail_price, old.member_price)
    new: Priced = yield from ask(question, read)
    return new


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


def _keeps(answer: Answer) -> bool:
    return answer.kind == "tap" and answer.value == KEEP


def _money_or_nothing(text: str) -> int:
    return 0 if NOTHING.fullmatch(text.strip()) else parse_rupiah(text)


def _points(text: str) -> int:
    bare = text.strip()
    if WHOLE.fullmatch(bare) is None or int(bare.replace(".", "")) > POINTS_MAX:
        raise Refusal(NotPoints(shown(text), POINTS_MAX))
    return int(bare.replace(".", ""))
