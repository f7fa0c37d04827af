"""Reads what a line about a sale says of the payment: `lunas`, `belum bayar`, `DP 50rb`."""

import re
from collections.abc import Iterable
from datetime import date

from bot.core.input.day_words import MONTHS, TOMORROW
from bot.core.input.due_days import DUE_DAY, UNTIL, DueDay, read_due
from bot.core.input.money import MONEY_NAMES
from bot.core.sales.payment_note import Means, Payment

__all__ = [
    "DEPOSIT_IN_LINE",
    "PAYMENT_IN_LINE",
    "date_when_paid",
    "is_half",
    "leaves_a_rest",
    "read_payment",
    "says_how",
]

_DONE = (
    r"(?:sudah\s++mi|suda\s++mi|sudah|sudahmi|suda|udah|uda|ud|sdh|udh|dah|wis|wes|uwis|uwes|sampun|sampung|nunga|nungga|mpun|ges|so|geus|parantos|atos|tos|alah|lah|la|su|suba|telah"
    r"|langsung|lgsg|already|fully)"
)
_NOT_YET = (
    r"(?:belum|blum|blm|blom|belom|durung|dereng|tacan|acan|balom|bolom|bloman|blon|balum|balun|konden|tonden|alun|urung|belumpi|belum\s++pi|blm\s++pi|teu\s++acan|can|yet\s++to|not\s++yet"
    r"|(?:has|have|did|is|was)\s?+n['’]?+t|ha(?:s|ve)\s++not|not|masih\s++belum|msh\s++blm)"
)
_PAY = (
    r"(?:(?:d\s++)?[a-z]{0,4}(?:bayar|byr|bayr|byar|mayar|mayah|majar|bayia|baia|bayah|bayer|baya)[a-z]{0,6}"
    r"|paid|pays?)"
)
_MONEY = (
    r"(?:art[ao]s?n?|uang|duit|hepeng|pitih|pitis|doi|doe'?|peng|jinah)(?:nya|ne|na|ipun|nyo|e)?"
)
_TOMORROW = "|".join(TOMORROW)
_EVENT = (
    r"(?:(?:sehabis|habis|abis|setelah|selesai|bubar|bar|pas|tunggu|nunggu|kalau|kalo|klo|kl|nek|yen|lek"
    r"|when|after)\s++(?:(?:udah|sudah|sdh|dah|wis|lagi|the)\s++)?(?:panen\w*+|gajian|lebaran|arisan|pengajian"
    r"|harvest|payday))"
)
_WEEKDAY = (
    r"(?:(?:hari\s++)?(?:senin|selasa|rabu|rebo|kamis|jum'?at|sabtu|minggu|ahad"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?:\s++depan)?)"
)
_DATE = (
    rf"(?:tgl|tanggal)\s++[0-9]{{1,2}}(?:\s++(?:{'|'.join(MONTHS)})(?!\w)"
    r"|\s?+[/-]\s?+[0-9]{1,2}(?![0-9]))?+"
)
_LATER = (
    rf"(?:{_EVENT}|"
    r"(?:nanti|ntar|mengko|engke|mangke)\s++(?:(?:nek|kalau|kalo|lamun|yen)\s++)?"
    r"(?:habis|abis|sehabis|setelah|selesai|pas|bar|parantos)\s++(?!ambil|antar|akhir|ahir)\w++"
    r"|(?:nanti|ntar)\s++aja|(?:kapan[-\s]?kapan|kapan2|kpn2|kpn-kpn)(?:\s++(?:lah|aja|deh|saja))?"
    r"|(?:nanti|ntar|nti)\s++(?:habis\s++bulan|akhir\s++bulan|gajian|malam|sore)"
    rf"|(?:nanti|ntar|nti|engke|mengke|mangke|mengko)\s++(?:(?:cenah|jare|katanya)\s++)?(?:{_DATE}|(?:tgl|tanggal)\s++[a-z]++)"
    rf"|(?:nanti|ntar)\s++{_WEEKDAY}"
    r"|(?:arisan|pengajian|panen|kumpulan)\s++(?:depan|ngarep|payun|hareup)|kagek|kage|agek"
    r"|(?:nanti\s++)?(?:bulan|minggu)\s++mu[kl][ao]"
    r"|(?:when|after)\s++(?:(?:her|his|their|the)\s++)?(?:salary|payday)(?:\s++comes?)?"
    r"|nanti|e?ntar|nti|mengko|mengke|mangke|engke|menyusul|nyusul|kaina|beko|kaina|mburi|keri|tanggal\s++(?:muda|tua)"
    r"|(?:[0-9]+|dua|tiga|se)\s*+(?:minggu|mgg|hari|bulan)\s++(?:lagi|lg)|lusa|belakangan"
    r"|(?:pas\s++)?(?:awal|akhir|ahir|habis)\s++(?:bulan|bln|wulan|sasih)|(?:minggu|mgg|bulan|bln|sasih|wulan)\s++(?:depan|ngarep|payun|hareup)|(?:(?:pas|tunggu|nunggu|bar|bubar|habis|abis)\s++)?gajian"
    r"|tempo(?!\s++hari)(?:\s++(?:[0-9]{1,2}|satu|dua|tiga)\s++(?:hari|hr|minggu|bulan))?|later|(?:on\s++|next\s++)payday|next\s++(?:week|month)"
    rf"|{_TOMORROW}|{_DATE}|{_WEEKDAY})"
)
_CREDIT = (
    rf"(?:nge|nga|di)?bon(?:nya|in)?|ber(?:h)?utang|nyaur(?=\s++(?:akhir|awal|tgl|mengko|{_TOMORROW}))|[a-z]{{0,3}}(?:utang|otang|kasbon|kredit|anjuk)(?:kan|in|an|mi)?(?:\s++pi)?"
    r"|(?:di)?potong\s++gaji|dicicil|(?:(?:jatuh|jt)\s++)?tempo(?!\s++hari)(?:\s++"
    + _DATE
    + r"|(?:\s++(?:[0-9]{1,2}|dua|tiga|empat|satu))?\s++(?:se)?(?:minggu|hari|hr|bulan))?"
    r"|termin(?:\s++[0-9]{1,3}\s++(?:hari|hr))?|unpaid"
    r"|(?:nyicil|nyaur|cicil)(?!\s++dp)"
    r"|on\s++(?:(?:her|his|their|the)\s++)?(?:credit|tab)|(?:pending\s++payment|payment\s++pending)"
    r"|no\s++(?:payment|money|cash)\s++yet|(?:still\s++)?owes?(?:\s++me)?|pay\s++later|settle\s++up(?:\s++on\s++payday)?"
)
_FULL = (
    r"(?:finish(?:ed)?|done)\s++(?:pay|paid|paying|payment)|(?:di|me)?luna+s+(?:i|in|inya)?|lns|(?:in|paid|pays?)\s++(?:in\s++)?full|full\s++payment"
    r"|settled"
)
_BANK = r"(?:(?:m-?)?bank\s++)?(?:bca|bri|bni|bsi|btn|mandiri|cimb|seabank)"
_OF_A_REGION = r"(?:jateng|jatim|jabar|dki|bjb|nagari|sulselbar|permata|bpd|danamon|mega)"
_BANK_ALONE = (
    rf"(?:(?<=[,;.–—-]\s)|(?<=[0-9]\s)|(?<=rb\s)|(?<=lunas\s)|(?<=[0-9]k\s)|(?<=semua\s))"
    rf"{_BANK}(?=\s*+(?:[.,;!)\n]|$|lunas(?!\w)))"
)
"""A bank that stands apart says how it was paid; `teller BRI` is who bought."""
_WALLET = r"(?:go-?pay|gopei|ovo|shopee\s?+pay|spay|link\s?+aja)"
_TITLES = ("pak", "mbak", "mba", "mas", "bang", "kak", "bu", "om", "ke")
_NO_NAME = "".join(rf"(?<!{title}\s)" for title in _TITLES)
_DANA = (
    r"(?:(?:pakai|pake|pk|via|lewat|by|with)\s++dana"
    rf"|{_NO_NAME}dana(?=\s*+(?:[.,;!)]|$))|(?<=[0-9]\s)dana(?=\s*+(?:rp\.?\s*+)?[0-9]))"
)
"""The wallet, and not a man: `pak Dana`."""
_TRANSFER = (
    r"(?:bank(?:ed)?\s++in|(?:lewat|via|by|ke)\s++bank|paynow|m-?banking|mobile\s++banking"
    rf"|(?:pakai|pake|via|lewat)?+\s*+(?:brimo|livin|mybca|octo\s?mobile)|{_WALLET}|{_DANA}"
    r"|(?:di|men|na|ku)?(?:tra?ns?fe?r(?:r?ed)?|tranfer|trasfer|transver|trsf|trf|tf|tfr)"
    r"(?:an|nya|mi|kan)?"
    r"|(?:lewat|lwt|via|by|ke|pakai|pake|pk|melalui|through|(?:in|on)?to\s++(?:my|the))\s++"
    rf"(?:{_BANK}|jago|rek(?:ening)?|bank(?:\s++{_OF_A_REGION})?)(?:ku)?"
    rf"|{_BANK_ALONE})"
)
_SENT = rf"(?:(?:di|kirim)\s++)?{_TRANSFER}"
_TO_ACCOUNT = r"masuk\s++(?:k[ea]\s++)?rek\w*+"
_QRIS = r"(?:(?:di)?qris|qriz|qrs|kris|kuris|qr)(?:an)?"
_CASH = r"(?:tunai|cash|kontan|kes|tune|chas|csh|kash|cas)"
_BY = (
    r"(?:w|thru|through|pakai|pake|pke|pk|make|makai|memakai|nganggo|ngangge|ngango|nganggon|via|lewat|lwt|dgn|dengan|by|with|mau|ku|sama|secara|di|per|payment"
    r"|pembayaran)"
)
_NOT = (
    r"(?:tidak|tdk|tak|ga|gak|gk|nggak|ngga|enggak|kagak|kaga|kada|ora|mboten|teu|nda|ndak|tra"
    r"|trada|sonde|sondeh)"
)
_GIVE = (
    r"(?:(?:di|nga|nge|me|mem|na)?(?:kasih|kase|kasi|beri|serahin|serahkan|setor)(?:kan|in|mi)?"
    r"|ngasih?|nyetor|nyerahin|nyerahkan|nyerahkeun)"
)
_TAKEN = (
    r"(?:(?:di|ku|ka)?(?:terima|tarima|tampi|tompo|trimo|tarimo|pegang)"
    r"|nampi|narima|nrimo|nompo)"
)
_HEARD = r"(?:katanya|katane|cenah|jare|jarene)"
_MINE = r"(?:saya|sy|aku|ku|kula|kulo|tak|tiang|ambo|abdi|beta|kita|gw|gue)"
_HALF = (
    r"(?:setengah|satengah|stgh|stengah|separo|separuh|sparo|half|saparo|sabagian|sebagian)"
    r"(?:nya|ne|na|e)?"
)
_ONLY = r"(?:baru|bru|hanyar|anyar|nembe|lagek)"
_SUM_AHEAD = (
    r"\s++(?:(?:rp\.?\s*+)?[0-9]|(?:[a-z-]++\s++){1,4}(?:ribu|rb|ewu|rebu)(?!\w)"
    r"|(?:se|dua\s++|tiga\s++|empat\s++|lima\s++)ratus(?!\w)"
    rf"|(?:{'|'.join(MONEY_NAMES)})(?!\w))"
)
_FIRST = r"(?:dulu|dlu|dl|dhisik|ndisik|heula|dumun|sek|dului|duluan)"

