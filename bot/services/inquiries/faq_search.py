"""Finds the question of the FAQ that a text asks, in the company's file and among the office's."""

from dataclasses import dataclass
from functools import lru_cache

from bot.content.heard import spelling
from bot.core.input.typed import shown
from bot.core.understanding.faq_match import FaqIndex, is_clear
from bot.flows.inquiries.faq_messages import (
    FaqAnswer,
    FaqBy,
    FaqFor,
    FaqHeading,
    FaqList,
    FaqPage,
    NoFaq,
)
from bot.store.conversation import sessions
from bot.store.inquiries import faq_entries
from bot.turn.turn import Lookups, Turn

__all__ = ["LOOKUPS", "SAME_MIN", "STRONG_MIN", "FaqFound", "search_faq"]

CHARACTERS_MAX = 500
NEAR_MAX = 2
PER_PAGE = 8
STRONG_MIN = 850
"""From this likeness on a text asks the question, even where a name or a code is expected."""

SAME_MIN = 950
"""From this likeness on it is that question, which goes before all else a member may mean."""


@dataclass(frozen=True, slots=True)
class FaqFound:
    """What the FAQ has for a text.

    Attributes:
        answer: the question that it asks; None if none is clear.
        likeness: how like it is, in thousandths; 0 if none is clear.
        near: other questions that may be meant.
    """

    answer: FaqAnswer | None
    likeness: int
    near: tuple[FaqHeading, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry as its reader sees it."""

    heading: str
    answer: str
    sentences: tuple[str, ...]


def search_faq(turn: Turn, text: str) -> FaqFound:
    """Returns what the FAQ has for a text; nothing for a very long one."""
    if len(text) > CHARACTERS_MAX:
        return FaqFound(None, 0, near=())
    entries = _entries(turn)
    asked = tuple((key, entry.sentences) for key, entry in entries.items())
    matches = _index(asked).matches(text)
    if is_clear(matches):
        first = matches[0]
        answer = _answer(turn, entries[first.key])
        return FaqFound(answer, first.likeness, near=())
    near = tuple(FaqHeading(each.key, entries[each.key].heading) for each in matches[:NEAR_MAX])
    return FaqFound(None, 0, near)


def faq_page(turn: Turn, lookup: FaqPage) -> FaqList | NoFaq:
    """Returns a page of the list; the last page for a number past the end."""
    headings = [FaqHeading(key, entry.heading) for key, entry in _entries(turn).items()]
    if not headings:
        return NoFaq()
    last = (len(headings) - 1) // PER_PAGE + 1
    page = min(lookup.page, last)
    shown_ = tuple(headings[(page - 1) * PER_PAGE : page * PER_PAGE])
    return FaqList(shown_, before=page - 1, after=page + 1 if page < last else 0)


def faq_by(turn: Turn, lookup: FaqBy) -> FaqAnswer | None:
    """Returns the question with this key; None if it is gone."""
    entry = _entries(turn).get(lookup.key)
    return None if entry is None else _answer(turn, entry)


def faq_for(turn: Turn, lookup: FaqFor) -> FaqAnswer | None:
    """Returns the question that the text asks."""
    return search_faq(turn, lookup.text).answer


def _answer(turn: Turn, entry: _Entry) -> FaqAnswer:
    waits = sessions.load(turn.conn, turn.incoming.chat_id) is not None
    return FaqAnswer(entry.heading, entry.answer, turn.caller.me is not None, waits)


def _entries(turn: Turn) -> dict[str, _Entry]:
    """Returns all entries by their keys: those of the file, then the office's own."""
    language = turn.reader.language
    found = {
        each.slug: _Entry(_begun(each.heading(language)), each.answer(language), each.sentences)
        for each in turn.company.faq
    }
    for own in faq_entries.current_entries(turn.conn):
        found[str(own.id)] = _Entry(_begun(shown(own.asked)), own.answer, (own.asked,))
    return found


def _begun(heading: str) -> str:
    """Returns a heading with a capital, as people do not type it."""
    return heading[:1].upper() + heading[1:]


@lru_cache(maxsize=4)
def _index(asked: tuple[tuple[str, tuple[str, ...]], ...]) -> FaqIndex:
    return FaqIndex(dict(asked), spelling())


LOOKUPS: Lookups = {FaqPage: faq_page, FaqBy: faq_by, FaqFor: faq_for}
