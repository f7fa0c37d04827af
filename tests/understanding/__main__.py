"""Prints how well the bot understands the labelled sentences; `make understanding` runs it.

Exact means: the same intent as the label, and for a sale every field as the label has it. A card
for what is no sale is counted apart, since it is the one mistake that may become a record.
"""

import sys
from collections import Counter, defaultdict

from bot.content.heard import spelling
from bot.conversation.own_words.matcher import OTHER
from bot.conversation.own_words.understanding import NO_SALE_MIN, SALE, is_sure, matcher
from bot.core.sales.drafts import Draft
from bot.core.sales.products import names_of
from bot.core.understanding.chat_words import words_of
from tests.understanding.labelled import HASH, Entry, entries, hash_of
from tests.understanding.reading import CATALOGUE, is_read_right, read

MEMBERS = frozenset(
    name.casefold()
    for name in (
        *("Erni", "Wahyuni", "Rudi", "Hartono", "Dewi", "Anggraini", "Siti", "Aminah"),
        *("Yohanes", "Lende", "Maria", "Goreti", "Andi", "Baso", "Ujang", "Sutisna"),
    )
)
ASKED = "asked"


def heard(text: str) -> tuple[str, Draft | None]:
    """Returns the intent that the bot acts on, and the sale if it shows a card."""
    names = names_of(CATALOGUE)
    words = words_of(text, spelling(), names, MEMBERS)
    guesses = matcher().guesses(words)
    found = read(text)
    first = guesses[0]
    if found is not None and (first.intent in SALE or first.chance < NO_SALE_MIN):
        return "sale", found if isinstance(found, Draft) else None
    if not matcher().knows(words):
        return OTHER, None
    if first.intent == "sale":
        return OTHER, None
    return (first.intent if is_sure(guesses) else ASKED), None


def is_exact(entry: Entry, intent: str, draft: Draft | None) -> bool:
    """Returns whether this is what the entry means."""
    for meaning, right in zip(entry.meanings, entry.intents, strict=True):
        if intent == right == "sale":
            return draft is not None and is_read_right(meaning, draft)
        if intent == right:
            return True
    return False


def main() -> None:
    """Print the figures of both halves."""
    if hash_of("untouched") != HASH:
        sys.exit("untouched.txt is not the file whose hash is recorded")
    for half in ("tuning", "untouched"):
        right: defaultdict[str, Counter[bool]] = defaultdict(Counter)
        cards = told = 0
        for entry in entries(half):
            intent, draft = heard(entry.text)
            right[entry.intents[0]][is_exact(entry, intent, draft)] += 1
            cards += intent == "sale" and "sale" not in entry.intents
            told += (intent == "sale") == ("sale" in entry.intents)
        every = sum(right.values(), Counter())
        print(f"{half}: {every[True]} of {every.total()} exact, {_share(every)}")
        print(f"  sale or no sale: {told} right; cards for what is no sale: {cards}")
        for intent, each in sorted(right.items()):
            print(f"  {intent:16}{each[True]:4} of {each.total():4}  {_share(each)}")


def _share(counts: Counter[bool]) -> str:
    return f"{100 * counts[True] // counts.total()} %"


if __name__ == "__main__":
    main()
