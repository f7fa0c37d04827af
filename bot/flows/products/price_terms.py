"""Which price of a product is changed, and to what: prices, points, bonus value, one at a time."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from bot.core.conversation.messages import Message, Refusal
from bot.core.conversation.replay import Answer, Flow, ask
from bot.core.input.money import parse_rupiah
from bot.core.input.typed import one_line, shown
from bot.core.understanding.price_words import PRICE_NAMES
from bot.flows.answers import typed
from bot.flows.products.pricing_messages import (
    AskBonusValue,
    AskMemberPrice,
    AskPoints,
    AskRetailPrice,
    AskWhichPrice,
    AskWhichTerm,
    BonusTooHigh,
    MemberAbove,
    NotPoints,
    Priced,
    PricedProduct,
    RetailBelow,
    RetailBelowBonus,
    Term,
)
from bot.flows.sales.sell_messages import TapOne

__all__ = ["Changes", "changed", "fault_of", "first_change", "one_more"]

Changes: TypeAlias = Mapping[Term, int]
"""The new value of each term that is changed; money in rupiah."""

POINTS_MAX: Final = 1_000_000
NOTHING: Final = re.compile(r"(?:rp\.?\s*)?0+", re.ASCII | re.IGNORECASE)
WHOLE: Final = re.compile(r"[0-9]{1,7}|[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,2}", re.ASCII)
FIELDS: Final[Mapping[Term, str]] = {
    "member": "member_price",
    "retail": "retail_price",
    "points": "points",
    "bonus": "bonus_value",
}
NAMES: Final[Mapping[str, Term]] = {
    **PRICE_NAMES,
    "poin": "points",
    "points": "points",
    "nilai bonus": "bonus",
    "bonus": "bonus",
    "bonus value": "bonus",
}


def first_change(product: PricedProduct, amount: int, named: str) -> Flow[Changes]:
    """Ask what to change and to what; an amount of 0 means that none was typed."""
    now = product.now
    if named in ("member", "retail") and not amount:
        return (yield from _value(product, now, "member" if named == "member" else "retail"))
    if not amount:
        return (yield from one_more(product, now, {}))
    fits = [term for term in _prices(named) if fault_of(changed(now, {term: amount})) is None]
    if not fits:
        return (yield from _value(product, now, _prices(named)[0]))
    new = [term for term in fits if product.planned or changed(now, {term: amount}) != now]
    if len(new) < len(("retail", "member")):
        return {(new or fits)[0]: amount}
    question = AskWhichPrice(product.name, amount, now.retail_price, now.member_price)
    term: Term = yield from ask(question, lambda answer: _term(answer, ("retail", "member")))
    return {term: amount}


def one_more(product: PricedProduct, base: Priced, changes: Changes) -> Flow[Changes]:
    """Ask for one more term of a product and its new value; returns all changes."""
    so_far = changed(base, changes)
    known: tuple[Term, ...] = ("retail", "member") if product.kit else tuple(FIELDS)
    question = AskWhichTerm(product.name, so_far, product.kit)
    term: Term = yield from ask(question, lambda answer: _term(answer, known))
    return {**changes, **(yield from _value(product, so_far, term))}


def changed(terms: Priced, changes: Changes) -> Priced:
    """Returns the terms with the changes."""
    return replace(terms, **{FIELDS[term]: value for term, value in changes.items()})


def fault_of(terms: Priced) -> Message | None:
    """Returns why a product cannot have these terms; None if it can."""
    if terms.retail_price < terms.member_price:
        return RetailBelow(terms.member_price)
    if terms.bonus_value > terms.retail_price:
        return RetailBelowBonus(terms.bonus_value)
    return None


def _prices(named: str) -> tuple[Term, ...]:
    if named == "member":
        return ("member",)
    return ("retail",) if named == "retail" else ("retail", "member")


def _term(answer: Answer, known: tuple[Term, ...]) -> Term:
    """Returns the term that was tapped or named."""
    words = one_line(typed(answer)).casefold().strip(" .!?")
    named = words if answer.kind == "tap" else NAMES.get(words.removeprefix("harga "), "")
    term = next((one for one in known if one == named), None)
    if term is None:
        raise Refusal(TapOne())
    return term


def _value(product: PricedProduct, old: Priced, term: Term) -> Flow[Changes]:
    return {term: (yield from ASKED[term](product, old))}


def _member_price(product: PricedProduct, old: Priced) -> Flow[int]:
    def read(answer: Answer) -> int:
        price = parse_rupiah(typed(answer))
        if price > old.retail_price:
            raise Refusal(MemberAbove(old.retail_price))
        return price

    question = AskMemberPrice(product.name, old.member_price, old.retail_price)
    value: int = yield from ask(question, read)
    return value


def _retail_price(product: PricedProduct, old: Priced) -> Flow[int]:
    def read(answer: Answer) -> int:
        price = parse_rupiah(typed(answer))
        fault = fault_of(replace(old, retail_price=price))
        if fault is not None:
            raise Refusal(fault)
        return price

    least = max(old.member_price, old.bonus_value)
    bonus = old.bonus_value > old.member_price
    value: int = yield from ask(AskRetailPrice(product.name, old.retail_price, least, bonus), read)
    return value


def _bonus_value(product: PricedProduct, old: Priced) -> Flow[int]:
    question = AskBonusValue(product.name, old.bonus_value, old.retail_price)
    value: int = yield from ask(question, _bonus_up_to(old.retail_price))
    return value


def _points_each(product: PricedProduct, old: Priced) -> Flow[int]:
    question = AskPoints(product.name, old.points, POINTS_MAX)
    value: int = yield from ask(question, lambda answer: _points(typed(answer)))
    return value


def _bonus_up_to(most: int) -> Callable[[Answer], int]:
    def read(answer: Answer) -> int:
        text = typed(answer)
        value = 0 if NOTHING.fullmatch(text.strip()) else parse_rupiah(text)
        if value > most:
            raise Refusal(BonusTooHigh(most))
        return value

    return read


def _points(text: str) -> int:
    bare = text.strip()
    if WHOLE.fullmatch(bare) is None or int(bare.replace(".", "")) > POINTS_MAX:
        raise Refusal(NotPoints(shown(text), POINTS_MAX))
    return int(bare.replace(".", ""))


ASKED: Final[Mapping[Term, Callable[[PricedProduct, Priced], Flow[int]]]] = {
    "member": _member_price,
    "retail": _retail_price,
    "points": _points_each,
    "bonus": _bonus_value,
}
