"""The provinces of Indonesia and their time zones."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

__all__ = ["PROVINCES", "Province", "find_provinces", "province"]

SCORE_CLOSE_MIN = 70
SCORE_CERTAIN_MIN = 85
SCORE_MARGIN_MIN = 8
CLOSEST_MAX = 4
TEXT_CHARACTERS_MAX = 64

_GAPS = re.compile(r"[\W_]+")

WIB = "Asia/Jakarta"
WIB_PONTIANAK = "Asia/Pontianak"
WITA = "Asia/Makassar"
WIT = "Asia/Jayapura"


@dataclass(frozen=True, slots=True)
class Province:
    """One province; `also` has other names that people type for it, larger cities included."""

    slug: str
    name: str
    english: str
    zone: str
    also: tuple[str, ...]


def _province(slug: str, name: str, english: str, zone: str, also: str) -> Province:
    return Province(slug, name, english, zone, tuple(also.split(", ")))


# The other names begin with the capital. The order is that of the official list, west to east,
# and also that of the buttons.
PROVINCES: tuple[Province, ...] = (
    _province("aceh", "Aceh", "Aceh", WIB, "banda aceh, nad, nanggroe aceh darussalam"),
    _province("sumatera-utara", "Sumatera Utara", "North Sumatra", WIB, "medan, sumut"),
    _province("sumatera-barat", "Sumatera Barat", "West Sumatra", WIB, "padang, sumbar"),
    _province("riau", "Riau", "Riau", WIB, "pekanbaru, pakanbaru"),
    _province("jambi", "Jambi", "Jambi", WIB, "kota jambi"),
    _province("sumatera-selatan", "Sumatera Selatan", "South Sumatra", WIB, "palembang, sumsel"),
    _province("bengkulu", "Bengkulu", "Bengkulu", WIB, "kota bengkulu"),
    _province("lampung", "Lampung", "Lampung", WIB, "bandar lampung"),
    _province(
        "kepulauan-bangka-belitung",
        "Kepulauan Bangka Belitung",
        "Bangka Belitung Islands",
        WIB,
        "pangkalpinang, pangkal pinang, babel, bangka, belitung, bangka belitung",
    ),
    _province(
        "kepulauan-riau",
        "Kepulauan Riau",
        "Riau Islands",
        WIB,
        "tanjungpinang, tanjung pinang, kepri, batam, kep riau",
    ),
    _province(
        "dki-jakarta",
        "DKI Jakarta",
        "Jakarta",
        WIB,
        "dki, jkt, dkj, daerah khusus jakarta, jakarta barat, jakarta pusat, jakarta selatan,"
        " jakarta timur, jakarta utara, jakbar, jakpus, jaksel, jaktim, jakut",
    ),
    _province(
        "jawa-barat",
        "Jawa Barat",
        "West Java",
        WIB,
        "bandung, jabar, bogor, bekasi, depok, cirebon, sukabumi, tasikmalaya",
    ),
    _province(
        "jawa-tengah", "Jawa Tengah", "Central Java", WIB, "semarang, jateng, solo, surakarta"
    ),
    _province(
        "di-yogyakarta",
        "DI Yogyakarta",
        "Yogyakarta",
        WIB,
        "jogja, yogya, jogjakarta, diy, daerah istimewa yogyakarta, d i yogyakarta, sleman",
    ),
    _province(
        "jawa-timur", "Jawa Timur", "East Java", WIB, "surabaya, jatim, malang, sidoarjo, kediri"
    ),
    _province("banten", "Banten", "Banten", WIB, "serang, tangerang, tangsel"),
    _province("bali", "Bali", "Bali", WITA, "denpasar"),
    _province(
        "nusa-tenggara-barat",
        "Nusa Tenggara Barat",
        "West Nusa Tenggara",
        WITA,
        "mataram, ntb, lombok, sumbawa",
    ),
    _province(
        "nusa-tenggara-timur",
        "Nusa Tenggara Timur",
        "East Nusa Tenggara",
        WITA,
        "kupang, ntt, flores, sumba",
    ),
    _province(
        "kalimantan-barat",
        "Kalimantan Barat",
        "West Kalimantan",
        WIB_PONTIANAK,
        "pontianak, kalbar",
    ),
    _province(
        "kalimantan-tengah",
        "Kalimantan Tengah",
        "Central Kalimantan",
        WIB_PONTIANAK,
        "palangka raya, palangkaraya, kalteng",
    ),
    _province(
        "kalimantan-selatan",
        "Kalimantan Selatan",
        "South Kalimantan",
        WITA,
        "banjarbaru, banjarmasin, kalsel",
    ),
    _province(
        "kalimantan-timur",
        "Kalimantan Timur",
        "East Kalimantan",
        WITA,
        "samarinda, balikpapan, kaltim, ikn, nusantara",
    ),
    _province(
        "kalimantan-utara",
        "Kalimantan Utara",
        "North Kalimantan",
        WITA,
        "tanjung selor, tarakan, kaltara, kalut",
    ),
    _province("sulawesi-utara", "Sulawesi Utara", "North Sulawesi", WITA, "manado, sulut"),
    _province("sulawesi-tengah", "Sulawesi Tengah", "Central Sulawesi", WITA, "palu, sulteng"),
    _province(
        "sulawesi-selatan",
        "Sulawesi Selatan",
        "South Sulawesi",
        WITA,
        "makassar, sulsel, makasar, ujung pandang, gowa",
    ),
    _province(
        "sulawesi-tenggara", "Sulawesi Tenggara", "Southeast Sulawesi", WITA, "kendari, sultra"
    ),
    _province("gorontalo", "Gorontalo", "Gorontalo", WITA, "kota gorontalo"),
    _province("sulawesi-barat", "Sulawesi Barat", "West Sulawesi", WITA, "mamuju, sulbar"),
    _province("maluku", "Maluku", "Maluku", WIT, "ambon, moluccas"),
    _province(
        "maluku-utara", "Maluku Utara", "North Maluku", WIT, "sofifi, ternate, malut, halmahera"
    ),
    _province("papua", "Papua", "Papua", WIT, "jayapura, biak"),
    _province("papua-barat", "Papua Barat", "West Papua", WIT, "manokwari, pabar"),
    _province("papua-selatan", "Papua Selatan", "South Papua", WIT, "merauke, pasel"),
    _province("papua-tengah", "Papua Tengah", "Central Papua", WIT, "nabire, timika, pateng"),
    _province(
        "papua-pegunungan", "Papua Pegunungan", "Highland Papua", WIT, "wamena, jayawijaya, papeg"
    ),
    _province(
        "papua-barat-daya", "Papua Barat Daya", "Southwest Papua", WIT, "sorong, raja ampat, pbd"
    ),
)

_BY_SLUG = {one.slug: one for one in PROVINCES}


def province(slug: str) -> Province:
    """Returns the province with this slug, which must exist."""
    return _BY_SLUG[slug]


def find_provinces(text: str) -> list[Province]:
    """Returns the provinces that may be meant, best first; a single one is certain.

    `sulawesi` returns all with that word in their names; `sulsel` and `sulawesi seltan` return
    one.
    """
    typed = _spelled(text) if len(text) <= TEXT_CHARACTERS_MAX else ""
    if not typed:
        return []
    exact = [one for one in PROVINCES if typed in _names(one)]
    if exact:
        return exact
    words = typed.split()
    holding = [one for one in PROVINCES if any(_holds(name, words) for name in _names(one))]
    return holding or _by_spelling(typed)


def _by_spelling(typed: str) -> list[Province]:
    scored = [(max(fuzz.ratio(typed, name) for name in _names(one)), one) for one in PROVINCES]
    scored.sort(key=lambda pair: -pair[0])
    (best, first), (second, _) = scored[:2]
    if best >= SCORE_CERTAIN_MIN and best - second >= SCORE_MARGIN_MIN:
        return [first]
    return [one for score, one in scored[:CLOSEST_MAX] if score >= SCORE_CLOSE_MIN]


@lru_cache(maxsize=len(PROVINCES))
def _names(one: Province) -> tuple[str, ...]:
    return tuple(_spelled(name) for name in (one.slug, one.name, one.english, *one.also))


def _holds(name: str, words: list[str]) -> bool:
    return set(words) <= set(name.split())


def _spelled(text: str) -> str:
    """Returns lower case with single spaces, without "provinsi" and with `sumatera` for both."""
    words = _GAPS.sub(" ", text.lower()).replace("sumatra", "sumatera").split()
    return " ".join(word for word in words if word not in {"provinsi", "prov", "propinsi"})
