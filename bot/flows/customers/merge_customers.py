"""Putting two customers of a seller together who are one person."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from bot.core.conversation.messages import Message, Question, Refusal
from bot.core.conversation.replay import Answer, Flow, Lookup, ask, find
from bot.core.customers.customer_keys import name_key
from bot.core.customers.two_names import two_names
from bot.core.input.typed import one_line, shown
from bot.core.input.yesno import NeitherYesNorNo, yes_or_no
from bot.flows.answers import button_number, typed
from bot.flows.caller import Caller
from bot.flows.sales.sale_parts import Buyer
from bot.flows.sales.sell_answers import BUYER_CHARACTERS_MAX, TEXT_CHARACTERS_MAX
from bot.flows.sales.sell_lookups import CustomerNamed, CustomersLike, RecentBuyers
from bot.flows.spec import Action, FlowSpec, Outcome

__all__ = [
    "SPEC",
    "AskMerge",
    "AskMergeFirst",
    "AskMergeSecond",
    "CustomersMerged",
    "MergeCustomers",
    "NoSuchCustomer",
    "NotMerged",
    "NothingToMerge",
    "OwnCustomer",
    "SalesToMove",
    "SameCustomer",
]

OFFERED_MAX = 6
BUTTON = re.compile(r"#([0-9]{1,15})", re.ASCII)
USE_WORDS = ("pakai", "pake", "use", "keep")


@dataclass(frozen=True, slots=True)
class AskMergeFirst(Question):
    """Asks for one of the two customers; `unknown` is a name that was typed and is not known."""

    asked_as: ClassVar[str] = "customers.first@1"

    unknown: str
    offered: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class AskMergeSecond(Question):
    """Asks who is the same person as the first; `unknown` is a typed name that is not known."""

    asked_as: ClassVar[str] = "customers.second@1"

    first: str
    unknown: str
    offered: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class AskMerge(Question):
    """Asks whether to put them together, and says what will happen.

    Attributes:
        kept: the name that stays.
        merged: the name that will mean the same person.
        moving: how many sales will move; those of closed months do not.
    """

    asked_as: ClassVar[str] = "customers.merge@1"

    kept: str
    merged: str
    moving: int


@dataclass(frozen=True, slots=True)
class CustomersMerged(Message):
    """The two are one customer from now on; `moved` counts the sales that went over."""

    kept: str
    merged: str
    moved: int


@dataclass(frozen=True, slots=True)
class NotMerged(Message):
    """Nothing was put together."""


@dataclass(frozen=True, slots=True)
class NothingToMerge(Message):
    """The caller has no two customers."""


@dataclass(frozen=True, slots=True)
class SameCustomer(Message):
    """Both names mean one customer already."""

    known: str


@dataclass(frozen=True, slots=True)
class NoSuchCustomer(Message):
    """The caller has no such customer."""

    text: str


@dataclass(frozen=True, slots=True)
class OwnCustomer(Lookup[Buyer | None]):
    """One of the caller's own customers."""

    id: int


@dataclass(frozen=True, slots=True)
class SalesToMove(Lookup[int]):
    """How many sales would move away from a customer of the caller."""

    id: int


@dataclass(frozen=True, slots=True)
class MergeCustomers(Action):
    """Let every name of one customer mean the other one from now on."""

    kept_id: int
    merged_id: int


def merge_customers(_caller: Caller, args: str) -> Flow[Outcome]:
    """Put two entries of one customer together.

    `/gabung Bu Anni ke Bu Ani` names both; without names the bot asks for them.
    """
    recent = yield from find(RecentBuyers())
    if len(recent) < 2:  # noqa: PLR2004 - there are no two
        return NothingToMerge()
    pressed = BUTTON.fullmatch(args)
    named = two_names("" if pressed else args)
    shown = (yield from find(OwnCustomer(int(pressed[1])))) if pressed else None
    first = shown or (yield from _chosen(named.first, recent, None))
    second = yield from _chosen(named.second, recent, first)
    if first.id == second.id:
        if named.second:
            return SameCustomer(first.name)
        raise Refusal(SameCustomer(first.name), AskMergeSecond)
    # The older entry has the longer history; a press changes it.
    kept, merged = sorted((first, second), key=lambda one: one.id or 0)
    if named.into:
        kept, merged = second, first
    while True:
        assert kept.id is not None, "a known customer"
        assert merged.id is not None, "a known customer"
        moving = yield from find(SalesToMove(merged.id))
        answer = yield from ask(AskMerge(kept.name, merged.name, moving), _decided(merged.name))
        match answer:
            case "ya":
                return MergeCustomers(kept.id, merged.id)
            case "swap":
                kept, merged = merged, kept
            case _:
                return NotMerged()


def _chosen(name: str, recent: tuple[Buyer, ...], first: Buyer | None) -> Flow[Buyer]:
    """Returns a customer of the caller: the one of this name, else the one that is chosen."""
    while True:
        if name:
            found = yield from find(CustomerNamed(name))
            if found.id is not None:
                return found
        like = name or (first.name if first is not None else "")
        close = (yield from find(CustomersLike(like))) if like else ()
        offered = {one.id: one.name for one in (*close, *recent) if one.id is not None}
        if first is not None:
            offered.pop(first.id or 0, None)
        buttons = tuple(offered.items())[:OFFERED_MAX]
        answer: int | str
        if first is None:
            answer = yield from ask(AskMergeFirst(name, buttons), _choice)
        else:
            answer = yield from ask(AskMergeSecond(first.name, name, buttons), _choice)
        if isinstance(answer, int):
            tapped = yield from find(OwnCustomer(answer))
            if tapped is None:
                raise Refusal(
                    NoSuchCustomer(""), AskMergeFirst if first is None else AskMergeSecond
                )
            return tapped
        name = answer


def _choice(answer: Answer) -> int | str:
    """Returns a customer's number, or a name."""
    if answer.kind == "tap":
        return button_number(answer.value.removeprefix("c"))
    name = one_line(typed(answer)[:TEXT_CHARACTERS_MAX])
    if not any(sign.isalpha() for sign in name) or len(name) > BUYER_CHARACTERS_MAX:
        raise Refusal(NoSuchCustomer(shown(name)))
    return name


def _decided(merged: str) -> Callable[[Answer], str]:
    """Returns a reader of `ya`, `tidak` or `swap`; to name the other customer is to swap."""

    def read(answer: Answer) -> str:
        if answer.kind == "tap":
            return answer.value
        text = one_line(typed(answer)[:TEXT_CHARACTERS_MAX])
        said = yes_or_no(text)
        if said is not None:
            return "ya" if said else "tidak"
        first, _, rest = text.partition(" ")
        name = rest if first.casefold() in USE_WORDS else text
        if name_key(name) != name_key(merged):
            raise Refusal(NeitherYesNorNo())
        return "swap"

    return read


SPEC = FlowSpec(
    "merge",
    merge_customers,
    ("gabung", "merge"),
    words=(
        "gabung pelanggan",
        "gabungkan pelanggan",
        "pelanggan dobel",
        "pelanggan ganda",
        "merge customers",
    ),
    acts=True,
)
