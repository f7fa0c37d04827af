"""The registry of all that reads people's text: what can be called with a text is added by itself.

A reader that needs more than the text is in `WITH_MORE`. One in neither has to be reached by
those that are, or is excused in `EXCUSED` with the reason.
"""

import gc
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import _lru_cache_wrapper, partial
from pathlib import Path
from typing import Any, Final

from bot.cli.imports import member_file, price_file, spreadsheet, spreadsheet_dates
from bot.cli.imports.spreadsheet_dates import DayOrder
from bot.company import load_company, toml_faults, value_readers
from bot.company.model import ASKED
from bot.company.plan_file import entries, kind_names, product_first
from bot.company.value_readers import HOUR, BadValueError, Text
from bot.content import broadcasts, screens
from bot.content.broadcasts import Addressee
from bot.content.heard import intent_patterns, intents, learned, line_tags, meanings, spelling
from bot.conversation import labels, slash_commands
from bot.conversation.own_words import understanding
from bot.conversation.own_words.matcher import hear
from bot.conversation.registry import FLOWS
from bot.conversation.sent import inquiry_replies
from bot.core.calendar.two_days import TwoDays
from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, Lookup, play
from bot.core.customers.customer_changes import read_change, read_wish
from bot.core.customers.customer_keys import name_key
from bot.core.customers.customer_search import matches
from bot.core.customers.similar_customers import KnownName, similar_customers
from bot.core.customers.vcard_reader import read_vcards
from bot.core.debts.paid_line import read_paid_line, says_more
from bot.core.debts.payers import payers_in
from bot.core.file_faults import FileFault, Said
from bot.core.input import coming_moments, dates, months, typed
from bot.core.members import people
from bot.core.messaging import impostors
from bot.core.payouts.payout_sheet import HEADINGS, read_payout_sheet
from bot.core.payouts.sheet_values import has_month_first, read_paid_on
from bot.core.receipts import search_words, seller_words
from bot.core.returns.condition import read_condition
from bot.core.returns.pieces import SoldPieces
from bot.core.sales import orders, products, quick_entry, several_sales, starter_kits
from bot.core.sales.drafts import Draft
from bot.core.sales.product_names import laid_out, names_of
from bot.core.sheets.sheet_faults import BadCellError, SheetFaultsError
from bot.core.stock import stock_words
from bot.core.understanding.chat_words import words_of
from bot.core.understanding.faq_match import FaqIndex
from bot.core.understanding.line_shape import line_shape_of
from bot.core.understanding.reading_signs import sale_signs
from bot.core.understanding.spelling import Spelling
from bot.flows.bonus import bonus
from bot.flows.broadcasts import broadcast
from bot.flows.caller import Caller, Me
from bot.flows.customers import customer_edit
from bot.flows.members import profile
from bot.flows.months.month_closing_questions import WrongSum
from bot.flows.office import manage
from bot.flows.office.roles import Holder, _read_change
from bot.flows.payouts.paying import _amount_up_to, _day
from bot.flows.products.price_terms import _bonus_up_to, _term
from bot.flows.products.pricing import _day_from
from bot.flows.products.products import GoodsOn
from bot.flows.receipts.approve_questions import (
    AroundPage,
    PickedSales,
    SellerRow,
    SellersFound,
    Waiting,
    WaitingSales,
    WaitingSellers,
)
from bot.flows.returns import came_back, condition_asked
from bot.flows.sales import sell_items
from bot.flows.sales.sale_parts import Buyer, Proof
from bot.flows.sales.sell_lookups import (
    CustomerNamed,
    CustomersLike,
    PhotoWithWords,
    PriceList,
    RecentBuyers,
    Shelf,
)
from bot.flows.typed_sum import the_sum
from bot.services.members import register
from bot.services.office import recovery
from bot.services.profit import last_article
from bot.telegram_api.refusals import QUOTED
from tests.core.sales.catalogue import CATALOGUE
from tests.hostile.discovery import Found, found

__all__ = ["EXCUSED", "Read", "forget", "readers"]

Read = Callable[[str], object]
"""Reads a text; what it refuses in the ordinary way is no error."""