PAYMENT_IN_LINE = rf"""(?:(?:
    {_NOT}\s++(?:usah|pake|pakai|perlu|sah)\s++{_PAY}(?:\s++{_FIRST})?
    | {_TRANSFER}\s++(?:(?:katanya|baru|dia)\s++)?{_LATER}
    | {_NOT}\s++{_PAY}\s++(?:{_FIRST}|pulak|pula|lagi)
    | (?:gi'|ghi'|gik)\s++(?:{_CREDIT})
    | (?:{_NOT}|no)\s++(?:(?:mau|mauki|pernah)\s++)?(?:{_CREDIT})
    | {_LATER}\s++(?:dia\s++)?(?:{_GIVE}|antar|anter|bawa)\s++{_MONEY}
    | {_NOT_YET}\s++(?:(?:ada|aya|ado|ono)\s++)?(?:{_GIVE}\s++)?{_MONEY}
    | {_LATER}\s++(?:{_HEARD}|dia)\s++{_MONEY}
    | {_LATER}\s++{_MONEY}
    | (?:{_PAY}|{_MONEY}|sisa(?:nya|ne|na)?|kurang(?:an)?nya)\s++(?:mah\s++|kok\s++|e\s++)?
      {_NOT_YET}
    | (?:rek|arek|bade|badhe|arep|akan|ajeng|handak)\s++{_PAY}(?:\s++{_LATER})?
    | (?:nanti|ntar|mengko|engke|mangke)\s++(?:(?:nek|kalau|kalo|lamun|yen)\s++)?
      (?:habis|abis|setelah|bar)\s++(?:panen|gajian|lebaran)
    | (?:janji(?:nya|ne)?|jangji|promised)\s++(?:mau\s++|akan\s++|to\s++)?{_PAY}(?:\s++{_LATER})?
    | {_NOT_YET}\s++(?:(?:{_DONE}|dipun)\s++)?(?:{_PAY}|lunas|dilunasi|{_SENT})
      (?:\s++(?:semua|{_HEARD}))?(?:\s++{_LATER}){{0,2}}
    | (?:{_PAY}|{_MONEY}|sisa(?:nya|ne)?|pelunasan(?:nya)?|kurang(?:an)?nya|rest)
       (?:\s++(?:rapel|ya|yah|dia|pas|on|baru|{_HEARD}|campur|semua))*(?:\s++{_LATER}){{1,2}}
       (?:\s++{_PAY})?
    | {_LATER}\s++(?:(?:baru|bru|br|hanyar|nembe|pi|dia|mo|na)\s++){{0,2}}
      (?:{_PAY}(?!\s++(?:nanti|ntar|mengko|{_TOMORROW}))|lunas|dilunasi)(?:\s++{_LATER})?
    | (?:she|he|they)\s++pays?\s++(?:me\s++)?(?:on\s++)?{_LATER}
    | (?:she|he|they)(?:'ll|\s++will)\s++pay(?:\s++me)?(?:\s++(?:on\s++)?{_LATER})?
    | kada\s++sakaligus\s++mambayar
    | (?:(?:masih|msh|still|de)\s++)?(?:{_CREDIT})(?:\s++{_FIRST})?
    | {_HALF}\s++(?:{_FIRST}|now|upfront)(?:\s++(?:half|sisanya|rest)\s++{_LATER})?
    | (?:{_DONE}\s++|{_PAY}\s++)?(?:{_FULL}|(?:{_PAY}\s++)?lunas)
    | (?:{_MONEY}\s++)?(?:{_DONE}|{_PAY}|{_BY})\s++(?:(?:{_DONE}|{_PAY}|{_BY}|saya|sy)\s++){{0,3}}
       (?:{_TRANSFER}|{_QRIS}|{_CASH})
    | {_MONEY}\s++(?:{_TRANSFER}|{_QRIS}|{_CASH})
    | {_MONEY}\s++(?:(?:{_DONE}|{_MINE})\s++){{1,3}}{_TAKEN}
    | {_DONE}\s++{_MINE}\s++{_TAKEN}(?:\s++{_MONEY})?
    | {_DONE}\s++(?:{_GIVE}|{_TAKEN})\s++{_MONEY}(?!\s++muka)
    | {_DONE}\s++masua?k\s++(?:{_MONEY}|(?:ke\s++|ka\s++)?(?:rekening|rek)(?:ku|nya)?)
    | pas\s++{_MONEY}
    | {_PAY}\s++(?:langsung|panuah|penuh)
    | dibayar(?={_SUM_AHEAD})
    | {_PAY}\s++(?:di\s++tempat|on\s++the\s++spot)
    | {_PAY}\s++pas(?=\s*+(?:[.,;!)]|$))
    | {_MONEY}\s++{_DONE}(?:\s++(?:ditampi|katampi|diterima|masuk|beres|lengkap))?
      (?=\s*+(?:[.,;!)]|$))
    | (?:(?<=rb\s)|(?<=ribu\s)){_DONE}\s++(?:di|ka)(?:terima|tampi)
    | {_DONE}\s++(?:(?:dia|de|beliau|inya|pada|pd)\s++)?{_PAY}
    | {_TRANSFER} | {_QRIS} | {_CASH}
    | (?<=[0-9,.]\s)(?:blm|belum|belom|durung|dereng|urung)(?=[\s.!]*+$)
    | (?:blm|belum|belom|durung)(?=\s*+,\s*+(?:tgl|tanggal|nanti|besok|janji))
    | (?:semua|smua|kabeh)\s++(?:blm|belum|durung)(?=[\s.!,]*+$)
    | paid
    )(?!\w)(?:[\s,;]++{UNTIL}\s*+{DUE_DAY})?+)"""
