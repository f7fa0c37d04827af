"""The pattern for goods that the seller keeps: `pakai sendiri`, `untuk di rumah`, `own use`."""

__all__ = ["OWN_IN_LINE"]

_SELF = (
    r"(?:sendiri|sndiri|sndri|ndri|sendri|dewe|dhewe|piyambak|pribadi|sorang|sorangan|saurang|nyalira"
    r"|surang|sandiri|dw|dewek|mesaq|keudroe|dhibi')(?:nya)?"
)
_ME = (
    r"(?:saya|sy|aku|ibu|gw|gue|ulun|kulo|ambo|abdi|tiang|sa|awak|beta|kami|kita|bapak|kulit"
    r"|mama|emak)"
)
_USE = (
    r"(?:(?:di|ke|ku|sy|na)?pa(?:kai|ke|kek)|pke|pk|dipke|dinggo|di(?:anggo|agem|gunakan|konsumsi)|agem"
    r"|gunakan|nganggo|anggo|nggo|enggo|minum|diminum|konsumsi|pemakaian|kebutuhan|keperluan"
    r"|belanja|beli|ambil|bli|jajan|njupuk|mendhet|pendhet|nyandak|nyokot|ku(?:minum|makan|pakai|pake)"
    r"|(?:tak|dak|di)\s?(?:ombe|pangan|nggo|enggo|dahar|jajal)|ngombe|nginum|diinum|make|ngge|dingge|ngangge"
    r"|(?:di|ku|tak\s?)?(?:oles|seduh|olesin)|buka|habisin|dihabisin|lulur|dilulur"
    r"|dianggo|diangge|kepakai|kepake|kapake|kaanggo|kanggo)"
)
_HOME = (
    r"(?:rumah|rmh|ngomah|omah|imah|bumi|home|griyo|griya|jumah|umah|rumah\s+tangga|orang\s+rumah)"
)
_FAMILY = (
    r"(?:keluarga|istri|suami|anak|bini|laki|bojo|incu|cucu|pamajikan|salaki|putu)(?:ku|saya)?"
)
_FOR = (
    r"(?:untuk|untuak|utk|buat|bwt|bt|u/|for|kagem|kanggo|kangge|gasan|keur|anggen|ngge|nggo"
    r"|dinggo)"
)

_COUNT = r"(?:[0-9]|satu|dua|tiga|empat|lima|siji|loro|telu|hiji|opat|ciek|duo|one|two)\b"

