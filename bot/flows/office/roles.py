"""Who is trainer and who is admin, as an admin changes it."""

from dataclasses import dataclass
from typing import ClassVar, Final, Literal, TypeAlias

from bot.core.conversation.messages import Message, Question, Refusal
from bot.core.conversation.replay import Answer, Flow, Lookup, ask, find
from bot.core.input.typed import shown
from bot.core.input.yesno import NeitherYesNorNo, yes_or_no
from bot.core.members.codes import read_code
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
    """Somebody with the roles that they have; without code where they are no member.

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
    """Whose roles? Those who have one can be tapped, everybody else has a code."""

    asked_as: ClassVar[str] = "role.whose@1"

    holders: tuple[Holder, ...]


@dataclass(frozen=True, slots=True)
class AskRole(Question):
    """What should change for this person?"""

    asked_as: ClassVar[str] = "role.change@1"

    holder: Holder


@dataclass(frozen=True, slots=True)
class ConfirmRole(Question):
    """Surely?"""

    asked_as: ClassVar[str] = "role.confirm@1"

    holder: Holder
    role: Role
    grant: bool


@dataclass(frozen=True, slots=True)
class NotACode(Message):
    """What was typed is no member code."""

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
    """Something else than one of the buttons."""


@dataclass(frozen=True, slots=True)
class LastAdmin(Message):
    """Without an admin nobody could make another one."""


@dataclass(frozen=True, slots=True)
class NothingChanged(Message):
    """The admin thought better of it."""


@dataclass(frozen=True, slots=True)
class RoleDone(Message):
    """What the acting admin is told."""

    label: str
    role: Role
    grant: bool


@dataclass(frozen=True, slots=True)
class RoleChanged(Message):
    """What the other admins are told; `by` is empty for the code from the command line."""

    label: str
    code: str
    role: Role
    grant: bool
    by: str


@dataclass(frozen=True, slots=True)
class RoleForYou(Message):
    """What the person is told whose role it is."""

    role: Role
    grant: bool


@dataclass(frozen=True, slots=True)
class Holders(Lookup[tuple[Holder, ...]]):
    """Everybody who has a role."""


@dataclass(frozen=True, slots=True)
class HolderBy(Lookup[Holder | None]):
    """The person behind a member code, or behind `u` and the number of a Telegram account."""

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
    """Whose role, which, and surely? The code may stand behind the word."""
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
    sure: bool = yield from ask(ConfirmRole(holder, role, grant), _read_yes)
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


def _read_yes(answer: Answer) -> bool:
    if answer.kind == "tap":
        return answer.value == "ya"
    sure = yes_or_no(answer.value) if answer.kind == "text" else None
    if sure is None:
        raise Refusal(NeitherYesNorNo())
    return sure
