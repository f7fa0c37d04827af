"""However a return is divided, its parts come to the whole, to the rupiah."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.core.returns.clawback import credit_stands, pool_part_stands
from bot.core.returns.pieces import SoldPieces, figures_of

AMOUNT = st.integers(1, 10_000_000)


@given(AMOUNT, st.lists(st.integers(1, 9), min_size=1, max_size=9))
def test_pieces_given_back_one_by_one_come_to_the_amount_of_the_line(
    amount: int, parts: list[int]
) -> None:
    line = SoldPieces(1, 1, "Sabun", sum(parts), amount, 700, 5, 600)
    sums = [0, 0, 0, 0]
    for pieces in parts:
        back = figures_of([line], [(1, pieces)])
        part = line.part(pieces)
        assert back.amount == part
        for place, each in enumerate((back.amount, back.goods, back.points, back.bonus_value)):
            sums[place] += each
        line = replace(line, taken=line.taken + pieces, taken_amount=line.taken_amount + part)
    assert line.left == 0
    whole = sum(parts)
    assert sums == [amount, 700 * whole, 5 * whole, 600 * whole]


@given(
    AMOUNT,
    st.lists(st.integers(1, 5), min_size=2, max_size=6),
    st.data(),
)
def test_what_the_office_refused_leaves_no_rupiah_behind(
    amount: int, parts: list[int], data: st.DataObject
) -> None:
    line = SoldPieces(1, 1, "Sabun", sum(parts), amount, 700, 5, 600)
    standing: list[tuple[int, int]] = []
    while line.left:
        pieces = data.draw(st.integers(1, line.left))
        standing.append((pieces, line.part(pieces)))
        if len(standing) > 1 and data.draw(st.booleans()):
            standing.pop(data.draw(st.integers(0, len(standing) - 1)))
        line = replace(
            line,
            taken=sum(each for each, _ in standing),
            taken_amount=sum(each for _, each in standing),
        )
        assert 0 <= line.taken_amount <= amount
    assert line.taken_amount == amount


@given(st.integers(1, 10**9), st.integers(1, 10_000), st.integers(0, 10**6), st.data())
def test_the_parts_of_a_return_take_from_a_credit_what_the_whole_takes(
    base: int, rate_bp: int, cut: int, data: st.DataObject
) -> None:
    whole = base * rate_bp // 10_000
    amount = max(whole - cut, 1) if cut else whole
    is_cut = amount < whole
    left, taken = base, 0
    for _ in range(data.draw(st.integers(1, 5))):
        gone = data.draw(st.integers(0, left))
        was = credit_stands(amount, base, rate_bp, left, is_cut=is_cut)
        stands = credit_stands(amount, base, rate_bp, left - gone, is_cut=is_cut)
        assert 0 <= stands <= was <= amount
        left, taken = left - gone, taken + was - stands
    assert taken == amount - credit_stands(amount, base, rate_bp, left, is_cut=is_cut)
    assert credit_stands(amount, base, rate_bp, 0, is_cut=is_cut) == 0
    assert credit_stands(amount, base, rate_bp, base, is_cut=is_cut) == amount


@given(st.integers(1, 10**9), st.integers(1, 10_000), st.lists(st.integers(1, 99), min_size=1))
def test_all_parts_of_a_pool_fall_and_at_nothing_left_none_stands(
    base: int, rate_bp: int, weights: list[int]
) -> None:
    pool = base * rate_bp // 10_000
    for weight in weights:
        part = (weight, sum(weights))
        amount = pool * weight // sum(weights)
        stands = [
            pool_part_stands(amount, base, rate_bp, left, part, is_cut=False)
            for left in (base, base // 2, 0)
        ]
        assert stands[0] == amount >= stands[1] >= stands[2] == 0
