"""Words that turn the meaning of a line about goods: it tells of no sale.

A line such as `bu wati retur 1 teh` names an article, a number and a customer, but recording it as
a sale would be wrong. So the sale reader leaves such a line to what it is about.
"""

import re
from typing import Literal

from bot.core.sales.payments import PAYMENT_IN_LINE

__all__ = ["Instead", "what_instead"]

Instead = Literal[
    "return", "undo", "later", "order", "payment", "edit", "question", "stock", "price"
]

_NOT = (
    r"(?:tidak|tdk|tak|ga|gak|gk|nggak|ngga|engga|enggak|ndak|nda|ora|mboten|teu|kagak|kaga"
    r"|not|batal)"
)
_SAYS: tuple[tuple[Instead, str], ...] = (
    (
        "return",
        rf"""retur(?:an|ed)?|(?:di|ng|me|meng)?(?:balik|kembali)(?:in|kan|ken|ki)|(?:di|ng|me|meng)(?:balik|kembali)an|dibalikin
        |dipulangin|{_NOT}\s*jadi(?:\s+(?:beli|ambil|pesan))?|gajadi|gak?jd|batal\s+beli
        |rusak|pecah|bocor|tumpah|penyok|cacat|basi|kadalua?rsa|kadaluwarsa|expired?|exp
        |(?:di|me)?(?:tukar|nukar|tuker|nuker)(?:kan|in)?|salah\s+kirim|refund
        |hilang|ilang|leungit|ijol|silih|dipulangkeun|mulangkeun|dibalikno|wangsulaken|return(?:ed|s|ing)?|broken?|broke|damaged|leak(?:ed|ing|s)?|lost
        |gave\s+back|give\s+back|brought\s+back|sent\s+back|exchange[ds]?|changed\s+(?:her|his)\s+mind""",
    ),
    (
        "undo",
        r"batal(?:in|kan|ken|an)?|dibatal(?:in|kan)|batal(?:no|keun)|(?:di)?cabut|pupus|sido|cancel(?:led|ed)?|hapus(?:in|kan)?|undo|delete",
    ),
    (
        "later",
        r"""bade|badhe|arep|ajeng|nitip|po|pre-?order|upami|lamun|kalau|kalo|nek|besok|besuk|bsk|lusa|nanti|ntar|nti|mengko|mengke|engke|enjing|sesuk|isuk|kapan[-\s]?kapan
        |minggu\s+depan|mgg\s+depan|bulan\s+depan|bln\s+depan|tomorrow|later|next\s+(?:week|month)
        |tonight|rencana(?:nya)?|mau\s+(?:beli|ambil|pesan|pesen|order|di)|pengen|pingin
        |(?:di)?pe?sen(?:an)?|pesan(?:an)?|(?:nge)?order(?:s|ed|an)?|booking|keep|titip(?:an)?|wants?|would\s+like
        |reserve[ds]?|(?:di)?(?:antar|anter|ngirim|kirim|krm)(?:in|kan|an)?|delivery?|be\s+delivered|siapin|siapkan""",
    ),
    ("payment", r"(?:ny|di)?(?:aur|icil)|nyicil|cicilan|(?:di|nge)?lunasi|pelunasan|katampi"),
    (
        "edit",
        r"(?:di)?(?:ubah|rubah|ganti|edit|robah)(?:in|kan)?|kuduna|kudune|(?:se)?harusnya|kecatat",
    ),
    ("price", r"berapa|brp|brapa|piro|pinten|sabaraha|how\s+much"),
    (
        "question",
        r"""siapa|sapa|saha|sinten|kenapa|knp|naha|kok|cara(?:nya|ne|na)?|gimana|gmn|bagaimana
        |kumaha|piye|(?:belum|blm|blum|durung|tacan|teu\s+acan)\s+(?:ada|jual|laku|masuk)
        |apakah|klik|link|ngimpi|mending|kalah""",
    ),
    ("stock", r"stok|stock|restok|restock|sisa|tinggal|ready|kosong|persediaan|left\b|tersisa"),
)
_PAYMENT = re.compile(rf"\b{PAYMENT_IN_LINE}", re.VERBOSE | re.IGNORECASE)
_PATTERN = re.compile(
    "|".join(rf"(?P<{name}>\b(?:{pattern})(?:nya)?(?!\w))" for name, pattern in _SAYS),
    re.VERBOSE | re.IGNORECASE,
)

# What has such a word and yet says nothing of the kind; "bayar besok" is about the money.
_HARMLESS = re.compile(
    r"""\b(?:kemarin|kemaren|kmrn|kmrin|kmren|kamari)\s+(?:lusa|isuk)
    |\b(?:tadi|td|wau)\s+(?:isuk|enjing)
    |\b(?:(?:tidak|tak|ga|gak|gk|nggak|ngga|nda|ndak|kada|ora|teu)\s+)(?:tahu|tau|kutau|ngerti|nyaho)
      \s+(?:siapa|sapa|saha|sinten)
    |\bpecah\s+tel[ou]r|\bdari\s+stok|\bkembalian
    |\b(?:titip|titipan)\s+(?:uang|duit)|\bsisa(?:nya)?\s+(?:di)?bayar
    |\b(?:badhe|bade|mau|ajeng|arep|ingin)\s+(?:nyathet|nyatet|nyatat|catat|mencatat|lapor|setor
      |melaporkan|tiang)\w*
    |\b(?:mohon\s+)?maaf\b[^,.:;\n]{0,60}[,.:;]""",
    re.VERBOSE | re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:sudah|udah|udh|sdh|dah|wis|sampun|telah|su)\s+(?:(?:ambo|saya|sy|aku|di)\s+)?"
    r"(?:di)?(?:ambil|bawa|antar|anter|kirim|terima|jemput)|\bdelivered",
    re.IGNORECASE,
)
_ORDERED = re.compile(
    r"(?:di)?pe?sen\w*|pesan\w*|(?:nge)?order\w*|(?:di)?(?:antar|anter|kirim)\w*", re.IGNORECASE
)


def what_instead(line: str) -> Instead | None:
    """Returns what a line about goods tells of instead of a sale; None if nothing says so."""
    found = None
    line = _HARMLESS.sub(" ", _PAYMENT.sub(" ", line))
    done = _DONE.search(line) is not None
    for match in _PATTERN.finditer(line):
        kind = match.lastgroup
        if kind == "return":
            return "return"
        if kind == "later" and done and _ORDERED.fullmatch(match.group()):
            continue  # "pesanan sudah diambil"
        found = found or kind
    return found  # type: ignore[return-value]  # the groups are named after the literals
