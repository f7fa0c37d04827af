"""A member who lost their phone moves to a new account, with a code from the office."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from bot.core.conversation.messages import Message, Question, Refusal
from bot.core.conversation.replay import Answer, Flow, Lookup, ask, find
from bot.core.members.one_time_codes import read_relink_code
from bot.flows.answers import said_yes
from bot.flows.caller import Caller
from bot.flows.members.details import Phone, read_phone
from bot.flows.members.member_cards import MemberCard, NothingDone, member_by_code
from bot.flows.spec import Action, FlowSpec, HelpPlace, Outcome

__all__ = [
    "SPEC",
    "AlreadyMember",
    "AskOwnContact",
    "AskRelink",
    "AskRelinkCode",
    "CodeMade",
    "GoodRelinkCode",
    "MakeRelinkCode",
    "MovedAway",
    "NotByHand",
    "NotTheNumber",
    "Relink",
    "RelinkDone",
    "Relinked",
    "TooManyRelinks",
    "WrongRelinkCode",
    "issue_relink_code",
    "relink",
]

CODE_CHARACTERS_MAX: Final = 64


@dataclass(frozen=True, slots=True)
class AskRelink(Question):
    """For the admin: asks whether to make a code; says what it is for."""

    asked_as: ClassVar[str] = "relink.make_code@1"

    label: str
    phone: str
    linked: bool


@dataclass(frozen=True, slots=True)
class CodeMade(Message):
    """For the admin: the code, to read out to the member."""

    label: str
    relink_code: str
    until: datetime


@dataclass(frozen=True, slots=True)
class AskRelinkCode(Question):
    """Asks for the code from the office."""

    asked_as: ClassVar[str] = "relink.code@1"


@dataclass(frozen=True, slots=True)
class AskOwnContact(Question):
    """Asks for one's own number, by button only."""

    asked_as: ClassVar[str] = "relink.own_contact@1"


@dataclass(frozen=True, slots=True)
class AlreadyMember(Message):
    """This account belongs to a member and cannot take over another membership."""


@dataclass(frozen=True, slots=True)
class WrongRelinkCode(Message):
    """The code is not valid."""


@dataclass(frozen=True, slots=True)
class TooManyRelinks(Message):
    """Too many failed attempts; the next one is possible after `until`."""

    until: datetime


@dataclass(frozen=True, slots=True)
class NotByHand(Message):
    """A typed number does not prove whose it is."""


@dataclass(frozen=True, slots=True)
class NotTheNumber(Message):
    """The number is not the one on record."""

    phone_end: str


@dataclass(frozen=True, slots=True)
class Relinked(Message):
    """The membership has moved to this account."""

    code: str


@dataclass(frozen=True, slots=True)
class MovedAway(Message):
    """For the old account: the membership has moved to another account."""


@dataclass(frozen=True, slots=True)
class RelinkDone(Message):
    """For the admins: who moved, and what became of the old account's roles.

    Attributes:
        label: the member's name.
        code: of the member.
        trainer: whether the old account was trainer.
        admin: whether the old account was admin.
        kept: whether it stays admin, as there is no other one.
    """

    label: str
    code: str
    trainer: bool
    admin: bool
    kept: bool


@dataclass(frozen=True, slots=True)
class GoodRelinkCode(Lookup[bool | TooManyRelinks]):
    """Whether this code is valid; a wrong one counts as a failed attempt of the caller."""

    relink_code: str


@dataclass(frozen=True, slots=True)
class MakeRelinkCode(Action):
    """Make a code for the member with this code, replacing any earlier one."""

    code: str


@dataclass(frozen=True, slots=True)
class Relink(Action):
    """Move the membership to the caller's account, if the number is the one on record."""

    relink_code: str
    phone: Phone


def issue_relink_code(_caller: Caller, rest: str) -> Flow[Outcome]:
    """Make a one-time code for the member, after a confirmation."""
    card = yield from member_by_code(rest)
    if not isinstance(card, MemberCard):
        return card
    question = AskRelink(card.full_name, card.phone, card.linked)
    sure: bool = yield from ask(question, said_yes)
    return MakeRelinkCode(card.code) if sure else NothingDone(card.code)


def relink(caller: Caller, args: str) -> Flow[Outcome]:
    """Move a membership to this account.

    It takes a one-time code from the office (`/pindah 7K3M-9QX2-TB5F`) and your own number.
    """
    if caller.me is not None:
        return AlreadyMember()
    code = args or (yield from ask(AskRelinkCode(), _text))
    good = yield from find(GoodRelinkCode(read_relink_code(code[:CODE_CHARACTERS_MAX])))
    if isinstance(good, TooManyRelinks):
        raise Refusal(good, AskRelinkCode)
    if not good:
        raise Refusal(WrongRelinkCode(), AskRelinkCode)
    phone: Phone = yield from ask(AskOwnContact(), _own_contact)
    return Relink(read_relink_code(code[:CODE_CHARACTERS_MAX]), phone)


def _text(answer: Answer) -> str:
    if answer.kind != "text":
        raise Refusal(WrongRelinkCode())
    return answer.value


def _own_contact(answer: Answer) -> Phone:
    if answer.kind == "contact":
        return read_phone(answer)
    raise Refusal(NotByHand())


SPEC = FlowSpec(
    "relink",
    relink,
    ("pindah", "relink"),
    who="anyone",
    in_help=(HelpPlace("joining", row=4),),
)
