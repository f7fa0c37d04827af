"""The words that turn the meaning of a line about goods, by what it tells of instead of a sale.

Each is a verbose pattern for whole words, in the languages that sellers mix.
"""

from typing import Final, Literal

from bot.core.input.day_words import TOMORROW

__all__ = ["ASKED_AT_THE_END", "DONE", "HARMLESS", "ORDERED", "PAYS", "SAYS", "Instead"]

Instead = Literal[
    "return", "undo", "later", "order", "payment", "edit", "question", "stock", "price", "profit"
]

_NOT = (
    r"(?:tidak|tdk|tak|tra|ga|gak|gk|nggak|ngga|engga|enggak|ndak|nda|kada|ora|mboten|teu|kagak"
    r"|kaga|not|batal|sonde|sondeh|trada|seng)"
)
_NOT_YET = r"(?:belum|blm|blum|belom|durung|dereng|alun|balum|can|acan|tacan|belumpi)"
_OFFICE = (
    r"(?:the\s++)?(?:kantor|pusat|pusek|gudang|perusahaan|pabrik|upline|warehouse|office)"
    r"(?!\s++(?:lama|suami|istri|anak|saya|sy|gue|gw|dharma|kelurahan|desa|camat|kecamatan|pos|dinas|notaris|bupati|polisi))"
)
_GAINS = (  # not "Pak Untung", "Toko Laba"
    r"(?<!pak\s)(?<!bpk\s)(?<!bapak\s)(?<!pa\s)(?<!bu\s)(?<!ibu\s)(?<!mas\s)(?<!mbak\s)(?<!bang\s)"
    r"(?<!ke\s)(?<!to\s)(?<!toko\s)(?<!warung\s)(?<!ud\s)(?<!mbah\s)(?<!kang\s)(?<!om\s)"
    r"(?:untung|laba|profit|margin|cuan|bath?i)(?:nya|ku|e|ne|na)?"
    r"(?:\s++(?:saya|sy|aku|ku|ga|ya|sih|kak|min))*"
)
_NONE = rf"(?:{_NOT}|belum|blm|blum|durung|{_NOT_YET})"
_BEFORE = (
    r"(?:kemarin|kmrn|kmren|dulu|(?:bulan|bln|minggu|mgg)\s++(?:lalu|kemarin|kmrn)|tgl|tanggal|ibi"
    r"|wingi)"
)
SAYS: Final[tuple[tuple[Instead, str], ...]] = (
    (
        "return",
        rf"""(?:di|nge)?retur(?:an|ed|kan|in)?|return(?:ed|s|ing)?|refund|(?:di|ng|me|meng|mang)?(?:balik|kembali)(?:in
        |kan|ken|ki)|(?:di|ng|me|meng)(?:balik|kembali)an|(?:di)?balikin|mengembalikan|ngembaliin
        |kembali(?!\s++(?:beli|membeli|ambil|laku))|dibaliakan|(?:m|ng|di)?balekno|dibalikno
        |(?:nge|di|ka)?waliang|wangsulaken|dipulangin|(?:di|mu)lang(?:keun)|mulangkeun|dipulangkeun
        |{_NOT}\s*+j(?:a?di|d)(?!\w)(?:\s++(?:beli|ambil|pesan))?|batal\s++beli|{_NOT}\s++cocok
        |berubah\s++pikiran|(?:kasi|kase|kasih)\s++pulang|came\s++(?:wet|broken|damaged|open)
        |(?:ora|ga|gak|nggak|tidak|tdk|teu|kada)\s++(?:iso|bisa|laku)\s++di(?:dol|jual|ical)\w*|segel(?:nya)?|rusak|remuk|sobek|muncrat|basah|ruined|swap(?:ped)?|stolen?|dicuri|kecurian|smells?|kedalu?warsa|penggantian
        |(?:ba|di|ma)bali(?:a)?k+an|(?:bring|brings|brought)\s++back|pecah|pacah|retak|bocor|(?:t|n|ke|ter)umpah(?:in|kan)?|penyok|cacat|basi|lembap|lembab|(?:ber)?jamur(?:an)?
        |gatal|gatel|kadalua?rsa|kadaluwarsa|expired?|exp|cracked|arrived
        |d?balik(?:in|an)|(?:di|me)?(?:tukar|nukar|tuker|nuker)(?:kan|in)?|(?:ba)?gaganti|(?:di)?gaganti(?:kan|in)?|ijol|silih|salah\s++kirim
        |(?:yang|yg|ada)\s++(?:yang\s++|yg\s++)?kurang\s++isi(?:nya)?|isi(?:nya|ne|na)?\s++(?:\w++\s++)?kurang|kurang\s++isi(?:nya)?
        |(?:dapat|dapet|datang)(?:nya)?\s++(?:barang\s++)?(?:yang\s++|yg\s++)?salah|barang(?:nya)?\s++salah
        |hilang|ilang|leungit|broken?|broke|damaged|leak(?:ed|ing|s)?|lost|exchange[ds]?
        |(?:gave|give|brought|sent)\s++back|changed\s++(?:her|his)\s++mind""",
    ),
    (
        "undo",
        r"""batal(?:in|kan|ken|an|no|keun)?|dibatal(?:in|kan)|pembatalan|(?:di)?cabut|pupus|sido
        |busak(?:en|no)?|cancel(?:led|ed)?|(?:di)?hapus(?:in|kan)?|undo|delete|dobel|double|ganda
        |kepencet|kepijit|(?:di)?(?:ilangin|hilangin|hilangkan)|twice|mainan\s++doang|(?:cuma|hanya|just)\s++(?:tes|test|coba)
        |forget\s++(?:the|it|that|about)|take\s++(?:it|one|that)\s++(?:away|out|off)
        |(?:di)?buang|(?:jangan|jgn)\s++(?:di)?catat|tercatat\s++dua\s++kali""",
    ),
    (
        "later",
        rf"""(?:tunggu|nunggu|menunggu)\s++(?:\w++\s++){{1,4}}?baru\s++(?:\w++\s++)?(?:di)?(?:ambil|beli)
        |(?<!hasil\s)(?<!abis\s)(?<!habis\s)nego(?!\s++(?:jadi|jd|jadinya|deal))|berniat|niat(?=\s++(?:beli|ambil))|bsk2|(?:belum|blm)\s++pasti|(?:ku)?antarkan
        |otw\s++(?:nganter|antar|anter)|(?:nge)?booking|kep\s++in|janji(?!\s++(?:bayar|lunas|tf|transfer))|naksir|mikir(?:2|[-\s]mikir)?|nio|arek\s++(?:tuku|beli|meser|meuli|pesen)|interested|(?:di)?pasan|kirimkan\w*|titipkan|keepin|(?:di)?sisih\w*|(?:nunggu|menunggu|tunggu)\s++(?:\w++\s++)?(?:setuju|kiriman|stok|restok|acc|persetujuan)|bade|badhe|arep|ajeng|jagi|mani|nitip|po|pre-?order|upami|lamun|kalau|kalo|klo|nek
        |{"|".join(TOMORROW)}|lusa|nanti|e?ntar|nti|mengko(?:ne)?|mengke|engko(?:ne)?|engke
        |kapan[-\s]?kapan|sebentar\s++sore|(?:minggu|mgg|bulan|bln|pekan|tahun|senin|selasa|rabu|kamis|jum'?at|sabtu|ahad)\s++depan|later
        |next\s++(?:week|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday)
        |tonight|rencana(?:nya)?|(?<!tadinya\s)mau(?:ka|\s++ki)?(?!\s++(?:jual|lapor|catat|setor|input|minta\s++tolong
          |transfer|tf))|pengen|pingin|ingin|akan|will|maybe|handak(?!\s++(?:mancatat|malapor))
        |kupe?san|(?:di|me)?m?e?sen(?:an)|(?:di)?pe?sen|mesen|pesan(?:an)?|memesan|pemesanan|dipesan
        |(?:nge)?order(?:s|ed|an)?|booking|keep|titip(?:an)?|wants?|would\s++like|still\s++thinking
        |reserve[ds]?|(?:di)?(?:antar|anter|ngirim|kirim|krm)(?:in|kan|an)?|kuantar|ngateh
        |delivery?|be\s++delivered|siapin|siapkan|disisihkan|sisihkan|(?:tunggu|nunggu)\s++gajian
        |minta(?!\s++(?:potong|diskon|kurang|tolong|bantu|catat|dicatat))|belum\s++(?:saya\s++)?serahkan
        |{_NOT_YET}\s++(?:sempat\s++)?(?:di|ku|saya\s++|sy\s++|tak\s?+)?(?:ambil|jupuk|candak|kasih|kasi|serah|antar
          |anter|kirim|jemput|terima|bawa)(?:kan|in)?|(?:di|ku)?simpan(?:kan|in)
        |calon\s++(?:pembeli|pelanggan|customer|konsumen)|mungkin|mgkn|(?:perhaps|probably)
        |(?:barang(?:nya)?\s++)?(?:masih|msh)\s++(?:di|ada\s++di)\s++(?:saya|sy|aku|rumah|rmh|tangan|tempat)""",
    ),
    (
        "order",
        rf"""kulak(?:an)?|re?q(?:uest)?|rikues|restok|(?:di)?kirimi|ajukan|(?:ke|dari|dr|ka|soko|saking|sama|ning|neng|di
        |from|kepada)\s++{_OFFICE}|from\s++you|harga\s++(?:member|anggota|mitra)|member\s++price""",
    ),
    (
        "edit",
        r"""diturun(?:in|kan)|diperbarui|(?:di)?coret|diicali|wurung|changed?|wrong|(?:di)?(?:ubah|rubah|ganti|gnti|edit|robah)(?:in|kan|lah)?|kuduna|kudune|sujatine|lerese
        |(?:di)?(?:benakno|benakke|benerin|dibenerin)|(?:tolong|tlg|tulung)\s++ralat|(?:please|pls)\s++fix
        |should\s++(?:be|have\s++been)|i\s++typed|salah\s++(?:produk|barang|orang|nama|jumlah|harga)
        |(?:se)?har?usny?[aeo]|hrsny?a?|mesti?ny?[ae]|kecatat|padahal\s++(?:di|ke|me)?(?:catat|tulis|ketik|input|yang|yg|harus\w*)|(?:di)?perbaiki|kuperbaiki
        |(?:di)?betul(?:kan|in)|(?:dipun\s++)?ewahi|salah\s++(?:catat|tulis|ketik|input|angka)|lepat\s++nami\w*|kedahna|(?:di|ing)\s++(?:nota|c?a?tatan)
        |nota\s++[^,.;:\n]{1,50}?\s(?:bkn|bukan|salah|keliru|kleru|lepat)
        |(?:nama|harga|hrga?|jumlah)\s++(?:di|ring|in)\s++(?:nota|struk)|struk|receipt
        |s-?\s?[12][0-9]{3}|\A\W*(?:pembeli|harga|jumlah|nama|tanggal|tgl)\s++(?![0-9])[^,.:;\n]{1,40}?\s(?:tadi|td|barusan|mau)(?=\s)|(?:saya|sy|aku)\s++catat(?!\s++ya)""",
    ),
    (
        "price",
        r"(?:cost|price)\s++of|price\s++(?:please|pls)|\A\W*(?:harga|hrg|rego)\s++(?:1|satu|se\w+|[2-9]\s++(?!rb|ribu)[a-z]{3}\w*|grosir|eceran|partai|mitra|member|jual|beli)|berapa|brp|brapa|piro|pinten|sabaraha|how\s++much|what\s++price|kemahalan",
    ),
    (
        "profit",
        rf"""\A\W*(?:(?:tolong|tlg|tulung|coba|kak|min|mau|bisa)\s++)*(?:(?:h|ng)?itung|calculate
        |work\s++out)(?:kan|in|ken|no)?(?![2\w])
        |(?:di|me)?(?:hitung|itung)(?:kan|in)?\s++(?:\w+\s++)?(?:keuntungan|untung|laba|profit|margin)
        |(?:profit|margin|untung)\s++calc\w*|{_GAINS}\s*+\Z|{_GAINS}\s++(?:{_NOT}|apa|atau|or|bersih|kah)
        |(?:masih|msh|isih|still|dapat|dapet)\s++(?:\w+\s++)?(?:untung|laba|profit(?:able)?|cuan|rugi)
        |(?:apa|kah|bakal|jadi)\s++(?:rugi|tekor|boncos)|(?:rugi|tekor|boncos)\s++(?:{_NOT}|apa|or)
        |(?:what|how\s++much)\s++(?:do|would|will|could|did)\s++i\s++(?:still\s++)?(?:make|earn|keep|get)
        |(?:do|would|will|am)\s++i\s++(?:still\s++)?(?:be\s++)?(?:mak(?:e|ing)|los(?:e|ing)|earn|in\s++profit)
        |(?:my|the|what)\s++(?:profit|margin)|(?:profit|margin|untung)\s++(?:on|if|kalau|kalo|klo)
        |if\s++i\s++(?:sell|sold|charge|give|ask)|what\s++if|misal(?:nya|kan)?\s++(?:saya|aku|sy|jual)
        """,
    ),
    (
        "question",
        rf"""(?:katanya|ktnya|jarene|jare|cenah)\s++(?:jual|payu|laku|ngical)|tips|fair|betul\s++\w*kah|why|is\s++it\s++true|bene?r\s++(?:ora|teu)|do\s++you\s++(?:still\s++)?have|available|sold\s++out|tiasa
        |(?:atau|apa|opo|pak|po)\s++(?:tidak|ora|mboten|belum|durung)|shopee|tokped|tokopedia|lazada|don't\s++count|didn't\s++take
        |too\s++expensive|could\s++sell|asing|bahasa|siapa|sapa|saha|sinten|kenapa|knp|naha|naon|kok|cara(?:nya|ne|na)?|gimana|gmn|bagaimana
        |kumaha|piye|(?:belum|blm|blum|durung|tacan|teu\s++acan)\s++(?:ada|jual|laku|masuk|jadi|sih)
        |apakah|apa|opo|kah|mana|kemana|klik|link|(?:ngi)?mimpi(?:ka)?|ngimpi|dreamt|mending|kalah|bisa
        |bs|boleh|can\s++i|bener\s++(?:ga|gak|enggak|tidak)|benarkah|beda(?:nya)?|menurut
        |poin\w*|bonus\w*|peringkat|rank|pinjaman|pinjl|saldo|jaminan|konfirmasi|dikonfirmasi
        |informasi|explain|competitor|saingan|impossible|glowing|tiktok|palsu|aman|bagus\s++ga|tampilkan|dilihat|malihat|liat
        |menanyakan|please\s++send|hubungi|buruan|minat|berminat|(?:yang|yg)\s++mau|siapa\s++mau|buy\s++[0-9]++\s++get
        |(?:chat|dm|inbox|japri|order|pesan)\s++(?:aku|saya|sekarang)
        |\A\W*(?:contoh|contohnya|format|formatnya|penulisannya|latihan|misal|misalnya|umpama|umpamane|seumpama|seandainya|andai|andaikan|example
          |simulasi|kuis|soal|resep\s*+:|promo|diskon\s++(?:akhir|besar|spesial)|target(?:ku)?|doain|doakan
          |(?:semoga|mudah-mudahan|moga|moga-moga)\s++(?:\w++\s++)?(?:laku|payu|terjual|jual)
          |cita-cita\w*|mimpi)
        |(?:di|d|ning|neng)\s++(?:toko|warung|pasar|lapak)\s++(?:sebelah|lain|orang|online)|takon
        |dulu\s++(?:pernah\s++)?(?:(?:pak|bu|mas|mbak|kak)\s++\w++\s++)?(?:jual|menjual)|pernah\s++(?:jual|menjual)
        |per\s++(?:minggu|bulan|hari)(?!\s++ini)|(?:harus|kudu|wajib|mesti)\s++(?:jual|menjual|laku|dodol)
        |(?:sudah|udah|udh|sdh|wis)\s++(?:laku|jual|masuk|kecatat|tercatat|dicatat|ada)\s[^,.;\n]{{0,40}}?(?:belum|blm|durung)(?!\s++(?:di)?(?:bayar|lunas))
        |{_NONE}\s++(?:laku|payu|pajeng)(?:\s++laku)?|orang\s++(?:jual|dagang)|(?:mahal|murah)\s++(?:teuing|amat|banget|bgt|kali|temen)
        |(?:masih|msh|isih)\s++utuh|kata\s++(?:upline|orang|trainer|(?:bu|pak|mbak|mas|kak)\s++\w++\s++(?:dia|beliau))
        |tanya(?:-tanya|2)|{_NONE}\s++(?:jadi\s++)?(?:mem)?beli
        |target\s++(?:saya|sy|aku|bulan|jualan)|sendok|sdm|sdt|(?:di)?seduh|khasiat|manfaat(?:nya)?
        |(?:[0-9]++|dua|tiga)\s*+(?:kali|x)\s++se(?:hari|minggu|bulan)
        |[0-9]++\s++(?:minggu|menit|jam|bulan)\s++(?:baru|sudah|udah|habis|ya)
        |{_NONE}\s++ada\s++(?:yang|yg|sing|nu|nan|sane|orang)?\s*+(?:di)?(?:beli|laku|mau|minat|tuku|meuli|ambil)
        |(?:me|na)?nawar(?:in|kan|kn)|tawar(?:in|kan)|(?:cuma|cuman|hanya|mung|cm|ngan)\s++(?:tanya|nanya|lihat|liat|tanya-tanya)
        |(?:bagi-bagi|bagi2|kasih|bagikan|ngasih)?\s*+(?:sampel|sample|tester)""",
    ),
    (
        "stock",
        r"""stok(?:ku|e)?|stock|restock|sisa|tinggal|ready|rdy|kosong|isih\s++ono|masih\s++ono|persediaan|left\b|tersisa|cukup
        |(?:di|dr|dari|ke|isi|cek)\s++gudang|gudang\s++(?:ada|kosong|penuh|pusat)|rawuh|kari|opname|barang\s++(?:datang|masuk)|(?:ne|te|di)?rima\s++(?:kiriman|barang)|(?:masih|msh|isih)\s++(?:ada|enek|simpan|akeh)|kehabisan""",
    ),
)
PAYS: Final = rf"""
    \b(?:ny|di)(?:aur|icil)(?:an)?(?!\s++dp|\w) | \b(?:nge|me|ng|ngo|na|ma)?lunasi(?!\w)
    | \bdicicil\s++(?:sama|ku|dening|karo|oleh|sm)(?!\w)
    | \b(?:tunggakan|piutang)
    | \bpelunasan(?!\w)
    | \bkatampi(?!\w)
    | \b(?:(?:di|nga|me|ka)?tagih|nagih)(?:in)?(?!\w)
    | \b(?:ha(?:s|ve)\s?+n['’]?+t|has\s++not|not)\s++paid\s++(?:me\s++)?for
    | \bthe\s++rest\s++for | \butange?\s++(?:bu|pak|mbak|mas|kak|bi|mang|daeng|ibu|bapak)\s
    | \b(?:durung|belum|blm|dereng|acan)\s++(?:di)?(?:saur|lunasi|lunasin)(?!\w)
    | \bpaid\s++me\s++(?:[0-9]|for|back|the) | \bpay\s++the\s++rest | \bfinally\s++paid
    | \bke(?:kurang|kirang)an
    | \b(?:utang|hutang|utange|utangnya|owed?)\s++(?:rp\.?\s*+)?(?:[0-9]+|[a-z]+\s++nan|for\s)
    | \b(?:untuk|utk|buat|bayar|nyaur|lunas)\s++(?:utang|hutang)
    | (?:^\W*|\bcatat\s++)(?:pembayaran|pelunasan|cicilan)(?!\w)
    | \b(?:m?bayar|mayah|bayia|byr|transfer|trf|tf|paid)\s++(?:rp\.?\s*+)?[0-9]+
      (?:\s*+(?:rb|ribu|ewu|k))?\s++(?:untuk|untuak|utk|buat|kanggo|antuk|of|for)
    | (?<=\w\s)(?<!terus\s)(?<!trus\s)
      (?<!customer\s)(?<!cust\s)(?<!orang\s)(?<!pembeli\s)(?<!langganan\s)
      (?:yg|yang|sane|nan|nu)\s++(?:(?:[0-9]+|(?!lalu\b)\w+)\s++)?{_BEFORE}(?!\w)
    | ^\W*(?:(?:yg|yang)\s++)?(?:utang|hutang|ngutang|ngebon|duit|uang|artos?)(?!\w)
      (?!\s++(?:muka|dulu|dlu|heula|sek|disik))
    | ^(?:(?!masih|msh)[^,.;0-9\n])*+(?:masih|msh)\s++kurang(?!\w)
    | \b(?:dari|soal|ingat)\s++h?utang\w* | \bngutang\s++[0-9] | \bkurangan | \bkurang\s++m?bayar
    | \byang\s++dia\s++ambil
    | \b(?:utang|hutang|utange|utangnya)\s++[^,.;\n]{{1,60}}?
      \s(?:sudah|udah|udh|sdh|wis|sampun|tos|alah)\s++(?:di)?(?:bayar|transfer|tf|trf|lunas)
    | \b(?:paid|pays)\s++(?:me\s++)?(?:the|her|his)\s++(?:remaining|rest|bill|debt|balance)
    | \bsettle[ds]?\s++(?:the|her|his|their)\s++(?:bill|debt|balance|account|tab)
    | \b(?:ingatkan|ingetin|tagih)\s++[^,.;\n]{{1,40}}?\s(?:utang|hutang|ngutang|bayar|bon|ngebon)
    | \b(?:transfer|trf|tf|m?bayar|paid)\s++(?:rp\.?\s*+)?[0-9]+(?:\s*+(?:rb|ribu|k))?\s++
      (?:yg|yang)\s
    | [0-9](?:\s*+(?:rb|ribu|k))?\s++dari\s++[^,]{{1,40}},\s++bayar(?!nya)
    """
