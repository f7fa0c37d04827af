"""Whom the list of a day names: few, each once, never too soon again, nobody who was excluded."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.customers.purchases import Purchase
from bot.core.today.customer_facts import Debt, KnownCustomers, ListedCustomer, Named
from bot.core.today.day_list import day_list
from bot.core.today.list_rules import LIST_MAX, REASONS, RULES

TODAY = date(2026, 11, 28)
ANI, TINI, HADI = 1, 2, 3
SOAP, TEA = 10, 11


def days(number: int) -> date:
    """The day that many days ago."""
    return TODAY - timedelta(days=number)


def bought(customer_id: int, *ago: int, product: int = SOAP, pieces: int = 1) -> list[Purchase]:
    return [Purchase(customer_id, product, pieces, days(each)) for each in ago]


def reasons(known: KnownCustomers, today: date = TODAY) -> list[tuple[int, str]]:
    return [(one.customer_id, one.reason) for one in day_list(known, today)]


def test_who_tried_something_new_is_asked_after_two_days_and_after_two_weeks() -> None:
    known = KnownCustomers(purchases=[*bought(ANI, 2), *bought(TINI, 14), *bought(HADI, 1)])
    assert reasons(known) == [(ANI, "after_days"), (TINI, "after_weeks")]


def test_a_usual_article_is_not_asked_about() -> None:
    assert reasons(KnownCustomers(purchases=bought(ANI, 62, 32, 2))) == []


def test_who_buys_evenly_is_named_when_it_runs_out() -> None:
    known = KnownCustomers(purchases=bought(ANI, 90, 60, 30))
    (one,) = day_list(known, TODAY)
    assert (one.customer_id, one.reason, one.subject) == (ANI, "reorder", f"{SOAP}:{TODAY}")
    assert reasons(known, TODAY - timedelta(days=9)) == []


def test_who_was_served_a_few_days_ago_is_not_asked_for_something_else() -> None:
    soap = bought(ANI, 100, 70, 40)
    assert reasons(KnownCustomers(purchases=soap)) == [(ANI, "reorder")]
    tea = bought(ANI, 62, 32, 2, product=TEA)
    assert reasons(KnownCustomers(purchases=[*soap, *tea])) == []
    early = KnownCustomers(purchases=[*soap, *bought(ANI, 68, 38, 8, product=TEA)])
    assert reasons(early) == []
    later = KnownCustomers(purchases=[*soap, *bought(ANI, 80, 50, 20, product=TEA)])
    assert reasons(later) == [(ANI, "reorder")]


def test_who_comes_evenly_is_not_asked_early_for_an_article_that_lasted_shorter_once() -> None:
    def came(*, ago: int) -> KnownCustomers:
        first = bought(ANI, ago + 61, pieces=5)
        return KnownCustomers(purchases=[*first, *bought(ANI, ago + 28, ago)])

    assert reasons(came(ago=21)) == []
    assert reasons(came(ago=25)) == [(ANI, "reorder")]


def test_who_took_fewer_pieces_than_usual_is_asked_sooner() -> None:
    usual = [*bought(ANI, 41, 23, pieces=2), *bought(ANI, 8)]
    assert reasons(KnownCustomers(purchases=usual)) == [(ANI, "reorder")]
    assert reasons(KnownCustomers(purchases=bought(ANI, 41, 23, 8, pieces=2))) == []


def test_a_regular_customer_is_missed_sooner_than_one_who_came_once() -> None:
    regular = bought(ANI, 94, 74, 54, 34, product=TEA)
    assert reasons(KnownCustomers(purchases=regular)) == [(ANI, "silent")]
    assert reasons(KnownCustomers(purchases=bought(ANI, 34), lasts={SOAP: 5})) == []
    assert reasons(KnownCustomers(purchases=bought(ANI, 46), lasts={SOAP: 5})) == [(ANI, "silent")]


def test_two_pieces_last_twice_as_long() -> None:
    two = [*bought(ANI, 90, 60), *bought(ANI, 30, pieces=2)]
    assert reasons(KnownCustomers(purchases=two)) == []
    assert reasons(KnownCustomers(purchases=two), TODAY + timedelta(days=30)) == [(ANI, "reorder")]


def test_a_company_says_how_long_something_lasts() -> None:
    once = KnownCustomers(purchases=bought(ANI, 60), lasts={SOAP: 60})
    assert reasons(once) == [(ANI, "reorder")]
    assert reasons(replace(once, lasts={SOAP: 200})) == [(ANI, "silent")]


def test_a_debt_is_named_on_its_day_and_without_one_after_two_weeks() -> None:
    def owes(sold: int, due: int | None) -> KnownCustomers:
        day = None if due is None else days(due)
        return KnownCustomers(debts=[Debt(ANI, 77, days(sold), day)])

    assert reasons(owes(5, 0)) == [(ANI, "debt")]
    assert reasons(owes(5, -1)) == []
    assert reasons(owes(13, None)) == []
    assert reasons(owes(14, None)) == [(ANI, "debt")]


def test_birthdays_of_the_day_itself_and_that_of_a_leap_day() -> None:
    known = KnownCustomers(birthdays={ANI: "11-28", TINI: "11-29", HADI: "11-30"})
    assert reasons(known) == [(ANI, "birthday")]
    leap = KnownCustomers(birthdays={ANI: "02-29"})
    assert reasons(leap, date(2027, 2, 28)) == [(ANI, "birthday")]
    assert reasons(leap, date(2028, 2, 29)) == [(ANI, "birthday")]
    assert reasons(leap, date(2028, 3, 1)) == []


def test_a_wish_is_come_back_to_on_its_day() -> None:
    assert reasons(KnownCustomers(wishes={ANI: TODAY})) == [(ANI, "wish")]
    assert reasons(KnownCustomers(wishes={ANI: days(-1)})) == []


def test_one_customer_stands_on_a_list_once_for_the_best_reason() -> None:
    known = KnownCustomers(
        purchases=bought(ANI, 2), debts=[Debt(ANI, 7, days(9), TODAY)], wishes={ANI: TODAY}
    )
    assert reasons(known) == [(ANI, "debt")]


def test_who_was_just_talked_to_is_left_alone_but_for_what_is_urgent() -> None:
    known = KnownCustomers(purchases=bought(ANI, 2), contacted={ANI: days(1)})
    assert reasons(known) == []
    assert reasons(replace(known, birthdays={ANI: "11-28"})) == [(ANI, "birthday")]


def postponed(reason: str, subject: str, shown: int, until: int) -> ListedCustomer:
    rule = REASONS[next(each.reason for each in RULES if each.reason == reason)]
    return ListedCustomer(ANI, rule.reason, subject, days(shown), "later", days(until))


def test_a_postponed_customer_comes_back_on_the_day_unless_it_settled_itself() -> None:
    later = postponed("reorder", f"{SOAP}:{days(3)}", 3, 0)
    known = KnownCustomers(purchases=bought(ANI, 33), past=[later])
    assert reasons(known) == [(ANI, "reorder")]
    assert reasons(replace(known, purchases=bought(ANI, 33, 1))) == []
    assert reasons(known, TODAY - timedelta(days=1)) == []
    debt = postponed("debt", "7", 2, 0)
    assert reasons(KnownCustomers(past=[debt])) == []
    owing = KnownCustomers(debts=[Debt(ANI, 7, days(90), days(80))], past=[debt])
    assert reasons(owing) == [(ANI, "debt")]


CUSTOMERS = st.integers(1, 12)
AGO = st.integers(0, 400)
PURCHASES = st.lists(
    st.builds(Purchase, CUSTOMERS, st.integers(10, 13), st.integers(1, 4), AGO.map(days)),
    max_size=60,
)
DEBTS = st.lists(
    st.builds(Debt, CUSTOMERS, st.integers(1, 99), AGO.map(days), st.none() | AGO.map(days)),
    max_size=20,
)
PAST = st.lists(
    st.builds(
        ListedCustomer,
        CUSTOMERS,
        st.sampled_from([rule.reason for rule in RULES]),
        st.just(f"10:{days(20)}"),
        st.integers(1, 40).map(days),
        st.sampled_from(["shown", "done", "never"]),
    ),
    max_size=30,
    unique_by=lambda one: (one.customer_id, one.reason),
)
KNOWN = st.builds(
    KnownCustomers,
    purchases=PURCHASES,
    lasts=st.dictionaries(st.integers(10, 13), st.integers(0, 90)),
    debts=DEBTS,
    birthdays=st.dictionaries(CUSTOMERS, st.sampled_from(["11-28", "11-29", "02-29"])),
    wishes=st.dictionaries(CUSTOMERS, AGO.map(days)),
    contacted=st.dictionaries(CUSTOMERS, AGO.map(days)),
    past=PAST,
)


@given(KNOWN)
def test_never_more_than_seven_and_nobody_twice(known: KnownCustomers) -> None:
    listed = [one.customer_id for one in day_list(known, TODAY)]
    assert len(listed) <= LIST_MAX == 7
    assert len(set(listed)) == len(listed)


@given(KNOWN)
def test_nobody_who_was_excluded_or_shown_for_it_within_a_week(known: KnownCustomers) -> None:
    named = {(one.customer_id, one.reason) for one in day_list(known, TODAY)}
    for one in known.past:
        if one.state == "never" or (TODAY - one.shown_on).days < 7:
            assert (one.customer_id, one.reason) not in named


@given(KNOWN)
def test_what_comes_later_changes_nothing_today(known: KnownCustomers) -> None:
    future = [*known.purchases, *bought(ANI, -1), *bought(TINI, -20)]
    assert day_list(replace(known, purchases=future), TODAY) == day_list(known, TODAY)


@given(KNOWN, st.integers(2, 20))
def test_over_many_days_nobody_is_shown_twice_in_a_week_for_one_reason(
    known: KnownCustomers, length: int
) -> None:
    last: dict[tuple[int, str], date] = {
        (one.customer_id, one.reason): one.shown_on for one in known.past if one.state != "never"
    }
    past = {(one.customer_id, one.reason): one for one in known.past}
    for ahead in range(length):
        day = TODAY + timedelta(days=ahead)
        for one in day_list(replace(known, past=list(past.values())), day):
            key = one.customer_id, one.reason
            assert (day - last.get(key, date.min)).days >= 7
            last[key] = day
            past[key] = _shown(one, day)


def _shown(one: Named, day: date) -> ListedCustomer:
    return ListedCustomer(one.customer_id, one.reason, one.subject, day, "shown")


def test_each_rule_leaves_at_least_a_week_and_has_a_place_of_its_own() -> None:
    assert len(REASONS) == len(RULES) == 7
    assert all(rule.again_days >= 7 and rule.first <= rule.last for rule in RULES)
    assert all(1 <= rule.most <= LIST_MAX for rule in RULES)
