"""What everybody does who becomes a member: choose a form of address, and read the cards."""

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
    """Bapak, Ibu or Kak; spoken so from here on."""
    title: str = yield from ask(AskTitle(), _title)
    yield from find(AddressAs(title))
    return title


def read_cards(caller: Caller, *, joining: bool) -> Flow[tuple[Consent, ...]]:
    """Show the cards one after the other; each has a button that says it was read."""
    consents: list[Consent] = []
    cards = caller.company.cards
    for number, card in enumerate(cards, start=1):
        mark = f"{card.slug}.{card.version}"

        def read(answer: Answer, mark: str = mark) -> datetime:
            if answer.kind != "tap":
                raise Refusal(NotReadYet())
            if answer.value != mark:
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
