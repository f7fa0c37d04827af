"""Words beside a buyer or an amount in a line about a sale, and those that are a buyer alone."""

from bot.core.sales.buyers import SHOPS, TITLES
from bot.core.sales.line.words.vocabulary import (
    ABOUT_BUYERS,
    CALLS,
    FILLERS,
    KIN,
    PLACES_BEHIND,
    RELATING,
    TRADES,
)

__all__ = [
    "ASPECTS",
    "AT",
    "DESCRIPTIONS",
    "INDEFINITE",
    "LINKS",
    "NAME_LETTERS_MIN",
    "OCCUPATIONS",
    "PARTICLES",
    "PERSONS",
    "PLACES",
    "REPORTING",
    "SCHOOLS",
    "THEY",
    "THROUGH",
    "WITH",
]

_AT_WORDS = "di d ring ning neng nang at in pasar psr bazar balai acara"
AT = frozenset(_AT_WORDS.split())
"""Words before the place where something was sold."""

_PLACE_WORDS = (
    "lapak kantor gym posyandu sd smp sma paud grup group masjid mushola gereja lapo pondok dapur"
)
PLACES = frozenset(_PLACE_WORDS.split())
"""Of the words for shops those that are places too."""

INDEFINITE = frozenset({"seorang", "ada", "ad", "orang", "a", "an", "some", "wali"})
"""Words before a person of whom no more is said."""

_ASPECT_WORDS = (
    "has have just already sudah udah udh sdh su so baru barusan tadi td juga jg lagi lg akhirnya"
    " langsung jadi jd malah wis wes tos geus alah lah mau cuma"
)
ASPECTS = frozenset(_ASPECT_WORDS.split())
"""Small words between a subject and its verb."""

THEY = frozenset({"dia", "dy", "beliau", "mereka", "orang", "he", "she", "they", "di"})
"""Words for a person, before a verb and not a name."""

NAME_LETTERS_MIN = 3
"""A shorter word before goods is no name."""

_REPORTING_WORDS = (
    "lapor laporan melapor melaporkan catat catet catatan mencatat masukkan masukin penjualan"
    " input record note rekap"
)
REPORTING = frozenset(_REPORTING_WORDS.split())
"""Words of a report, behind which a bare name may stand before goods."""

WITH = frozenset({"dan", "dn", "and", "&", "sama", "ama", "sm", "karo", "jeung", "sareng"})
"""Words between two buyers."""

OCCUPATIONS = frozenset(
    [
        "juragan",
        "bos",
        "bidan",
        "guru",
        "kader",
        "satpam",
        "kepala",
        "ketua",
        "wakil",
        "ustadz",
        "ustadzah",
        "dosen",
        "dokter",
    ]
)
"""Titles that also say, behind a name, what a person does."""

DESCRIPTIONS = (ABOUT_BUYERS | TRADES | SHOPS | KIN | OCCUPATIONS) - RELATING
"""Words behind a name that say who it is."""

SCHOOLS = frozenset(["sd", "sdn", "smp", "smpn", "sma", "sman", "smk", "smkn", "mtsn"])
"""Schools of which a number says which one."""

THROUGH = frozenset({"lewat", "lwt", "via", "melalui", "liwat", "through"})
"""Words before who carries goods or money for the buyer."""

LINKS = frozenset({"dari", "dr", "from"})
"""Words before a buyer that are no chatter."""

PERSONS = (SHOPS | TITLES | ABOUT_BUYERS | KIN) - CALLS - RELATING - FILLERS - PLACES_BEHIND
"""Words that are the buyer's name if nothing else is."""

_PARTICLE_WORDS = (
    "lah ya bulat aja saja haja min kak itu mi ji dong pas net sih nih kubikin kukasikan"
    " kukasih kukasi bikin"
)
PARTICLES = frozenset(_PARTICLE_WORDS.split())
"""Small words between an amount and what says what it is."""
