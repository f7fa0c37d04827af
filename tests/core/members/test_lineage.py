"""Sponsors before those they brought along, and circles by name."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.members.lineage import trace

people = st.integers(0, 30)
companies = st.dictionaries(people, st.none() | st.integers(0, 40), max_size=30)


@given(companies)
def test_every_member_comes_after_their_sponsor_or_is_below_a_circle(
    sponsors: dict[int, int | None],
) -> None:
    lineage = trace(sponsors)
    place = {person: at for at, person in enumerate(lineage.sponsors_first)}
    assert len(place) == len(lineage.sponsors_first)
    for person, at in place.items():
        sponsor = sponsors[person]
        if sponsor is not None and sponsor in sponsors:
            assert place[sponsor] < at
    circled = {person for circle in lineage.circles for person in circle}
    for person in sponsors.keys() - place.keys():
        climbed = {person}
        above = sponsors[person]
        while above is not None and above not in climbed:
            climbed.add(above)
            above = sponsors[above]
        assert climbed & circled


@given(companies)
def test_each_circle_is_listed_once_and_closes(sponsors: dict[int, int | None]) -> None:
    circles = trace(sponsors).circles
    members = [person for circle in circles for person in circle]
    assert len(members) == len(set(members))
    for circle in circles:
        for person, sponsor in zip(circle, (*circle[1:], circle[0]), strict=True):
            assert sponsors[person] == sponsor


def test_a_circle_begins_with_its_first_member_in_the_list() -> None:
    lineage = trace({"d": "b", "c": "a", "b": "c", "a": "b", "root": None})
    assert lineage.circles == (("c", "a", "b"),)
    assert lineage.sponsors_first == ("root",)


def test_a_chain_of_fifty_thousand_works() -> None:
    chain = {each: each - 1 if each else None for each in reversed(range(50_000))}
    assert trace(chain).sponsors_first == tuple(range(50_000))
    circle = {each: (each + 1) % 50_000 for each in range(50_000)}
    assert [len(each) for each in trace(circle).circles] == [50_000]
