"""Writes out the words of a chat that are shortened, drawn out, or end in a particle.

`smwny` becomes `semuanya`, `duaaa` becomes `dua`, `lunasmi` becomes `lunas`; a laugh says nothing.
Names of people and goods are left as they are.
"""

import re

from bot.core.input.chat_text import lower_case

__all__ = ["in_full"]

# Underscores stand for spaces.
_SHORT_FORMS = {
    "semuanya": "smny smwny smwnya smuany smuanya",
    "total": "ttl",
    "totalnya": "ttlny ttlnya",
    "totalan": "ttln",
    "belum": "blm",
    "bayar": "byr bayr",
    "dibayar": "dbyr",
    "bayarnya": "byrny",
    "sudah": "sdh",
    "lunas": "lns lnas luns lunad lunass lonas",
    "tunai": "tnai tuani",
    "dilunasi": "dlns",
    "tempo": "tmp tmpo",
    "utang": "utng utg",
    "ngutang": "ngtng ngutng",
    "hutang": "htng",
    "transfer": "trnsfr transper tranfer trasfer transfr",
    "ditransfer": "dtrnsfr",
    "empat": "empt ept",
    "delapan": "dlpn",
    "sembilan": "smbln",
    "sebelas": "sbls",
    "sepuluh": "splh",
    "setengah": "stngh",
    "selusin": "slsn slusin",
    "titip": "ttp ttip",
    "antar": "antr",
    "dianter": "dntr",
    "dikirim": "dkrm",
    "nawar": "nwr",
    "dibalikin": "dblkn",
    "kembali": "kmbl",
    "sendiri": "sndr sndiri ndiri sandiri",
    "berapa": "berape brape",
    "apa": "ape",
    "siapa": "siape",
    "punya": "punye",
    "tiga": "tga tige",
    "dulu": "so_far",
    "dates syrup": "date_syrup",
    "ambil": "ambl",
    "diambil": "dmbl",
    "terjual": "trjl",
    "untuk": "untk u/",
    "kepada": "kpd",
    "kemarin": "kmrn kmtn",
    "yesterday": "ystrdy yestrday",
    "already": "alrdy",
    "kurang": "krng krg",
    "kurangan": "krngn",
    "dapat": "dpt",
    "masing": "msng",
    "masuk": "msk",
    "harga": "hrg",
    "harganya": "hrgny",
    "pembeli": "pmbl",
    "ambilnya": "amblny",
    "tetangga": "ttngg",
    "satu": "stu",
    "sisa": "ssa",
    "nitip": "ntip",
    "belum bayar": "blmbyr",
    "pakai": "pkai",
    "mau": "mw",
    "booking": "bkg bking bkng",
    "jemput": "jmput jmpt",
    "buat": "bwat bt",
    "dp": "depe",
    "sudah bayar": "bayarmi nabayarmi dibayarmi",
    "per botol": "prbtl",
    "retur": "rtr",
    "tukar": "tkr",
    "balikin": "blkin",
    "sobek": "sobk",
    "kabeh": "kbh",
    "akhirnya": "akhirnyaa",
    "lalu": "llu",
    "minggu": "mggu mnggu",
    "rumah": "rmh",
    "depan": "dpn",
    "sisanya": "ssany ssanya sisany",
    "nanti": "nnt ntr",
    "laku": "lk",
    "habis": "abs hbs",
    "teman": "tmn",
    "salah": "slh",
}
_OFTEN_TYPED_WRONG = ("lunas", "transfer", "tunai", "belum", "bayar", "dibayar", "sudah", "kontan")
"""What is said of the payment; two of their letters in the wrong order make no other word."""

