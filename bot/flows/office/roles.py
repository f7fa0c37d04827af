"""Trainers and admins, and how an admin changes who is one."""

from dataclasses import dataclass
from typing import ClassVar, Final, Literal, TypeAlias

from bot.core.conversation.messages import Message, Question, Refusal
from bot.core.conversation.replay import Answer, Flow, Lookup, ask, find
from bot.core.input.typed import shown
from bot.core.members.codes import read_code
from bot.flows.answers import said_yes
from bot.flows.caller import Caller
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
    """The text is not a member code."""

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
    """Ask whose role to change and how, and confirm; the code may be typed behind the word."""
    key = read_code(rest)
    if key is None:
        holders = yield from find(Holders())
        key = yield from ask(AskWhose(holders), _read_whose)
    holder = yield from find(HolderBy(key))
    if holder is None:
        raise Refusal(UnknownMember(key))
    if holder.user_id is None:
        raise Refusal(NotOnTelegram(holder.label))
    role, grant = yield from ask(AskRole(holder), _read_change)
    if holder.admin and (role, grant) == CHANGES["admin-"]:
        others = yield from find(OtherAdmins(holder.user_id))
        if others == 0:
            raise Refusal(LastAdmin())
    sure: bool = yield from ask(ConfirmRole(holder, role, grant), said_yes)
    return ChangeRole(holder.user_id, role, grant) if sure else NothingChanged()


def _read_whose(answer: Answer) -> str:
    if answer.kind == "tap":
        return answer.value
    code = read_code(answer.value) if answer.kind == "text" else None
    if code is None:
        raise Refusal(NotACode(shown(answer.value) if answer.kind == "text" else ""))
    return code


def _read_change(answer: Answer) -> tuple[Role, bool]:
    if answer.kind != "tap" or answer.value not in CHANGES:
        raise Refusal(ChooseBelow())
    return CHANGES[answer.value]
