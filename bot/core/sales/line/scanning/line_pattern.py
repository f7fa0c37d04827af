"""The pattern that splits a line about a sale; `tokens` says what its groups are."""

import re
from collections.abc import Iterable
from typing import Final

from bot.core.input.day_words import DAY_IN_LINE
from bot.core.input.money import HALVES, MONEY_NAMES, MONEY_WORD_UNITS
from bot.core.input.number_words import NUMBER_IN_WORDS
from bot.core.input.quantity import UNITS
from bot.core.sales.own_use import OWN_IN_LINE
from bot.core.sales.payments import DEPOSIT_IN_LINE, PAYMENT_IN_LINE

__all__ = ["SCAN"]


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_NUMBER = r"[0-9]+(?:[.,][0-9]+)*"
_WORD_UNIT = _either(MONEY_WORD_UNITS - {"ebu"}) + r"|ebu(?=\s*+(?:[.,;!]|$|kabbh?i))"
_HUNDREDS = r"(?:(?:dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)\s+ratus|seratus)(?!\s+ribu)"
_HALF = rf"(?:{_either(HALVES)})(?!\s+(?:lusin|lsn|kodi|gros|dozen))"
_IN_WORDS = (
    rf"{NUMBER_IN_WORDS}\s+(?:juta|jt|million)(?:\s+(?:{_HALF}|{NUMBER_IN_WORDS}(?:\s+(?:{_WORD_UNIT}))?))?"
    rf"|{NUMBER_IN_WORDS}\s+(?:{_WORD_UNIT})(?:\s+{_HUNDREDS})?"
    rf"|(?:sejuta|sajuta)\s+(?:{_HALF}|{_HUNDREDS})(?!\s+(?:{_WORD_UNIT}))"
    rf"|(?:{_either(MONEY_NAMES)})(?:\s+{NUMBER_IN_WORDS}\s+(?:{_WORD_UNIT}))?"
)
_SMALL = r"k(?!\s+[a-z]{2})"
"""No thousand behind a small number is the `k` of `laku 3 k mama Brian`, `2 k nisa`."""

_UNIT = (
    rf"(?:rb|rbu|ribu|rebu|(?<=[0-9])k|(?<=[0-9][0-9]\s)k|(?<=\s){_SMALL}|ewu|ewon|tali|(?:jt|jta|juta)(?:\s+{_HALF}(?!\w))?"
    r"|thousand|million|ebu(?=\s*+(?:[.,;!]|$|kabbh?i)))"
)
_PER = _either(UNITS | {"satuan", "item"})

_EACH = rf"""(?:/|per|saben)\s*(?:{_PER})(?:nya|ne|na|ipun)?|(?:harga\s+)?satuan(?:nya)?
        |masing[-\s]*masing|sama-sama|msg[-\s]msg|podo[-\s]?podo|podo2|sami-sami|masing2|msg2|msing2|(?:1|satu|hiji|siji)\s?(?:nya|ne|na|ni)
        |(?:1|satu|hiji|siji|se|sa)\s?(?:{_PER})(?:nya|ne|na|ipun|nye|ny)|sijine|hijina|sahijina|saurang|surang|saurangna|hijieun|sewang(?:an)?|ciekno
        |(?:setunggal|satunggal)(?:ipun|e)|(?:sane\s+)?abesik|each|at(?=\s+[0-9]+(?:[.,][0-9]+)?\s?k(?!\w))|apiece|a\s+piece|ea
        |(?:tiap|setiap|saben)[-\s]?(?:macam|jenis|item|produk|barang)(?:nya)?|a\s+pop
        |per\s+(?:piece|bottle|box|pack|pcs)"""
_ALL = (
    r"(?:sado\s+alah|semua|smua|smw|smuanya|sedoyo|sedoyone|smwa|samunya|kabeh|kabehe|sadaya|sedaya|samuaan|samunyaan|sabarataan|barataan|galo|galonyo|seluruh|(?:ka)?sadonyo|sadolah|samo|samua|makejang|makasami|ngaseng|sude|sedanten|sakabeh|kabbhi|kabbi"
    r"|keseluruhan|total|tot|ttl|grand\s+total)(?:nya|nyo|ne|na|ipun|e|an|nana)?"
)
_PAIR = (
    r"(?:dua2|tiga2|dua[-\s]?dua|tiga[-\s]?tiga|lima[-\s]?lima|empat[-\s]?empat|kedua|ketiga|kaduo|katigo|duana|dua|tiga|empat|lima|tilu)"
    r"(?:an|nyo|\s?nya|\s?na|\s?ne|nana|anana)"
)
_TOTAL = rf"""(?:(?:harga|jumlah|total|untuk|utk|buat|for)\s+)?(?:{_ALL}|{_PAIR})
        |(?:jumlah|jadi|jd|jumlahe|jml\s+total|jatuhnya)(?:nya|na|ne|e)?|sekaligus(?!\s+[0-9]{{1,2}}(?![\w.,]))|berdua
        |di(?:genap|genep|bulat|bulet)(?:i|in|kan|ke|no)?(?:\s+(?:jadi|jd|turun))?|basamo
        |for\s+all\s+(?:of\s+them|two|three|four|five|six|ten)(?!\w)|for\s+(?:both|all|everything|the\s+(?:lot|two|three|four|five|six|ten))(?!\s+[0-9])|both|in\s+all|in\s+total|(?:all\s+)?together|for\s+all\s+(?:two|three|four|five|six|ten)|(?:sudah\s+|udah\s+)?termasuk\s+semua(?:nya)?|all\s+in|all|altogether|total\s+semua(?:nya)?"""
