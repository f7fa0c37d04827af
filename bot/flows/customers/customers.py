"""A seller's own customers: the list, a search by name or number, and the card of one."""

from collections.abc import Callable

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Answer, Flow, Lookup, ask, find
from bot.core.customers.customer_search import read_request
from bot.flows.answers import typed
from bot.flows.caller import Caller
from bot.flows.customers.customer_files import GiveCustomers
from bot.flows.customers.customers_messages import (
    AskWhichCustomer,
    CustomerList,
    CustomerPage,
    CustomersFound,
    FindCustomers,
    HowToAdd,
    NoCustomerLike,
    NoCustomersYet,
    NotYourCustomer,
    ShowCustomer,
    ShowCustomers,
)
from bot.flows.spec import FlowSpec, HelpPlace, MenuPlace, Outcome

__all__ = ["CUSTOMERS_PER_PAGE", "SPEC"]

CUSTOMERS_PER_PAGE = 8


def customers(_caller: Caller, args: str) -> Flow[Outcome]:
    """Show your own customers, who bought last first; nobody else sees them.

    What may be typed after the command:

    - a name or the beginnings of its words, or a whole phone number (`/pelanggan ani`)
    - `cari`, which asks for one; `tambah`, how to add some; `unduh`, all of them as files

    In English `search`, `add`, `download`.
    """
    wanted = read_request(args)
    match wanted.view:
        case "list":
            return (yield from _list(wanted.page))
        case "card":
            return (yield from _card(wanted.customer_id))
        case "ask":
            query = yield from ask(AskWhichCustomer(), _query)
            return (yield from _search(query, 1))
        case "adding":
            return HowToAdd()
        case "files":
            return GiveCustomers()
        case _:
            return (yield from _search(wanted.query, wanted.page))


def _card(customer_id: int) -> Flow[Message]:
    card = yield from find(ShowCustomer(customer_id))
    return NotYourCustomer() if card is None else card


def _list(page: int) -> Flow[Message]:
    found, page = yield from _page(page, ShowCustomers)
    if not found.rows:
        return NoCustomersYet()
    return CustomerList(found.rows[:CUSTOMERS_PER_PAGE], found.total, *_around(found, page))


def _search(query: str, page: int) -> Flow[Message]:
    found, page = yield from _page(page, lambda skip: FindCustomers(query, skip))
    if not found.rows:
        return NoCustomerLike(query)
    if found.total == 1:
        return (yield from _card(found.rows[0].id))
    rows = found.rows[:CUSTOMERS_PER_PAGE]
    return CustomersFound(query, rows, found.total, *_around(found, page))


def _page(
    page: int, wanted: Callable[[int], Lookup[CustomerPage]]
) -> Flow[tuple[CustomerPage, int]]:
    """Returns a page and its number; one that does not exist becomes the first."""
    found: CustomerPage = yield from find(wanted((page - 1) * CUSTOMERS_PER_PAGE))
    if not found.rows and page > 1:
        page = 1
        found = yield from find(wanted(0))
    return found, page


def _around(found: CustomerPage, page: int) -> tuple[int, int]:
    return page - 1, page + 1 if page * CUSTOMERS_PER_PAGE < found.total else 0


def _query(answer: Answer) -> str:
    """Returns what to search for; all of it, if it is only words around a name."""
    text = typed(answer)
    wanted = read_request(text)
    return wanted.query or text[:1]


SPEC = FlowSpec(
    "customers",
    customers,
    ("pelanggan", "customers"),
    words=(
        "pelanggan",
        "pelangganku",
        "pelanggan saya",
        "daftar pelanggan",
        "data pelanggan",
        "catatan pelanggan",
        "customers",
        "my customers",
        "list of customers",
    ),
    heard=(("help_customers", ""),),
    after_leaving=True,
    in_help=(HelpPlace("customers"),),
    in_menu=(MenuPlace("members", 45),),
)
