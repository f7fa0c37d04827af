"""An admin gives a member a rank by hand, from an open month on, or takes it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Final

from bot.core.conversation.messages import Message, Question, Refusal
from bot.core.conversation.replay import Answer, Flow, Lookup, ask, find
from bot.core.input.typed import one_line
from bot.core.plans import Version
from bot.flows.answers import said_yes
from bot.flows.caller import Caller
from bot.flows.members.member_cards import MemberCard, NothingDone, member_by_code
from bot.flows.spec import Action, Outcome
from bot.flows.talk import JustType

__all__ = [
    "REASON_CHARACTERS_MAX",
    "AskGivenRank",
    "AskRankMonth",
    "AskRankReason",
    "ConfirmGivenRank",
    "GiveRank",
    "GivenRankDone",
    "GivenRankNow",
    "MonthHasClosed",
    "NoRanksToGive",
    "OpenMonths",
    "OwnRankNotGiven",
    "RankForYou",
    "RankOption",
    "TapAnOption",
    "rank_by_hand",
]

REASON_CHARACTERS_MAX: Final = 200
TAKEN_BACK: Final = "-"
"""The button that takes a rank back; no slug is written so."""


@dataclass(frozen=True, slots=True)
class RankOption:
    """A rank of the plan: its slug and its name."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class AskRankMonth(Question):
    """Asks from which month on; only months that are not closed can be chosen.

    `rank` is the name of the one to be given; empty where it is taken back.
    """

    asked_as: ClassVar[str] = "rank.month@2"

    label: str
    rank: str
    open_months: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskGivenRank(Question):
    """Asks which rank; `now` is the name of the one that was given before, empty for none."""

    asked_as: ClassVar[str] = "rank.which@2"

    label: str
    ranks: tuple[RankOption, ...]
    now: str


@dataclass(frozen=True, slots=True)
class AskRankReason(Question):
    """Asks for the reason, which is kept with the rank."""

    asked_as: ClassVar[str] = "rank.reason@1"

    label: str
    rank: str


@dataclass(frozen=True, slots=True)
class ConfirmGivenRank(Question):
    """Asks for confirmation; an empty rank takes back the one before.

    `kept` says whether the plan keeps ranks, so that the rank counts for bonuses.
    """

    asked_as: ClassVar[str] = "rank.confirm@1"

    label: str
    period: str
    rank: str
    reason: str
    kept: bool


@dataclass(frozen=True, slots=True)
class NoRanksToGive(Message):
    """The plan has no ranks in any month that is not closed."""


@dataclass(frozen=True, slots=True)
class OwnRankNotGiven(Message):
    """No admin gives a rank to themselves."""


@dataclass(frozen=True, slots=True)
class TapAnOption(Message):
    """The answer is not one of the buttons."""


@dataclass(frozen=True, slots=True)
class MonthHasClosed(Message):
    """The month was closed meanwhile, and what is closed stays."""

    period: str


@dataclass(frozen=True, slots=True)
class GivenRankDone(Message):
    """For the admin: the rank was given, or taken back where it is empty."""

    label: str
    code: str
    period: str
    rank: str


@dataclass(frozen=True, slots=True)
class RankForYou(Message):
    """For the member: the office has given a rank, or taken it back where it is empty.

    `kept` says whether the plan keeps ranks; a given one is a title only where it does not.
    """

    period: str
    rank: str
    reason: str
    kept: bool


@dataclass(frozen=True, slots=True)
class OpenMonths(Lookup[tuple[str, ...]]):
    """The months from which a rank can be given: last month if it is open, this and the next."""


@dataclass(frozen=True, slots=True)
class GivenRankNow(Lookup[str]):
    """The slug of the rank that a member holds by hand in a month; empty for none."""

    code: str
    period: str


@dataclass(frozen=True, slots=True)
class GiveRank(Action):
    """Give a member a rank from a month on; an empty slug takes back what was given."""

    code: str
    period: str
    rank: str
    reason: str


def rank_by_hand(caller: Caller, rest: str) -> Flow[Outcome]:
    """Ask for the rank, the month and the reason, and confirm."""
    card = yield from member_by_code(rest)
    if not isinstance(card, MemberCard):
        return card
    if caller.me is not None and caller.me.code == card.code:
        return OwnRankNotGiven()
    months = yield from find(OpenMonths())
    versions = {month: caller.company.plan.version_for(month) for month in months}
    names = _names(versions.values(), caller.language)
    if not names:
        return NoRanksToGive()
    given: dict[str, str] = {}
    for month in months:
        given[month] = yield from find(GivenRankNow(card.code, month))
    now = next((given[month] for month in reversed(months) if given[month]), "")
    options = tuple(RankOption(slug, name) for slug, name in names.items())
    which = AskGivenRank(card.full_name, options, names.get(now, now))
    known = (*names, *((TAKEN_BACK,) if now else ()))
    chosen: str = yield from ask(which, lambda answer: _tapped(answer, known))
    rank = "" if chosen == TAKEN_BACK else chosen
    where = tuple(month for month in months if _has(versions[month], rank, given[month]))
    question = AskRankMonth(card.full_name, names.get(rank, ""), where)
    period: str = yield from ask(question, lambda answer: _month(answer, where))
    reason: str = yield from ask(AskRankReason(card.full_name, names.get(rank, "")), _reason)
    version = versions[period]
    kept = version is None or version.ranks_kept
    sure = ConfirmGivenRank(card.full_name, period, names.get(rank, ""), reason, kept)
    if not (yield from ask(sure, said_yes)):
        return NothingDone(card.code)
    return GiveRank(card.code, period, rank, reason)


def _names(versions: Iterable[Version | None], language: str) -> dict[str, str]:
    """Returns the ranks of these versions by slug, from the lowest, with names in a language."""
    ranks = (rank for version in versions if version is not None for rank in version.ranks)
    return {rank.slug: dict(rank.names).get(language, rank.slug) for rank in ranks}


def _has(version: Version | None, rank: str, given: str) -> bool:
    """Returns whether a month has a rank to give; or for none, one to take back."""
    if not rank:
        return bool(given)
    return version is not None and any(each.slug == rank for each in version.ranks)


def _month(answer: Answer, months: tuple[str, ...]) -> str:
    if answer.kind == "tap" and answer.value not in months:
        # It was open when the question was asked.
        raise Refusal(MonthHasClosed(answer.value))
    return _tapped(answer, months)


def _tapped(answer: Answer, known: tuple[str, ...]) -> str:
    if answer.kind != "tap" or answer.value not in known:
        raise Refusal(TapAnOption())
    return answer.value


def _reason(answer: Answer) -> str:
    reason = one_line(answer.value, REASON_CHARACTERS_MAX) if answer.kind == "text" else ""
    if not reason:
        raise Refusal(JustType())
    return reason
