"""The key of customers' numbers: made once, never over another, and of use for one row only."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.system.number_keys import NoNumberKeyError, NumberKeys

IDS = st.integers(min_value=1, max_value=2**62)
READY = NumberKeys()
READY.make()
OTHER = NumberKeys()
OTHER.make()


@given(st.text(max_size=40), IDS, IDS)
def test_what_was_sealed_opens_for_its_row_with_its_key_alone(
    number: str, row: int, other: int
) -> None:
    sealed = READY.seal(number, row)
    assert READY.open(sealed, row) == number
    assert OTHER.open(sealed, row) is None
    if row != other:
        assert READY.open(sealed, other) is None
    if len(number) > 3:
        assert number not in sealed


@given(st.text(max_size=200), IDS)
def test_text_that_is_no_sealed_number_opens_to_nothing(stored: str, row: int) -> None:
    assert READY.open(stored, row) is None
    assert READY.open(f"1:{stored}", row) is None


@given(st.integers(min_value=0), st.integers(min_value=0, max_value=255))
def test_a_changed_byte_is_noticed(place: int, byte: int) -> None:
    sealed = READY.seal("+6281234567890", 7)
    at = 2 + place % (len(sealed) - 2)
    changed = sealed[:at] + chr(byte) + sealed[at + 1 :]
    assert READY.open(changed, 7) == ("+6281234567890" if changed == sealed else None)


@given(st.text(min_size=1, max_size=20), IDS, IDS)
def test_a_number_is_found_again_by_its_seller_alone(number: str, seller: int, other: int) -> None:
    assert READY.digest(number, seller) == READY.digest(number, seller)
    assert READY.digest(number, seller) != OTHER.digest(number, seller)
    if seller != other:
        assert READY.digest(number, seller) != READY.digest(number, other)


def test_the_key_is_made_once_and_read_again(tmp_path: Path) -> None:
    file = tmp_path / "data" / "jualdulu.db.key"
    keys = NumberKeys(file)
    assert keys.state == "none"
    with pytest.raises(NoNumberKeyError):
        keys.seal("+62811", 1)
    keys.make()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    written = file.read_bytes()
    sealed = keys.seal("+62811", 1)
    keys.make()
    again = NumberKeys(file)
    again.make()
    assert file.read_bytes() == written
    assert again.open(sealed, 1) == "+62811"
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_a_key_that_came_in_between_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "jualdulu.db.key"
    early, late = NumberKeys(file), NumberKeys(file)
    early.make()
    late.make()
    assert late.open(early.seal("+62811", 1), 1) == "+62811"


@pytest.mark.parametrize("damage", ["", "{}", '{"key": 5}', '{"key": "00"}', "[" * 5000, "\x00"])
def test_a_damaged_key_is_never_written_over(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "jualdulu.db.key"
    file.write_text(damage)
    keys = NumberKeys(file)
    assert keys.state == "damaged"
    assert keys.open(READY.seal("+62811", 1), 1) is None
    with pytest.raises(NoNumberKeyError):
        keys.make()
    assert file.read_text() == damage


def test_a_folder_in_its_place_is_a_damaged_key(tmp_path: Path) -> None:
    assert NumberKeys(tmp_path).state == "damaged"
