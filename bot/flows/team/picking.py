"""Picks a member below the caller by code or name, for what is done with that member."""

from dataclasses import dataclass
from typing import Literal

from bot.core.conversation.messages import Message, Refusal
from bot.core.conversation.replay import Answer, Flow, Lookup, ask, find
from bot.core.members.codes import read_code
from bot.flows.team.arguments import search_words
from bot.flows.team.team_lookups import FindNamed, Listing
from bot.flows.team.team_messages import AskWho, ChoosePerson, NobodyFound, NotAWord

__all__ = ["PICKED_MAX", "Downline", "FindDownline", "pick", "read_who"]

PICKED_MAX = 6


@dataclass(frozen=True, slots=True)
class Downline:
    """A member below the caller: the code, and how the member is called and shown."""

    code: str
    title: str
    short: str


@dataclass(frozen=True, slots=True)
class FindDownline(Lookup[Downline | None]):
    """The member with this code below the caller; None for any other."""

    code: str


def pick(args: str, purpose: Literal["number", "message"]) -> Flow[Downline | Message]:
    """Returns the member that the text names; where it names none or several, what is said."""
    named = args if search_words(args) else (yield from ask(AskWho(), read_who))
    code = read_code(named)
    found: Downline | None = None if code is None else (yield from find(FindDownline(code)))
    if found is not None:
        return found
    words = search_words(named)
    listed: Listing = yield from find(FindNamed(words, PICKED_MAX + 1, 0))
    query, people = " ".join(words), listed.people
    if not people:
        return NobodyFound(query, listed.looked_at > 0)
    if len(people) == 1 and not listed.looked_at:
        only: Downline | None = yield from find(FindDownline(people[0].code))
        assert only is not None, "a member found in the team can be shown"
        return only
    return ChoosePerson(query, people[:PICKED_MAX], len(people) > PICKED_MAX, purpose)


def read_who(answer: Answer) -> str:
    """Returns what was typed to search for.

    Raises:
        Refusal: with `NotAWord`.
    """
    if not search_words(answer.value):
        raise Refusal(NotAWord())
    return answer.value
