"""The office looks up a member, and may suspend a membership or lift the suspension."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from bot.core.conversation.messages import Message, Question, Refusal
from bot.core.conversation.replay import Answer, Flow, Lookup, ask, find
from bot.core.input.typed import one_line, shown
from bot.core.members.codes import read_code
from bot.flows.answers import said_yes
from bot.flows.caller import Caller
from bot.flows.spec import Action, Outcome
from bot.flows.talk import JustType

__all__ = [
    "AskMember",
    "AskSuspend",
    "ChooseMember",
    "HasLeftAlready",
    "LastActingAdmin",
    "MemberBy",
    "MemberCard",
    "MemberFound",
    "MembersLike",
    "NoMember",
    "NothingDone",
    "RevealPhone",
    "StandingDone",
    "Suspend",
    "YouAreBack",
    "YouAreSuspended",
    "code_meant",
    "find_member",
    "member_by_code",
    "reveal_phone",
    "suspend",
    "take_back",
]

FOUND_MAX: Final = 8
TYPED_CHARACTERS_MAX: Final = 64


@dataclass(frozen=True, slots=True)
class MemberFound:
    """One of several members who match the text."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class MemberCard(Message):
    """A member as the office sees them.

    Attributes:
        full_name: in full.
        code: of the member.
        phone: with its middle hidden, or in full for an admin who asked to see it.
        whole: whether it is shown in full.
        phone_verified: whether Telegram verified the number.
        joined_at: when the member joined.
        sponsor: first name and initial; empty for a member directly under the company.
        size: how many members are in the team.
        trainer: whether the member is one.
        admin: whether the member is one.
        linked: whether the member has a Telegram account here.
        last_sold: YYYY-MM-DD; empty if the member never sold anything.
        active: False while the membership is suspended.
        ranks: whether the plan has ranks that could be given.
        given: name of the rank that the office has given; empty for none.
        left_at: when the member left; None for one who has not.
        placeable: whether the office may choose another sponsor.
    """

    full_name: str
    code: str
    phone: str
    whole: bool
    phone_verified: bool
    joined_at: datetime
    sponsor: str
    size: int
    trainer: bool
    admin: bool
    linked: bool
    last_sold: str
    active: bool
    ranks: bool = False
    given: str = ""
    left_at: datetime | None = None
    placeable: bool = False


@dataclass(frozen=True, slots=True)
class AskMember(Question):
    """Asks which member to look up: a code, a number or a name."""

    asked_as: ClassVar[str] = "member.search@1"


