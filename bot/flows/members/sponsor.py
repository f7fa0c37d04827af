"""Finding the sponsor of a new member, and a contact for people who have no code."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Final, Literal, TypeAlias, TypeVar

from bot.core.conversation.messages import Message, Question, Refusal
from bot.core.conversation.replay import Answer, Flow, Lookup, ask, find
from bot.core.members.joining_words import has_no_code
from bot.flows.caller import Caller
from bot.flows.members.details import Phone, name_read_for, read_phone
from bot.flows.spec import Action

__all__ = [
    "AskCode",
    "AskLeadName",
    "AskLeadPhone",
    "ConfirmOffice",
    "ConfirmSponsor",
    "KnownMember",
    "LeadKept",
    "LeaveContact",
    "PhotoOfCode",
    "SayYesOrNo",
    "Speak",
    "Sponsor",
    "SponsorByCode",
    "TooManyCodes",
    "TriedCodes",
    "UnknownCode",
    "find_sponsor",
    "read_yes_or_no",
]

YES: Final = frozenset({"ya", "y", "iya", "ya benar", "benar", "betul", "ok", "oke", "yes", "yep"})
NO: Final = frozenset({"tidak", "t", "bukan", "enggak", "nggak", "gak", "tdk", "no", "n", "nope"})

Why: TypeAlias = Literal["new", "again", "linked", "other"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sponsor:
    """The member under whom a person joins; the company itself has no id and no name."""

    id: int | None
    name: str


@dataclass(frozen=True, slots=True)
class KnownMember:
    """The person is already a member outside the bot; `phone` is set if it was shared at once."""

    phone: Phone | None


@dataclass(frozen=True, slots=True)
class AskCode(Question):
    """Asks for a sponsor's code.

    Attributes:
        why: `new` at a first meeting, `again` after a wrong code, `linked` when the code of a link
            was not valid, `other` when the sponsor was not the right one.
        bilingual: whether another language can be chosen.
    """

    asked_as: ClassVar[str] = "sponsor.code@1"

    why: Why
    bilingual: bool


@dataclass(frozen=True, slots=True)
class UnknownCode(Message):
    """No member under whom a person could join has this code."""


@dataclass(frozen=True, slots=True)
class TooManyCodes(Message):
    """Too many wrong codes; no code is looked up before `until`."""

    until: datetime


@dataclass(frozen=True, slots=True)
class PhotoOfCode(Message):
    """The answer is a picture, not a typed code."""


@dataclass(frozen=True, slots=True)
class ConfirmSponsor(Question):
    """Asks whether this is the right sponsor; `linked`: the person opened the member's link."""

    asked_as: ClassVar[str] = "sponsor.confirm@1"

    sponsor: str
    linked: bool
    bilingual: bool


@dataclass(frozen=True, slots=True)
class ConfirmOffice(Question):
    """The code is the company's own; asks whether to join without a sponsor."""

    asked_as: ClassVar[str] = "sponsor.confirm_office@1"

    linked: bool
    bilingual: bool


@dataclass(frozen=True, slots=True)
class SayYesOrNo(Message):
    """The answer is neither yes nor no."""


@dataclass(frozen=True, slots=True)
class AskLeadName(Question):
    """The person has no code; asks for their name, so that the office can call them."""

    asked_as: ClassVar[str] = "lead.name@1"


@dataclass(frozen=True, slots=True)
class AskLeadPhone(Question):
    """Asks for the number to call."""

    asked_as: ClassVar[str] = "lead.phone@1"

    person: str


@dataclass(frozen=True, slots=True)
class LeadKept(Message):
    """The contact is stored; the office will get in touch."""

    person: str
    phone: str


@dataclass(frozen=True, slots=True)
class SponsorByCode(Lookup[Sponsor | TooManyCodes | None]):
    """The sponsor with the code that was typed or came with a link; None if there is none."""

    typed: str


@dataclass(frozen=True, slots=True)
class TriedCodes(Lookup[bool]):
    """Whether this person ever entered a wrong code."""


