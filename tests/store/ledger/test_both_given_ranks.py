"""Ranks given by hand, and ranks under a new name, on both engines."""

from datetime import date

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.company.model import NO_PLAN
from bot.core.plans import Differential, Rank, Version, month_under, work_out
from bot.services.office.operator_tasks import TASKS
from bot.services.sales import decision
from bot.store.bonus import closing, own_month, ranks
from bot.store.db.database import Database
from bot.store.ledger import given_ranks, snapshots
from bot.store.ledger.given_ranks import GivenRank
from tests.store.both import DAY, MONTH, START, in_transaction, join, of_one_kind, sell, stock
from tests.store.seeding import code_of

NEXT, AFTER = "2026-12", "2027-01"
LATER = START + 32 * DAY
STEPS = ((1, 500), (2, 1_000))
LADDER = (Rank("perak", group_points=10), Rank("emas", group_points=1_000))
KEPT = Version("2026-01", (Differential("tim", (), STEPS, by="rank"),), LADDER, ranks_kept=True)
RENAMED = Version(
    AFTER,
    KEPT.rules,
    (Rank("dasar", group_points=5), Rank("platina", group_points=9_000)),
    ranks_kept=True,
    former=(("perak", "dasar"), ("emas", "platina")),
)


def company(conn: Connection) -> list[int]:
    """Ayu > Bayu, who sold one piece of soap each."""
    ids = join(conn, [None, 1])
    soap, _ = stock(conn)
    for number, seller in enumerate(ids):
        sale_id = sell(conn, seller, soap, reference=f"sale{number}")
        assert decision.decide(
            conn, sale_id, "waiting", "approved", None, START + DAY, plan=NO_PLAN
        )
    return ids


def given(conn: Connection, member_id: int, period: str, rank: str) -> int:
    return given_ranks.add(conn, member_id, period, rank, "why", at=START, by=None)


def paid_as(conn: Connection, period: str, version: Version) -> list[str]:
    """Returns the paid-as rank of each member, read in all three ways."""
    slugs = ["", *(rank.slug for rank in version.ranks)]
    month = snapshots.of_company(conn, period, version)
    found = [slugs[number] for number in month_under(version, month).ranks]
    team = snapshots.of_team(conn, month.ids[0], period, version)
    assert list(team.given) == list(month.given)
    assert list(team.titles) == list(month.titles)
    for place, member_id in enumerate(month.ids):
        alone = own_month.own_month(conn, member_id, period, version).snapshot
        assert (alone.given[0], alone.titles[0]) == (month.given[place], month.titles[place])
    of_one_kind(*month.given, *team.given)
    return found


def close(conn: Connection, period: str, version: Version) -> None:
    facts = {"plan": version.since, "digest": version.digest, "at": LATER, "point_value": 1}
    closing.begin(conn, period, ready_on=date(2027, 1, 1), **facts)  # type: ignore[arg-type]
    month = snapshots.of_company(conn, period, version)
    outcome = work_out(version, month)
    closing.add_credits(conn, period, outcome.credits)
    closing.add_ranks(conn, period, ranks.held_after(version, month, outcome))
    closing.post_bonuses(conn, period, closing.payees_of(conn, period), LATER)
    assert closing.finish(conn, period, closing.sums(conn, period), LATER, cut=0) is None


