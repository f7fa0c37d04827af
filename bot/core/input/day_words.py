"""The words and patterns for days: `kemarin`, `tgl 5`, `5 Nov`, `Senin lalu`."""

import re
from collections.abc import Iterable

from bot.core.input.number_words import DIGITS, NUMBER_IN_WORDS

__all__ = [
    "AGO",
    "A_WEEK_OR_SUNDAY",
    "BEFORE",
    "DAYS_AGO",
    "DAY_IN_LINE",
    "DAY_UNITS",
    "LAST_MONTH_FIRST",
    "MONTHS",
    "OF_LAST_MONTH",
    "ON",
    "SMALL",
    "TOMORROW",
    "WEEKDAYS",
    "WEEK_UNITS",
]

TOMORROW = (
    "besok", "besuk", "bsk", "bsok", "esok", "mbesok", "mbesuk", "sesok", "sesuk", "ngesok",
    "ngesuk", "isuk", "isukan", "enjing", "mene", "bisuak", "tomorrow", "tmrw",
)  # fmt: skip
"""The coming day, as it is typed in the languages of sellers."""

DAYS_AGO = {
    "hari ini": 0,
    "hr ini": 0,
    "today": 0,
    "tadi": 0,
    "tadi pagi": 0,
    "tadi siang": 0,
    "tadi sore": 0,
    "barusan": 0,
    "sekarang": 0,
    "this morning": 0,
    "td": 0,
    "td pagi": 0,
    "td siang": 0,
    "td sore": 0,
    "tadi subuh": 0,
    "barusan aja": 0,
    "hari iki": 0,
    "kemarin": 1,
    "kemaren": 1,
    "kemarn": 1,
    "kmrn": 1,
    "kmren": 1,
    "kmrin": 1,
    "kmarin": 1,
    "kmaren": 1,
    "kemarinnya": 1,
    "wingi": 1,
    "mangkukna": 2,
    "wingi enane": 2,
    "tadi isuk": 0,
    "tadi enjing": 0,
    "wau enjing": 0,
    "this afternoon": 0,
    "this evening": 0,
    "tonight": 0,
    "yesterday night": 1,
    "kamareng": 1,
    "kalamareng": 1,
    "kalamaring": 1,
    "kalamarin": 1,
    "kamarin": 1,
    "kelmarin": 1,
    "kelmaren": 1,
    "mambengi": 1,
    "wingi bengi": 1,
    "mau bengi": 1,
    "tadi peuting": 1,
    "peuting tadi": 1,
    "malam tadi": 1,
    "dibi": 1,
    "nantoari": 1,
    "natoari": 1,
    "smlm": 1,
    "semlm": 1,
    "smalam": 1,
    "kamrin": 1,
    "yday": 1,
    "yest": 1,
    "kmr": 1,
    "dek wingi": 1,
    "dek emben": 2,
    "i puan": 2,
    "kapatang dulu": 2,
    "wingi lusa": 2,
    "td pg": 0,
    "tadi pg": 0,
    "tadi esuk": 0,
    "mau esuk": 0,
    "mau isuk": 0,
    "isuk mau": 0,
    "cako": 0,
    "earlier": 0,
    "earlier today": 0,
    "just now": 0,
    "kapatang": 1,
    "patang malam": 1,
    "wau dalu": 1,
    "wau ndalu": 1,
    "wau bengi": 1,
    "ibi": 1,
    "samalam": 1,
    "wingenane": 2,
    "kmrin lusa": 2,
    "kmren lusa": 2,
    "kmrn lsa": 2,
    "td mlm": 1,
    "tadi mlm": 1,
    "kamari": 1,
    "td malam": 1,
    "td malem": 1,
    "tadi malem": 1,
    "semalem": 1,
    "yesterday": 1,
    "semalam": 1,
    "tadi malam": 1,
    "malam td": 1,
    "mlm td": 1,
    "smalem": 1,
    "last night": 1,
    "kemarin dulu": 2,
    "kemaren dulu": 2,
    "kemarin lusa": 2,
    "lusa kemarin": 2,
    "lusa kmrn": 2,
    "lusa kemaren": 2,
    "kemaren lusa": 2,
    "day before yesterday": 2,
    "the day before yesterday": 2,
    "kmrn dulu": 2,
    "kmaren dulu": 2,
    "kmren dulu": 2,
    "besok lusa": -2,
    "kmrn lusa": 2,
    "dua hari kemarin": 2,
    "besok": -1,
    "besuk": -1,
    "tomorrow": -1,
    "lusa": -2,
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "senin snn sinayan sanayan mon senen snin snen monday",
            "selasa salasa seloso tues tue slasa slsa sls tuesday",
            "rabu rbu arba wed rebo wednesday",
            "kamis kmis kamih thurs thu kemis kms thursday",
            "jumat jum jumaik jumahat jemuwah fri jum'at jumaat jumaah jmat jmt friday",
            "sabtu sbtu sbt setu saptu saturday",
            "minggu mingu ahat mggu ahad sunday",
        )
    )
    for name in names.split()
}
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari pebruari february feb peb",
            "maret march mar mrt",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agt agst ags agu aug agus",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
