"""What a month was shut with stays as it was until the month is closed; on both engines."""

from dataclasses import replace
from functools import partial

from sqlalchemy import Connection, text

from bot.company import Company, load_company
from bot.company.plan_file import plan_of
from bot.core.plans import Plan
from bot.jobs.closing_terms import terms_for, terms_to_close
from bot.services.months.month_closing import earliest_unclosed
from bot.store.bonus import closing
from bot.store.jobs import job_inputs
from bot.store.ledger import periods, shut_months, snapshots
from bot.store.members import cards, staging
from tests.stage import PLAN, SAMPLE, with_plan
from tests.store.bonus.test_both_closing import LATER, NEXT, READY, company
from tests.store.bonus.test_both_closing import PLAN as CLOSED_BY
from tests.store.both import DAY, MONTH, in_transaction, join, of_one_kind

OCTOBER = "2026-10"
SHOW = text("UPDATE imports SET state = 'done'")


def _shut(conn: Connection, digest: str = CLOSED_BY.digest, plan_file: str = "") -> None:
    closing.begin(
        conn, MONTH, plan="2026-01", digest=digest, ready_on=READY, at=LATER, point_value=1,
        plan_file=plan_file, languages=("id", "en"),
    )  # fmt: skip


@in_transaction
def test_a_month_that_is_shut_keeps_its_members_as_they_were(conn: Connection) -> None:
    ayu, bayu, citra = company(conn)
    cards.set_active(conn, citra, active=False)
    staged = staging.begin(conn, staging.last_done(conn), LATER)
    hidden = text("UPDATE members SET import_id = :import_id WHERE id = :id")
    [dewi] = join(conn, [ayu], first=4)
    conn.execute(hidden, {"import_id": staged, "id": dewi})
    before = snapshots.of_company(conn, MONTH, CLOSED_BY)
    assert shut_months.find(conn, MONTH) is None
    _shut(conn)
    cards.set_active(conn, bayu, active=False)
    cards.set_active(conn, citra, active=True)
    conn.execute(SHOW)
    join(conn, [citra], first=5)
    assert snapshots.of_company(conn, MONTH, CLOSED_BY) == before
    assert before.ids == (ayu, bayu, citra)
    assert before.active == [True, True, False]
    today = snapshots.of_company(conn, NEXT, CLOSED_BY)
    assert (list(today.ids), list(today.active)) == ([1, 2, 3, 4, 5], [True, False, *[True] * 3])
    shut = shut_months.find(conn, MONTH)
    assert shut is not None
    of_one_kind(shut)
    _shut(conn)
    assert shut_months.find(conn, MONTH) == shut, "repeating the step changes nothing"
    assert job_inputs.drop_unasked(conn, LATER + 99 * DAY) == 0
    assert not job_inputs.any_unasked(conn, LATER + 99 * DAY)
    assert closing.finish(conn, MONTH, closing.Sums(0, 0, 0), LATER, cut=0) is None
    assert shut_months.find(conn, MONTH) is None


@in_transaction
def test_a_month_that_is_shut_goes_on_under_its_own_plan(conn: Connection) -> None:
    company(conn)
    then = with_plan(load_company(SAMPLE))
    terms = terms_for(then, MONTH)
    assert terms is not None
    look = partial(terms_to_close, conn, period=MONTH)
    assert look(company=then) == terms
    _shut(conn, terms.version.digest, terms.plan_file)
    for later in (then, _changed(then, '"10%"', '"20%"'), _changed(then, "2026-01", "2027-01")):
        found = look(company=later)
        assert found is not None
        assert (found.version, found.since, found.ready_on) == (terms.version, "2026-01", READY)
    assert look(company=replace(then, plan=Plan())) is not None
    assert earliest_unclosed(conn, NEXT, NEXT) == MONTH
    assert periods.closing(conn) == MONTH


@in_transaction
def test_a_month_whose_plan_is_not_kept_has_the_plan_of_today(conn: Connection) -> None:
    company(conn)
    today = with_plan(load_company(SAMPLE))
    for text_ in ("", "no plan", PLAN.read_text("utf-8").replace('"10%"', '"20%"')):
        shut_months.keep(conn, MONTH, plan=text_, languages=("id", "en"), at=LATER)
        closing.begin(
            conn, MONTH, plan="2026-01", digest="d", ready_on=READY, at=LATER, point_value=1
        )
        assert terms_to_close(conn, company=today, period=MONTH) == terms_for(today, MONTH)
        shut_months.forget(conn, MONTH)


@in_transaction
def test_what_holds_from_a_month_on_asks_for_all_later_months_to_be_open(conn: Connection) -> None:
    assert periods.is_open_on(conn, OCTOBER)
    company(conn)
    _shut(conn)
    assert not periods.is_open_on(conn, OCTOBER)
    assert not periods.is_open_on(conn, MONTH)
    assert periods.is_open_on(conn, NEXT)


def _changed(company: Company, before: str, after: str) -> Company:
    """Returns the company with another plan file."""
    words = PLAN.read_text("utf-8").replace(before, after)
    plan, faults = plan_of(words, "plan.toml", company.languages)
    assert not faults
    return replace(company, plan=plan)