"""A verbose pattern for words about the payment inside a line; `read_payment` reads them."""

DEPOSIT_IN_LINE = rf"""(?:
    (?:(?:baru|{_DONE}|nyicil|cicil|kasih|bayar|{_HALF}|(?:{_DONE}\s++|{_ONLY}\s++)?(?:{_GIVE}|{_TAKEN}|{_PAY}))
       \s++(?:{_FIRST}\s++)?)?
       (?:(?:nge-?)?(?:dp|depe)(?!\s++(?:harga|hrg|{_HALF}(?!\w)))|down\s*+payment|(?:and|she|he|they)\s++puts?\s++down|uang\s++muka|(?:{_GIVE}|{_PAY})\s++muka|panjar|deposit|down\s++payment|cicilan)(?:nya)?
    | (?:{_DONE}\s++)?{_TRANSFER}\s++{_HALF}(?:\s++{_FIRST})?
    | {_HALF}\s++(?:{_DONE}\s++)?{_PAY}(?:\s++{_FIRST})? | (?:dp|depe)\s++{_HALF}
    | (?:{_DONE}\s++)?{_PAY}\s++{_HALF}(?:\s++(?:{_FIRST}|yaitu|yakni))?
    | {_HALF}\s++{_FIRST}(?:\s++{_PAY}|(?={_SUM_AHEAD}))
    | (?:{_MONEY}\s++)?{_ONLY}\s++(?:(?:na|dia|die|de|beliau|inya|sidin|he|she)\s++)?
       (?:{_PAY}|{_GIVE}|{_TAKEN}|masua?k|ada)(?:\s++{_MONEY})?
       (?={_SUM_AHEAD})
    | {_PAY}\s++{_ONLY}\s++{_HALF}
    | (?:so\s++far|dulu)\s++(?:she|he|they)(?:\s++has|\s++have|'s|'ve)?
      \s++(?:gave|paid|given)(?:\s++me)?
    | {_PAY}\s++{_ONLY}(?={_SUM_AHEAD}) | lagi\s++{_PAY}(?={_SUM_AHEAD})
    | {_PAY}\s++{_FIRST}(?={_SUM_AHEAD})
    | (?:{_MONEY}\s++)?(?<!yang\s)(?<!yg\s)(?:baru|hanyar)
       (?=\s++[0-9][0-9.]*+\s*+(?:rb|rbu|ribu|k|jt)\b|\s++[0-9]{{2,3}}\s*+$
       |\s++(?:{"|".join(MONEY_NAMES)})(?!\w)
       |\s++(?:[a-z]++\s++){{1,3}}(?:ribu|rb|ewu|rebu)(?!\w))
    | (?:ny)?icil
    )(?![a-z_]):?"""
