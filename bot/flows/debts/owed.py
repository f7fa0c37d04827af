"""Who owes the seller, and what one customer owes."""

from bot.core.conversation.replay import Flow
from bot.core.debts.paid_line import read_paid_line
from bot.flows.caller import Caller
from bot.flows.debts.debt_pages import debt_pages
from bot.flows.debts.paid import paid
from bot.flows.spec import FlowSpec, HelpPlace, MenuPlace, Outcome

__all__ = ["SPEC"]


def owed(caller: Caller, args: str) -> Flow[Outcome]:
    """Show who owes you, or what one customer owes: `/utang bu ani`.

    It is your own notebook: the company neither sees it nor books it.
    """
    line = read_paid_line(args, caller.began.own)
    if line.says_paid and caller.member.active:
        return (yield from paid(caller, args))
    return (yield from debt_pages(caller, args, line))


SPEC = FlowSpec(
    "owed",
    owed,
    ("utang", "owed", "debts"),
    words=("piutang", "daftar utang", "siapa belum bayar", "owed", "debts", "who owes me"),
    heard=(("owed", "{text}"),),
    in_help=(HelpPlace("customers", column=3),),
    in_menu=(MenuPlace("members", 44),),
    after_leaving=True,
)