class _NoToml(tomllib.TOMLDecodeError):
    """Says what it is given, whichever Python it is."""

    def __init__(self, words: str) -> None:
        ValueError.__init__(self, words)


def _last_line(line: str, text: str) -> FileFault:
    """Returns the fault of a file that ends with a line which stood there before."""
    file = f"{text}\n{line}"
    words = f"Cannot overwrite a value (at line {len(file.split(chr(10)))}, column 1)"
    return toml_faults.fault_of_syntax("plan.toml", file, _NoToml(words))


TODAY: Final = date(2026, 11, 12)
NOW: Final = datetime(2026, 11, 12, 2, 0, tzinfo=UTC)
COMPANY: Final = load_company(Path(__file__).parents[2] / "company.sample.toml")
SHELF: Final = Shelf(CATALOGUE, (1, 2), line_tags())
CALLED: Final = names_of(CATALOGUE)
MANY: Final = names_of(
    [replace(each, name=f"{each.name} {size}") for size in range(100, 130) for each in CATALOGUE]
)
"""A list of which not every name is compared."""
BOUGHT: Final = [
    SoldPieces(each.id, each.id, each.name, 3, 90_000, 20_000, 3, 15_000) for each in CATALOGUE
]
MEMBER: Final = Caller(
    user_id=5_001,
    language="id",
    me=Me(1, "7K3M9QX2", "Sari Dewi", "Ibu", "Asia/Jakarta"),
    roles=frozenset({"trainer", "admin"}),
    at=NOW,
    today=TODAY,
    began=TwoDays(TODAY, TODAY),
    period="2026-11",
    company=COMPANY,
)
KNOWN: Final = (Buyer(1, "Bu Ani"), Buyer(2, "Pak Nur"))
ADDRESSEE: Final = Addressee("Sari", "Ibu", "Sulawesi Selatan", "7K3M9QX2")


class _LookUp(Exception):  # noqa: N818 - the end of what can be tried without books
    """A flow asks for what only the database knows."""


def _looked_up(lookup: Lookup[Any]) -> object:
    match lookup:
        case PriceList():
            return SHELF
        case GoodsOn():
            return CATALOGUE
        case RecentBuyers():
            return KNOWN
        case CustomersLike():
            return KNOWN[:1]
        case PhotoWithWords():
            return Proof()
        case CustomerNamed(name):
            return Buyer(None, name)
        case WaitingSales():
            return Waiting(AroundPage(1, 1, None, 0, "", 0), (), PickedSales((), 0, ()))
        case WaitingSellers():
            return SellersFound((SellerRow(1, "Sari D.", "7K3M9QX2", 1, 50_000),), 0, 1)
        case _:
            raise _LookUp


def _started(start: Callable[[Caller, str], Flow[Any]], text: str) -> None:
    """Starts a flow with the text behind its command."""
    try:
        play(lambda: start(MEMBER, text), _looked_up)
    except _LookUp:
        return


def _answered(command: str, args: str, text: str) -> None:
    """Answers the first question of a flow with the text."""
    spec = next(each for each in FLOWS if each.commands[0] == command)
    try:
        play(
            lambda: spec.start(MEMBER, args),
            _looked_up,
            answer=lambda _: Answer("text", text, NOW),
        )
    except _LookUp:
        return


def _broadcast(text: str) -> None:
    """What becomes of the text of a broadcast: read, and where it is good, worded."""
    clean = typed.clean_text(text, broadcasts.SOURCE_CHARACTERS_MAX)
    if broadcasts.examine(clean, caption=False) is None:
        broadcasts.render_for(clean, ADDRESSEE)


def _named(text: str) -> None:
    """Reads a heading of a price list."""
    spreadsheet._named(1, [text], [], price_file.PRICE_COLUMNS)


def _pages() -> Iterator[tuple[str, Callable[[Caller, str], Flow[Any]]]]:
    """The pages behind commands, by the words that lead to them."""
    for command, pages in (
        ("kelola", manage.PAGES),
        ("profil", profile.CHANGES),
        ("siaran", broadcast.PAGES),
    ):
        for word, page in pages.items():
            yield f"{command} {word}", page


