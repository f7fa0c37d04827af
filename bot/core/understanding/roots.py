"""The roots that a word may have: `dibetulkan`, `mbetulin` and `betulnya` are all of `betul`.

Prefixes and suffixes are those of Indonesian and of the languages that people mix with it, and
the endings of English. What is no word at all is among the roots too: the caller knows which are.
"""

from collections.abc import Iterator
from functools import cache

__all__ = ["roots_of"]

ROOT_LETTERS_MIN = 3
_LETTERS_MAX = 24

_PREFIXES = (
    "di ke ka ku kau tak ta me mem men meng menge ma mam man mang nge ng m n be ber ba bar te ter"
    " pe pem pen peng per pa pam pan pang se sa memper diper dipe dika kape mapa mag maka i e dek"
    " si"
)
_SWALLOWING = {
    "s": "meny ny many peny",
    "t": "men n man pen",
    "p": "mem m mam pem",
    "k": "meng ng mang peng",
}
"""What these put in the place of a letter: `menyapu` is of `sapu`, `nulis` of `tulis`."""

_SUFFIXES = (
    "kan i an in nya nyo ny e ne na ku mu lah kah kee keun aken ake no en ki mi ji pi mo"
    " s es ed d ing er"
)


def roots_of(word: str) -> Iterator[str]:
    """Yield what is left of a word in lower case, the word first, without what stands around it.

    Those with less taken away come first.
    """
    yield word
    if len(word) > _LETTERS_MAX:
        return
    ends = (word, *_without_suffix(word))
    for end in ends[1:]:
        yield end
    for end in ends:
        yield from _without_prefix(end)
    twice = (further for end in ends[1:] for further in _without_suffix(end))
    for further in dict.fromkeys(twice):
        yield further
        yield from _without_prefix(further)


def _without_suffix(word: str) -> tuple[str, ...]:
    return tuple(
        word.removesuffix(suffix)
        for suffix in _SUFFIXES.split()
        if word.endswith(suffix) and len(word) - len(suffix) >= ROOT_LETTERS_MIN
    )


def _without_prefix(word: str) -> Iterator[str]:
    for prefix, swallowed in _by_first_letter().get(word[:1], ()):
        left = len(word) - len(prefix) + len(swallowed)
        if word.startswith(prefix) and left >= ROOT_LETTERS_MIN:
            yield swallowed + word.removeprefix(prefix)


@cache
def _by_first_letter() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    plain = [(prefix, "") for prefix in _PREFIXES.split()]
    swallowing = [
        (each, swallowed) for swallowed, all_ in _SWALLOWING.items() for each in all_.split()
    ]
    for prefix, swallowed in sorted([*plain, *swallowing], key=lambda pair: -len(pair[0])):
        found.setdefault(prefix[0], []).append((prefix, swallowed))
    return found
