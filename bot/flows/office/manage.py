"""The office's panel, and how the first admin gets the role."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, Lookup, find
from bot.flows.caller import Caller
from bot.flows.imports.list_import import import_list
from bot.flows.inquiries.faq_panel import faq_panel, make_entry, put_back_entry, remove_entry
from bot.flows.inquiries.inquiry_cards import close_inquiry, inquiries, release_answer
from bot.flows.members.member_cards import find_member, reveal_phone, suspend, take_back
from bot.flows.members.relink import issue_relink_code
from bot.flows.members.sponsor_choice import choose_sponsor
from bot.flows.mirror.mirror_office import mirror_file
from bot.flows.months.month_closing import (
    agree_to_close,
    confirm_closing,
    count_month,
    refuse_to_close,
    withdraw_closing,
)
from bot.flows.months.reminders import remind_again, remind_no_more
from bot.flows.office.below_zero import below_zero
from bot.flows.office.dead_letter_cards import (
    dead_letter_card,
    dead_letter_list,
    settle_dead_letter,
    try_again,
)
from bot.flows.office.failed_work import ask_month_file
from bot.flows.office.given_ranks import rank_by_hand
from bot.flows.office.lead_cards import leads, open_lead, settle_lead
from bot.flows.office.roles import ask_role
from bot.flows.office.uncertain_cards import (
    leave_uncertain,
    send_again,
    uncertain_card,
    uncertain_list,
)
from bot.flows.office.unclear_list import unclear_list
from bot.flows.payouts.paying import member_payouts, record_payout, reverse_payout
from bot.flows.payouts.payout_files import make_payout_list, record_payout_file
from bot.flows.products.pricing import change_price, withdraw_price
from bot.flows.spec import Action, FlowSpec, HelpPlace, MenuPlace, Outcome
from bot.flows.talk import OnlyForRole, Suspended

__all__ = [
    "MANAGE",
    "BecomeAdmin",
    "Panel",
    "PanelNow",
    "TooManyTries",
    "WrongAdminCode",
    "YouAreAdmin",
]

ADMIN_CODE_CHARACTERS_MIN = 32


@dataclass(frozen=True, slots=True)
class Panel(Message):
    """What an admin can do, and what waits for the office.

    Attributes:
        waiting: sales to approve.
        returns: returns of goods to decide on.
        owing: how many members have a balance below zero.
        owed: rupiah of these.
        inquiries: questions of people that wait for an answer.
        oldest_days: how many whole days the oldest of them has waited.
        oldest_hours: how many whole hours, if it is less than a day.
        leads: how many leads left a contact.
        dead: dead letters.
        uncertain: answers and notices that may not have arrived.
        trainers: how many there are.
        admins: how many there are.
    """

    passing: ClassVar[bool] = True

    waiting: int
    oldest_days: int
    oldest_hours: int
    leads: int
    dead: int
    uncertain: int
    trainers: int
    admins: int
    returns: int = 0
    owing: int = 0
    owed: int = 0
    inquiries: int = 0


@dataclass(frozen=True, slots=True)
class YouAreAdmin(Message):
    """The code was right; the caller is now an admin."""


@dataclass(frozen=True, slots=True)
class WrongAdminCode(Message):
    """The code is wrong or no longer valid."""


@dataclass(frozen=True, slots=True)
class TooManyTries(Message):
    """Too many wrong codes; the next can be tried in this many minutes."""

    minutes: int


@dataclass(frozen=True, slots=True)
class PanelNow(Lookup[Panel]):
    """The panel with the current counts."""


@dataclass(frozen=True, slots=True)
class BecomeAdmin(Action):
    """Make the caller an admin, if the code from the command line is valid."""

    code: str


def manage(caller: Caller, args: str) -> Flow[Outcome]:
    """Show admins what waits for the office; with a code, become an admin.

    Sales, dead letters, uncertain messages and leads wait there; members, products and roles are
    managed there. The one-time code comes from `admin-code` on the command line; a suspended
    member cannot become an admin with it.
    """
    word, _, rest = args.partition(" ")
    page = PAGES.get(word.casefold())
    if "admin" in caller.roles and len(args) < ADMIN_CODE_CHARACTERS_MIN:
        outcome: Outcome = yield from (page or _panel)(caller, rest)
        return outcome
    if caller.me is not None and not caller.me.active:
        return Suspended()
    return OnlyForRole("admin") if page or not args else BecomeAdmin(args)


def _panel(_caller: Caller, _rest: str) -> Flow[Panel]:
    return (yield from find(PanelNow()))


PAGES: dict[str, Callable[[Caller, str], Flow[Outcome]]] = {
    "peran": ask_role,
    "peminat": leads,
    "nomor": open_lead,
    "mitra": find_member,
    "hp": reveal_phone,
    "beku": suspend,
    "aktif": take_back,
    "peringkat": rank_by_hand,
    "pindah": issue_relink_code,
    "sponsor": choose_sponsor,
    "bayar": record_payout,
    "bayaran": member_payouts,
    "batalbayar": reverse_payout,
    "daftarbayar": make_payout_list,
    "catatdaftar": record_payout_file,
    "impor": import_list,
    "harga": change_price,
    "urung": withdraw_price,
    "sisih": dead_letter_list,
    "sisihan": dead_letter_card,
    "ulangi": try_again,
    "selesai": settle_dead_letter,
    "ragu": uncertain_list,
    "kiriman": uncertain_card,
    "kirim": send_again,
    "biar": leave_uncertain,
    "paham": unclear_list,
    "tutup": count_month,
    "tutupya": confirm_closing,
    "tutupsetuju": agree_to_close,
    "tutuptolak": refuse_to_close,
    "tutupbatal": withdraw_closing,
    "tutupdiam": remind_no_more,
    "tutupingat": remind_again,
    "filebulan": ask_month_file,
    "cermin": mirror_file,
    "minus": below_zero,
    "tanya": inquiries,
    "tanyatutup": close_inquiry,
    "tanyajuga": release_answer,
    "faq": faq_panel,
    "faqbaru": make_entry,
    "faqhapus": remove_entry,
    "faqpakai": put_back_entry,
    "peminatselesai": settle_lead,
}
"""The flow for each word behind the command."""

MANAGE = FlowSpec(
    "manage",
    manage,
    ("kelola", "manage"),
    who="anyone",
    words=("kelola",),
    in_help=(HelpPlace("office", column=2),),
    in_menu=(MenuPlace("admins", 20),),
)
