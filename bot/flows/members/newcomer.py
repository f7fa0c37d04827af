"""The steps common to joining and claiming: the form of address, and the cards to read."""

from datetime import datetime
from typing import Final

from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.flows.caller import Caller
from bot.flows.members.register_messages import (
    AddressAs,
    AskTitle,
    CardRenewed,
    Consent,
    NotReadYet,
    ReadCard,
    TitleUnclear,
)

__all__ = ["ask_title", "read_cards"]

TITLES: Final = {
    "bapak": "Bapak",
    "pak": "Bapak",
    "bpk": "Bapak",
    "ibu": "Ibu",
    "bu": "Ibu",
    "kak": "Kak",
    "kakak": "Kak",
}


def ask_title() -> Flow[str]:
    """Ask for Bapak, Ibu or Kak, and use it from the next message on."""
    title: str = yield from ask(AskTitle(), _title)
    yield from find(AddressAs(title))
    return title


def read_cards(caller: Caller, *, joining: bool) -> Flow[tuple[Consent, ...]]:
    """Show the cards one after the other; a button on each confirms that it was read."""
    consents: list[Consent] = []
    cards = caller.company.cards
    for number, card in enumerate(cards, start=1):
        card_key = f"{card.slug}.{card.version}"

        def read(answer: Answer, card_key: str = card_key) -> datetime:
            if answer.kind != "tap":
                raise Refusal(NotReadYet())
            if answer.value != card_key:
                raise Refusal(CardRenewed())
            return answer.at

        shown = ReadCard(
            slug=card.slug,
            version=card.version,
            number=number,
            total=len(cards),
            heading=card.title(caller.language),
            body=card.body(caller.language),
            joining=joining,
        )
        at: datetime = yield from ask(shown, read)
        consents.append(Consent(card.slug, card.version, at))
    return tuple(consents)


def _title(answer: Answer) -> str:
    title = TITLES.get(answer.value.casefold().strip(" .!"))
    if title is None or answer.kind not in {"tap", "text"}:
        raise Refusal(TitleUnclear())
    return title