"""A customer pays, or owes, for what was sold before; looked for before payments are left out."""
HARMLESS: Final = r"""
    (?:kembalian|kmbalian|susuk)\w*\s++(?:\w+\s++)?(?:nggak|ngga|gak|ga|tidak|tdk|ora)\s++mau
    | (?:kemarin|kemaren|kmrn|kmrin|kmren|kamari)\s++(?:lusa|isuk)
    | lusa\s++(?:kemarin|kemaren|kmrn|kmren) | (?:tadi|td|wau)\s++(?:isuk|enjing)
    | (?:tidak|tak|ga|gak|gk|nggak|ngga|nda|ndak|kada|ora|teu)\s++(?:tahu|tau|kutau|ngerti|nyaho)
      \s++(?:siapa|sapa|saha|sinten)
    | (?:drpd|dripada|daripada|drpada|takut|biar\s++(?:ga|gak|nggak|tidak))
      \s++(?:bsk|besok|nanti|ntar)(?:\s++(?:ke)?lupa(?:an)?)?
    | (?:sama|sm|terus|trus|ama)\s++apa\s++(?:itu|tu|lagi|ya)(?!\w)
    | (?:ongkos|biaya)\s++kirim(?:nya)? | (?:semua|tiga|dua|[0-9])(?:nya)?\s++beda
    | siapa\s++lagi\s++(?:kalau|kalo|klo|kl)\s++bukan
    | (?:uang|duit)(?:nya|e)?\s++(?:di|nge)?(?:ti|ni)tip\w*+
    | (?:acil|julak|ading|gulu)\s++\w++\s++nukar
    | (?:karena|krn|gara-gara|soalnya)\s++(?:kemasan|dus|kotak|botol|bungkus|segel)(?:nya|ne|na)?
      \s++(?:agak\s++)?(?:penyok|sobek|lecet|rusak|robek|peot)
    | tinggal\s++(?:satu|siji|hiji|dua|tiga|[0-9]++)
      (?=\s[^\n.]{1,40}\s(?:laku|payu|diambil|dibeli|diborong|ludes|diangkut|kejual|terjual)(?!\w))
    | nukar(?=[^\n]{1,60}\s(?:barataan|sabarataan|hanyar|sabuting|sabigi|saikung)(?!\w))
    | pecah\s++tel[ou]r | dari\s++stok | kembalian | kehabisan\s++\w+\s++jadi
    | (?:nge)?(?:ti|ni)tip\s++(?:catat|lapor|input|rekap|data|lupa)\w*
    | entah\s++\w+\s++\w+ | apa\s++(?:itu\s++)?namanya | (?:tadi|td)\s++siapa(?:\s++ya)?
    | (?:kalau|kalo|klo|kl|nek)\s++(?:yang|yg
      |(?:ga|gak|gk|g|tidak|tdk|nggak|ngga|ndak|teu|ora)\s++(?:salah|slh|lepat))
    | (?:tgl|tanggal|hari)\s++(?:berapa|brp|apa|piro|pinten|sabaraha)(?:nya)?
    | mau\s++(?:esuk|isuk|bengi|awan|sore)
    | dari\s++persediaan | my\s++(?:own\s++)?stock
    | (?:titip|titipan)\s++(?:uang|duit|di)
    | (?<=[0-9bkut]\s)nego(?=\s*+(?:[.,!]|$))
    | sisa(?:nya)?\s++(?:di)?bayar | tadinya\s++mau
    | kok\s*+(?=[.!]|$) | (?:la|lha|lah)\s++kok
    | (?:ki|iki|dek|dhek|kae|wau|lagi|itung2)\s++mau(?=\s*[,.:;]|$)
    | mau\s++(?:tuku|njupuk|mundhut|mundut|tumbas|numbas|mendhet|mendet|mborong|payu|didol|disik)
    | (?:nggak|ngga|gak|ga|tidak|tdk|ora)\s++(?:mau|usah)\s++kembali(?:an)?
    | mau\s++(?:jemput|cerita|ke|pulang|mampir|cek)(?!\w) | mau\s++ka\s++(?:me)?lapor\w*
    | mauka\s++(?:cerita|lapor|melapor)
    | minta\s++(?:nota|struk|harga|kurang|bon|tempo|kuitansi|kwitansi|dibungkus|dicatat)
    | (?:tidak|nggak|ngga|ga|gak|tdk|ora|masih|msh)\s++bisa | bisa-bisanya | gabisa
    | (?:lupa|lali)\s++\w+\s++apa(?:\s++aja)? | \w+\s++apa\s++\w+\s++(?:ya|yo)(?=\s*[,.]|\s++lupa)
    | (?<=\w\s)(?:own|my)\s++stock
    | (?<=\w\s)(?:stok|stock)\s++(?:rumah|sendiri|sy|saya|gw|gue|ku|dewe)
    | (?:sudah|udah|udh|sdh|suda|wis|wes|su|so|alah|lah|baru|barusan)
      \s++(?:(?:saya|sy|aku|ak|gw|gue|gua|ane|sa|beta|ambo|awak|kami|kita|tak|suami)\s++|ku)
      (?:antar|anter|kirim|bawa|serah)\w*+
    | sisa\s++(?:satu|siji|[0-9]++)
      (?=\s++[^,.\n]{1,40}\s(?:laku|payu|diambil|dibeli|diborong|ludes))
    | sold\s++out(?=\s++(?:[0-9]|the|from|two|three|one))
    | (?:church|school|book|village|christmas|trade)\s++fair
    | wants?\s++(?:to\s++)?(?:report|record|log|input|note)
    | no\s++want
    | (?<=\w)'ll\s++(?:pay|transfer)
      (?:\s++(?:me\s++)?(?:next\s++\w+|later|tomorrow|on\s++\w+))?
    | will\s++(?:pay|resell|settle|transfer)
      (?:\s++(?:me\s++)?(?:next\s++\w+|later|tomorrow|on\s++\w+))?
    | (?:kukira|dikira|kirain|takkira)\s++\w++\s++laku
    | sugeng\s++enjing | sari\s++krm | hampir\s++batal
    | janji(?:nya)?\s++(?:di|m)?bayar\w*
    | (?:habis|hbs|setelah)\s++(?:brp|berapa)\s++(?:hari|hr)
    | pesan\s++(?:saudara|anda|bapak|ibu|admin)
    | (?:belum|blm|lupa|baru)\s++(?:saya|sy|aku)\s++catat
    | (?:badhe|bade|mau|ajeng|arep|ingin|handak)\s++(?:nyathet|nyatet|nyatat|catat|mencatat|lapor
      |setor|nyetor|melapor|ngelapor|laporan|kasih\s++(?:tahu|tau|kabar)|tiang|mancatat)\w*
    | (?:tgl|tanggal)\s++[0-9]{1,2}\s++(?:apa|atau)\b
    | (?:mohon\s++)?maaf\b[^,.:;\n]{0,60}[,.:;] | apa\s++adanya | eh\s++apa\s++itu
    """
