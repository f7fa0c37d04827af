"""Picking customers from the address book of a phone, which was sent as a file."""

from dataclasses import dataclass
from typing import Final, Literal

from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.core.customers.customer_search import QUERY_BYTES_MAX
from bot.core.input.typed import one_line
from bot.core.input.yesno import yes_or_no
from bot.core.members.people import short_phone
from bot.flows.answers import button_number, typed
from bot.flows.caller import Caller
from bot.flows.customers.contact_file_messages import (
    AddContacts,
    AskContacts,
    ContactChoice,
    ContactFileGone,
    ContactPage,
    FileContacts,
    NobodyPicked,
    NoContactLike,
    PickedContact,
    PickedEnough,
)
from bot.flows.sales.sale_parts import Buyer
from bot.flows.sales.sell_buyer import buyer_named
from bot.flows.spec import FlowSpec, Outcome

__all__ = ["CONTACTS_PER_PAGE", "SPEC"]

CONTACTS_PER_PAGE: Final = 8
PICKED_MAX: Final = 20
"""More at a time would be a list of strangers; who is kept can be picked from again."""
TEXT_CHARACTERS_MAX: Final = 256
SAVE_WORDS: Final = frozenset({"simpan", "save", "selesai", "done"})


@dataclass(frozen=True, slots=True)
class _Choice:
    """What an answer to a page does."""

    does: Literal["save", "page", "pick", "search"]
    number: int = 0
    words: str = ""


def pick_contacts(_caller: Caller, args: str) -> Flow[Outcome]:
    """Pick customers from a contact file (.vcf) that was sent to the bot."""
    job = button_number(args.strip())
    picked: dict[int, PickedContact] = {}
    query, page = "", 1
    shown = yield from find(FileContacts(job, query, 0))
    while True:
        if shown is None:
            return ContactFileGone()
        answer = yield from ask(_question(shown, picked, query, page), _choice)
        match answer.does:
            case "save":
                if picked:
                    return (yield from _kept(job, picked))
                raise Refusal(NobodyPicked(), AskContacts)
            case "page":
                page = max(answer.number, 1)
                shown = yield from find(FileContacts(job, query, (page - 1) * CONTACTS_PER_PAGE))
            case "pick":
                _pick(picked, shown, answer.number)
            case "search":
                found = yield from find(FileContacts(job, answer.words, 0))
                if found is not None and not found.rows:
                    raise Refusal(NoContactLike(answer.words), AskContacts)
                query, page, shown = answer.words, 1, found


def _pick(picked: dict[int, PickedContact], shown: ContactPage, number: int) -> None:
    """Pick a person of the page, or leave one out again who was picked."""
    if picked.pop(number, None) is not None:
        return
    if len(picked) >= PICKED_MAX:
        raise Refusal(PickedEnough(PICKED_MAX), AskContacts)
    row = next((row for row in shown.rows if row.number == number and not row.known), None)
    if row is not None:
        picked[number] = row


def _question(
    shown: ContactPage, picked: dict[int, PickedContact], query: str, page: int
) -> AskContacts:
    choices = tuple(
        ContactChoice(
            row.number, row.person, short_phone(row.phone), row.known, row.number in picked
        )
        for row in shown.rows
    )
    after = page + 1 if page * CONTACTS_PER_PAGE < shown.total else 0
    return AskContacts(choices, query, shown.total, len(picked), page - 1, after)


def _kept(job: int, picked: dict[int, PickedContact]) -> Flow[Outcome]:
    """Returns the picked persons as customers; asks where a name is close to a known one."""
    buyers: list[tuple[Buyer, str]] = []
    for row in picked.values():
        buyer = yield from buyer_named(row.person)
        buyers.append((buyer, row.phone))
    return AddContacts(job, tuple(buyers))


def _choice(answer: Answer) -> _Choice:
    if answer.kind == "tap":
        number = button_number(answer.value[1:])
        match answer.value[:1]:
            case "h":
                return _Choice("page", number)
            case "p":
                return _Choice("pick", number)
            case _:
                return _Choice("save")
    words = one_line(typed(answer)[:TEXT_CHARACTERS_MAX])
    if words.casefold() in SAVE_WORDS or yes_or_no(words):
        return _Choice("save")
    query = words.encode()[:QUERY_BYTES_MAX].decode(errors="ignore")
    return _Choice("search", words=query)


SPEC = FlowSpec("contact_file", pick_contacts, ("pilihkontak", "pickcontacts"), acts=True)