@dataclass(frozen=True, slots=True)
class ChooseMember(Question):
    """Asks which of these members is meant; `more` says that there are others."""

    asked_as: ClassVar[str] = "member.which@1"

    members: tuple[MemberFound, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class NoMember(Message):
    """No member matches the text."""

    typed: str


@dataclass(frozen=True, slots=True)
class AskSuspend(Question):
    """Asks whether to suspend a membership, or to lift the suspension; says what it changes."""

    asked_as: ClassVar[str] = "member.suspend@1"

    label: str
    code: str
    suspend: bool
    roles: bool


@dataclass(frozen=True, slots=True)
class LastActingAdmin(Message):
    """The last admin cannot be suspended: no other admin could lift the suspension."""


@dataclass(frozen=True, slots=True)
class HasLeftAlready(Message):
    """The member has left, which only the member can take back, by joining anew."""

    label: str
    left_at: datetime


@dataclass(frozen=True, slots=True)
class NothingDone(Message):
    """The admin cancelled."""

    code: str


@dataclass(frozen=True, slots=True)
class StandingDone(Message):
    """The member was suspended, or the suspension was lifted."""

    label: str
    code: str
    active: bool


@dataclass(frozen=True, slots=True)
class YouAreSuspended(Message):
    """For the member: what they cannot do while suspended, and where to ask."""


@dataclass(frozen=True, slots=True)
class YouAreBack(Message):
    """For the member: the suspension was lifted."""


@dataclass(frozen=True, slots=True)
class MembersLike(Lookup[tuple[MemberFound, ...]]):
    """Members with this code, this number or a similar name; at most `rows`."""

    typed: str
    rows: int


@dataclass(frozen=True, slots=True)
class MemberBy(Lookup[MemberCard | None]):
    """The card of the member with this code."""

    code: str


@dataclass(frozen=True, slots=True)
class RevealPhone(Action):
    """Show a number in full; an action, since the audit log records who looked."""

    code: str


@dataclass(frozen=True, slots=True)
class Suspend(Action):
    """Suspend a membership, or lift the suspension."""

    code: str
    active: bool


def code_meant(typed: str) -> Flow[str | None]:
    """Returns the code of the member who is meant by a code, a number or a name.

    Asks where several match; None if nobody does.
    """
    wanted, code = typed, read_code(typed)
    while code is None:
        found = yield from find(MembersLike(wanted, FOUND_MAX + 1))
        if not found:
            return None
        code = found[0].code
        if len(found) > 1:
            question = ChooseMember(found[:FOUND_MAX], len(found) > FOUND_MAX)
            answer: Answer = yield from ask(question, _any)
            wanted = answer.value if answer.kind == "tap" else _typed(answer)
            code = read_code(wanted)
    return code


def find_member(_caller: Caller, rest: str) -> Flow[Message]:
    """Returns the card of the member with the typed code, or of the one found by a search."""
    code = read_code(rest)
    if code is not None:
        card = yield from find(MemberBy(code))
        return card if card is not None else NoMember(shown(rest))
    wanted: str = (
        one_line(rest, TYPED_CHARACTERS_MAX) if rest else (yield from ask(AskMember(), _typed))
    )
    while True:
        found = yield from find(MembersLike(wanted, FOUND_MAX + 1))
        if not found:
            raise Refusal(NoMember(shown(wanted)))
        code = found[0].code
        if len(found) > 1:
            question = ChooseMember(found[:FOUND_MAX], len(found) > FOUND_MAX)
            answer: Answer = yield from ask(question, _any)
            if answer.kind != "tap":
                wanted = _typed(answer)
                continue
            code = answer.value
        card = yield from find(MemberBy(code))
        return card if card is not None else NoMember(shown(wanted))


def reveal_phone(_caller: Caller, rest: str) -> Flow[Outcome]:
    """Show the full number of the member with this code."""
    card = yield from member_by_code(rest)
    return RevealPhone(card.code) if isinstance(card, MemberCard) else card


def suspend(_caller: Caller, rest: str) -> Flow[Outcome]:
    """Suspend the member with this code, after a confirmation."""
    return (yield from _standing(rest, active=False))


def take_back(_caller: Caller, rest: str) -> Flow[Outcome]:
    """Lift the suspension of the member with this code, after a confirmation."""
    return (yield from _standing(rest, active=True))


def member_by_code(rest: str) -> Flow[Message]:
    """Returns the card of the member with this code, or the message that there is none."""
    card = yield from find(MemberBy(read_code(rest) or ""))
    return card if card is not None else NoMember(shown(rest))


def _standing(rest: str, *, active: bool) -> Flow[Outcome]:
    card = yield from member_by_code(rest)
    if not isinstance(card, MemberCard):
        return card
    if card.left_at is not None:
        return HasLeftAlready(card.full_name, card.left_at)
    if card.active == active:
        return StandingDone(card.full_name, card.code, active)
    roles = card.trainer or card.admin
    question = AskSuspend(card.full_name, card.code, not active, roles)
    sure: bool = yield from ask(question, said_yes)
    return Suspend(card.code, active) if sure else NothingDone(card.code)


def _any(answer: Answer) -> Answer:
    if answer.kind not in {"tap", "text"}:
        raise Refusal(JustType())
    return answer


def _typed(answer: Answer) -> str:
    if answer.kind == "contact":
        return answer.value
    if answer.kind != "text":
        raise Refusal(JustType())
    return one_line(answer.value, TYPED_CHARACTERS_MAX)
