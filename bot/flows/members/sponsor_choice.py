"""The office chooses another sponsor for a member who has left, or has just come back."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Final, Literal, TypeAlias

from bot.core.conversation.messages import Message, Question, Refusal
from bot.core.conversation.replay import Answer, Flow, Lookup, ask, find
from bot.core.input.typed import one_line, shown
from bot.flows.answers import said_yes
from bot.flows.caller import Caller
from bot.flows.members.member_cards import NoMember, NothingDone, code_meant
from bot.flows.spec import Action, Outcome
from bot.flows.talk import JustType

__all__ = [
    "CHOICE_DAYS_MAX",
    "AskChoiceReason",
    "AskNewSponsor",
    "CannotChoose",
    "ChooseSponsor",
    "ConfirmChoice",
    "JoinedYourTeam",
    "LeftYourTeam",
    "NotASponsor",
    "Returning",
    "ReturningBy",
    "SponsorChosen",
    "SponsorOption",
    "SponsorOptionBy",
    "WhyNot",
    "YourSponsorIs",
    "choose_sponsor",
    "reason_to_stay",
]

CHOICE_DAYS_MAX: Final = 14
"""Days after a return in which the office may still choose the sponsor."""
TYPED_CHARACTERS_MAX: Final = 200
BETWEEN: Final = " > "

WhyNot: TypeAlias = Literal["", "not back", "late", "team", "figures"]


@dataclass(frozen=True, slots=True)
class Returning:
    """A member as the office may place them.

    Attributes:
        label: the full name.
        code: of the member.
        sponsor: the sponsor's full name; empty for the company.
        sponsor_code: empty for the company.
        why_not: why no other sponsor can be chosen; empty if one can.
    """

    label: str
    code: str
    sponsor: str
    sponsor_code: str
    why_not: WhyNot


@dataclass(frozen=True, slots=True)
class SponsorOption:
    """Who may become the sponsor: a member, or the company by its own code.

    Attributes:
        label: the full name; empty for the company.
        code: of the member; empty for the company.
        active: whether the membership is.
    """

    label: str
    code: str
    active: bool


@dataclass(frozen=True, slots=True)
class AskNewSponsor(Question):
    """Asks who is to be the sponsor: a code or a name."""

    asked_as: ClassVar[str] = "placing.sponsor@1"

    label: str
    sponsor: str


@dataclass(frozen=True, slots=True)
class AskChoiceReason(Question):
    """Asks for the reason, which is kept."""

    asked_as: ClassVar[str] = "placing.reason@1"

    label: str
    sponsor: str


@dataclass(frozen=True, slots=True)
class ConfirmChoice(Question):
    """Asks for confirmation; an empty sponsor is the company."""

    asked_as: ClassVar[str] = "placing.confirm@1"

    label: str
    former: str
    sponsor: str
    reason: str


@dataclass(frozen=True, slots=True)
class CannotChoose(Message):
    """The sponsor of this member stays; says why, and within how many days it could be chosen."""

    label: str
    code: str
    why_not: WhyNot
    days: int


@dataclass(frozen=True, slots=True)
class NotASponsor(Message):
    """This member cannot be the sponsor: it is the same as now, the member, or not active."""

    label: str
    why: Literal["same", "self", "not active"]


@dataclass(frozen=True, slots=True)
class SponsorChosen(Message):
    """For the admin: the member now has this sponsor."""

    label: str
    code: str
    sponsor: str


@dataclass(frozen=True, slots=True)
class YourSponsorIs(Message):
    """For the member: who the sponsor is now."""

    sponsor: str


@dataclass(frozen=True, slots=True)
class LeftYourTeam(Message):
    """For the former sponsor: the member is in another team now."""

    who: str


@dataclass(frozen=True, slots=True)
class JoinedYourTeam(Message):
    """For the new sponsor: the member now belongs to that team."""

    who: str


@dataclass(frozen=True, slots=True)
class ReturningBy(Lookup[Returning | None]):
    """The member with this code."""

    code: str


@dataclass(frozen=True, slots=True)
class SponsorOptionBy(Lookup[SponsorOption | None]):
    """The member, or the company, with this code."""

    code: str


@dataclass(frozen=True, slots=True)
class ChooseSponsor(Action):
    """Place the member under this sponsor; an empty code is the company."""

    code: str
    sponsor_code: str
    reason: str


def reason_to_stay(
    came_on: date | None, today: date, size: int, *, left: bool, figures: bool
) -> WhyNot:
    """Returns why the office cannot choose the sponsor of a member; empty if it can.

    Args:
        came_on: the day of the return; None if there was none.
        today: the company's day.
        size: how many members are in the team.
        left: whether the member has left and is not back.
        figures: whether sales or ranks count for the member in any month.
    """
    if not left:
        if came_on is None:
            return "not back"
        if today - came_on > timedelta(days=CHOICE_DAYS_MAX):
            return "late"
    if size:
        return "team"
    return "figures" if figures else ""


def choose_sponsor(_caller: Caller, rest: str) -> Flow[Outcome]:
    """Ask for the sponsor and the reason, and confirm; both may be typed: `erni > budi`."""
    who, _, wanted = rest.partition(BETWEEN)
    code = yield from code_meant(who)
    member = None if code is None else (yield from find(ReturningBy(code)))
    if member is None:
        return NoMember(shown(who))
    if member.why_not:
        return CannotChoose(member.label, member.code, member.why_not, CHOICE_DAYS_MAX)
    option = yield from _option(member, wanted)
    reason: str = yield from ask(AskChoiceReason(member.label, option.label), _typed)
    card = ConfirmChoice(member.label, member.sponsor, option.label, reason)
    sure: bool = yield from ask(card, said_yes)
    return ChooseSponsor(member.code, option.code, reason) if sure else NothingDone(member.code)


def _option(member: Returning, spelled: str) -> Flow[SponsorOption]:
    typed = spelled
    if not typed:
        question = AskNewSponsor(member.label, member.sponsor)
        typed = yield from ask(question, _typed)
    option = yield from find(SponsorOptionBy(typed))
    if option is None:
        code = yield from code_meant(typed)
        option = None if code is None else (yield from find(SponsorOptionBy(code)))
    if option is None:
        raise Refusal(NoMember(shown(typed)), AskNewSponsor)
    if option.code == member.code:
        raise Refusal(NotASponsor(option.label, "self"), AskNewSponsor)
    if option.code == member.sponsor_code:
        raise Refusal(NotASponsor(option.label, "same"), AskNewSponsor)
    if not option.active:
        raise Refusal(NotASponsor(option.label, "not active"), AskNewSponsor)
    return option


def _typed(answer: Answer) -> str:
    typed = one_line(answer.value, TYPED_CHARACTERS_MAX) if answer.kind == "text" else ""
    if not typed:
        raise Refusal(JustType())
    return typed