@dataclass(frozen=True, slots=True)
class Speak(Lookup[None]):
    """Continue in this language; a press that was already handled changes nothing."""

    language: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LeaveContact(Action):
    """Store the contact of a person without a code, for the office."""

    name: str
    phone: str


def find_sponsor(
    caller: Caller, code: str, why: Why = "new"
) -> Flow[Sponsor | TooManyCodes | LeaveContact | KnownMember]:
    """Find the sponsor, beginning with the code of a link if there is one."""
    sponsor: Sponsor | None = None
    if code:
        linked = yield from find(SponsorByCode(code))
        if isinstance(linked, TooManyCodes):
            return linked
        sponsor, why = linked, "linked"
    while True:
        if sponsor is None:
            given = yield from _code_or_contact(caller, why)
            if not isinstance(given, Sponsor):
                return given
            sponsor = given
        right = yield from _confirm(caller, sponsor, linked=why == "linked")
        if isinstance(right, KnownMember):
            return right
        if right:
            return sponsor
        sponsor, why = None, "other"


def read_yes_or_no(answer: Answer) -> bool:
    """Returns True for a yes and False for a no, tapped or typed.

    Raises:
        Refusal: the answer is neither.
    """
    said = answer.value.casefold().strip(" .!,")
    if answer.kind in {"tap", "text"}:
        if said in YES:
            return True
        if said in NO:
            return False
    raise Refusal(SayYesOrNo())


def _code_or_contact(caller: Caller, why: Why) -> Flow[Sponsor | LeaveContact | KnownMember]:
    """Ask for a code; people who have none may leave a contact instead."""
    while True:
        tried = yield from find(TriedCodes())
        question = AskCode("again" if tried and why == "new" else why, _bilingual(caller))
        given = yield from _ask_newcomer(question, _code)
        if isinstance(given, KnownMember):
            return given
        if given.kind == "text":
            found = yield from find(SponsorByCode(given.value))
            if isinstance(found, Sponsor):
                return found
            raise Refusal(found or UnknownCode(), AskCode)
        name = yield from ask(AskLeadName(), _name_unless_code(caller))
        if name is not None:
            phone: Phone = yield from ask(AskLeadPhone(name), read_phone)
            return LeaveContact(name, phone.number)


def _confirm(caller: Caller, sponsor: Sponsor, *, linked: bool) -> Flow[bool | KnownMember]:
    question: Question = ConfirmOffice(linked, _bilingual(caller))
    if sponsor.id is not None:
        question = ConfirmSponsor(sponsor.name, linked, _bilingual(caller))
    return (yield from _ask_newcomer(question, read_yes_or_no))


def _ask_newcomer(question: Question, parse: Callable[[Answer], T]) -> Flow[T | KnownMember]:
    """Ask a newcomer, who may turn out to be a member already.

    The language button asks the same question again in the other language.
    """

    def read(answer: Answer) -> T | Speak | KnownMember:
        if answer.kind == "tap" and answer.value in {"id", "en"}:
            return Speak(answer.value, answer.at)
        if answer.kind == "contact":
            return KnownMember(read_phone(answer))
        if answer.kind == "tap" and answer.value == "member":
            return KnownMember(None)
        return parse(answer)

    while True:
        given = yield from ask(question, read)
        if not isinstance(given, Speak):
            return given
        yield from find(given)


def _bilingual(caller: Caller) -> bool:
    return len(caller.company.languages) > 1


def _code(answer: Answer) -> Answer:
    """Returns a typed code, or a tap where there is none; `tidak ada kode` is such a tap."""
    if answer.kind in {"photo", "document"}:
        raise Refusal(PhotoOfCode())
    if answer.kind == "text" and has_no_code(answer.value):
        return replace(answer, kind="tap", value="none")
    return answer


def _name_unless_code(caller: Caller) -> Callable[[Answer], str | None]:
    """Returns a reader for the name; it returns None if the person has a code after all."""
    read = name_read_for(caller)
    return lambda answer: None if answer.kind == "tap" else read(answer)
