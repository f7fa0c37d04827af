"""Trainers and admins, and how an admin changes who is one."""

import re
from dataclasses import dataclass
from typing import ClassVar, Final, Literal, TypeAlias

from bot.core.conversation.messages import Message, Question, Refusal
from bot.core.conversation.replay import Answer, Flow, Lookup, ask, find
from bot.core.input.typed import one_line, shown
from bot.core.understanding.role_words import read_role
from bot.flows.answers import said_yes
from bot.flows.caller import Caller
from bot.flows.members.member_cards import code_meant
from bot.flows.spec import Action

__all__ = [
    "AskRole",
    "AskWhose",
    "ChangeRole",
    "ChooseBelow",
    "ConfirmRole",
    "Holder",
    "HolderBy",
    "Holders",
    "LastAdmin",
    "NotACode",
    "NotOnTelegram",
    "NothingChanged",
    "OtherAdmins",
    "Role",
    "RoleChanged",
    "RoleDone",
    "RoleForYou",
    "UnknownMember",
    "ask_role",
]

Role: TypeAlias = Literal["trainer", "admin"]

NAME_CHARACTERS_MAX: Final = 64
HELD: Final = re.compile(r"u[0-9]{1,15}", re.ASCII)
"""A holder by the number of the account, as a button carries it."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A person and their roles; without code if they are not a member.

    Attributes:
        user_id: the Telegram account; None for a member who never wrote to the bot.
        label: full name, or what is known of the account.
        code: of the member.
        trainer: whether they are one.
        admin: whether they are one.
    """

    user_id: int | None
    label: str
    code: str
    trainer: bool
    admin: bool


@dataclass(frozen=True, slots=True)
class AskWhose(Question):
    """Asks whose roles to change: one of the holders, by button, or any member, by code."""

    asked_as: ClassVar[str] = "role.whose@1"

    holders: tuple[Holder, ...]


@dataclass(frozen=True, slots=True)
class AskRole(Question):
    """Asks which role to grant or revoke."""

    asked_as: ClassVar[str] = "role.change@1"

    holder: Holder


@dataclass(frozen=True, slots=True)
class ConfirmRole(Question):
    """Asks for confirmation."""

    asked_as: ClassVar[str] = "role.confirm@1"

    holder: Holder
    role: Role
    grant: bool


@dataclass(frozen=True, slots=True)
class NotACode(Message):
    """The text is no member code, and the name of no member."""

    text: str


@dataclass(frozen=True, slots=True)
class UnknownMember(Message):
    """No member has this code."""

    code: str


@dataclass(frozen=True, slots=True)
class NotOnTelegram(Message):
    """A role belongs to a Telegram account, and this member has none yet."""

    label: str


@dataclass(frozen=True, slots=True)
class ChooseBelow(Message):
    """The answer is not one of the buttons."""


@dataclass(frozen=True, slots=True)
class LastAdmin(Message):
    """The last admin keeps the role, since no other admin could grant it again."""


@dataclass(frozen=True, slots=True)
class NothingChanged(Message):
    """The admin cancelled."""


@dataclass(frozen=True, slots=True)
class RoleDone(Message):
    """For the admin who made the change."""

    label: str
    role: Role
    grant: bool


@dataclass(frozen=True, slots=True)
class RoleChanged(Message):
    """For the other admins; `by` is empty for the code from the command line."""

    label: str
    code: str
    role: Role
    grant: bool
    by: str


@dataclass(frozen=True, slots=True)
class RoleForYou(Message):
    """For the person whose role changed."""

    role: Role
    grant: bool


@dataclass(frozen=True, slots=True)
class Holders(Lookup[tuple[Holder, ...]]):
    """All persons who have a role."""


@dataclass(frozen=True, slots=True)
class HolderBy(Lookup[Holder | None]):
    """The person with a member code, or with `u` and the number of a Telegram account."""

    key: str


@dataclass(frozen=True, slots=True)
class OtherAdmins(Lookup[int]):
    """How many admins there are besides this account who are not suspended."""

    user_id: int


@dataclass(frozen=True, slots=True)
class ChangeRole(Action):
    """Grant or revoke a role."""

    user_id: int
    role: Role
    grant: bool


CHANGES: Final[dict[str, tuple[Role, bool]]] = {
    "trainer+": ("trainer", True),
    "trainer-": ("trainer", False),
    "admin+": ("admin", True),
    "admin-": ("admin", False),
}


def ask_role(_caller: Caller, rest: str) -> Flow[Message | ChangeRole]:
    """Ask whose role to change and how, and confirm.

    Behind the word there may be a code or a name, and the change: `erni trainer+`.
    """
    who, _, last = rest.rpartition(" ")
    wished = CHANGES.get(last)
    holder = yield from _whose(who if wished else rest)
    if holder.user_id is None:
        raise Refusal(NotOnTelegram(holder.label))
    if wished is None or _has(holder, wished[0]) == wished[1]:
        wished = yield from ask(AskRole(holder), lambda answer: _read_change(answer, holder))
    role, grant = wished
    if holder.admin and (role, grant) == CHANGES["admin-"]:
        others = yield from find(OtherAdmins(holder.user_id))
        if others == 0:
            raise Refusal(LastAdmin())
    sure: bool = yield from ask(ConfirmRole(holder, role, grant), said_yes)
    return ChangeRole(holder.user_id, role, grant) if sure else NothingChanged()


def _whose(typed: str) -> Flow[Holder]:
    """Returns the person of a code or a name; asks where there is none, or several match."""
    wanted = typed or (yield from _ask_whose())
    key = wanted if HELD.fullmatch(wanted) else (yield from code_meant(wanted))
    if key is None:
        raise Refusal(NotACode(shown(wanted)))
    holder = yield from find(HolderBy(key))
    if holder is None:
        raise Refusal(UnknownMember(key))
    return holder


def _ask_whose() -> Flow[str]:
    holders = yield from find(Holders())
    key: str = yield from ask(AskWhose(holders), _read_whose)
    return key


def _has(holder: Holder, role: Role) -> bool:
    return holder.admin if role == "admin" else holder.trainer


def _read_whose(answer: Answer) -> str:
    """Returns what a button carries, or a code or a name as typed."""
    if answer.kind == "tap":
        return answer.value
    typed = one_line(answer.value, NAME_CHARACTERS_MAX) if answer.kind == "text" else ""
    if not typed:
        raise Refusal(NotACode(""))
    return typed


def _read_change(answer: Answer, holder: Holder) -> tuple[Role, bool]:
    """Returns the change of a button, or of a role that is named: the other way than it is."""
    if answer.kind == "tap" and answer.value in CHANGES:
        return CHANGES[answer.value]
    named = read_role(answer.value) if answer.kind == "text" else None
    if named is None:
        raise Refusal(ChooseBelow())
    role, grant = named
    if grant == _has(holder, role):
        raise Refusal(ChooseBelow())
    return role, not _has(holder, role)
