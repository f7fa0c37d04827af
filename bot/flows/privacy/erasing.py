"""A person wants to be erased: at once, or as soon as what is open is settled."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.conversation.messages import Message, Question
from bot.core.conversation.replay import Flow, ask, find
from bot.flows.answers import said_yes
from bot.flows.caller import Caller
from bot.flows.privacy.leaving import OnlyAdmin, StillOpen, WhatIsOpen
from bot.flows.spec import Action, FlowSpec, HelpPlace, Outcome

__all__ = [
    "ERASE",
    "AskErase",
    "AskEraseAgain",
    "AskForget",
    "DataErased",
    "Erase",
    "ErasureAsked",
    "Forget",
    "NothingErased",
]


@dataclass(frozen=True, slots=True)
class AskErase(Question):
    """Asks a member whether to erase; says what goes, what stays in the books, what is open.

    Attributes:
        open: what is still open.
        left: whether the member has left before; otherwise this ends the membership.
    """

    asked_as: ClassVar[str] = "erasing.sure@1"

    open: StillOpen
    left: bool


@dataclass(frozen=True, slots=True)
class AskEraseAgain(Question):
    """Asks a second time: this cannot be undone."""

    asked_as: ClassVar[str] = "erasing.again@1"


@dataclass(frozen=True, slots=True)
class AskForget(Question):
    """Asks a person who is no member whether to erase the little that is kept."""

    asked_as: ClassVar[str] = "erasing.forget@1"


@dataclass(frozen=True, slots=True)
class NothingErased(Message):
    """The person cancelled; nothing has changed."""


@dataclass(frozen=True, slots=True)
class ErasureAsked(Message):
    """It will be done within the hour, or once what is open is settled.

    Attributes:
        open: what is still open; None for a person who is no member.
    """

    open: StillOpen | None


@dataclass(frozen=True, slots=True)
class DataErased(Message):
    """The last message: everything has been erased.

    Attributes:
        pseudonym: how the books call the former member.
    """

    pseudonym: str


@dataclass(frozen=True, slots=True)
class Erase(Action):
    """End the caller's membership, and erase the member when nothing is open."""


@dataclass(frozen=True, slots=True)
class Forget(Action):
    """Erase what is kept about a caller who is no member."""


def erase(caller: Caller, _args: str) -> Flow[Outcome]:
    """Erase your data; what bookkeeping rules ask to keep no longer names you."""
    if caller.me is None:
        if caller.roles:
            return OnlyAdmin()
        forget: bool = yield from ask(AskForget(), said_yes)
        return Forget() if forget else NothingErased()
    still_open = yield from find(WhatIsOpen(caller.me.id))
    if still_open.only_admin:
        return OnlyAdmin()
    if not (yield from ask(AskErase(still_open, caller.me.left), said_yes)):
        return NothingErased()
    if not (yield from ask(AskEraseAgain(), said_yes)):
        return NothingErased()
    return Erase()


ERASE = FlowSpec(
    "erase",
    erase,
    ("hapusdata", "erasedata", "deletedata"),
    who="anyone",
    words=(
        "hapus data saya",
        "hapus dataku",
        "hapus semua data saya",
        "hapus akun saya",
        "delete my data",
        "erase my data",
        "delete my account",
    ),
    in_help=(HelpPlace("settings", row=4, column=3), HelpPlace("joining", row=7, column=2)),
)