_EQUALS = (
    rf"=\s*(?=(?:rp|idr)\.?\s*[0-9]|{_NUMBER}\s*{_UNIT}|[0-9]{{1,3}}[.,][0-9]{{3}}|[0-9]{{4}}"
    r"|[1-9][0-9]{1,2}(?![\w.,]))"
)
_NAMED = r"""(?:(?:atas\s+nama|a/n|a\.n\.?|(?:(?:nama\s+)?(?:pembeli|pambali|konsumen|customer|cust
        |buyer|client|penerima|koordinator)|nama|jeneng|asma|aran|ngaran)(?:nya|ne|na|nyo|e|ipun|ny)?|namonyo|name
        |nm|nmny|nmnya|bernama|named|called|(?:her|his|the|whose)\s+name(?:'s|\s+is)?)(?!\w)
        (?:\s+(?:new|baru|is|atas\s+nama)(?!\w))?\s*:?)"""
_PEOPLE = (
    "ibu|ibuk|bapak|anak|ank|emak|mama|teman|temen|tmn|tmen|kawan|konco|kanca|rencang|orang|org|wong"
    "|tiyang|jalmi|arek|lare|cah|bocah|mas|mba|mbak|kakak|adik|adek|om|tante|cece|nona|nenek|cucu"
    "|ponakan|saudara|sodara|sahabat|tetangga|cewek|cewe|cowok|cowo|guru|murid|siswa|santri"
    "|tukang|pembeli|karyawan"
)
"""What people are called; with a 2 behind it, there are several: `cewek2`."""

