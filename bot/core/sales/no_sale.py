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
        rf"""retur(?:an|ed)?|(?:di|ng|me|meng)?(?:balik|kembali)(?:in|kan|ken|an|ki)|dibalikin
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
        |reserve[ds]?|(?:di)?(?:antar|anter|ngirim|kirim|krm)(?:in|kan|an)?|deliver(?:y|ed)?|siapin|siapkan""",
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
        |kumaha|piye|(?:belum|blm|blum|durung|tacan|teu\s+acan)\s+(?:ada|jual|laku|masuk|tercatat)
        |apakah|klik|link|ngimpi|mending|kalah""",
    ),
    ("stock", r"stok|stock|restok|restock|sisa|tinggal|ready|kosong|persediaan|left\b|tersisa"),
)
_PAYMENT = re.compile(rf"\b{PAYMENT_IN_LINE}", re.VERBOSE | re.IGNORECASE)
_PATTERN = re.compile(
    "|".join(rf"(?P<{name}>\b(?:{pattern})(?:nya)?(?!\w))" for name, pattern in _SAYS),
    re.VERBOSE | re.IGNORECASE,
)


def what_instead(line: str) -> Instead | None:
    """Returns what a line about goods tells of instead of a sale; None if nothing says so."""
    found = None
    line = _PAYMENT.sub(" ", line)  # "bayar besok" is about the money, not about the goods
    for match in _PATTERN.finditer(line):
        kind = match.lastgroup
        if kind == "return":
            return "return"
        found = found or kind
    return found  # type: ignore[return-value]  # the groups are named after the literals
