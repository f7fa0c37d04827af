"""A member's team: the tree, search, and the lists of new and silent members.

Members outside the caller's team are never shown, and no answer reveals whether they exist.
"""

from collections.abc import Callable

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, Lookup, ask, find
from bot.core.members.codes import read_code
from bot.flows.caller import Caller
from bot.flows.spec import FlowSpec, HelpPlace, MenuPlace
from bot.flows.team.arguments import PAGES_MAX, TeamRequest, read_arguments, search_words
from bot.flows.team.card import LEGS_PER_PAGE, NEW_FOR, card, trend_start
from bot.flows.team.picking import read_who
from bot.flows.team.team_lookups import (
    FindNamed,
    FindNewcomers,
    FindSilent,
    FindTeam,
    Listing,
    NewTeammate,
    Order,
    SilentTeammate,
    TeamView,
)
from bot.flows.team.team_messages import (
    AskWho,
    ChooseOrder,
    FoundPeople,
    Newcomers,
    NobodyFound,
    NobodyYet,
    NotInTeam,
    SilentPeople,
)

__all__ = ["SPEC", "team"]

PEOPLE_PER_PAGE = 6


def team(caller: Caller, args: str) -> Flow[Message]:
    """Show the team and its legs.

    What may be typed after the command, always within your own team:

    - a code (`/tim 7K3M9QX2`): that member's team
    - a name or the beginnings of its words (`/tim siti nur`), or `cari`, which asks for one
    - `urut poin`, `urut besar`, `urut terbaru`, `urut nama`: another order of the legs
    - `baru`: members who joined within 30 days
    - `diam`: members without a sale in 30 days

    In English `search`, `sort points`, `sort size`, `sort newest`, `sort name`, `new`, `silent`.
    """
    line = read_arguments(args)
    match line.view:
        case "orders":
            return ChooseOrder(line.code)
        case "new":
            return (yield from _newcomers(caller, line.page))
        case "silent":
            return (yield from _silent(caller, line.page))
        case "search":
            return (yield from _search(caller, line))
        case "team":
            return (yield from _team(caller, line, args))


def _team(caller: Caller, line: TeamRequest, args: str) -> Flow[Message]:
    shown = yield from _card(caller, line.code or caller.member.code, line.order, line.page)
    if shown is not None:
        return shown
    # A name of eight letters may look like a code by chance.
    named = yield from _named(caller, args, 1)
    return NotInTeam() if isinstance(named, NobodyFound) else named


def _card(caller: Caller, code: str, order: Order, page: int) -> Flow[Message | None]:
    """Returns the card of a member of the team; None for any other code."""

    def at(wanted: int) -> FindTeam:
        skip = (wanted - 1) * LEGS_PER_PAGE
        since = caller.at - NEW_FOR
        first = trend_start(caller.period)
        return FindTeam(code, order, LEGS_PER_PAGE + 1, skip, first, since)

    shown: TeamView | None = yield from find(at(page))
    if shown is not None and not shown.legs and page > 1:
        page = 1
        shown = yield from find(at(1))
    if shown is None:
        return None
    before, after = _pages(page, more=len(shown.legs) > LEGS_PER_PAGE)
    return card(caller, shown, order, before, after)


def _search(caller: Caller, line: TeamRequest) -> Flow[Message]:
    name = line.name
    if not search_words(name):
        name = yield from ask(AskWho(), read_who)
    code = read_code(name)
    shown = None if code is None else (yield from _card(caller, code, "", 1))
    return shown or (yield from _named(caller, name, line.page))


def _named(caller: Caller, name: str, page: int) -> Flow[Message]:
    """Returns the team members with this name; a single match is shown at once with their team."""
    words = search_words(name)
    found, page = yield from _listing(page, lambda rows, skip: FindNamed(words, rows, skip))
    many = found.looked_at > 0
    query = " ".join(words)
    if not found.people:
        return NobodyFound(query, many)
    if len(found.people) == 1 and page == 1 and not many:
        shown = yield from _card(caller, found.people[0].code, "", 1)
        assert shown is not None, "a member found in the team can be shown"
        return shown
    before, after = _pages(page, more=len(found.people) > PEOPLE_PER_PAGE)
    people = found.people[:PEOPLE_PER_PAGE]
    return FoundPeople(query, people, many and after is None, before, after)


def _newcomers(caller: Caller, page: int) -> Flow[Message]:
    since = caller.at - NEW_FOR
    found, page = yield from _listing(page, lambda rows, skip: FindNewcomers(since, rows, skip))
    if not found.size:
        return NobodyYet()
    people = tuple(each for each in found.people if isinstance(each, NewTeammate))
    before, after = _pages(page, more=len(people) > PEOPLE_PER_PAGE)
    return Newcomers(people[:PEOPLE_PER_PAGE], found.total, found.looked_at > 0, before, after)


def _silent(caller: Caller, page: int) -> Flow[Message]:
    since = caller.at - NEW_FOR
    found, page = yield from _listing(page, lambda rows, skip: FindSilent(since, rows, skip))
    if not found.size:
        return NobodyYet()
    people = tuple(each for each in found.people if isinstance(each, SilentTeammate))
    before, after = _pages(page, more=len(people) > PEOPLE_PER_PAGE)
    return SilentPeople(people[:PEOPLE_PER_PAGE], found.total, found.looked_at, before, after)


def _listing(
    page: int, wanted: Callable[[int, int], Lookup[Listing]]
) -> Flow[tuple[Listing, int]]:
    """Returns a page of a list, with one more than it shows, and its number.

    A page that does not exist becomes the first one.
    """
    found: Listing = yield from find(wanted(PEOPLE_PER_PAGE + 1, (page - 1) * PEOPLE_PER_PAGE))
    if not found.people and page > 1:
        page = 1
        found = yield from find(wanted(PEOPLE_PER_PAGE + 1, 0))
    return found, page


def _pages(page: int, *, more: bool) -> tuple[int | None, int | None]:
    """Returns the numbers of the pages before and after this one; None if there is none."""
    return page - 1 if page > 1 else None, page + 1 if more and page < PAGES_MAX else None


SPEC = FlowSpec(
    "team",
    team,
    ("tim", "team"),
    heard=(("team", ""), ("member", "{member}"), ("silent", "diam")),
    words=("tim", "team", "t", "jaringan"),
    in_help=(HelpPlace("money", row=2),),
    in_menu=(MenuPlace("members", 50),),
)