OWN_IN_LINE = rf"""(?:
    {_USE}\s+(?:(?!{_COUNT})\w+\s+){{0,2}}{_SELF}(?:\s+ji)?
    | (?:di|ku)?(?:pakai|pake|pke|pk|minum|makan|anggo|inum|ombe)
      (?=\s+(?:\w+\s+){{1,3}}{_SELF}(?!\w))
    | p(?:ke|k|akai|ake)\s+sdr(?=\s+(?!ku)\w+\s+[a-z]*\s*[0-9]|\s*(?:[,.!]|$))
    | {_FOR}\s+(?:\w+\s+){{0,2}}(?:{_ME}\s+)?{_SELF}
    | di(?:anggo|angge|pake|pakai|pakek|inum|minum|ombe)\s+(?:ku|ka|oleh|sama|karo|dening)\s+{_ME}
    | {_USE}\s+(?:(?!{_COUNT})\w+\s+){{0,2}}(?:di|d|ing|ring|neng)\s+{_HOME}
      (?:\s+(?:sendiri|kami|saya))?
    | (?:bukan|bkn|tidak|tdk|ga|gak|gk|nggak|ngga|kada|ora|mboten|lain|sanes)\s+
      (?:untuk\s+)?dijual
    | {_ME}\s+(?:nu|sing|yang|yg)\s+(?:make|pakai|pake|nganggo|minum)
    | (?:drank|used|ate|tried|took|kept)(?=\s+(?:\w+\s+){{1,5}}?(?:for\s+)?myself)
    | {_FOR}\s+{_FAMILY}(?:\s+(?:saya|sy|aku|ku|gue|gw|abdi|kulo))?(?:\s+(?:di|d)\s+{_HOME})?
      (?=\s*(?:[,.!]|$))
    | {_ME}\s+{_SELF}\s+(?:ambil|beli|njupuk|nyandak)
    | {_SELF}\s+(?:yang\s+)?(?:pakai|pake|minum) | not\s+for\s+sale
    | {_USE}\s+(?:di\s+|ing\s+|ring\s+|orang\s+|untuk\s+)?(?:{_HOME})(?:\s+(?:sendiri|kami|saya))?
    | {_FOR}\s+(?:{_ME}\s+)?(?:{_USE}\s+)?
      (?:{_SELF}|(?:di\s+|ing\s+|ring\s+|orang\s+)?{_HOME}(?:\s+sendiri)?)
    | {_FOR}\s+(?:pemakaian|kebutuhan|konsumsi|keperluan)(?:\s+{_ME})?(?:\s+{_SELF})?
    | {_FOR}\s+(?:dipakai|dipake|pakai)\s+(?:di\s+|orang\s+)?{_HOME}(?:\s+(?:sendiri|kami|saya))?
    | {_FOR}\s+(?:\w+\s+){{1,2}}(?:di|ing|ring)\s+{_HOME}
    | {_FOR}\s+(?:me|myself|my\s+own|saya|aku|sy|gue|gw|gua|abdi|kulo|awak)
    | (?:pemakaian|pakai|pake|konsumsi)\s+{_HOME}
    | {_FOR}\s+(?:rambut|kulit|badan|muka|wajah|bibir|tangan|kaki|sarapan)ku
    | ku(?:pakai|pake|pakei|pakeji|minum|oles)(?:ji|mi)?\s+{_SELF}
    | (?:kept|keeping)(?=\s+(?:\w+\s+){{1,4}}for\s+(?:me|us|myself))
    | punya(?:ku|\s+(?:sa|saya|aku|sy))\s+sendiri
    | (?:sa|saya|aku)\s+(?:pu\s+)?sendiri\s+(?:pakai|pake)
    | (?:{_FOR}\s+)?(?:my\s+)?(?:own|personal)\s+(?:use|consumption)
    | for\s+my\s+own
      (?!\s+(?:mum|mom|mother|father|dad|sister|brother|son|daughter|shop|stall|customer))
    | for\s+my\s+(?:wife|husband|kids|family|hubby)(?=\s*(?:[,.!]|$))
    | {_ME}\s+(?:habiskan|habisin|pakai|pake|minum|makan)(?:\s+{_SELF}|(?=\s*(?:[,.!]|$)))
    | (?:dipakai|dipake|kepakai|kepake|diminum|dianggo|dinggo)\s+
      (?:anak|istri|suami|ibu|mama|bapak|keluarga)
      (?:ku|\s+(?:saya|sy|aku|gue|gw)|(?=\s+[0-9]|\s*(?:[,.!]|$)))
    | (?:{_FOR}|dingge|dinggo)\s+(?:mandi|adus|ibak|keramas)
    | (?:konsumsi|kebutuhan|keperluan|pemakaian)\s+(?:keluarga|rumah\s+tangga|pribadi|{_SELF})
    | {_USE}\s+(?:sekeluarga|serumah|se\s?rumah) | (?<![a-z]\s)own(?=\s*(?:[,.!]|$))
    | {_USE}\s+(?:rame2|ramai2|rame-rame|ramai-ramai|bareng2|bareng)\s+(?:di|d)\s+{_HOME}
    | family\s+used | used\s+(?:one\s+)?(?:at\s+home|(?=\w+\s+for\s+myself))
    )(?!\w)"""
"""A verbose pattern for words that say so inside a line."""