"""What has such a word and yet says nothing of the kind."""
DONE: Final = (
    r"\b(?:sudah|udah|udh|sdh|dah|wis|sampun|telah|su)\s++(?:(?:ambo|saya|sy|aku|di)\s++)?"
    r"(?:di|ku|tak\s?+)?(?:ambil|bawa|antar|anter|kirim|terima|jemput|jupuk|terke|sampai|sampe|nyampe)|\bdelivered"
    r"|\b(?:langsung|lgsg|lsg)\s++(?:di)?(?:ambil|bawa|angkut)"
    r"|\b(?:(?:tadi|td)\s++(?:di|ku)?(?:antar|anter|kirim)|(?:antar|anter|kirim)\s++(?:tadi|td)\b)"
    r"|\b(?:nge)?(?:order|pesan|kirim)(?:an)?\s++(?:(?:\w++\s++){1,3})?(?:beres|done|selesai|completed?|closed|kelar|rampung|terkirim)"
)
"""The goods are with the buyer, so that a word for an order tells of no future."""
ORDERED: Final = r"(?:di)?pe?sen\w*|pesan\w*|(?:nge)?order\w*|(?:di|ku)?(?:antar|anter|kirim)\w*"
ASKED_AT_THE_END: Final = (
    r"\b(?:ga|gak|gk|nggak|ngga|enggak|blm|belum|kah|dereng|durung|kan)"
    r"(?:\s++(?:sih|ya+|min|kak|dong|juga))?[\s.]*+$"
)
"""A line that ends so asks something."""
