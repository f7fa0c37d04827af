"""Reads what an admin types to change a sponsor: `ganti sponsor erni jadi budi`."""

from typing import Final

from bot.core.input.typed import one_line

__all__ = ["read_sponsor_wish"]

CHARACTERS_MAX: Final = 100

_CHANGE: Final = frozenset(("ganti", "ubah", "pindahkan", "change", "move"))
_TO: Final = frozenset(("jadi", "menjadi", "ke", "to"))
_NOTHING: Final = frozenset(("of", "the", "dari", "for", "untuk"))


def read_sponsor_wish(text: str) -> tuple[str, str] | None:
    """Returns whose sponsor is to change, and who is to be it; None for any other text.

    The second is empty where only the member is named.
    """
    words = one_line(text[:CHARACTERS_MAX]).strip(" .!?").split()
    said = [word.casefold() for word in words]
    bare = [word for word in words[1:] if word.casefold() not in _NOTHING]
    if not said or said[0] not in _CHANGE or not bare or bare[0].casefold() != "sponsor":
        return None
    named = bare[1:]
    split = next((at for at, word in enumerate(named) if word.casefold() in _TO), len(named))
    who, sponsor = " ".join(named[:split]), " ".join(named[split + 1 :])
    return (who, sponsor) if who else None
