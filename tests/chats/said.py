"""What the bot has said in the chats of this test run, for the test that looks at all of them."""

import pytest

__all__ = ["PLAYED", "SAID"]

SAID = pytest.StashKey[set[str]]()
"""The templates that were filled."""

PLAYED = pytest.StashKey[set[str]]()
"""The names of the files that were played."""
