"""What is said while the office changes a price, and what it wants to know and to have done."""

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
    "PricedArticle",
    "RetailBelow",
    "TermsOf",
    "WithdrawPrice",
]


@dataclass(frozen=True, slots=True)
class Priced:
    """What an article costs and brings; prices and bonus value in rupiah."""

    member_price: int
    retail_price: int
    points: int
    bonus_value: int


@dataclass(frozen=True, slots=True)
class PricedArticle:
    """An article with what it costs today and what is planned."""

    id: int
    name: str
    kit: bool
    now: Priced
    planned: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class AskMemberPrice(Question):
    """What shall members pay?"""

    asked_as: ClassVar[str] = "price.member@1"

    product: str
    old: int


@dataclass(frozen=True, slots=True)
class AskRetailPrice(Question):
    """What shall customers pay?"""

    asked_as: ClassVar[str] = "price.retail@1"

    product: str
    old: int
    least: int


@dataclass(frozen=True, slots=True)
class AskPoints(Question):
    """How many points shall a piece bring?"""

    asked_as: ClassVar[str] = "price.points@1"

    product: str
    old: int


@dataclass(frozen=True, slots=True)
class AskBonusValue(Question):
    """From how many rupiah shall the bonus be reckoned?"""

    asked_as: ClassVar[str] = "price.bonus_value@1"

    product: str
    old: int


@dataclass(frozen=True, slots=True)
class AskFromDay(Question):
    """From which day on?"""

    asked_as: ClassVar[str] = "price.from_day@1"

    today: date
    first: date


@dataclass(frozen=True, slots=True)
class ConfirmPrice(Question):
    """Old and new side by side; `replaces` says that something else was planned for that day."""

    asked_as: ClassVar[str] = "price.confirm@1"

    product: str
    old: Priced
    new: Priced
    from_day: date
    today: bool
    replaces: bool


@dataclass(frozen=True, slots=True)
class AskWithdraw(Question):
    """Surely take the planned price back?"""

    asked_as: ClassVar[str] = "price.withdraw@1"

    product: str
    from_day: date


@dataclass(frozen=True, slots=True)
class NoSuchProduct(Message):
    """There is no such article."""


@dataclass(frozen=True, slots=True)
class RetailBelow(Message):
    """A retail price under the member price leaves the seller a loss."""

    member_price: int


@dataclass(frozen=True, slots=True)
class BonusTooHigh(Message):
    """The bonus value is more than a customer pays."""

    retail_price: int


@dataclass(frozen=True, slots=True)
class NotPoints(Message):
    """No whole number within the limit."""

    text: str
    most: int


@dataclass(frozen=True, slots=True)
class DayGone(Message):
    """A day before today."""

    day: date


@dataclass(frozen=True, slots=True)
class PriceKept(Message):
    """Nothing was changed."""

    id: int


@dataclass(frozen=True, slots=True)
class PriceChanged(Message):
    """The new price stands, or will."""

    id: int
    product: str
    new: Priced
    from_day: date
    today: bool


@dataclass(frozen=True, slots=True)
class PriceWithdrawn(Message):
    """The planned price is off."""

    id: int
    product: str
    from_day: date


@dataclass(frozen=True, slots=True)
class PlanGone(Message):
    """Nothing is planned for that day, or it has come."""

    id: int


@dataclass(frozen=True, slots=True)
class TermsOf(Lookup[PricedArticle | None]):
    """The article with this id, as of a day."""

    id: int
    today: date


@dataclass(frozen=True, slots=True)
class ChangePrice(Action):
    """Let these terms hold from the day on."""

    id: int
    new: Priced
    from_day: date


@dataclass(frozen=True, slots=True)
class WithdrawPrice(Action):
    """Take back what is planned for the day."""

    id: int
    from_day: date
