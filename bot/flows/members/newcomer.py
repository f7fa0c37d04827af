"""The steps common to joining and claiming: form of address, cards to read, the check."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.core.calendar.hours import zone_label
from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.flows.caller import Caller
from bot.flows.members.details import ask_birth_year, ask_name, ask_phone, ask_province
from bot.flows.members.register_messages import (
    AddressAs,
    AskTitle,
    CardRenewed,
    CheckDetails,
    Consent,
    Details,
    NotReadYet,
    ReadCard,
    TitleUnclear,
)

__all__ = ["ask_title", "change_detail", "check_details", "read_cards"]

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


def check_details(details: Details, sponsor: str) -> CheckDetails:
    """Returns the question whether the details are right; `sponsor` is empty for the company."""
    return CheckDetails(details, zone_label(details.province.zone), sponsor)


def change_detail(caller: Caller, details: Details, part: str) -> Flow[Details]:
    """Ask for one of the details again; any other part changes nothing."""
    match part:
        case "name":
            details = replace(details, name=(yield from ask_name(caller)))
        case "phone":
            details = replace(details, phone=(yield from ask_phone()))
        case "birth_year":
            details = replace(details, birth_year=(yield from ask_birth_year(caller)))
        case "province":
            details = replace(details, province=(yield from ask_province()))
        case "title":
            details = replace(details, title=(yield from ask_title()))
        case _:
            pass
    return details


def _title(answer: Answer) -> str:
    title = TITLES.get(answer.value.casefold().strip(" .!"))
    if title is None or answer.kind not in {"tap", "text"}:
        raise Refusal(TitleUnclear())
    return title
