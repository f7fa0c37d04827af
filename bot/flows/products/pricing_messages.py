"""The messages, lookup and actions of the flows with which the office changes a price."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

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
    "AskWithdraw",
    "BonusTooHigh",
    "ChangePrice",
    "ConfirmPrice",
    "DayGone",
    "NoSuchProduct",
    "NotPoints",
    "PlanGone",
    "PriceChanged",
    "PriceKept",
    "PriceWithdrawn",
    "Priced",
    "PricedProduct",
    "RetailBelow",
    "TermsOf",
    "WithdrawPrice",
]


@dataclass(frozen=True, slots=True)
class Priced:
    """The prices, points and bonus value of a product; prices and bonus value in rupiah."""

    member_price: int
    retail_price: int
    points: int
    bonus_value: int


@dataclass(frozen=True, slots=True)
class PricedProduct:
    """A product with its price today and the days for which a new one is planned."""

    id: int
    name: str
    kit: bool
    now: Priced
    planned: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class AskMemberPrice(Question):
    """Asks what members will pay."""

    asked_as: ClassVar[str] = "price.member@1"

    product: str
    old: int


@dataclass(frozen=True, slots=True)
class AskRetailPrice(Question):
    """Asks what customers will pay."""

    asked_as: ClassVar[str] = "price.retail@1"

    product: str
    old: int
    least: int


@dataclass(frozen=True, slots=True)
class AskPoints(Question):
    """Asks how many points each piece will bring."""

    asked_as: ClassVar[str] = "price.points@1"

    product: str
    old: int


@dataclass(frozen=True, slots=True)
class AskBonusValue(Question):
    """Asks for the bonus value of each piece, in rupiah."""

    asked_as: ClassVar[str] = "price.bonus_value@1"

    product: str
    old: int


@dataclass(frozen=True, slots=True)
class AskWhichPrice(Question):
    """Asks which of the two prices a typed sum is."""

    asked_as: ClassVar[str] = "price.which@1"

    product: str
    amount: int
    retail_price: int
    member_price: int


@dataclass(frozen=True, slots=True)
class AskFromDay(Question):
    """Asks from which day the price holds."""

    asked_as: ClassVar[str] = "price.from_day@1"

    today: date
    first: date


@dataclass(frozen=True, slots=True)
class ConfirmPrice(Question):
    """Old and new price side by side; `replaces` says that another was planned for that day."""

    asked_as: ClassVar[str] = "price.confirm@1"

    product: str
    old: Priced
    new: Priced
    from_day: date
    today: bool
    replaces: bool


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