OPENINGS: Final = (
    *(("profil", part) for part in ("nama", "sapaan", "hp", "daerah", "jam")),
    *(("kelola", page) for page in ("mitra", "peran")),
    *(("jual", ""), ("jual", "sabun"), ("jual", "2 sabun"), ("jual", "2 sabun bu ani")),
    *(("jual", "2 sabun @5rb"), ("jual", "2 sabun 70rb"), ("jual", "2 sabon")),
    ("jual", "2 sabun pakai sendiri"),
    ("setujui", "penjual"),
    *((spec.commands[0], "") for spec in FLOWS),
)
"""Flows whose first question is answered, with the text behind the command."""

WITH_MORE: Final[Mapping[str, Read]] = {
    "bot.core.customers.customer_changes.read_change": lambda text: read_change(text, TODAY),
    "bot.core.customers.customer_changes.read_change, a birthday": (
        lambda text: read_change(f"ultah {text}", TODAY)
    ),
    "bot.core.customers.customer_changes.read_wish": lambda text: read_wish(text, TODAY),
    "bot.core.customers.customer_search.matches": (
        lambda text: matches(name_key(text), name_key(f"bu ani {text}"))
    ),
    "bot.core.customers.vcard_reader._cards": lambda text: read_vcards(
        f"BEGIN:VCARD\n{text}\nEND:VCARD".encode("utf-8", "replace")
    ),
    "bot.core.customers.vcard_reader._read": lambda text: read_vcards(
        f"BEGIN:VCARD\nN:{text}\nFN:{text}\nTEL:{text}\nEND:VCARD".encode("utf-8", "replace")
    ),
    "bot.core.customers.vcard_reader._unpacked": lambda text: read_vcards(
        f"BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:{text}\nEND:VCARD".encode("utf-8", "replace")
    ),
    "bot.flows.customers.customer_edit._change": (
        lambda text: customer_edit._change(MEMBER, Answer("text", text, NOW))
    ),
    "bot.flows.customers.customer_edit._wish": (
        lambda text: customer_edit._wish(MEMBER, Answer("text", text, NOW))
    ),
    "bot.core.customers.similar_customers.similar_customers": lambda text: similar_customers(
        text, [KnownName(1, "Bu Ani", "bu ani"), KnownName(2, text, name_key(f"{text} x"))]
    ),
    "bot.core.debts.paid_line.says_more": lambda text: says_more(
        read_paid_line(text, TODAY), text
    ),
    "bot.core.debts.payers.payers_in": lambda text: payers_in(
        text, [KnownName(1, "Bu Ani", "bu ani"), KnownName(2, text, name_key(f"{text} x"))], {1}
    ),
    "bot.core.input.coming_moments.read_moment": lambda text: coming_moments.read_moment(
        text, NOW, "Asia/Makassar", 60
    ),
    "bot.core.input.dates.read_day": lambda text: dates.read_day(text, TODAY, 7),
    "bot.core.input.dates.some_day": lambda text: dates.some_day(text, TODAY),
    "bot.core.input.months.some_month": lambda text: months.some_month(text, "2026-11"),
    "bot.core.members.people.birth_year": lambda text: people.birth_year(text, 2026, 18),
    "bot.core.sales.products.find_products": lambda text: products.find_products(text, CATALOGUE),
    "bot.core.sales.products.find_named": lambda text: products.find_named(text, CALLED),
    "bot.core.sales.close_names._alike": lambda text: products.find_named(text, MANY),
    "bot.core.sales.several_sales.sales_in": lambda text: several_sales.sales_in(
        text, partial(quick_entry.read_line, catalogue=CATALOGUE, today=TODAY, is_begun=True)
    ),
    "bot.core.sales.quick_entry.read_line": lambda text: quick_entry.read_line(
        text, CATALOGUE, TODAY, tags=line_tags()
    ),
    "bot.core.receipts.search_words.read_search": (
        lambda text: search_words.read_search(text, TODAY)
    ),
    "bot.core.receipts.search_words.asks_for_sales": (
        lambda text: search_words.asks_for_sales(text, TODAY)
    ),
    "bot.core.receipts.seller_words.is_named": (
        lambda text: seller_words.is_named("Siti Aminah", "7K3M9QX2", text)
    ),
    "bot.core.returns.condition.read_condition": lambda text: read_condition(text, 3),
    "bot.flows.returns.condition_asked._number": lambda text: condition_asked._number(text, 3),
    "bot.core.sales.orders.read_order": lambda text: orders.read_order(text, CATALOGUE, TODAY),
    "bot.conversation.own_words.understanding._of_goods": (
        lambda text: understanding._of_goods(text, CALLED)
    ),
    "bot.core.understanding.chat_words.words_of": lambda text: words_of(
        text, spelling(), CALLED, frozenset()
    ),
    "bot.core.understanding.faq_match.FaqIndex, its matches": (
        FaqIndex({entry.slug: entry.sentences for entry in COMPANY.faq}, spelling()).matches
    ),
    "bot.core.understanding.faq_match, an entry of the text": lambda text: FaqIndex(
        {"own": (text,)}, spelling()
    ).matches(text),
    "bot.conversation.sent.inquiry_replies, a number in front": inquiry_replies.NAMED.match,
    "bot.core.understanding.line_shape.line_shape_of": lambda text: line_shape_of(
        text, Draft((), text, own_use=False, day=None), CALLED, spelling().is_known
    ),
    "bot.core.understanding.reading_signs._of_buyer": lambda text: sale_signs(
        "", Draft((), text, own_use=False, day=None), 0, spelling().is_known
    ),
    "bot.conversation.own_words.matcher.hear": lambda text: hear(text, CALLED, frozenset(), None),
    "bot.core.stock.stock_words.read_stock": lambda text: stock_words.read_stock(
        text, CATALOGUE, TODAY
    ),
    "bot.core.stock.stock_words.tells_of_stock": lambda text: stock_words.tells_of_stock(
        f"stok {text}", CATALOGUE, TODAY
    ),
    "bot.core.sales.starter_kits.is_starter_kit": starter_kits.is_starter_kit,
    "bot.core.input.typed.clean_text": lambda text: typed.clean_text(text, 4_096),
    "bot.core.messaging.impostors.poses_as_office, a name": (
        lambda text: impostors.poses_as_office(text, "PT Jual Dulu Nusantara")
    ),
    "bot.conversation.slash_commands.read_command": lambda text: slash_commands.read_command(
        text, "dulu_bot"
    ),
    "bot.conversation.slash_commands.is_for_another_bot": (
        lambda text: slash_commands.is_for_another_bot(text, "dulu_bot")
    ),
    "bot.flows.bonus.bonus.bonus_in_words": lambda text: bonus.bonus_in_words(text, "2026-11"),
    "bot.flows.bonus.bonus.bonus_in_words, a month": (
        lambda text: bonus.bonus_in_words(f"bonus {text}", "2026-11")
    ),
    "bot.flows.products.pricing._day_from.<locals>.read": (
        lambda text: _day_from(TODAY, TODAY)(Answer("text", text, NOW))
    ),
    "bot.flows.products.price_terms._bonus_up_to.<locals>.read": (
        lambda text: _bonus_up_to(50_000)(Answer("text", text, NOW))
    ),
    "bot.flows.products.price_terms._term": (
        lambda text: _term(Answer("text", text, NOW), ("retail", "member", "points", "bonus"))
    ),
    "bot.flows.office.roles._read_change": (
        lambda text: _read_change(
            Answer("text", text, NOW), Holder(1, "Budi", "", trainer=False, admin=False)
        )
    ),
    "bot.flows.typed_sum.the_sum.<locals>.read": (
        lambda text: the_sum(37_500, WrongSum())(Answer("text", text, NOW))
    ),
    "bot.flows.returns.came_back._read": lambda text: came_back._read(
        Answer("text", text, NOW), BOUGHT, CATALOGUE, TODAY, ()
    ),
    "bot.flows.sales.sell_items.draft_of": (
        lambda text: sell_items.draft_of(text, SHELF, TwoDays(TODAY, TODAY))
    ),
    "bot.content.broadcasts.examine": _broadcast,
    "bot.content.broadcasts.excerpt": lambda text: broadcasts.excerpt(text, 200),
    "bot.company.plan_file.product_first.refused_key": product_first.refused_key,
    "bot.company.value_readers.Text.read": Text(HOUR.pattern, Said("hour")).read,
    "bot.company.value_readers.Texts.read": lambda text: ASKED.read([text]),
    "bot.conversation.labels.same_label": lambda text: labels.same_label("🧼 Sabun Sereh", text),
    "bot.services.members.register._is_root": lambda text: register._is_root(text, "PUSAT"),
    "bot.cli.imports.member_file._sponsor": lambda text: member_file._sponsor(text, "PUSAT"),
    "bot.cli.imports.member_file._rank": lambda text: member_file._rank(text, {"gold": "gold"}),
    "bot.cli.imports.member_file._figure_up_to.<locals>.read": member_file._figure_up_to(10**12),
    "bot.cli.imports.member_file._joined": lambda text: member_file._joined(
        text, DayOrder(), TODAY
    ),
    "bot.cli.imports.spreadsheet_dates.read_sheet_day": lambda text: (
        spreadsheet_dates.read_sheet_day(text, DayOrder())
    ),
    "bot.cli.imports.spreadsheet_dates.find_order": lambda text: spreadsheet_dates.find_order(
        [(1, text)]
    ),
    "bot.cli.imports.price_file, a name": price_file.PARSERS["name"],
    "bot.cli.imports.spreadsheet._named, a heading": _named,
    "bot.company.value_readers._hour": value_readers._hour,
    "bot.company.toml_faults.fault_of_syntax": (
        lambda text: toml_faults.fault_of_syntax("plan.toml", text, _NoToml(text))
    ),
    "bot.company.toml_faults._header_twice": partial(_last_line, "[a]"),
    "bot.company.toml_faults._key_twice": partial(_last_line, "a = 1"),
    "bot.company.plan_file.kind_names.known_as": kind_names.known_as,
    "bot.company.plan_file.entries._meant": entries._meant,
    "bot.content.screens.read_buttons": screens.BUTTON.findall,
    "bot.telegram_api.refusals, what Telegram quotes": lambda text: QUOTED.sub("…", text),
    "bot.services.office.recovery._receipt": recovery.RECEIPT.search,
    "bot.services.profit.last_article.last_article": last_article.ON_CARD.fullmatch,
    "bot.core.payouts.sheet_values.read_paid_on": lambda text: read_paid_on(text, TODAY),
    "bot.core.payouts.sheet_values.has_month_first, a column": lambda text: has_month_first(
        [text]
    ),
    "bot.core.payouts.payout_sheet.read_payout_sheet, a table": lambda text: read_payout_sheet(
        [[text, *HEADINGS["id"]], ["", "1", text, text, text, text, text]], TODAY
    ),
    "bot.core.payouts.payout_sheet, a filled row": lambda text: read_payout_sheet(
        [[*HEADINGS["id"]], ["1", "7K3M9QX2", text, "1", "2026-11-01", text]], TODAY
    ),
    "bot.flows.payouts.paying, an amount": (
        lambda text: _amount_up_to(10**9)(Answer("text", text, NOW))
    ),
    "bot.flows.payouts.paying, a day": (
        lambda text: _day("Asia/Jakarta", TODAY)(Answer("text", text, NOW))
    ),
    **{f"/{spec.commands[0]} …": partial(_started, spec.start) for spec in FLOWS},
    **{f"/{name} …": partial(_started, page) for name, page in _pages()},
    **{
        f"the answer to /{command} {args}".strip(): partial(_answered, command, args)
        for command, args in OPENINGS
    },
}
"""Readers that need more than the text, each with what they need."""