@in_transaction
def test_a_given_rank_counts_from_its_month_until_it_is_taken_back(conn: Connection) -> None:
    ayu, bayu = company(conn)
    assert paid_as(conn, MONTH, KEPT) == ["perak", "perak"]
    given(conn, bayu, NEXT, "emas")
    assert paid_as(conn, MONTH, KEPT) == ["perak", "perak"]
    close(conn, MONTH, KEPT)
    assert paid_as(conn, NEXT, KEPT) == ["perak", "emas"]
    close(conn, NEXT, KEPT)
    held = ranks.find(conn, NEXT, bayu)
    assert held is not None
    # The title is what sales have reached, so that a given rank can be taken back.
    assert (held.paid_as, held.title) == ("emas", "perak")
    assert paid_as(conn, AFTER, KEPT) == ["perak", "emas"]
    row = given(conn, bayu, AFTER, "")
    assert paid_as(conn, AFTER, KEPT) == ["perak", "perak"]
    assert given_ranks.in_force(conn, NEXT) == [(bayu, "emas")]
    assert given_ranks.in_force(conn, AFTER) == []
    assert given_ranks.of_member(conn, bayu, AFTER) == GivenRank(row, bayu, AFTER, "", "why")
    assert given_ranks.of_member(conn, ayu, AFTER) is None
    assert given_ranks.last_id(conn) == row
    assert [each.rank for each in given_ranks.by_operator(conn, 0, 9)] == ["emas", ""]
    assert given_ranks.by_operator(conn, row, 9) == []


@in_transaction
def test_the_decision_for_the_latest_month_holds(conn: Connection) -> None:
    ayu, bayu = company(conn)
    given(conn, ayu, AFTER, "")
    given(conn, bayu, AFTER, "emas")
    # Given later, but for an earlier month: it ends where the other decision begins.
    given(conn, ayu, NEXT, "emas")
    given(conn, bayu, NEXT, "perak")
    assert [paid_as(conn, period, KEPT)[0] for period in (MONTH, NEXT, AFTER)] == [
        "perak",
        "emas",
        "",
    ]
    assert given_ranks.in_force(conn, NEXT) == [(ayu, "emas"), (bayu, "perak")]
    assert given_ranks.in_force(conn, AFTER) == [(bayu, "emas")]
    decided = given_ranks.of_member(conn, ayu, AFTER)
    assert decided is not None
    assert (decided.period, decided.rank) == (AFTER, "")
    # Of two decisions for one month, the later one.
    row = given(conn, ayu, AFTER, "emas")
    assert paid_as(conn, AFTER, KEPT)[0] == "emas"
    found = given_ranks.of_member(conn, ayu, AFTER)
    assert found is not None
    assert found.id == row


@in_transaction
def test_a_renamed_rank_keeps_those_who_reached_it_and_those_who_were_given_it(
    conn: Connection,
) -> None:
    _, bayu = company(conn)
    given(conn, bayu, MONTH, "emas")
    close(conn, MONTH, KEPT)
    assert paid_as(conn, AFTER, RENAMED) == ["dasar", "platina"]


@in_transaction
def test_a_given_rank_stays(conn: Connection) -> None:
    ayu, _ = company(conn)
    given(conn, ayu, NEXT, "emas")
    for change in ("UPDATE given_ranks SET rank = 'perak'", "DELETE FROM given_ranks"):
        with pytest.raises(DBAPIError, match="a given rank stays"), conn.begin_nested():
            conn.execute(text(change))


async def test_the_command_line_gives_a_rank_in_months_that_are_open(database: Database) -> None:
    def unit(conn: Connection) -> None:
        ayu, _ = company(conn)
        close(conn, MONTH, KEPT)
        give = TASKS["give rank"]
        wish = {"code": code_of(ayu), "period": NEXT, "rank": "emas", "reason": "why"}
        assert give(conn, {**wish, "code": "X"}, LATER) == {"refused": "no member has the code X"}
        refused = give(conn, {**wish, "period": MONTH}, LATER)
        assert refused == {
            "refused": f"{MONTH} or a later month is closed or being closed, and stays"
        }
        # A month without sales is never closed, but a rank given for it would hold in the next.
        assert "refused" in give(conn, {**wish, "period": "2026-10"}, LATER)
        assert given_ranks.last_id(conn) == 0
        assert give(conn, wish, LATER) == {"code": code_of(ayu)}
        assert paid_as(conn, NEXT, KEPT)[0] == "emas"
        logged = conn.execute(text("SELECT action, object FROM audit ORDER BY id DESC LIMIT 1"))
        assert tuple(logged.one()) == ("rank given", f"member {ayu} emas from {NEXT}")

    await database.write(unit)
