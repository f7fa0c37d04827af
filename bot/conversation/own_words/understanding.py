"""What a text asks for that is no command, no key and no answer: the command line that it means.

A guess only opens what a command opens too; whatever acts asks first, as after the command.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from bot.content.heard import spelling
from bot.conversation.own_words.matcher import OTHER, SALE, Heard, hear, is_sure
from bot.conversation.registry import FLOWS
from bot.core.input.dates import month_number
from bot.core.learned.weights import Guess
from bot.core.members.people import name_words
from bot.core.sales.line.words.usual_words import worded
from bot.core.sales.products import ProductNames, find_several, is_like_goods, names_of
from bot.core.understanding.chat_words import ChatWords, typed_words, words_of
from bot.flows.sales.sell import IF_A_SALE, SURELY
from bot.flows.spec import FlowSpec
from bot.services.sales.told_sales import told_sale
from bot.store.products import products
from bot.store.team import search
from bot.turn.access import may
from bot.turn.turn import Turn

__all__ = [
    "BEGUN_CARD_AHEAD",
    "LEADS",
    "SMALL_TALK",
    "Meant",
    "heard_in",
    "likely",
    "meant_by",
    "sale_in",
    "words_in",
]

CARD_AHEAD = 1_450
"""So far ahead of all else that it may be, a text that reads like a sale gets its card."""

CARD_AHEAD_ALONE = 600
"""The same for one that says next to nothing else: a titled buyer, and goods with their number."""

CARD_AHEAD_WITH_VERB = 0

BEGUN_CARD_AHEAD = 750
"""The same for a text that names goods, and in which the rules alone see something else."""

ASKED_MIN = -450
"""From this margin on it is asked whether it is one, if nothing else is likelier."""

NEAR = 350
"""A guess at most this far behind the first one is offered beside it."""

SMALL_TALK = frozenset({"greeting", "thanks"})
SMALL_TALK_MIN = -400
"""Below it small talk is only the least unlikely, and its answer would lead nowhere."""
OFFERED_MAX = 3
GOODS_LETTERS_MAX = 40
CHARACTERS_MAX = 500
CARRIED_BYTES_MAX = 48
"""The longest text that goes onto a button together with its command."""

NAMES_SOUGHT_MAX = 4
LEADS = {intent: (spec, template) for spec in FLOWS for intent, template in spec.heard}
"""What each intent opens; some open the same."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A flow that a text may mean, and what comes after its command."""

    intent: str
    spec: FlowSpec
    args: str
    margin: int

    @property
    def line(self) -> str:
        """The command line, without its slash."""
        return f"{self.spec.commands[0]} {self.args}".strip()


def heard_in(turn: Turn, text: str) -> Heard | None:
    """Returns what a text may mean; None if it is empty, or too long for a message to the bot."""
    if not text.strip() or len(text) > CHARACTERS_MAX:
        return None
    called = names_of(products.catalogue(turn.conn))
    sale = told_sale(turn, text) if turn.caller.me is not None else None
    return hear(text, called, _team_names(turn, text), sale)


def words_in(turn: Turn, text: str) -> ChatWords:
    """Returns the words of a text, without guessing what they mean."""
    text = text[:CHARACTERS_MAX]
    called = names_of(products.catalogue(turn.conn))
    return words_of(text, spelling(), called, _team_names(turn, text))


def sale_in(heard: Heard, *, has_verb: bool) -> Literal["card", "ask"] | None:
    """Returns what to do with a text that reads like a sale: show its card, or ask if it is one.

    Args:
        heard: what it may mean.
        has_verb: whether it begins with "jual".
    """
    alone = CARD_AHEAD_ALONE if heard.only_a_sale else CARD_AHEAD
    if heard.ahead(SALE) >= (CARD_AHEAD_WITH_VERB if has_verb else alone):
        return "card"
    near = SALE in {guess.label for guess in heard.guesses[:2]}
    return "ask" if near and heard.margin(SALE) >= ASKED_MIN else None


def meant_by(turn: Turn, text: str, heard: Heard) -> tuple[Meant, ...]:
    """Returns what the text means: one flow if that is clear, else the few that it may mean.

    Only flows that the caller may use are among them; nothing is returned for small talk.
    """
    kept = likely(heard)
    # A button carries few bytes: a long text does not go onto one of several.
    carried = text if len(kept) == 1 or len(text.encode()) <= CARRIED_BYTES_MAX else ""
    parts = _parts_of(turn, text)
    sale = _sale_line(carried, heard, is_one=len(kept) == 1) if parts["goods"] else ""
    meant = [_meant(turn, guess, {**parts, "text": carried, "line": sale}) for guess in kept]
    by_line = {each.line: each for each in reversed(meant) if each is not None}
    return tuple(each for each in meant if each is not None and by_line[each.line] is each)


def likely(heard: Heard) -> list[Guess]:
    """Returns the guesses that a text may mean: one if that is clear, none if it asks for nothing.

    Several may still open the same: then nothing has to be asked.
    """
    first = heard.guesses[0]
    if not heard.is_known or first.label == OTHER:
        return []
    if is_sure(heard) and (first.label not in SMALL_TALK or first.margin >= SMALL_TALK_MIN):
        return [first]
    near = [guess for guess in heard.guesses if first.margin - guess.margin <= NEAR]
    return [guess for guess in near if guess.label not in SMALL_TALK][:OFFERED_MAX]


def _meant(turn: Turn, guess: Guess, parts: Mapping[str, str]) -> Meant | None:
    lead = LEADS.get(guess.label)
    if lead is None or not may(turn.caller, lead[0]):
        return None
    spec, template = lead
    return Meant(guess.label, spec, template.format_map(parts), guess.margin)


def _parts_of(turn: Turn, text: str) -> dict[str, str]:
    """Returns what a text names, as far as a command can take it: goods, a member, a receipt."""
    called = names_of(products.catalogue(turn.conn))
    members = _team_names(turn, text)
    typed = typed_words(text)
    goods = _goods(typed, called)
    return {
        "goods": goods,
        "several": goods if find_several(goods, called) else "",
        "member": " ".join(word for word in typed if word in members),
        "receipt": _receipt(typed),
        "month": _month(typed),
    }


def _sale_line(text: str, heard: Heard, *, is_one: bool) -> str:
    """Returns a text that may be a sale, with how sure that is; nothing for one not carried.

    Of several meanings the seller chooses this one, and is not asked again.
    """
    if not text:
        return ""
    is_asked = is_one and heard.ahead(SALE) < BEGUN_CARD_AHEAD
    return f"{IF_A_SALE if is_asked else SURELY}{text}"


def _goods(typed: Sequence[str], called: ProductNames) -> str:
    """Returns the words for goods, spelled as the price list has them: `soap` as `sabun`."""
    return " ".join(meant for word in typed if (meant := _of_goods(word, called)))


def _of_goods(word: str, called: ProductNames) -> str:
    if word in called.places:
        return word
    if len(word) > GOODS_LETTERS_MAX:
        return ""
    known = [token.text for token in worded(word, called) if token.goods]
    if known:
        return " ".join(known)
    return word if len(word) > 3 and is_like_goods(word, called) else ""  # noqa: PLR2004


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
