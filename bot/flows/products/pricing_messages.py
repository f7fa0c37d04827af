"""The messages, lookup and actions of the flows with which the office changes a price."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal, TypeAlias

from bot.core.conversation.messages import Message, Question
from bot.core.conversation.replay import Lookup
from bot.flows.spec import Action

__all__ = [
    "AskBonusValue",
    "AskFromDay",
    "AskMemberPrice",
    "AskPoints",
    "AskRetailPrice",
    "AskWhichPrice",
    "AskWhichTerm",
    "AskWithdraw",
    "BonusTooHigh",
    "ChangePrice",
    "ConfirmPrice",
    "DayConflict",
    "DayGone",
    "MemberAbove",
    "NoSuchProduct",
    "NotPoints",
    "PlanGone",
    "PriceChanged",
    "PriceKept",
    "PriceWithdrawn",
    "Priced",
    "PricedProduct",
    "RetailBelow",
    "RetailBelowBonus",
    "Term",
    "TermsOf",
    "WithdrawPrice",
]

Term: TypeAlias = Literal["member", "retail", "points", "bonus"]
"""Which of the four terms of a product is meant."""


@dataclass(frozen=True, slots=True)
class Priced:
    """The prices, points and bonus value of a product; prices and bonus value in rupiah."""

    member_price: int
    retail_price: int
    points: int
    bonus_value: int


@dataclass(frozen=True, slots=True)
class PricedProduct:
    """A product with its terms of today, and those planned for later days, the earliest first."""

    id: int
    name: str
    kit: bool
    now: Priced
    planned: tuple[tuple[date, Priced], ...]

    def on(self, day: date) -> Priced:
        """Returns the terms of a day from today on, as they are planned now."""
        due = [terms for begins, terms in self.planned if begins <= day]
        return due[-1] if due else self.now


@dataclass(frozen=True, slots=True)
class AskWhichTerm(Question):
    """Asks what to change; a starter kit has no points and no bonus value."""

    asked_as: ClassVar[str] = "price.term@1"

    product: str
    now: Priced
    kit: bool


@dataclass(frozen=True, slots=True)
class AskMemberPrice(Question):
    """Asks what members will pay: at most the retail price."""

    asked_as: ClassVar[str] = "price.member@2"

    product: str
    old: int
    most: int


@dataclass(frozen=True, slots=True)
class AskRetailPrice(Question):
    """Asks what customers will pay; `least` is the member price, or the `bonus` value."""

    asked_as: ClassVar[str] = "price.retail@2"

    product: str
    old: int
    least: int
    bonus: bool


@dataclass(frozen=True, slots=True)
class AskPoints(Question):
    """Asks how many points each piece will bring."""

    asked_as: ClassVar[str] = "price.points@2"

    product: str
    old: int
    most: int


@dataclass(frozen=True, slots=True)
class AskBonusValue(Question):
    """Asks for the bonus value of each piece, in rupiah: at most the retail price."""

    asked_as: ClassVar[str] = "price.bonus_value@2"

    product: str
    old: int
    most: int


@dataclass(frozen=True, slots=True)
class AskWhichPrice(Question):
    """Asks which of the two prices a typed sum is, where it can be either."""

    asked_as: ClassVar[str] = "price.which@2"

    product: str
    amount: int
    retail_price: int
    member_price: int


@dataclass(frozen=True, slots=True)
class AskFromDay(Question):
    """Asks from which day it holds; a button is shown for each of `offered`."""

    asked_as: ClassVar[str] = "price.from_day@2"

    today: date
    offered: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class ConfirmPrice(Question):
    """The terms of the day as they would be and will be.

    Attributes:
        product: its name.
        kit: whether it is a starter kit, which has prices only.
        old: the terms that the day would have.
        new: those that it gets.
        from_day: the day.
        today: whether that is today.
        replaces: whether other terms were planned for just that day.
        later: the first later day that has terms of its own; these stay as planned.
    """

    asked_as: ClassVar[str] = "price.confirm@2"

    product: str
    kit: bool
    old: Priced
    new: Priced
    from_day: date
    today: bool
    replaces: bool
    later: date | None


@dataclass(frozen=True, slots=True)
class AskWithdraw(Question):
    """Asks whether to withdraw the planned price."""

    asked_as: ClassVar[str] = "price.withdraw@1"

    product: str
    from_day: date


@dataclass(frozen=True, slots=True)
class NoSuchProduct(Message):
    """There is no such product."""


@dataclass(frozen=True, slots=True)
class RetailBelow(Message):
    """A retail price below the member price would be a loss for the seller."""

    member_price: int


@dataclass(frozen=True, slots=True)
class RetailBelowBonus(Message):
    """The retail price is lower than the bonus value."""

    bonus_value: int


@dataclass(frozen=True, slots=True)
class MemberAbove(Message):
    """A member price above the retail price would be a loss for the seller."""

    retail_price: int


@dataclass(frozen=True, slots=True)
class BonusTooHigh(Message):
    """The bonus value is higher than the retail price."""

    retail_price: int


@dataclass(frozen=True, slots=True)
class NotPoints(Message):
    """The text is not a whole number up to `most`."""

    text: str
    most: int


@dataclass(frozen=True, slots=True)
class DayGone(Message):
    """The day is in the past."""

    day: date


@dataclass(frozen=True, slots=True)
class DayConflict(Message):
    """What is planned for that day does not go with the new price."""

    day: date
    planned: Priced


@dataclass(frozen=True, slots=True)
class PriceKept(Message):
    """Nothing was changed."""

    id: int


@dataclass(frozen=True, slots=True)
class PriceChanged(Message):
    """The new price is stored, from today or from a later day."""

    id: int
    product: str
    new: Priced
    from_day: date
    today: bool


@dataclass(frozen=True, slots=True)
class PriceWithdrawn(Message):
    """The planned price was withdrawn."""

    id: int
    product: str
    from_day: date


@dataclass(frozen=True, slots=True)
class PlanGone(Message):
    """No price is planned for that day, or the day has come."""

    id: int


@dataclass(frozen=True, slots=True)
class TermsOf(Lookup[PricedProduct | None]):
    """The product with this id, as of a day."""

    id: int
    today: date


@dataclass(frozen=True, slots=True)
class ChangePrice(Action):
    """Store these prices as valid from the day on."""

    id: int
    new: Priced
    from_day: date


@dataclass(frozen=True, slots=True)
class WithdrawPrice(Action):
    """Withdraw the price planned for the day."""

    id: int
    from_day: date
