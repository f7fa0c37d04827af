"""What a text asks for that is no command, no key and no answer: the command line that it means.

A guess only opens what a command opens too; whatever acts asks first, as after the command.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.content.heard import intents, spelling
from bot.conversation.own_words.matcher import OTHER, Guess, Matcher
from bot.conversation.registry import FLOWS
from bot.core.input.dates import month_number
from bot.core.members.people import name_words
from bot.core.sales.products import ProductNames, is_like_goods, names_of
from bot.core.understanding.chat_words import typed_words, words_of
from bot.flows.spec import FlowSpec
from bot.store.products import products
from bot.store.team import search
from bot.turn.access import may
from bot.turn.turn import Turn

__all__ = [
    "NO_SALE_MIN",
    "SALE",
    "Meant",
    "is_no_sale",
    "is_sure",
    "learn_beforehand",
    "matcher",
    "understood",
]

SURE_MIN = 0.25
SURE_TIMES = 1.5
"""A guess is followed without a question if it is this likely, and so much more than the next."""

NEAR_MIN = 0.12
"""A guess at least this likely is offered."""

OFFERED_MAX = 3
NO_SALE_MIN = 0.6
"""From here on a text that reads like a sale is taken for what it is guessed to be."""

CHARACTERS_MAX = 500
NAMES_SOUGHT_MAX = 4
LEFT = frozenset({OTHER, "sale"})
"""Small talk, and sales that the sale reader could not read: the bot asks for other words."""

SALE = frozenset({"sale", "sell"})
LEADS = {intent: (spec, template) for spec in FLOWS for intent, template in spec.heard}


@dataclass(frozen=True, slots=True)
class Meant:
    """A flow that a text may mean, and what comes after its command."""

    intent: str
    spec: FlowSpec
    args: str
    chance: float

    @property
    def line(self) -> str:
        """The command line, without its slash."""
        return f"{self.spec.commands[0]} {self.args}".strip()


def understood(turn: Turn, text: str) -> tuple[Meant, ...]:
    """Returns what the text means: one flow if that is clear, else the few that it may mean.

    Only flows that the caller may use are among them; nothing is returned for small talk.
    """
    if not text.strip() or len(text) > CHARACTERS_MAX:
        return ()
    called = names_of(tuple(products.catalogue(turn.conn)))
    members = _team_names(turn, text)
    words = words_of(text, spelling(), called, members)
    if not matcher().knows(words):
        return ()
    guesses = [guess for guess in matcher().guesses(words) if guess.chance >= NEAR_MIN]
    if guesses and guesses[0].intent in LEFT:
        return ()
    kept = guesses[: 1 if is_sure(guesses) else OFFERED_MAX]
    meant = (_meant(turn, guess, text, called, members) for guess in kept)
    return tuple(each for each in meant if each is not None)


def is_sure(guesses: Sequence[Guess]) -> bool:
    """Returns whether the first of the guesses is likely, and the second is not."""
    if not guesses or guesses[0].chance < SURE_MIN:
        return False
    return len(guesses) == 1 or guesses[0].chance >= SURE_TIMES * guesses[1].chance


def is_no_sale(turn: Turn, text: str) -> bool:
    """Returns whether a text that reads like a sale is clearly about something else."""
    called = names_of(tuple(products.catalogue(turn.conn)))
    first = matcher().guesses(words_of(text, spelling(), called, frozenset()))[0]
    return first.intent not in SALE and first.chance >= NO_SALE_MIN


async def learn_beforehand() -> None:
    """Let the matcher learn beside other work, so that no message waits for it."""
    await asyncio.to_thread(matcher)


@lru_cache(maxsize=1)
def matcher() -> Matcher:
    """Returns the matcher of all intents, which learns its weights once for each process."""
    nothing = names_of(())
    return Matcher(intents(), lambda text: words_of(text, spelling(), nothing, frozenset()))


def _meant(
    turn: Turn, guess: Guess, text: str, called: ProductNames, members: frozenset[str]
) -> Meant | None:
    lead = LEADS.get(guess.intent)
    if lead is None or not may(turn.caller, lead[0]):
        return None
    spec, template = lead
    typed = typed_words(text)
    args = template.format(
        goods=_goods(typed, called),
        member=" ".join(word for word in typed if word in members),
        receipt=_receipt(typed),
        month=_month(typed),
    )
    return Meant(guess.intent, spec, args, guess.chance)


def _goods(typed: Sequence[str], called: ProductNames) -> str:
    return " ".join(
        word
        for word in typed
        if word in called.places or (len(word) > 3 and is_like_goods(word, called))  # noqa: PLR2004
    )


def _receipt(typed: Sequence[str]) -> str:
    numbers = [word.lstrip("#s- ") for word in typed if word[-4:].isdigit()]
    return f"S-{numbers[0]}" if numbers and len(numbers[0]) == 4 else ""  # noqa: PLR2004


def _month(typed: Sequence[str]) -> str:
    named = [word for word in typed if month_number(word) is not None]
    if named:
        return named[0]
    plain = [spelling().canonical(word) for word in typed]
    last = any(
        first == "bulan" and second in {"kemarin", "lalu", "last"}
        for first, second in pairwise(plain)
    )
    return "bulan lalu" if last or "last month" in " ".join(typed) else ""


def _team_names(turn: Turn, text: str) -> frozenset[str]:
    """Returns the words of the text that are names in the caller's team."""
    me = turn.caller.me
    if me is None:
        return frozenset()
    unknown = [
        word
        for word in dict.fromkeys(typed_words(text))
        if word.isalpha() and len(word) > 2 and not spelling().is_known(word)  # noqa: PLR2004
    ]
    return frozenset(
        word
        for word in unknown[:NAMES_SOUGHT_MAX]
        if search.named(turn.conn, me.id, name_words(word), rows=1, skip=0).ids
    )
