"""Spells the words of a line as the price list and the readers know them.

`sbn`, `sabunnya` and `soap` become `sabun`; `dua belas` becomes one number; `tehhijau` and
`mbaknur` are taken apart.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from bot.core.input.money import MONEY_WORD_UNITS
from bot.core.input.number_words import NUMBER_WORDS, spelled_out
from bot.core.input.quantity import PACKS, UNITS
from bot.core.sales.buyers import SHOPS, TITLES
from bot.core.sales.line.scanning.tokens import Token, TokenKind, scan
from bot.core.sales.line.words.colours import with_colours_of_things
from bot.core.sales.line.words.goods_sizes import with_sizes
from bot.core.sales.line.words.meant_otherwise import with_dashes, without_pronouns
from bot.core.sales.line.words.slips import shortened, spelled_alike, unabbreviated
from bot.core.sales.line.words.vocabulary import ABOUT_BUYERS, FILLERS, KIN, PEOPLE, REVISING
from bot.core.sales.products import (
    ProductNames,
    has_words,
    spelled,
)

__all__ = ["worded"]

LINES_KEPT_MAX = 1_000
ENDINGS = ("nya", "ne", "na", "ku", "e")
GLUED_LETTERS_MIN = 3
BEGUN_LETTERS_MIN = 4
NUMBER_WORDS_MAX = 6
NUMBER_OF_A_NAME_MIN = 100
PERCENT_MAX = 100
_NO_TITLES = ("mbay", "paket", "pakai", "pakan", "paksa", "salonpas")
"""Beginnings of words that only look like a title with a name: `paketnya`, `mbayare`."""

_GLUED_TITLES = ("pak", "mbak", "mba", "toko", "salon", "warung", "cucu")
# English words for goods, and other languages' words, by the words of Indonesian price lists.
_MEANS = {
    "soap": "sabun",
    "soaps": "sabun",
    "tea": "teh",
    "honey": "madu",
    "coffee": "kopi",
    "oil": "minyak",
    "shampoo": "sampo",
    "shampoos": "sampo",
    "lotion": "losion",
    "lotions": "losion",
    "balm": "balsem",
    "balms": "balsem",
    "lip": "bibir",
    "mask": "masker",
    "masks": "masker",
    "coconut": "kelapa",
    "olive": "zaitun",
    "ginger": "jahe",
    "goat": "kambing",
    "milk": "susu",
    "dates": "kurma",
    "ijo": "hijau",
    "losyen": "losion",
    "losien": "losion",
    "vco": "kelapa",
    "alas": "hutan",
    "utan": "hutan",
    "klopo": "kelapa",
    "kalapo": "kelapa",
    "karambia": "kelapa",
    "kpi": "kopi",
    "kupi": "kopi",
    "klentik": "kelapa",
    "kletik": "kelapa",
    "lengo": "minyak",
    "lenga": "minyak",
    "hejo": "hijau",
    "hijo": "hijau",
    "beureum": "merah",
    "aloe": "buaya",
    "rice": "beras",
    "forest": "hutan",
    "liquid": "cair",
    "green": "hijau",
    "roselle": "rosela",
    "moringa": "kelor",
    "red": "merah",
    "massage": "urut",
    "lemongrass": "sereh",
    "goats": "kambing",
    "oils": "minyak",
    "teas": "teh",
    "coffees": "kopi",
    "honeys": "madu",
    "syrup": "sari",
    "lipbalm": "bibir",
}
# English words that Indonesian article codes use, as LIP-MADU.
_ALSO_CODES = frozenset({"lip"})
_ALSO_PEOPLE = frozenset({"sada"})
_PERCENT = frozenset({"persen", "percent", "prosen"})
_ONE_EACH = frozenset({"hiji", "siji", "ciek", "sahiji", "setunggal"})
_KNOWN = FILLERS | TITLES | SHOPS | KIN | ABOUT_BUYERS | UNITS | NUMBER_WORDS | PACKS | REVISING


@lru_cache(maxsize=LINES_KEPT_MAX)
def worded(line: str, called: ProductNames) -> tuple[Token, ...]:
    """Returns the tokens of a line with known words in their usual spelling, numbers as numbers.

    Cached, since a line is read for what it sells and again for its shape.
    """
    pieces = [piece for token in scan(line) for piece in _pieces(token, called)]
    once = [
        piece
        for before, piece in zip([None, *pieces], pieces, strict=False)
        if before is None
        or not piece.goods
        or piece.word in NUMBER_WORDS
        or before.text.lower() != piece.text.lower()
    ]
    once = without_pronouns(once)
    lettered = with_colours_of_things(_with_letters(once, called))
    numbered = _with_parts(_with_numbers(lettered, called))
    return tuple(with_sizes(with_dashes(list(numbered), called), called))


def _with_parts(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield the tokens with a number in words and `persen` as one part: `sepuluh persen`."""
    number: Token | None = None
    for token in tokens:
        if number is not None and token.word in _PERCENT:
            yield Token(TokenKind.PERCENT, f"{number.number}%")
            number = None
            continue
        if number is not None:
            yield number
        small = token.number is not None and token.number <= PERCENT_MAX
        number = token if small and token.kind is TokenKind.NUMBER else None
        if number is None:
            yield token
    if number is not None:
        yield number