SCAN: Final = re.compile(
    rf"""
    (?P<LINE>[^\S\n]*\n\s*(?:[-•*·–]+\s*|[0-9]{{1,2}}[.)]\s+)?
        |\A\s*1[.)]\s+(?=[^\n]*\n\s*2[.)]\s)
        |(?:(?<=[,;:]\s)|(?<=[.,;:]\s\s))[0-9]{{1,2}}\)\s+)
    | (?P<SPACE>\s+)
    | (?P<OWN>{OWN_IN_LINE})
    | (?P<HALF>(?:1/2|½)(?=\s*(?:lusin|lsn|kodi|gros|dozen)))
    | (?P<DEPOSIT>{DEPOSIT_IN_LINE})
    | (?P<PAID>{PAYMENT_IN_LINE})
    | (?P<UNCUT>(?:di)?potong\s+(?:tabungan|arisan|uang\s+[a-z]+)(?!\w)
        |(?:tanpa|tidak|tdk|ga|gak|gk|nggak|ngga|ora|teu|indak|kada|no|without)
        (?:\s+(?:ada|ado|pake|pakai|dapat|dpt|any|a))?\s+(?:diskon|discount|potongan|korting)(?!\w))
    | (?P<DISCOUNT>(?:di|ku)?(?:diskon|disc|dsc|disk|dskon|discount|potong(?:an)?|pot|diskn
        |korting(?:an)?
        |dikurangin?|kurangin?|(?:ku|di)?ka(?:sih?|se)\s+turun|minus|less)
        (?:nya|in|kan)?(?:\s+harga)?(?!\w)|(?:dskn|dscn)(?!\w)|(?<=[0-9a-z]\s)-\s?(?={_NUMBER}\s*{_UNIT}(?!\w)))
    | (?P<OFF>{_NUMBER}\s*{_UNIT}\s+off(?!\w))
    | (?P<PERCENT>[0-9]{{1,3}}(?:[.,][0-9])?\s*(?:%|persen(?!\w)|percent(?!\w)))
    | (?P<DAY>{DAY_IN_LINE})
    | (?P<PHONE>(?:\+?62[-\s]?|0)8[0-9]{{1,2}}[-.\s]?[0-9]{{3,4}}[-.\s]?[0-9]{{2,5}}(?![0-9])
        |(?<!rek\s)(?<!rekening\s)(?<!norek\s)0[2-79][0-9]{{1,2}}[-.\s]?[0-9]{{5,8}}(?![0-9]))
    | (?P<PLACE>(?:rt|rw)\.?\s*(?:0?[0-9]{{1,2}}[a-z]?)(?:[/-][0-9]{{1,3}}[a-z]?)?(?!\w)
        |(?!(?:no|gg|lt)[a-z]\s?[0-9]|km[a-qs-z]\s?[0-9]|blkg)(?:apart|apt|villa|vila|wisma|blok|blk|gang|gg|lorong|lrg|jalur|tower|kamar|kmr|lapak|house|unit|room|lantai|lt
        |no|line|nomor|kavling|kav|km|angkatan|kelas|kls)
        \.?\s*(?:[0-9]{{1,4}}[a-z]?|[a-z](?:[^\S\n]?[0-9]{{1,4}})?(?![a-z0-9]))(?:[/-][0-9]{{1,3}}[a-z]?)?(?!\w)
        |(?:jl|jln|jalan)\.?\s+(?:[a-z]+\s+){{1,2}}(?:no\.?\s*)?[0-9]{{1,3}}(?=\s*(?:[,.;)\n]|$)))
    | (?P<UNIT>[0-9]{{1,3}}[a-f](?!\w))
    | (?P<CLOCK>(?:jam|jm|pukul)\s*(?:[0-9]{{1,2}}(?:[.:][0-9]{{2}})?|{NUMBER_IN_WORDS})(?!\w)
        |(?:minggu|mingu|mgg)\s+ini(?!\w))
    | (?P<TIMED>(?:kali|ping|times)(?=\s+(?:[0-9]{{1,3}}|{NUMBER_IN_WORDS})(?!\w)))
    | (?P<RUPIAH>(?:rupiah|perak)(?!\w))
    | (?P<TWICE>(?:siang|pagi|sore|malam|inget|ingat|lupa|gado|oleh|pecah|kue|sayur|gorengan|order
        |laku|barang|macam|{_PEOPLE})2(?!\w))
    | (?P<TIMES>(?<![.,0-9])[0-9]{{1,4}}\s*[x×*]\s*(?=@|rp|idr|{_NUMBER}\s*{_UNIT}(?!\w)
        |[0-9]{{1,3}}\.[0-9]{{3}}|[0-9]{{4}}
        |[1-9][0-9]{{1,2}}(?![0-9]|[.,][0-9])(?!\s*(?:ml|gr?|x)(?!\w))))
    | (?P<MONEY>
        (?:rp|idr)\.?\s*{_NUMBER}(?:\s*{_UNIT}(?!\w))?(?:,-)?
        | {_NUMBER}\s*(?:jt|jta|juta)\s*[0-9]{{1,3}}(?!\w|\.[0-9])(?!\s*(?:rb|rbu|ribu|k)(?!\w))
        | {_NUMBER}\s*{_UNIT}(?!\w)(?:\s*[0-9]{{1,3}}\s*(?:rb|rbu|ribu|k)(?!\w))?
        | {_NUMBER}\s*{_UNIT}(?=\s*-?n?an(?!\w))
        | {_NUMBER}\s*{_UNIT}(?=[x×*][0-9])
        | [0-9]{{2,3}}(?=\s*-?an(?!\w))
        | (?:setengah|stengah)\s+(?:juta|jt)(?!\w)
        | (?:{_IN_WORDS})(?=(?:-?an|nan)?(?!\w))
        | [1-9][0-9]{{0,2}},[0-9]{{3}}(?![\w.,]*[0-9])
        | [1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})++(?:,00?(?![0-9]))?(?:,-)?(?![\w.]*[0-9])
      )
    | (?P<NAMED>{_NAMED})
    | (?P<SPREAD>(?:(?:hiji|siji|1)\s+sewang(?:an)?|satu2|siji2|hiji2|atu2|atu[-\s]atu
        |se(?:biji|botol|bungkus)(?:an|2|[-\s]se(?:biji|botol|bungkus))
        |satu[-\s]satu|one\s+one|siji[-\s]siji|hiji[-\s]hiji|(?<=[a-z]\s)1\s?-\s?1(?!\s*[-0-9]))(?!\w))
    | (?P<EACH>@|(?:{_EACH})(?!\w))
    | (?P<TOTAL>{_EQUALS}|(?:{_TOTAL})(?!\w))
    | (?P<NEGATIVE>(?<!\S)-[0-9]+)
    | (?P<NUMBER>(?:[x×*]\s*(?!{_NUMBER}\s*{_UNIT}(?!\w)))?{_NUMBER}(?:\s?[x×*](?!\w))?)
    | (?P<AND>[+&]|(?:dan|dn|and|n|plus|serta|sama|ama|samo|sm|sareng|jeung|karo|deng|ame|wan|lawan
        |jo|lan|lalu|trus|terus|tambah)(?!\w))
    | (?P<ARROW>->|→|=>)
    | (?P<BREAK>[,;|/]+)
    | (?P<PAUSE>(?:\.{{2,}}|[…:()\[\]])+|[.!](?=\s|$)|[-–—~](?=\s))
    | (?P<NOISE>[-–—=\"“”!?.…*'>]+)
    | (?P<STEM>[^\W\d_]{{3,}}(?=[0-9]+(?:btl|bks|ktk|pcs|pc|dus|bh|pak)?(?![^\W_])))    # "sabun2"
    | (?P<WORD>[^\s,;+&|/()\[\]:=@"“”!?.…]+)
    | (?P<REST>.)
    """,
    re.VERBOSE,
)
"""Of a line in lower case."""
