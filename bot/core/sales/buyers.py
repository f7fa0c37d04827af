"""Finds the customer's name in a line about a sale."""

import re
from collections.abc import Sequence

from bot.core.input.quantity import quantity_at
from bot.core.sales.products import ProductNames, is_like_goods, spelled, with_words
from bot.core.sales.tokens import Token, TokenKind

__all__ = [
    "BUYING",
    "SHOPS",
    "TITLES",
    "TO",
    "begins_name",
    "counts_on",
    "is_filler",
    "name_at",
    "shown_name",
]

NAME_WORDS_MAX = 4
ALIKE_LETTERS_MIN = 6
_PLACE_NUMBER = re.compile(r"(?:rt|rw)?[0-9]+[a-z]?(?:[/-](?:rw)?[0-9]+)*", re.IGNORECASE)

_TO_WORDS = "ka nang kagem ku ke kpd kepada buat bwt untuk utk tuk to for"
TO = frozenset(_TO_WORDS.split())
_HONORIFIC_WORDS = (
    "pk kk mdm mak etek nona bu ibu ibuk buk pak bapak bpk bp pa kak kakak mang bi bibi mama"
    " mamah mami papa bidan dokter h mba mbak mb mbk mas bang abang tante tan om bunda mbah"
    " mbok kang akang ceu ci cici cik koh ko uni uda daeng dg puang karaeng dik dek adek neng"
    " bude budhe bulik pakde pakdhe paklik lik eyang oma opa nenek kakek opung inang amang"
    " namboru tulang cak ning gus mr mrs ms miss mister madam ustadz ustaz ustad ustadzah ust"
    " hj haji hajah nyonya ny tuan tn sdr sdri dr drs dra ir prof auntie aunty uncle"
)
_HONORIFICS = frozenset(_HONORIFIC_WORDS.split())
# They may stand behind another title: Bu Hj. Nur, Pak dr. Budi.
_SECOND_TITLES_WORDS = "hj h haji hajah dr drs dra ir kh ustadz ustaz ust rw rt"
_SECOND_TITLES = frozenset(_SECOND_TITLES_WORDS.split())
# A shop is a customer too, and its owner's title belongs to its name: Warung Bu Wati.
_SHOPS_WORDS = (
    "toko tk warung wrg warteg kios kiosk salon kantin apotek apotik koperasi catering"
    " katering kafe cafe resto restoran klinik depot laundry shop store"
)
SHOPS = frozenset(_SHOPS_WORDS.split())
# Words for the bot or the office: "kak, bu ani 2 sabun".
TITLES = _HONORIFICS
"""Words before a customer's name, in lower case."""

_BUYING_WORDS = (
    "beli membeli mbeli ambil mengambil ngambil borong buys bought took takes got nabeli"
    " mambali meser tumbas tuku mundut mundhut nyandak ngagaleuh belanja"
)
BUYING = frozenset(_BUYING_WORDS.split())
"""Verbs of which the customer is the subject, in lower case."""

_ADDRESSED_WORDS = "kak kakak min mas mbak mba kang bang"
_ADDRESSED = frozenset(_ADDRESSED_WORDS.split())
# "Teh Rina" is a woman in Bandung, but without "ke" before it, "teh" is tea.
_AFTER_TO = _HONORIFICS | {"teh", "teteh", "h"}
_FILLER_WORDS = (
    "beli membeli ambil mengambil diambil dibeli mbeli tuku tumbas meser mundut belanja bayar"
    " bought buy buys took takes take got gets jual j jl sell sold catat catet catatkan harga"
    " harganya seharga price priced at dengan dgn ya yaa yah dong donk nih ni nie tadi sudah"
    " udah sdh dah udh laku terjual kejual keluar rupiah of a an some the makasih mksh trims"
    " thanks thank tolong tlg mohon please pls just yg yang aja saja lagi lg juga jg ini itu"
    " tu tuh dr dari oleh oke ok mi ji ki di tawwa atuh euy mah nggih njih min admin wes"
    " alhamdulillah puji tuhan hari jadi barusan baru sih kok deh lah kan loh lho with plus"
    " his her has was were i we he she nabeli nabawa mambali memperoleh pembelian pembayaran"
    " pada menjual jualki keterangan laporan lapor status payment dibukukan habis from me my"
    " their home lakuki hasilnya hasil name cc sis bot kasi kukasi nan pembeli pembelinya td"
    " tdi sm i've dia beliau telah tos rego regane hargana pembeline pembelina ngagaleuh"
    " borong diborong dituku didol digowo dipundut payu pajeng nyandak ngambil ical ngical"
    " dodol adol kasih dikasih kalangkung nembe wau bieu tea nu sing closing catatan catetan"
    " catetno abdi aku saya aq sy gue gw kulo laku2 lakune maaf kalo kalau katanya ktnya nya"
    " mundhut order2 ambilnya belinya lumayan akhirnya tapi barangnya barange jumlahnya eh"
    " kembar disini"
)
_FILLERS = frozenset(_FILLER_WORDS.split()) | TO