def _with_letters(tokens: Sequence[Token], called: ProductNames) -> list[Token]:
    """Returns the tokens with the word of a product for its letter: `t kelor`, `m randu`."""
    written = list(tokens)
    for at, (token, behind) in enumerate(pairwise(tokens)):
        if len(token.word) == 1 and behind.goods:
            meant = called.begun.get((token.word, behind.word))
            if meant is not None:
                written[at] = Token(TokenKind.WORD, meant, None, True, token.text)
    return written


def _pieces(token: Token, called: ProductNames) -> Iterator[Token]:
    """Yield the words that a token consists of, each as it is spelled."""
    if token.kind is not TokenKind.WORD:
        yield token
        return
    for word in _apart(token.text, called):
        text = _usual(word, called)
        same = text.lower() == word.lower()
        goods = _is_of_goods(text, called)
        yield Token(TokenKind.WORD, word if same else text, None, goods, "" if same else word)


def _apart(text: str, called: ProductNames) -> tuple[str, ...]:
    """Returns the words of one that was written without a space: `tehhijau`, `mbaknur`."""
    word = text.lower()
    if word in called.places or word in _KNOWN or not word.isalpha():
        return (text,)
    for size in range(GLUED_LETTERS_MIN, len(word) - GLUED_LETTERS_MIN + 1):
        if word[:size] in called.places and word[size:] in called.places:
            return text[:size], text[size:]
    for title in _GLUED_TITLES:
        rest = word.removeprefix(title)
        if word.startswith(_NO_TITLES):
            continue
        if rest != word and len(rest) >= GLUED_LETTERS_MIN and rest not in _KNOWN:
            return (text,) if _stem(word, called) else (title, text[len(title) :])
    return (text,)


def _usual(text: str, called: ProductNames) -> str:
    """Returns `sabun` for `sabunnya`, `sbn`, `sabn` and `soap`, if that is a product's word."""
    word = text.lower()
    if word in PEOPLE or not word.isalpha():
        return text
    meant = _MEANS.get(word)
    if word in called.places:
        if word in _ALSO_CODES and meant in called.places:
            return meant or text
        return text if word in _KNOWN else unabbreviated(word, called)
    if meant in called.places:
        return meant or text
    stem = _stem(word, called)
    if stem:
        return stem
    if word in _KNOWN:
        return text
    whole = unabbreviated(word, called)
    if whole != word:
        return whole
    return spelled_alike(word, called) or shortened(word, called) or text


def _stem(word: str, called: ProductNames) -> str | None:
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and stem in called.places:
            return stem
        if stem != word and _MEANS.get(stem) in called.places:
            return _MEANS[stem]
    stem = word.rstrip(word[-1]) + word[-1]
    return stem if stem in called.places else None


def _is_of_goods(text: str, called: ProductNames) -> bool:
    word = text.lower()
    if word in called.places:
        return word not in SHOPS
    pieces = spelled(text)
    begun = len(word.strip("'")) >= BEGUN_LETTERS_MIN and word not in _KNOWN and word not in PEOPLE
    return bool(pieces) and begun and has_words(pieces, called)


def _with_numbers(tokens: Sequence[Token], called: ProductNames) -> Iterator[Token]:
    """Yield the tokens with `dua belas` as one number; the `tiga` of `Tiga Daun` stays a word."""
    at = 0
    while at < len(tokens):
        named = _is_in_a_name(tokens, at, called) or _is_called_so(tokens, at)
        taken = 0 if named else _number_words(tokens, at)
        if not taken:
            yield tokens[at]
            at += 1
            continue
        words = [token.word for token in tokens[at : at + taken]]
        size = _of_a_name(words, called) or taken
        if size > 1 and words[size - 1] in _ONE_EACH and not _is_thousands(tokens, at + size):
            size -= 1  # "saratus tilu puluh hiji" is 130 for each
        found = spelled_out(words[:size])
        assert found is not None, "the words are a number"
        text = " ".join(token.text for token in tokens[at : at + size])
        yield Token(TokenKind.NUMBER, str(found[0]) if size > 1 else text, found[0])
        at += size


def _is_called_so(tokens: Sequence[Token], at: int) -> bool:
    """Returns whether a number word is a person behind a title: `Daeng Sada`."""
    return at > 0 and tokens[at].word in _ALSO_PEOPLE and tokens[at - 1].word in TITLES


def _is_thousands(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].word in MONEY_WORD_UNITS


def _number_words(tokens: Sequence[Token], at: int) -> int:
    """Returns how many tokens a number in words takes here; 0 if there is none."""
    if tokens[at].word not in NUMBER_WORDS:
        return 0
    found = spelled_out([token.word for token in tokens[at : at + NUMBER_WORDS_MAX]])
    return found[1] if found else 0


def _of_a_name(words: Sequence[str], called: ProductNames) -> int:
    """Returns how many words are a product's number: two of `lima ratus satu`, the 500."""
    for size in range(len(words) - 1, 0, -1):
        found = spelled_out(words[:size])
        large = found is not None and found[1] == size and found[0] >= NUMBER_OF_A_NAME_MIN
        if found is not None and large and str(found[0]) in called.places:
            return size
    return 0


def _is_in_a_name(tokens: Sequence[Token], at: int, called: ProductNames) -> bool:
    if not tokens[at].goods:
        return False
    pairs = (tokens[max(0, at - 1) : at + 1], tokens[at : at + 2])
    named = [spelled(" ".join(each.text for each in pair)) for pair in pairs]
    return any(len(words) > 1 and has_words(words, called) for words in named)