EXCUSED: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (
            *("bot.turn.raw_updates.private_chat", "bot.turn.raw_updates.kind_of_update"),
            "bot.conversation.sent.whole_albums._part",
        ),
        "takes an update as Telegram writes it, and of what was said in it not a word",
    ),
    **dict.fromkeys(
        ("bot.company.plan_file.versions.plan_of", "bot.company.plan_file.versions._unreadable"),
        "takes a plan file of the operator, whose size and depth `bot/system/files.py` limits",
    ),
    **dict.fromkeys(
        (
            "bot.flows.customers.contact_file._question",
            "bot.services.customers.customer_cards._with_number",
            "bot.conversation.sent.texts._asks_for_customer",
        ),
        "takes what readers measured here have read, and reads nothing else of it",
    ),
    "bot.content.broadcasts._compiled": "takes only what `examine` has passed",
    **dict.fromkeys(
        (
            "bot.flows.broadcasts.draft.claims_allowed",
            *("bot.flows.broadcasts.draft._ask_file", "bot.flows.members.member_cards._standing"),
            *("bot.conversation.sent.texts._answered", "bot.conversation.sent.texts.control"),
            "bot.conversation.sent.texts._beside_the_queue",
            *("bot.conversation.sent.texts.is_control", "bot.conversation.sent.photos._answer"),
            *(
                "bot.conversation.starting.start_flow",
                "bot.conversation.sent.texts._route_plain_words",
                "bot.conversation.sent.texts.begins_a_sale",
                "bot.conversation.sent.quotes.answer_about_quoted",
                "bot.conversation.sent.quotes._answer",
                "bot.conversation.sent.quotes._is_about_another_thing",
                "bot.conversation.own_words.answering.answer_plain_words",
                "bot.conversation.own_words.office_words.office_line",
                "bot.conversation.own_words.office_words._names_goods",
                "bot.conversation.own_words.office_words._page",
                "bot.conversation.own_words.office_words._searched",
                "bot.conversation.sent.questions_asked.answered_from_faq",
                "bot.conversation.sent.questions_asked.asked_the_office",
                "bot.conversation.sent.questions_asked.asked_while_joining",
                "bot.conversation.sent.questions_asked.asks_clearly",
                "bot.conversation.sent.questions_asked.put_joining_off",
                "bot.conversation.sent.inquiry_replies.answer_quoted_inquiry",
                "bot.conversation.sent.texts._answered_in_words",
                "bot.conversation.sent.texts._is_about_stock",
                "bot.conversation.sent.texts._asked",
                "bot.conversation.sent.relay_replies.answer_quoted_message",
                "bot.services.team.relaying._accept",
                "bot.services.team.relaying.answer_relayed",
                "bot.services.inquiries.answering_inquiries.answer_inquiry",
                "bot.services.inquiries.asking_office.keep_for_office",
                "bot.services.inquiries.asking_office.offer_to_office",
                "bot.services.inquiries.faq_search.search_faq",
                "bot.conversation.own_words.answering.asked_aside",
                "bot.conversation.own_words.understanding.meant_by",
                "bot.conversation.own_words.understanding.heard_in",
                "bot.conversation.own_words.understanding._parts_of",
                "bot.conversation.own_words.understanding._team_names",
                "bot.conversation.own_words.understanding.words_in",
                "bot.conversation.own_words.answering.tells_another_sale",
                "bot.conversation.own_words.answering._sale_in",
                "bot.conversation.engine.start",
                "bot.conversation.engine._fresh",
                "bot.conversation.asking.several",
                "bot.conversation.asking.recordable",
            ),
            *("bot.conversation.engine.decide", "bot.conversation.engine.decide_in_words"),
            *("bot.conversation.labels.menu_command", "bot.services.members.register._sponsor"),
            *(
                "bot.services.members.register._code_given_before",
                "bot.services.sales.told_sales.tells_a_sale",
                "bot.services.sales.told_sales.tells_several_sales",
                "bot.services.sales.told_sales.told_sale",
                "bot.conversation.own_words.understanding._sale_line",
                "bot.services.receipts.find_sale._sellers",
                "bot.flows.sales.sell_rewritten.rewritten",
                "bot.services.returns.check_returns._reject",
                "bot.services.returns.give_back._buyers",
                "bot.services.returns.telling.count_and_tell",
            ),
        ),
        "hands the text on to what is measured, or looks whether it is a word; needs the books,"
        " and is gone through by the messages of `test_as_messages`",
    ),
    **dict.fromkeys(
        (
            *(
                "bot.flows.sales.sell_items._tapped",
                "bot.flows.members.member_cards.member_by_code",
            ),
            *("bot.flows.office.given_ranks._month", "bot.flows.office.given_ranks._tapped"),
        ),
        "takes what stands on a button of ours",
    ),
    **dict.fromkeys(
        (
            *(
                "bot.core.conversation.messages.Message.name",
                "bot.core.members.provinces._province",
                "bot.content.catalogue.Content.source",
            ),
            *(
                "bot.core.sales.product_names._by_consonants",
                "bot.core.understanding.spelling.Spelling.__init__",
            ),
            *("bot.core.sales.product_names.laid_out", "bot.services.bonus.ranks._both"),
            *("bot.services.members.register._welcome", "bot.content.tips._rule"),
            *("bot.cli.demo.cast._stranger", "bot.cli.demo.life._sale", "bot.cli.demo.life._say"),
            *("bot.cli.faults.listed", "bot.services.payouts.payout_files._ask"),
            *("bot.cli.imports.reports.refusal", "bot.content.sheet_words._fact"),
            *("bot.services.sales.decision.decide", "bot.services.receipts.approve.settle_sale"),
            "bot.services.payouts.paying._notify_admins",
            "bot.services.inquiries.answering_inquiries._deliver",
            *("bot.services.months.month_closing._ask_others",),
            *(
                "bot.services.months.month_closing._carry_out",
                "bot.services.months.month_closing._refuse",
                "bot.services.months.month_closing._wait_for_another",
            ),
        ),
        "takes words of the code, or what was read and written down before",
    ),
    **dict.fromkeys(
        (
            *("bot.company.plan_file.entries.slug", "bot.company.plan_file.ranks._legs"),
            "bot.company.plan_file.versions._versions",
            "bot.core.understanding.faq_match._weight",
            *("bot.cli.period.read_period", "bot.cli.months.close.refusal"),
            *("bot.cli.months.close._close", "bot.cli.months.give_rank.give_rank"),
        ),
        "takes an argument of the command line, or a value of the company's own file",
    ),
}
"""What reads no text of people, or only what one of the above has read, and why that is so."""


