"""A member's team, from the top down to anybody in it, one level at a time.

Of others the caller sees the name, the code, whether they sold this month, and points; the phone
number only where its owner allows that. Rupiah are shown for the caller's own group alone: the
group of somebody without a team is that person's own sales.
"""

from dataclasses import dataclass
from typing import Final

from bot.core.codes import read_code
from bot.core.dialogue import Flow, Lookup, find
from bot.core.messages import Message
from bot.flows.caller import Caller
from bot.flows.spec import FlowSpec

__all__ = [
    "SPEC",
    "FindTeam",
    "Leg",
    "MyTeam",
    "NobodyYet",
    "NotInTeam",
    "TeamOf",
    "TeamView",
    "team",
]

LEGS_PER_PAGE: Final = 6
PAGES_MAX: Final = 9999
CODE_LENGTH_MAX: Final = 20


@dataclass(frozen=True, slots=True)
class Leg:
    """Somebody whom the shown member brought in.

    Attributes:
        code: leads to the leg's own team.
        name: in full.
        short: first name and initial, for a button.
        size: how many are in the leg's team.
        points: of the leg's group this month.
        active: whether the leg itself sold something this month.
    """

    code: str
    name: str
    short: str
    size: int
    points: int
    active: bool


@dataclass(frozen=True, slots=True)
class TeamView:
    """A member and the team below, as the caller may see it.

    Attributes:
        code: of the member.
        name: in full.
        phone: where the member shows it to the sponsors above.
        above: code of the sponsor; empty for the caller, who does not look upwards.
        active: whether the member sold something this month.
        own_points: of the member's own sales.
        size: how many are in the team.
        team_active: how many of them sold something this month.
        team_joined: how many of them joined this month.
        group_sales: rupiah of the group.
        group_points: points of the group.
        legs: as many as were asked for.
    """

    code: str
    name: str
    phone: str
    above: str
    active: bool
    own_points: int
    size: int
    team_active: int
    team_joined: int
    group_sales: int
    group_points: int
    legs: tuple[Leg, ...]


@dataclass(frozen=True, slots=True)
class FindTeam(Lookup[TeamView | None]):
    """A member of the caller's team, the caller included; None for anybody else."""

    code: str
    rows: int
    skip: int


@dataclass(frozen=True, slots=True)
class MyTeam(Message):
    """The caller's own team."""

    period: str
    code: str
    size: int
    team_active: int
    team_joined: int
    group_sales: int
    group_points: int
    legs: tuple[Leg, ...]
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class TeamOf(Message):
    """The team of somebody below the caller."""

    period: str
    code: str
    full_name: str
    phone: str
    above: str
    above_is_me: bool
    active: bool
    own_points: int
    size: int
    team_active: int
    team_joined: int
    group_points: int
    legs: tuple[Leg, ...]
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class NobodyYet(Message):
    """The caller has no team."""


@dataclass(frozen=True, slots=True)
class NotInTeam(Message):
    """The code belongs to nobody in the caller's team, and perhaps to nobody at all."""


def team(caller: Caller, args: str) -> Flow[Message]:
    """Show the caller's team, or with `CODE 2` the second page of somebody's legs."""
    mine = caller.seat.code
    code, page = _code_and_page(args, mine)
    shown = yield from find(FindTeam(code, LEGS_PER_PAGE + 1, (page - 1) * LEGS_PER_PAGE))
    if shown is not None and not shown.legs and page > 1:
        page = 1
        shown = yield from find(FindTeam(code, LEGS_PER_PAGE + 1, 0))
    if shown is None:
        return NotInTeam()
    legs = shown.legs[:LEGS_PER_PAGE]
    before = page - 1 if page > 1 else None
    after = page + 1 if len(shown.legs) > LEGS_PER_PAGE and page < PAGES_MAX else None
    if shown.code != mine:
        return TeamOf(
            period=caller.period,
            code=shown.code,
            full_name=shown.name,
            phone=shown.phone,
            above=shown.above,
            above_is_me=shown.above == mine,
            active=shown.active,
            own_points=shown.own_points,
            size=shown.size,
            team_active=shown.team_active,
            team_joined=shown.team_joined,
            group_points=shown.group_points,
            legs=legs,
            before=before,
            after=after,
        )
    if not legs:
        return NobodyYet()
    return MyTeam(
        period=caller.period,
        code=mine,
        size=shown.size,
        team_active=shown.team_active,
        team_joined=shown.team_joined,
        group_sales=shown.group_sales,
        group_points=shown.group_points,
        legs=legs,
        before=before,
        after=after,
    )


def _code_and_page(args: str, mine: str) -> tuple[str, int]:
    """The code and the page that were asked for; the caller's own and the first unless named."""
    words = args.split()
    if not words:
        return mine, 1
    whole = read_code(args)
    if whole is not None:
        return whole, 1
    last = _page(words[-1])
    if last is None:
        return _code(args), 1
    return _code(" ".join(words[:-1])) if words[1:] else mine, last


def _code(text: str) -> str:
    """A member's code, or what may be the alias of the company's own."""
    return read_code(text) or text.upper()[:CODE_LENGTH_MAX]


def _page(word: str) -> int | None:
    if not (word.isascii() and word.isdigit()) or len(word) > len(str(PAGES_MAX)):
        return None
    return max(int(word), 1)


SPEC = FlowSpec("team", team, ("tim", "team"), words=("tim", "team", "t", "jaringan"))
