"""The demo for a person who only watches: others are there and do things."""

import pytest

from tests.browser.screen import SARI, Screen

pytestmark = pytest.mark.browser

WATCHED_SECONDS = 60


def test_a_phone_receives_messages_without_being_touched(living: Screen) -> None:
    living.phone(SARI).received("disetujui kantor", seconds=WATCHED_SECONDS)
    living.is_well()
