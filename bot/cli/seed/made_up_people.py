"""Made-up members: their sponsors, their days of joining, their names and homes.

Of a hundred new members, thirty-five join under the sponsor of a random member, which makes a few
teams wide, and the others under a recent member, which makes lines long. The first member joins
two years before the first month of sales; the more members there are, the more join.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from math import isqrt
from typing import Final

from bot.cli.demo.crowd import random_name
from bot.cli.seed.company_spec import MICROSECONDS, CompanySpec, micros
from bot.core.calendar.periods import next_period, period_bounds, period_of, previous_period
from bot.core.members.codes import ENTROPY_BITS, make_code
from bot.core.members.people import name_words
from bot.core.members.provinces import PROVINCES

__all__ = ["Joining", "People", "sponsors_of"]

SAME_SPONSOR_PERCENT: Final = 35
RECENT_PART: Final = 5
AGE_MONTHS: Final = 24
NAME_BITS: Final = 12
"""4,096 different names are enough, even for a million members."""

HOME_BITS: Final = 10
SYMBOL_BITS: Final = 5
PIECES: Final = ((25, 10, slice(2)), (15, 10, slice(2, 4)), (0, 15, slice(4, 7)))
"""For each piece: its first bit, its number of bits, and the place of its symbols."""


CODE_STEP: Final = 0x2_9E37_79B1
"""Odd, so that all codes differ, and large, so that the codes of neighbours look different."""

SPREAD: Final = 0x9E37_79B9_7F4A_7C15
SPREAD_MASK: Final = (1 << 64) - 1
SPREAD_SHIFT: Final = 24

BIRTH_YEARS: Final = range(1958, 2006)
POPULOUS: Final = {"jawa-barat": 9, "jawa-timur": 8, "jawa-tengah": 7, "sulawesi-selatan": 6,
                   "sumatera-utara": 4, "banten": 3, "dki-jakarta": 3, "lampung": 2}  # fmt: skip


def sponsors_of(spec: CompanySpec) -> "array[int]":
    """Returns sponsors by member id; a sponsor has the smaller id, 0 means none."""
    chance = spec.chance("sponsors").random
    count, chain = spec.members - spec.chain, spec.chain
    # The tree without the chain first; its ids are then shifted behind those of the chain.
    tree = array("q", [0, 0])
    for joined in range(1, count):
        if chance() * 100 < SAME_SPONSOR_PERCENT:
            tree.append(tree[1 + int(chance() * joined)] or 1)
        else:
            tree.append(joined - int(chance() * max(joined // RECENT_PART, 1)))
    line = array("q", range(1, chain + 1))
    if not chain:
        return tree
    shifted = (sponsor + chain if sponsor > 1 else sponsor for sponsor in tree[2:])
    return tree[:2] + line + array("q", shifted)


class Joining:
    """The moments of joining: more and more members join as time goes on."""

    def __init__(self, spec: CompanySpec) -> None:
        self._members = spec.members
        self._zone = spec.time_zone
        first = spec.periods[0]
        for _ in range(AGE_MONTHS):
            first = previous_period(first)
        self._first = first
        self._begin = micros(period_bounds(first, spec.time_zone)[0])
        end = min(spec.until, period_bounds(spec.periods[-1], spec.time_zone)[1])
        self._seconds = (micros(end) - self._begin) // MICROSECONDS
        self._last = period_of(end, spec.time_zone)

    def at(self, member_id: int) -> int:
        """Returns the moment at which a member joined, in microseconds."""
        before = isqrt((member_id - 1) * self._members)
        return self._begin + self._seconds * before // self._members * MICROSECONDS

    def before(self, moment: int) -> int:
        """Returns the count of members who joined before a moment."""
        return bisect_left(range(1, self._members + 1), moment, key=self.at)

    def months(self) -> dict[str, range]:
        """Returns by month the ids of the members who joined in it."""
        periods = [self._first]
        while periods[-1] <= self._last:
            periods.append(next_period(periods[-1]))
        openings = [micros(period_bounds(period, self._zone)[0]) for period in periods]
        counts = [self.before(moment) for moment in openings]
        spans = zip(periods, pairwise(counts), strict=False)
        return {period: range(before + 1, upto + 1) for period, (before, upto) in spans}


class _Codes:
    """Makes a million codes a second from prepared pieces of two, two and three symbols.

    The check symbol is a sum in a field in which addition is XOR. So the checks of the pieces,
    each calculated with zeros in the other places, add up to the check of the whole code.
    """

    def __init__(self) -> None:
        # The seventh symbol is the number itself, and the numbers are in the alphabet's order.
        self._symbols = "".join(make_code(bits)[-2] for bits in range(1 << SYMBOL_BITS))
        self._head, self._middle, self._tail = (
            [self._piece(bits << shift, cut) for bits in range(1 << width)]
            for shift, width, cut in PIECES
        )

    def __call__(self, bits: int) -> str:
        """Returns the code that `make_code` returns for these bits."""
        head, first = self._head[bits >> 25]
        middle, second = self._middle[bits >> 15 & 0x3FF]
        tail, third = self._tail[bits & 0x7FFF]
        return head + middle + tail + self._symbols[first ^ second ^ third]

    def _piece(self, bits: int, cut: slice) -> tuple[str, int]:
        code = make_code(bits)
        return code[cut], self._symbols.index(code[-1])


class People:
    """The members, as rows for `bot.store.seed.seed_members`."""

    def __init__(self, spec: CompanySpec, sponsors: "array[int]", joining: Joining) -> None:
        self._user = spec.first_user
        self._seed = spec.seed
        self._sponsors = sponsors
        self._joining = joining
        chance = spec.chance("people")
        self._names = [random_name(chance) for _ in range(1 << NAME_BITS)]
        self._codes = _Codes()
        self._code = chance.getrandbits(ENTROPY_BITS)

    def names(self) -> Iterator[tuple[int, str, str]]:
        """Yield the possible names: number, name, title."""
        return ((number, name, title) for number, (title, name) in enumerate(self._names))

    def words(self) -> Iterator[tuple[int, str]]:
        """Yield the words of these names, for the search."""
        for number, (_, name) in enumerate(self._names):
            for word in name_words(name):
                yield number, word

    def homes(self) -> Iterator[tuple[int, str, str]]:
        """Yield the possible homes; a populous province has several numbers."""
        homes = [home for home in PROVINCES for _ in range(POPULOUS.get(home.slug, 1))]
        for number in range(1 << HOME_BITS):
            home = homes[number % len(homes)]
            yield number, home.slug, home.zone

    def members(self, ids: range) -> Iterator[tuple[int | str | None, ...]]:
        """Yield the rows of the members with these ids."""
        user, sponsors, joined_at = self._user, self._sponsors, self._joining.at
        years, mask, code = len(BIRTH_YEARS), (1 << ENTROPY_BITS) - 1, self._codes
        for member_id in ids:
            # Bits that look random: neighbours have nothing in common.
            drawn = ((member_id + self._seed) * SPREAD & SPREAD_MASK) >> SPREAD_SHIFT
            yield (
                member_id,
                None if user is None else user + member_id,
                code(self._code + member_id * CODE_STEP & mask),
                sponsors[member_id] or None,
                drawn & (1 << NAME_BITS) - 1,
                drawn >> NAME_BITS & (1 << HOME_BITS) - 1,
                BIRTH_YEARS[(drawn >> NAME_BITS + HOME_BITS) % years],
                joined_at(member_id),
            )