_ALSO_NAMES = frozenset({"sudha", "tunia", "bayra", "luans"})
_SWAPPED = {
    swapped: word
    for word in _OFTEN_TYPED_WRONG
    for at in range(len(word) - 1)
    if (swapped := f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}")
    not in {word, *_ALSO_NAMES}
}
_SHORT = _SWAPPED | {
    short.replace("_", " "): word
    for word, forms in _SHORT_FORMS.items()
    for short in forms.split()
}
_LONGEST_FIRST = sorted(_SHORT, key=len, reverse=True)
_STEMS = (
    "lunas|tunai|cash|kontan|transfer|tf|laku|beli|ambil|habis|sudah|belum|suda|naambil|nabeli"
    "|bayar|dibayar|jual|terjual|satu|dua|tiga|empat|lima|itu|adami|semua|semuanya|ribu|juta|rebu"
)
_PATTERN = re.compile(
    rf"""
    (?P<LAUGH>(?<![^\W_])(?:ha|he|hi|wk|xi|kw|ck){{2,}}+[hkw]?(?![^\W_]))
    | (?P<DRAWN>(?:(?<=[b-z])a{{3,}}+|(?<=[a-km-z])l{{3,}}+|(?<=[a-su-z])t{{3,}}+
        |(?<=[a-df-z])e{{3,}}+|(?<=[a-hj-z])i{{3,}}+
        |(?<=[a-np-z])o{{3,}}+|(?<=[a-tv-z])u{{3,}}+|(?<=[a-gi-z])h{{3,}}+)(?![^\W_]))
    | (?P<PARTICLE>(?<![^\W_])(?P<STEM>{_STEMS})(?:mi|ji|mo|ki|lah)(?![^\W_]))
    | (?P<ENDING>(?<=[a-z][a-z])nye(?![^\W_]))
    | (?P<OIL>(?<![^\W_])oil\s++(?=soaps?(?![^\W_])))
    | (?P<TAG>(?<=\w)(?<!bu)(?<!pak)(?<!mbak)(?<!mba)(?<!mas)(?<!kak)(?<!gus)(?<!gek)(?<!yu)
        \s++di(?:'|h)?+(?=\s*+(?:[.,!?]|$)))
    | (?P<COMMA>(?<!\s)(?<!bu)(?<!mbak)(?<!mba)(?<!yu)(?<!kak)\s++
        (?:(?P<STOP>titik)|koma)(?![^\W_]))
    | (?P<WHICH>(?<![^\W_])(?:the|this|that|quick|each|last))\s++one(?![^\W_])
    | (?P<GLUED>(?<![^\W_])(?P<DIGIT>dua|tiga|empat|lima|enam|tujuh|delapan|sembilan
        |duo|tigo|ampek|limo|tilu|opat|genep|dalapan|salapan|telu|pitu|wolu)
        (?=(?:puluh|puluah|ratus|belas|ribu)(?![^\W_])))
    | (?P<ARTICLE>(?<![^\W_])an?)\s++(?=(?:bottle|box|jar|bar|pack|sachet|cup|tube)s?\s+of\s)
    | (?P<MENDED>\?)\s*+(?=(?:eh|no|yes|bukan|bkn|ya|iya)[^\w])
    | (?P<ANSWERED>(?<![^\W_])(?:who|how\s++(?:much|many)|siapa|sapa|berapa|brp)\s*+\?)
        (?=\s*+\w)
    | (?P<PAID>(?<![^\W_])(?:(?:udah|sudah|udh|sdh)\s++)?(?:paid|bayar|lunas)\s*+\?)
        (?=\s*+(?:udah|sudah|udh|sdh|ya|iya|yes|sip)(?!\w))
    | (?P<SHORT>(?<![^\W_])(?:{"|".join(map(re.escape, _LONGEST_FIRST))})(?![^\W_]))
    """,
    re.VERBOSE,
)
"""Of a line in lower case."""


def in_full(line: str) -> str:
    """Returns a line with such words as they are spelled in full."""
    written, end = list[str](), 0
    for found in _PATTERN.finditer(lower_case(line)):
        written += (line[end : found.start()], _written_out(found, line))
        end = found.end()
    return "".join((*written, line[end:]))


def _written_out(found: re.Match[str], line: str) -> str:
    text = line[found.start() : found.end()]
    short = _SHORT.get(found.group())
    if short is not None:
        return short
    if found["LAUGH"] or found["TAG"] or found["OIL"]:
        return ""
    if found["ENDING"]:
        return "nya"
    if found["DRAWN"]:
        return text[0]
    if found["ARTICLE"]:
        return "1 "
    if found["GLUED"]:
        return f"{text} "
    if found["MENDED"] or found["ANSWERED"]:
        return ", "
    if found["PAID"]:
        return "sudah bayar "
    if found["COMMA"]:
        return "." if found["STOP"] else ","
    return line[slice(*found.span("WHICH" if found["WHICH"] else "STEM"))]
