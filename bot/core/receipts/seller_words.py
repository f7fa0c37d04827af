"""Whether typed words name a seller."""

from bot.core.customers.customer_keys import plain_title
from bot.core.members.people import name_words

__all__ = ["is_named"]


def is_named(name: str, code: str, words: str) -> bool:
    """Returns whether the words are a member's code, or each begins a word of the whole name.

    Titles in front do not count where another word is there: `Bu Sari` is Sari.
    """
    typed = name_words(words)
    if not typed:
        return False
    if "".join(typed) == code.casefold():
        return True
    own = name_words(name)
    said = tuple(word for word in typed if not plain_title(word)) or typed
    return all(any(each.startswith(word) for each in own) for word in said)
