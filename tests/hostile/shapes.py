"""Texts that a hostile or a clumsy hand may send: each is a pattern that fills any length."""

from collections.abc import Callable, Mapping
from itertools import chain
from typing import Final

__all__ = ["MESSAGE_CHARACTERS_MAX", "SHAPES", "Shape"]

Shape = Callable[[int], str]
"""Returns the text of exactly this number of characters."""

MESSAGE_CHARACTERS_MAX: Final = 4_096
"""The longest message that Telegram takes."""

# The text begins with the first, goes on with the second again and again, and ends with the last.
_PARTS: Final[Mapping[str, tuple[str, str, str]]] = {
    # One kind of character.
    "letters": ("", "a", ""),
    "capitals": ("", "A", ""),
    "digits": ("", "1", ""),
    "zeros": ("", "0", ""),
    "blanks inside": ("a", " ", "a"),
    "tabs inside": ("1", "\t", "x"),
    "lines inside": ("a", "\n", "a"),
    "carriage returns": ("a", "\r", "a"),
    "no-break spaces": ("a", "\u00a0", "a"),
    "line separators": ("a", "\u2028", "a"),
    "dots": ("", ".", ""),
    "commas": ("", ",", ""),
    "dashes": ("", "-", ""),
    "slashes": ("", "/", ""),
    "colons": ("", ":", ""),
    "ats": ("", "@", ""),
    "ampersands": ("", "&", ""),
    "percents": ("", "%", ""),
    "question marks": ("", "?", ""),
    "bullets": ("", "•", ""),
    "underscores": ("", "_", ""),
    "backslashes": ("", "\\", ""),
    "control characters": ("", "\x00\x07\x1b", ""),
    # Brackets and quotes, opened and never closed, or closed and never opened.
    "round brackets": ("", "(", ""),
    "square brackets": ("", "[", ""),
    "curly brackets": ("", "{", ""),
    "curly brackets closed": ("", "}", ""),
    "pointed brackets": ("", "<", ""),
    "nested fields": ("", "{(", ""),
    "blocks": ("", "{% ", ""),
    "comments": ("", "{# ", ""),
    "open tags": ("", "<b", ""),
    "tags": ("", "<b>", ""),
    "fields": ("", "{nama}", ""),
    "a field without end": ("{", "nama ", ""),
    "quotes": ("", '"', ""),
    "an open quote": ('"', "a", ""),
    "apostrophes": ("", "'", ""),
    "links": ("", "[a](b", ""),
    # Beyond ASCII.
    "emoji": ("", "😀", ""),
    "families": ("", "👨\u200d👩\u200d👧", ""),
    "combining marks": ("a", "\u0301", ""),
    "marks of two classes": ("a", "\u0301\u0316", ""),
    "marks of many classes": ("a", "\u0345\u0301\u0316\u05b0\u0591\u3099\u0334", ""),
    "letters that are two marks": ("a", "\u0f73", ""),
    "stacked letters": ("", "a\u0301\u0316\u0334", ""),
    "direction overrides": ("", "\u202e", ""),
    "zero-width": ("", "\u200b\u200c\ufeff", ""),
    "soft hyphens": ("", "a\u00ad", ""),
    "surrogate halves": ("", "\ud83d", ""),
    "private use": ("", "\ue000", ""),
    "Arabic digits": ("", "٣", ""),
    "full-width digits": ("", "５", ""),
    "superscript digits": ("", "²", ""),
    "fractions": ("", "½", ""),
    "ligatures that grow": ("", "\ufdfa", ""),
    "letters that grow small": ("", "İ", ""),
    "sharp s": ("", "ß", ""),
    "Hangul pieces": ("", "\u1100\u1161\u11a8", ""),
    "astral letters": ("", "𝐚", ""),
    # Two by turns.
    "digit and blank": ("", "1 ", ""),
    "letter and blank": ("", "a ", ""),
    "letter and blanks": ("", "a   ", ""),
    "letter and dot": ("", "a.", ""),
    "letter and digit": ("", "a1", ""),
    "digit and dot": ("", "1.", ""),
    "thousands": ("1", ".000", "x"),
    "thousands and a tail": ("1" + ".000" * 99, "a", "1"),
    "thousands and words": ("", "1.000a ", ""),
    "commas between": ("1", ",5", ""),
    "blank and comma": ("a", " ,", ""),
    "a number and blanks": ("1", " ", "x"),
    "a receipt and blanks": ("S", " ", "x"),
    "a minus and blanks": ("-", " ", "x"),
    # What people say here.
    "greetings": ("", "halo\n\n", "zzz"),
    "greetings with commas": ("", "halo , ", "zzz"),
    "greetings close": ("", "i ", "z"),
    "questions": ("", "berapa ", ""),
    "sales": ("j ", "2 sabun ", ""),
    "sales begun": ("", "jual 2 sabun ", ""),
    "sales in lines": ("j 2 sabun\n", "3 teh\n", ""),
    "sales of bullets": ("j\n", "- 2 sabun\n", ""),
    "sales with commas": ("jual ", "sabun 2, ", ""),
    "sales of what nobody knows": ("j ", "2 xqz ", ""),
    "a sale of long words": ("j 2 ", "perawatan", ""),
    "a sale of many words": ("j 2 ", "madu hutan ", ""),
    "a sale of unlike words": ("j 2 ", "mada hitan sabon ", ""),
    "prices": ("j 2 sabun ", "@50rb ", ""),
    "short prices": ("j ", "2 sabun @50 ", ""),
    "prices of millions": ("j 2 sabun ", "1 juta 500 ribu ", ""),
    "sums": ("", "komisi  rp 1  ", ""),
    "sums with dots": ("", "rp 1.000.000 bonus ", ""),
    "a sum without end": ("komisi rp ", "1.", ""),
    "promises": ("", "pasti dijamin ", ""),
    "promises begun": ("", "tanpa perlu ", ""),
    "customers": ("j 2 sabun ", "bu ani ", ""),
    "customers after to": ("j 2 sabun ", "ke ", "x"),
    "days": ("j 2 sabun ", "tgl 5 ", ""),
    "days with gaps": ("", "tgl    ", "x"),
    "days named": ("", "5 nov 2026 ", ""),
    "days ago": ("", "2 hari lalu ", ""),
    "days of the week": ("", "hari senin lalu ", ""),
    "own use": ("j 2 sabun ", "untuk sendiri ", ""),
    "own use begun": ("", "untuk   ", "x"),
    "totals": ("j 2 sabun ", "total 100rb ", ""),
    "dozens": ("j ", "setengah lusin ", ""),
    "numbers in words": ("", "dua puluh ", ""),
    "hours": ("jam 9", " ", "x"),
    "invoices": ("", "no  ", "!"),
    "invoices with signs": ("", "no : # ", "!"),
    "yes": ("", "ya ", ""),
    "no": ("", "tidak ", ""),
    "codes": ("", "7K3M9QX2 ", ""),
    "invitations": ("", "t.me/a?", ""),
    "invitations in one": ("t.me/a?", "start=&", ""),
    "deep links": ("tg://resolve?", "&", "start"),
    "links to pages": ("", "http://", ""),
    "schemes": ("", "a.b+", ""),
    "addresses with passwords": ("", "://a:b", ""),
    "phones": ("", "0812-", ""),
    "plus signs": ("", "+62", ""),
    "names of the family": ("", "Siti Nurhaliza binti ", ""),
    "places": ("", "sulawesi ", ""),
    "searches": ("cari ", "siti ", ""),
    "why": ("", "kenapa bonus ", ""),
    "titles": ("", "bu. ", ""),
    "years": ("", "lahir tahun ", "x"),
    "refused rows": ("", "invalid input syntax for type ", ""),
    "keys": ("a", "a . ", "]"),
    "headers": ("[", " ", "a"),
    "assignments": ("a", " ", "a"),
    "entities": ("", "&#1", ""),
    "one entity": ("&#", "1", ""),
}


def _filled(begin: str, again: str, end: str, length: int) -> str:
    room = max(length - len(begin) - len(end), 0)
    middle = (again * (room // len(again) + 1))[:room]
    return (begin + middle + end)[:length]


def _shape(begin: str, again: str, end: str) -> Shape:
    return lambda length: _filled(begin, again, end, length)


def _all_kinds(length: int) -> str:
    """A bit of everything, one after the other."""
    signs = "".join(dict.fromkeys(chain.from_iterable(chain(*_PARTS.values()))))
    return _filled("", signs, "", length)


SHAPES: Final[Mapping[str, Shape]] = {
    **{name: _shape(*parts) for name, parts in _PARTS.items()},
    "everything": _all_kinds,
}