"""A verbose pattern for the words before an amount that was paid in advance."""

_SUM_PAID = r"dibayar(?=\s*+(?:;|$))"
"""What the words before a sum leave of it: `dibayar 160rb`."""

_CREDIT_WORDS = re.compile(
    rf"\b(?:(?:(?:she|he|they)(?:'ll|\s++will)\s++pay)|{_NOT_YET}|{_LATER}|{_CREDIT}|kada\s++sakaligus|(?:rek|arek|bade|badhe|arep|akan|ajeng|handak)\s++{_PAY}|(?:janji(?:nya|ne)?|jangji|promised)\s++(?:mau\s++|akan\s++|to\s++)?{_PAY}"
    rf"|{_NOT}\s++(?:(?:usah|pake|pakai|perlu|sah)\s++)?{_PAY}|{_HALF})(?!\w)",
    re.IGNORECASE,
)
_FULL_WORDS = re.compile(
    rf"\b(?:{_FULL}|{_DONE}\s++{_PAY}|{_MONEY}\s++{_DONE}(?!\s++(?!ditampi|katampi|diterima|masuk|beres|lengkap)\w)|paid"
    rf"|{_TAKEN}|{_DONE}\s++(?:{_GIVE}|masua?k|(?:dia|de|beliau|inya|pada|pd)\s++{_PAY})|pas\s++{_MONEY}"
    rf"|{_PAY}\s++(?:di\s++tempat|on\s++the\s++spot)"
    rf"|{_PAY}\s++(?:langsung|panuah|penuh|pas)(?=\s*+(?:;|$))|{_SUM_PAID})(?!\w)",
    re.IGNORECASE,
)
_ALL_WORDS = re.compile(rf"\b(?:{_FULL}|lunas)(?!\w)", re.IGNORECASE)
"""Of these only some say beside a part payment that nothing is left: `sudah bayar 50` does not."""
_BY_WALLET = re.compile(rf"\b(?:{_WALLET}|{_DANA})(?!\w)", re.IGNORECASE)
_NOT_SENT = re.compile(rf"\b{_NOT_YET}\s++(?:{_DONE}\s++)?{_SENT}(?!\w)", re.IGNORECASE)
_PAID_ON = re.compile(rf"({_DATE})\s++(?:di)?lunas(?:i)?(?:\s.*)?", re.IGNORECASE)
_HALF_WORD = re.compile(rf"\b{_HALF}(?!\w)", re.IGNORECASE)
_NO_CREDIT = re.compile(
    rf"(?:{_NOT}|no)\s++(?:(?:mau|mauki|pernah)\s++)?(?:{_CREDIT})", re.IGNORECASE
)
_MEANS: tuple[tuple[Means, re.Pattern[str]], ...] = (
    ("cash", re.compile(rf"\b{_CASH}(?!\w)", re.IGNORECASE)),
    ("qris", re.compile(rf"\b{_QRIS}(?!\w)", re.IGNORECASE)),
    ("transfer", re.compile(rf"\b(?:{_TRANSFER}|{_TO_ACCOUNT}|{_BANK})(?!\w)", re.IGNORECASE)),
)