def readers() -> dict[str, Read]:
    """Returns every reader that can be called with a text, by its name."""
    learned()
    alone = {each.path: _called(each) for each in found() if each.alone}
    taken = {name: read for name, read in alone.items() if name not in EXCUSED}
    return {name: _accepting(read) for name, read in sorted({**taken, **WITH_MORE}.items())}


def _called(each: Found) -> Read:
    function = each.function()
    if each.answer:
        return lambda text: function(Answer("text", text, NOW))
    return lambda text: function(**{each.parameter: text})


def _accepting(read: Read) -> Read:
    """The same; a refusal counts as an answer, and what comes piece by piece is taken whole."""

    def whole(text: str) -> object:
        try:
            found = read(text)
            return list(found) if isinstance(found, Iterator) else found
        except (Refusal, BadCellError, BadValueError, SheetFaultsError, ValueError) as refusal:
            if isinstance(refusal, UnicodeError):
                raise
            return refusal

    return whole


def forget() -> None:
    """Empties what the bot's functions remember of texts.

    Names, spellings of single words and what was learned stay.
    """
    for each in _memories():
        each.cache_clear()


def _memories() -> "list[_lru_cache_wrapper[Any]]":
    global _known  # noqa: PLW0603 - looked for once
    if not _known:
        gc.unfreeze()  # what is frozen is not listed
        _known = [
            each
            for each in gc.get_objects()
            if isinstance(each, _lru_cache_wrapper)
            and str(getattr(each, "__module__", "")).startswith("bot.")
            and each
            not in {laid_out, learned, line_tags, intents, intent_patterns, spelling, meanings}
            and each.__name__ != Spelling._found.__name__
        ]
        assert _known, "the bot remembers texts in many places"
        gc.freeze()
    return _known


_known: "list[_lru_cache_wrapper[Any]]" = []
