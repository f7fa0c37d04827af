"""Works out a whole month in a child process, for members with large teams.

The process reads a snapshot of the database and writes nothing. The plan is passed as the bot has
loaded it, since its file may have changed.
"""

import asyncio
import base64
import pickle
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import astuple
from functools import partial
from typing import Final

from bot.core.input.checked_json import array, integer, record, string
from bot.core.plans import Credit, Snapshot, Version, credits_of
from bot.core.plans.values import COMPANY
from bot.store.bonus.bonus_credits import Level
from bot.store.db import read_only
from bot.store.ledger import snapshots
from bot.system.child_process import Facts, Limits, Parent, run_child, serve

__all__ = ["levels_in_child"]

LIMITS: Final = Limits(600, memory_mib=2048)

Found = list[tuple[int, tuple[Level, ...]]]


async def levels_in_child(
    url: str, version: Version, period: str, members: Sequence[int]
) -> Found:
    """Returns the estimate of the month for each of these members.

    Raises:
        JobError: the child process failed or reached one of its limits.
    """
    wish = {
        "task": "estimates",
        "url": url,
        "version": base64.b64encode(pickle.dumps(version)).decode("ascii"),
        "period": period,
        "members": list(members),
    }
    found = await run_child("bot.store.bonus.estimate_process", wish, LIMITS)
    return [
        (integer(each, "member"), tuple(record(Level, level) for level in array(each, "levels")))
        for each in map(_mapping, array(found, "members"))
    ]


def _mapping(value: object) -> Facts:
    assert isinstance(value, dict), "each member is an object"
    return value


def _worked_out(wish: Facts, _: Parent) -> Facts:
    # Only the parent process writes to this pipe.
    version: Version = pickle.loads(base64.b64decode(string(wish, "version")))  # noqa: S301
    seen = partial(snapshots.of_company, period=string(wish, "period"), version=version)
    month = asyncio.run(read_only.look(string(wish, "url"), seen))
    members = [each for each in array(wish, "members") if isinstance(each, int)]
    found = [
        {"member": member, "levels": [astuple(level) for level in levels]}
        for member, levels in _by_member(version, month, members)
    ]
    return {"members": found}


def _by_member(version: Version, month: Snapshot, members: Sequence[int]) -> Found:
    wanted = set(members)
    theirs: dict[int, list[Credit]] = defaultdict(list)
    for credit in credits_of(version, month):
        if credit.member_id in wanted:
            theirs[credit.member_id].append(credit)
    return [(member, _levels(theirs[member])) for member in members]


def _levels(credits_: Sequence[Credit]) -> tuple[Level, ...]:
    """Returns the sums of each level; of a pool only that the member shares it so far."""
    known = Level.sums(each for each in credits_ if each.source_id != COMPANY)
    later = (
        Level(each.rule, 0, each.rate_bp, sources=0, base=0, amount=0)
        for each in credits_
        if each.source_id == COMPANY
    )
    return (*known, *later)


if __name__ == "__main__":
    serve({"estimates": _worked_out})