SMALL = DIGITS | {
    "telung": 3,
    "rong": 2,
    "tilu": 3,
    "dua": 2,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "sepuluh": 10,
}
# Months that are also names of people or beginnings of words: in a line about a sale they mean the
# customer or the product, unless `tgl` comes before the number.
_ALSO_NAMES = frozenset({"agus", "juli", "juni", "april", "mei", "mar", "may", "march"})


def _either(words: Iterable[str]) -> str:
    """Returns a pattern for one of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: -len(word)))


ON = (
    r"(?:(?:pada\s+)?(?:tgl|tggl|tgll|tanggal|tanggale|kaping|tgle|tgl\s+e|tg)(?![a-z])\.?:?\s*"
    r"|(?:on\s+|from\s+)?the\s+|on\s+)"
)
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_NUMERIC = rf"{_DAY}(?:[/.-](?:0?[1-9]|1[0-2]))(?:[/.-](?:20)?[0-9]{{2}})?"
_NAMED = r"{day}(?:st|nd|rd|th)?[\s-]*(?:{months})\b\.?(?:[\s-]*20[0-9]{{2}})?"
_CALLED = (
    "bu ibu mbak mba kak dek dik jeng ceu neng ning teh si nok cik tante bude budhe bulik mama"
)
_NO_NAME = "".join(rf"(?<!\b{title}\s)" for title in _CALLED.split())
_MONTH = rf"(?:bulan|bln|sasih|{_NO_NAME}wulan)"
"""Behind a title `Wulan` is what she is called."""
_LAST = (
    r"(?:(?:yang|yg)\s+)?(?:lalu|lewat|ago|kemarin|kemaren|kmrn|kmren|(?:kolo\s+)?wingi|kamari"
    r"|kepungkur|kapengker|kepengker|pengker|katukang|(?:ka\s+)?tukang|yl|tadi"
    r"|patang(?!\s+(?:puluh|atus|ewu)))"
)
DAY_UNITS = (
    r"(?:hari|hr|dino|dinten|poe|days?|(?<=rong\s)dina|(?<=telung\s)dina"
    r"|(?<=[0-9]\s)dina(?=\s(?:kep|kap|pen|win)))"
)
"""`Dina` is what she is called but behind `rong`, or before `kepungkur`."""
WEEK_UNITS = r"(?:minggu|mgg|pekan|weeks?)"
AGO = (
    rf"(?:(?:[0-9]{{1,2}}|{_either(SMALL)})\s*(?:{DAY_UNITS}|{WEEK_UNITS})"
    rf"|se(?:minggu|pekan|hari)|a\s+week)\s+{_LAST}"
)
# A week or a month is no day; the bot asks which day is meant.
_NO_DAY = (
    rf"(?:(?:beberapa|bbrp|brp)\s+(?:hari|hr|minggu|waktu)|(?:(?:[0-9]{{1,2}}|{_either(SMALL)}|se)\s*)?{_MONTH}"
    rf"|minggu|mgg|pekan)\s+{_LAST}|last\s+(?:week|month)|(?:the\s+)?other\s+day"
    r"|(?:entah|lupa|embuh|lali)\s+(?:hari|tgl|tanggal)\s+(?:apa|opo|berapa|brp|piro)(?:nya)?"
    r"|(?:lupa|lali|hilap)\s+(?:hari|tgl|tanggal)\s?(?:nya|ne|na|nyo|persis\w*|pasti\w*)"
    r"|(?<!kapan\s)(?<!kpn\s)hari\s+itu(?!\s+(?:juga|aja|saja))"
    rf"|(?:(?:at|in)\s+the\s+)?(?:beginning|start|end)\s+of\s+(?:this|last|the)\s+month|(?:(?:a\s+)?few|some)\s+days\s+ago|tempo\s+hari|(?:kapan|kpn)\s+(?:hari(?:\s+(?:itu|kae))?|itu)|(?:pada\s+)?(?:awal|akhir)\s+{_MONTH}(?:\s+{_LAST})?"
    rf"|{ON}{_DAY}\s+(?:apa|atau|or)\s+{ON}?{_DAY}"
)
_RELATIVE = rf"(?:{_either(DAYS_AGO)})(?:\s+(?:pagi|siang|sore|malam))?"
_COUNTED = (
    "biji|buah|bh|botol|btl|bungkus|bks|kotak|ktk|pcs|pc|pak|sachet|lusin|orang|org|tahun|thn|th|ribu"
    "|rb|jam|menit|wib|wita|wit"
)
"""What follows a range of numbers, `10-12 biji`, and no day."""
A_WEEK_OR_SUNDAY = rf"(?:minggu|mingu|mgg)\s+{_LAST}"
"""Some mean the last Sunday by `minggu kemarin`, and some the week before this one."""

BEFORE = rf"\s+(?:(?:minggu|mgg|pekan)\s+)?{_LAST}"
_FOR_SO_LONG = "|".join(
    rf"(?<={since}\s{many}\s)"
    for since in ("setelah", "selama", "hampir", "sudah", "udah")
    for many in ("dua", "tiga", "empat")
)
_WEEKDAY = (
    rf"(?:(?:kemarin|kemaren|kmrn)\s+(?=(?:hari\s+)?(?:{_either(WEEKDAYS)})))?"
    rf"(?!(?:(?<=[0-9]\s)|(?<=tiap\s)|{_FOR_SO_LONG})(?:minggu|mingu)\b"
    r"(?!\s+(?:lalu|kemarin|kmrn|pagi|siang|sore|malam)))(?!(?:minggu|mingu|mgg)\s+ini\b)"
    r"(?<!pasar\s)(?<!psr\s)"
    rf"(?:(?:hari|dina|dinten|poe|last|on|malam|malem|mlm)\s+)?(?:{_either(WEEKDAYS)})(?:{BEFORE})?"
)
LAST_MONTH_FIRST = rf"{_MONTH}\s+{_LAST}\s+(?:tgl|tanggal)\s+{_DAY}"
OF_LAST_MONTH = rf"{_DAY}\s+(?:{_MONTH}\s+{_LAST}|(?:of\s+)?last\s+month)"

DAY_IN_LINE = rf"""(?:
    {LAST_MONTH_FIRST} | {_NO_DAY} |
    20[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}
    | {ON}(?:{OF_LAST_MONTH}|{_NAMED.format(day=_DAY, months=_either(MONTHS))}|{_NUMERIC}
        |{_DAY}(?:st|nd|rd|th)|(?<!the\s){_DAY}|{NUMBER_IN_WORDS}\s+{_MONTH}\s+{_LAST}|(?<!the\s){NUMBER_IN_WORDS}(?:\s+(?:{_either(MONTHS)}))?)
    | {NUMBER_IN_WORDS}\s+(?:{_either(set(MONTHS) - _ALSO_NAMES)})
    | (?!1/2(?![0-9/])){_DAY}/(?:0?[1-9]|1[0-2])(?:/(?:20)?[0-9]{{2}})?
    | {_DAY}-(?:0?[1-9]|1[0-2])-(?:20)?[0-9]{{2}}
    | (?<![\w-])(?:0[1-9]|[12][0-9]|3[01])-(?:0[1-9]|1[0-2])(?!-|\s*+(?:{_COUNTED})\b)
    | {_NAMED.format(day=_DAY, months=_either(set(MONTHS) - _ALSO_NAMES))}
    | {AGO} | {_WEEKDAY} | {_RELATIVE}
    )(?![\w/])"""
"""A verbose pattern for a day inside a line about a sale.

A bare number there is a quantity and `5.500` a price, so a day of the month needs the word `tgl`,
a slash, or the name of the month. `some_day` reads each match.
"""