def is_half(phrase: str) -> bool:
    """Returns whether words before an amount paid in advance say that it is a half: `separuh`."""
    return _HALF_WORD.search(phrase) is not None


def says_how(phrase: str) -> bool:
    """Returns whether words about the payment say how it was made: `transfer separuh`."""
    return any(pattern.search(phrase) for _, pattern in _MEANS)


def leaves_a_rest(phrase: str) -> bool:
    """Returns whether words about the payment say that something is still owed."""
    return _CREDIT_WORDS.search(phrase) is not None and not _NO_CREDIT.fullmatch(phrase)


def date_when_paid(phrase: str) -> str | None:
    """Returns the date of `tgl 24 lunas`, which may be the sale's own; None if there is none."""
    found = _PAID_ON.fullmatch(phrase)
    return None if found is None else found[1]


def read_payment(
    phrases: Iterable[str], deposit: int, today: date, since: date | None = None
) -> Payment:
    """Returns what phrases that match `PAYMENT_IN_LINE` say together.

    Args:
        phrases: as they were typed.
        deposit: the amount paid in advance, in rupiah, or 0.
        today: the day on which they were typed.
        since: the day of the sale, if the line names one.
    """
    text = " ; ".join(each for each in phrases if not _NO_CREDIT.fullmatch(each))
    in_full = None
    if _CREDIT_WORDS.search(text):
        in_full = None if deposit else False  # "DP 50rb, sisanya nanti": the deposit says it
    elif (_ALL_WORDS if deposit else _FULL_WORDS).search(text):
        in_full = True
    sent = _NOT_SENT.sub(" ", text)  # "belum transfer" says how it was not paid
    if _MEANS[1][1].search(sent):
        sent = _BY_WALLET.sub(" ", sent)  # "gopay qris"
    means = tuple(name for name, pattern in _MEANS if pattern.search(sent))
    due = DueDay() if in_full or not _CREDIT_WORDS.search(text) else read_due(text, today, since)
    return Payment(in_full, deposit, means, due.day, due.is_vague)