def is_filler(word: str) -> bool:
    """Returns whether a lower-case word says nothing about the goods."""
    return word in _FILLERS or word in _HONORIFICS


def begins_name(tokens: Sequence[Token], at: int) -> bool:
    """Returns whether a person's name begins here: `ke Ani`, `Bu Ani`, even `Pak Sabtu`."""
    if at + 1 >= len(tokens) or tokens[at].kind is not TokenKind.WORD:
        return False
    word, following = tokens[at].text.lower(), tokens[at + 1]
    next_word = following.text.lower()
    is_name = following.kind is TokenKind.WORD and next_word not in _FILLERS
    if word in _ADDRESSED and next_word in _HONORIFICS - _SECOND_TITLES:
        return False
    return (word in TO | SHOPS and is_name) or (
        word in _HONORIFICS and (is_name or _is_like_a_day(following))
    )


def name_at(
    tokens: Sequence[Token], at: int, called: ProductNames, counted: Sequence[bool]
) -> tuple[str, int]:
    """Returns the name that begins here, and the place after it.

    The name ends before a word that belongs to the goods, but only if a number follows: at the end
    of a line, Bu Siti Melati is a customer and not a soap.

    Args:
        tokens: the tokens of the line.
        at: where the name begins.
        called: the names of the products.
        counted: the result of `counts_on`.
    """
    honorifics = _HONORIFICS
    if tokens[at].text.lower() in TO:
        at += 1
        honorifics = _AFTER_TO
    words: list[str] = []
    titles = honorifics | SHOPS
    while tokens[at].text.lower() in titles and at + 1 < len(tokens):
        words.append(tokens[at].text)
        at += 1
        if _is_like_a_day(tokens[at]):
            return shown_name(" ".join([*words, tokens[at].text])), at + 1
        titles = _SECOND_TITLES | (_HONORIFICS if words[-1].lower() in SHOPS else frozenset())
        if tokens[at].kind is not TokenKind.WORD:
            break
    goods_follow = at < len(tokens) and counted[at]
    proper = 0
    while at < len(tokens) and tokens[at].kind is TokenKind.WORD and proper < NAME_WORDS_MAX:
        word = tokens[at].text.lower()
        if proper and (is_filler(word) or (goods_follow and _is_of_goods(word, called))):
            break
        words.append(tokens[at].text)
        proper += 1
        at += 1
    return shown_name(" ".join(words)), at


def shown_name(name: str) -> str:
    """Returns the name with capital letters where it was typed in one case."""
    return " ".join(_shown_word(word) for word in name.split())


def _shown_word(word: str) -> str:
    if word.lower() in {"rt", "rw"} or _PLACE_NUMBER.fullmatch(word):
        return word.upper()
    return word.capitalize() if word.islower() or word.isupper() else word


def counts_on(tokens: Sequence[Token]) -> list[bool]:
    """Returns, for each token, whether a number follows in its line, so that goods may follow."""
    counted = []
    following = False
    for token in reversed(tokens):
        if token.kind in {TokenKind.LINE, TokenKind.NUMBER}:
            following = token.kind is TokenKind.NUMBER
        counted.append(following)
    return counted[::-1]


def _is_of_goods(word: str, called: ProductNames) -> bool:
    return bool(quantity_at([word]) or with_words(spelled(word), called)) or (
        len(word) >= ALIKE_LETTERS_MIN and is_like_goods(word, called)
    )


def _is_like_a_day(token: Token) -> bool:
    return token.kind is TokenKind.DAY and token.text.isalpha()
