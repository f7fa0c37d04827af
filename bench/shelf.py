"""Makes up a price list of any size, customers, and texts about both."""

from collections.abc import Sequence
from random import Random

from bot.core.customers.customer_keys import name_key
from bot.core.customers.similar_customers import KnownName
from bot.core.sales.products import Catalogue, Product, names_of
from bot.core.understanding.chat_words import typed_words
from tests.understanding.labelled import entries
from tests.understanding.reading import CATALOGUE

__all__ = ["customers", "shelf", "texts"]

_OF_BRANDS = "ka ri su ma la ni ta bu sa di me lo pa ku ra ti wa ne gi do"
_OF_KINDS = (
    "sabun madu teh kopi minyak losion sampo balsem masker sari wedang krim serum bedak parfum"
    " deterjen pasta sikat lulur pelembap tabir jamu kapsul sirup susu bubuk keripik sambal kecap"
    " beras tepung gula garam biskuit cokelat permen odol tisu handuk lilin"
)
_OF_TRAITS = (
    "sereh zaitun kambing pandan hutan kelulut randu kelor rosela secang hijau merah putih hitam"
    " jahe kelapa urut lidah buaya bibir kurma kunyit temulawak mawar melati lavender lemon jeruk"
    " apel anggur stroberi vanila mint siang malam bayi anak dewasa kering lembut segar murni asli"
    " alami premium ekonomis besar kecil sedang cair batang tropis manis pedas asin gurih"
)
_OF_PEOPLE = (
    "ani budi siti rina rini dewi agus wati yanti joko endang sri nur aminah hasan husein lina"
    " tuti maya putri bayu eko fitri galih hesti indah kartika lestari mega nina"
)
SYLLABLES, KINDS, TRAITS, FIRST = (
    tuple(words.split()) for words in (_OF_BRANDS, _OF_KINDS, _OF_TRAITS, _OF_PEOPLE)
)
TITLES = ("bu", "pak", "mbak", "mas", "")
BRANDS_PER_PRODUCT = 5
MISSPELLED, UNKNOWN = 0.15, 0.05
LETTERS_MIN = 4


def shelf(size: int, chance: Random) -> Catalogue:
    """Returns a price list: names of two to four words, most of which other products have too."""
    brands = [_made_up(chance) for _ in range(size // BRANDS_PER_PRODUCT + 1)]
    return Catalogue(_product(number, brands, chance) for number in range(1, size + 1))


def _product(number: int, brands: Sequence[str], chance: Random) -> Product:
    kind, brand = chance.choice(KINDS), chance.choice(brands)
    words = [kind, *chance.sample(TRAITS, chance.randint(0, 2)), brand]
    if number % 10 == 0:
        words = [*words[:3], chance.choice(("100", "250", "500"))]
    sku = f"{kind[:3]}-{brand[:4]}-{number}".upper()
    price = 1_000 * chance.randint(10, 200)
    return Product(
        number, sku, " ".join(words).title(), price, price + 10_000, 5, price // 2, kind
    )


def _made_up(chance: Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4)))


def customers(count: int, chance: Random) -> tuple[list[KnownName], list[str]]:
    """Returns a seller's customers, and names to look for, some of them misspelled."""
    names = [_person(chance) for _ in range(count)]
    known = [KnownName(at, name, name_key(name)) for at, name in enumerate(names, start=1)]
    sought = [_slip(name, chance) for name in names[:: max(1, count // 200)]]
    return known, sought


def _person(chance: Random) -> str:
    last = _made_up(chance) if chance.random() < 1 / 2 else ""
    words = (chance.choice(TITLES), chance.choice(FIRST), last)
    return " ".join(word for word in words if word).title()


def texts(goods: Sequence[Product], chance: Random) -> list[str]:
    """Returns the labelled sentences about the demo's products, about these instead."""
    sentences = [entry.text for entry in entries("tuning")]
    chance.shuffle(sentences)
    pairs = ((text, _about(text, goods, chance)) for text in sentences)
    return [about for text, about in pairs if about != text]


def _about(text: str, goods: Sequence[Product], chance: Random) -> str:
    """Put the next word of a product for each word of the demo's; a new one after other words."""
    known = names_of(CATALOGUE).places
    mine: list[str] = []
    for word in typed_words(text):
        if word not in known or not word.isalpha():
            mine = []
            continue
        mine = mine or chance.choice(goods).name.lower().split()
        text = text.replace(word, _typed(mine.pop(0), chance), 1)
    return text


def _typed(word: str, chance: Random) -> str:
    dice = chance.random()
    if dice < UNKNOWN:
        return _made_up(chance) + "x"
    return _slip(word, chance) if dice < UNKNOWN + MISSPELLED else word


def _slip(word: str, chance: Random) -> str:
    """Returns the word without one of its letters, or with two of them in the other order."""
    if len(word) < LETTERS_MIN:
        return word
    at = chance.randrange(1, len(word) - 1)
    if chance.random() < 1 / 2:
        return word[:at] + word[at + 1 :]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
