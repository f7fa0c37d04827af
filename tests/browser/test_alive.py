"""The demo as somebody finds it who only watches: others are there and do things."""

import pytest

from tests.browser.screen import SARI, Screen

pytestmark = pytest.mark.browser

WATCHED_SECONDS = 60


def test_a_phone_rings_that_nobody_touched(living: Screen) -> None:
    living.phone(SARI).received("disetujui kantor", seconds=WATCHED_SECONDS)
    living.is_well()
