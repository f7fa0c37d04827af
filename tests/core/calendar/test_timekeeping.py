"""When the clock is trusted: it is compared with dated answers."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar.timekeeping import (
    ANSWERS_KEPT,
    ANSWERS_SURE,
    BELIEVED_SECONDS,
    CLOCK_DOUBT_SECONDS,
    ClockReading,
    Timekeeper,
)

START = 1_795_000_000.0


def at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


DAY = 86_400.0

wrongs = st.floats(-400 * DAY, 400 * DAY)
holds = st.lists(st.tuples(st.floats(0, 30), st.floats(0, 1)), min_size=1, max_size=12)


class World:
    """The right time, a stopwatch, and our clock, which is wrong by some seconds."""

    def __init__(self) -> None:
        self.keeper = Timekeeper()
        self.passed = 0.0
        self.wrong = 0.0

    def moment(self) -> ClockReading:
        return ClockReading(
            at(START + self.passed + self.wrong), timedelta(seconds=50.0 + self.passed)
        )

    def ask(self, held: float = 0.05, dated: float = 1.0, stale: float = 0.0) -> None:
        """Ask; the answer is dated at some part of the time that it takes, or long before."""
        asked = self.moment()
        date = int(START + self.passed + held * dated - stale)
        self.passed += held
        self.keeper.answered(at(date), asked, self.moment())

    def wait(self, seconds: float) -> None:
        self.passed += seconds

    @property
    def gap(self) -> int:
        doubt = self.keeper.doubt(self.moment())
        return 0 if doubt is None else doubt.seconds

    @property
    def sure(self) -> bool:
        doubt = self.keeper.doubt(self.moment())
        return doubt is not None and doubt.sure


@given(wrong=st.floats(-CLOCK_DOUBT_SECONDS + 2, CLOCK_DOUBT_SECONDS - 2), answers=holds)
def test_a_clock_within_the_bound_is_never_suspect(
    wrong: float, answers: list[tuple[float, float]]
) -> None:
    world = World()
    world.wrong = wrong
    for held, dated in answers:
        world.ask(held, dated)
        assert world.gap == 0
        world.wait(held)
        assert world.gap == 0


@given(wrong=wrongs, answers=holds)
def test_a_clock_far_out_is_suspect_from_the_first_answer_on(
    wrong: float, answers: list[tuple[float, float]]
) -> None:
    world = World()
    world.wrong = wrong
    far = abs(wrong) > CLOCK_DOUBT_SECONDS + 32
    for count, (held, dated) in enumerate(answers, start=1):
        world.ask(held, dated)
        if far:
            assert abs(world.gap - wrong) <= 32, "a long answer leaves no more play than it took"
            assert world.sure is (count >= ANSWERS_SURE)


@given(wrong=wrongs, again=st.floats(-BELIEVED_SECONDS + 2, BELIEVED_SECONDS - 2))
def test_a_clock_that_is_set_is_judged_before_the_next_answer(wrong: float, again: float) -> None:
    world = World()
    for _ in range(ANSWERS_KEPT):
        world.ask()
    world.wrong = wrong
    assert (world.gap != 0) is (abs(wrong) > CLOCK_DOUBT_SECONDS) or abs(
        abs(wrong) - CLOCK_DOUBT_SECONDS
    ) <= 2
    assert not world.sure, "no alert before any answer has said so"
    world.wrong = again
    assert world.gap == 0


def test_a_clock_is_suspect_from_the_bound_on_and_trusted_again_only_much_nearer() -> None:
    world = World()
    for _ in range(ANSWERS_SURE):
        world.ask()
    seen = []
    for wrong in (118, 123, 118, 63, 58, 118, -118, -123, -63, -58):
        world.wrong = float(wrong)
        seen.append(world.gap != 0)
    assert seen == [False, True, True, True, False, False, False, True, True, False]


@given(
    stale=st.floats(CLOCK_DOUBT_SECONDS + 2, 400 * DAY),
    which=st.integers(0, ANSWERS_KEPT - 1),
)
def test_one_delayed_answer_stops_nothing(stale: float, which: int) -> None:
    world = World()
    for _ in range(3):
        world.ask()
    for count in range(ANSWERS_KEPT):
        world.ask(stale=stale if count == which else 0.0)
        assert world.gap == 0


def test_a_delayed_first_answer_holds_until_the_second() -> None:
    world = World()
    world.ask(stale=3600)
    assert world.gap > 0
    assert not world.sure
    world.ask()
    assert world.gap == 0


def test_a_clock_set_back_while_an_answer_is_on_its_way_is_not_held_against_it() -> None:
    world = World()
    world.wrong = 3 * DAY
    for _ in range(ANSWERS_SURE):
        world.ask()
    asked = world.moment()
    world.wrong = 0.0
    world.wait(20)
    world.keeper.answered(at(START + world.passed), asked, world.moment())
    assert world.gap == 0


def test_without_a_witness_only_a_slow_clock_is_detected() -> None:
    world = World()
    world.keeper.at_least(at(START + DAY), world.moment().steady)
    world.keeper.at_least(at(START), world.moment().steady)
    assert world.gap == -DAY
    doubt = world.keeper.doubt(world.moment())
    assert doubt is not None
    assert (doubt.witness, doubt.sure, doubt.ahead) == ("database", True, False)
    world.wrong = 400 * DAY
    assert world.gap == 0, "an old date proves nothing"


def test_a_database_written_by_a_wrong_clock_does_not_outweigh_the_witness() -> None:
    world = World()
    world.keeper.at_least(at(START + 3 * DAY), world.moment().steady)
    assert world.gap == -3 * DAY
    world.ask()
    assert world.gap == 0


def test_a_clock_that_is_moved_on_purpose_takes_all_evidence_with_it() -> None:
    world = World()
    for _ in range(ANSWERS_KEPT):
        world.ask()
    world.keeper.at_least(at(START), timedelta())
    world.wrong = 3 * DAY
    assert world.gap > DAY
    world.keeper.forget()
    assert world.gap == 0
    assert not world.keeper.has_witness
