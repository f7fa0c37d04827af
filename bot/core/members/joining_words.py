"""Tells what newcomers write that is no name and no code: `nanti dulu`, `tidak ada kode`."""

import re
from typing import Final

__all__ = ["has_no_code", "is_question", "says_later"]

CHARACTERS_MAX: Final = 300
WORDS_MAX: Final = 10
THREE_WORDS: Final = 3

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ASKED: Final = re.compile(r"\?(?=[\s.!)\"'”]|$)")
_SOFT_WORDS: Final = (
    "hm hmm hmmm eh oh ah ya yah yaa iya deh dong dulu dl dlu aja saja kak ka kakak min admin mas"
    " mbak mba pak bu bang gan ok oke okay okey baik maaf sori sorry saya aku i me so sih nih lah"
    " kok kan"
)
_SOFT: Final = frozenset(_SOFT_WORDS.split())
_LATER_WORDS: Final = "nanti ntar entar nti later mikir dipikir pikir2 kapan2"
_LATER: Final = frozenset(_LATER_WORDS.split())
_LATER_BESIDE_WORDS: Final = (
    "mau saya pikir lagi masih kali lain besok sore malam pagi minggu depan sebentar tanya suami"
    " istri ortu orang tua i'll will maybe mungkin think about it do this join daftar gabung"
    " lanjut isi sibuk kerja lagi"
)
_LATER_BESIDE: Final = frozenset(_LATER_BESIDE_WORDS.split())
_LATER_PHRASES: Final = tuple(
    phrase.split()
    for phrase in (
        "lain kali",
        "lain waktu",
        "pikir pikir",
        "tanya suami",
        "tanya istri",
        "another time",
        "some other time",
        "not now",
        "think about",
    )
)
_NO_WORDS: Final = (
    "tidak tdk tak ga gak gk g nggak ngga enggak ndak nda belum blm belom ora no not none "
    "without tanpa don't dont haven't havent lupa"
)
_NO: Final = frozenset(_NO_WORDS.split())
_CODE_WORDS: Final = "kode kodenya code sponsor sponsornya upline referral undangan"
_CODE: Final = frozenset(_CODE_WORDS.split())
_CODE_BESIDE_WORDS: Final = (
    "ada punya dapat dpt dikasih tahu tau have got get any a the yet apa apa2 yang mengajak "
    "ngajak sama have know di itu siapa siapa2 pun"
)
_CODE_BESIDE: Final = frozenset(_CODE_BESIDE_WORDS.split())
_NOTHING_WORDS: Final = "ada punya have"
_NOTHING: Final = frozenset(_NOTHING_WORDS.split())
_ASKING_WORDS: Final = (
    "apa apakah apaan berapa brp brapa berapakah gimana gmn gmana bagaimana bgmn kenapa knp "
    "mengapa siapa kapan kpn mana dimana dmn kemana what where how why when who which whats"
)
_ASKING: Final = frozenset(_ASKING_WORDS.split())
_ASKING_IN_FRONT_WORDS: Final = "boleh bolehkah bisa bisakah can could does should will would"
_ASKING_IN_FRONT: Final = frozenset(_ASKING_IN_FRONT_WORDS.split())


def says_later(text: str) -> bool:
    """Returns whether a text only says "later", such as `hmm nanti dulu deh`."""
    words = _words(text)
    if not words:
        return False
    phrase = any(_holds(words, each) for each in _LATER_PHRASES)
    if not phrase and _LATER.isdisjoint(words):
        return False
    of_phrases = {word for each in _LATER_PHRASES for word in each} if phrase else set()
    return all(word in _SOFT | _LATER | _LATER_BESIDE | of_phrases for word in words)


def has_no_code(text: str) -> bool:
    """Returns whether a text says that its writer has no sponsor's code."""
    words = [word for word in _words(text) if word not in _SOFT]
    if not words or _NO.isdisjoint(words):
        return False
    rest = [word for word in words if word not in _NO | _CODE_BESIDE]
    if rest:
        return all(word in _CODE for word in rest)
    return not _NOTHING.isdisjoint(words)


def is_question(text: str) -> bool:
    """Returns whether a text reads like a question; a mark within a link says nothing."""
    text = text.strip()[:CHARACTERS_MAX]
    if _ASKED.search(text) is not None:
        return True
    words = [word.casefold() for word in _WORD.findall(text)]
    if not _ASKING.isdisjoint(words):
        return len(words) > 1
    return len(words) >= THREE_WORDS and words[0] in _ASKING_IN_FRONT


def _words(text: str) -> list[str]:
    """Returns the words of a short text; none of a long one, which says more."""
    if len(text) > CHARACTERS_MAX:
        return []
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(text)]
    return words if len(words) <= WORDS_MAX else []


def _holds(words: list[str], phrase: list[str]) -> bool:
    size = len(phrase)
    return any(words[at : at + size] == phrase for at in range(len(words) - size + 1))
