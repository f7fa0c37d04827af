"""Prints how well the bot understands the labelled sentences; `make understanding` runs it.

Exact means: the same intent as the label, and for a sale every field as the label has it. A card
for what is no sale is counted apart, since it is the one mistake that may become a record.
"""

import sys
from collections import Counter, defaultdict

from bot.conversation.own_words.answering import SALE_VERB
from bot.conversation.own_words.matcher import OTHER, SALE, Heard, hear
from bot.conversation.own_words.understanding import BEGUN_CARD_AHEAD, LEADS, likely, sale_in
from bot.core.sales.drafts import Draft
from bot.core.sales.products import find_several, names_of
from bot.core.sales.quick_entry import StoppedBy
from bot.core.understanding.chat_words import typed_words
from tests.understanding.examples import MEMBERS
from tests.understanding.labelled import HASH, Entry, entries, hash_of
from tests.understanding.reading import CATALOGUE, is_read_right, read

ASKED = "asked"
CALLED = names_of(CATALOGUE)
PRICES = {"price", "price_list"}
NARROWER = {"payment": "owed"}
"""Intents that were one when `untouched.txt` was written; both lead to the same reader."""


def meant(entry: Entry) -> tuple[str, Draft | None]:
    """Returns the intent that the bot acts on, and the sale if it shows a card."""
    text = entry.text
    found = read(text)
    heard = hear(text, CALLED, MEMBERS | entry.people, sale=found)
    if found is not None:
        match sale_in(heard, has_verb=SALE_VERB.match(text) is not None):
            case "card":
                return "sale", found if isinstance(found, Draft) else None
            case "ask":
                return ASKED, None
            case None:
                pass
    first = heard.guesses[0]
    if not heard.is_known or first.label == OTHER:
        return OTHER, None
    if first.label == SALE:
        begun = read(text, is_begun=True, stopped_by=StoppedBy.TAKING_BACK)
        sure = heard.ahead(SALE) >= BEGUN_CARD_AHEAD
        if sure and isinstance(begun, Draft) and begun.items:
            return "sale", begun
        said = read(text, is_begun=True, stopped_by=StoppedBy.NOTHING)
        return (ASKED if isinstance(said, Draft) and said.items else "sell"), None
    return _followed(heard), None


def _followed(heard: Heard) -> str:
    """Returns the intent whose flow is opened; what opens nothing is not offered either."""
    led = [guess.label for guess in likely(heard) if guess.label in LEADS]
    if len({LEADS[label] for label in led}) > 1:
        return ASKED
    return led[0] if led else OTHER


def is_exact(entry: Entry, intent: str, draft: Draft | None) -> bool:
    """Returns whether this is what the entry means."""
    for meaning, right in zip(entry.meanings, entry.intents, strict=True):
        if intent == right == "sale":
            if draft is not None and is_read_right(meaning, draft):
                return True
        elif intent in {right, NARROWER.get(right)} or _open_the_same(intent, right):
            return True
        elif {intent, right} == PRICES and find_several(_goods_in(entry.text), CALLED):
            return True  # both show the prices of the goods that are named
    return False


def _goods_in(text: str) -> str:
    return " ".join(word for word in typed_words(text) if word in CALLED.places)


def _open_the_same(intent: str, other: str) -> bool:
    """Returns whether two intents are one to the bot: "when do I get it", "how do I get it"."""
    return intent in LEADS and LEADS[intent] == LEADS.get(other)


def main() -> None:
    """Print the figures of both halves."""
    if hash_of("untouched") != HASH:
        sys.exit("untouched.txt is not the file whose hash is recorded")
    for half in ("tuning", "untouched"):
        right: defaultdict[str, Counter[bool]] = defaultdict(Counter)
        cards = told = asked = 0
        for entry in entries(half):
            intent, draft = meant(entry)
            right[entry.intents[0]][is_exact(entry, intent, draft)] += 1
            cards += intent == "sale" and "sale" not in entry.intents
            asked += intent == ASKED
            told += (intent == "sale") == ("sale" in entry.intents)
        every = sum(right.values(), Counter())
        print(f"{half}: {every[True]} of {every.total()} exact, {_share(every)}")
        print(
            f"  sale or no sale: {told} right; cards for what is no sale: {cards}; asked: {asked}"
        )
        for intent, each in sorted(right.items()):
            print(f"  {intent:16}{each[True]:4} of {each.total():4}  {_share(each)}")


def _share(counts: Counter[bool]) -> str:
    return f"{100 * counts[True] // counts.total()} %"


if __name__ == "__main__":
    main()
