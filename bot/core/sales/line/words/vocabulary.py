"""The words around goods and buyers in a line about a sale, each by what it does there.

Indonesian first, then the languages that sellers mix into it: Javanese, Sundanese, Minang,
Banjar, Balinese, Makassar, the Malay of the east, and English.
"""

from bot.core.sales.buyers import TO

__all__ = [
    "ABOUT_BUYERS",
    "ALSO_NAMES",
    "ARTICLES",
    "BUYING",
    "CALLS",
    "CHANGE",
    "COUNTED_OTHERS",
    "FILLERS",
    "FIRST",
    "KIN",
    "MORE",
    "OF_MINE",
    "ONE",
    "PASSIVE",
    "PEOPLE",
    "PLACES_BEHIND",
    "PRICES",
    "RELATING",
    "REVISING",
    "STALLS",
    "TRADES",
    "TRADES_BEHIND",
    "WHERE_KA_MEANS_TO",
]

_WHERE_KA_MEANS_TO = (
    "meser mésér dipeser pameser galeuh ngagaleuh meuli dibeuli meulina hiji tilu opat genep"
    " dalapan salapan sapuluh sadaya sadayana payu pajeng ical ngical kamari bieu mayar dibayar"
    " artosna teu acan tacan parantos geus jeung sareng nu tos abdi urang mangke engke cenah euy"
    " atuh mah tajua manjua bajua dijua indak alun balun maambiak mambali pitih"
    " ciek duo tigo ampek limo anam tujuah salapan samo sado sadonyo kapatang"
    " sajo"
)
WHERE_KA_MEANS_TO = frozenset(_WHERE_KA_MEANS_TO.split())
"""Words that show the speech of West Java and West Sumatra, where "ka" is no sister but "to"."""

_BUYING = (
    "beli nukar beki bei amvil anbil amnil borng brong"
    " membeli mbeli bli beliin mbli ambil mengambil ngambil ambi ambik borong memborong"
    " ngeborong bawa membawa angkat angkut terima menerima buys buy bought took takes take got"
    " gets get meli checkout nyoba nyobain numbas batukar mambali mambalinya maambiak maambik"
    " ambel nyobaan ambiak maambil manukar manukari tumbas tuku mundut mundhut nyandak meser"
    " meuli ngagaleuh"
    " njupuk jupuk mendet mendhet nedha njaluk belanja dapat menebus nebus tebus belikan nyabet"
    " pundhut pundut pendhet mbalinin nyomot sikat nyikat mengangkut ngangkut mboyong boyong"
    " njipuk nyokot galeuh mareuli mareser mesér mambawa nyemak naalle balli ammalli melli"
    " manuhor tuhor melle ambe purchased bl ngmbl ambl ngamb mbrong naborong naambil nabeli"
    " tried purchase grabbed picked collected orderin nyaplok ngeborongin ngambilin mbeto"
)
_STEMS = "beli bli borong ambil ambl bawa angkut angkat sikat tebus tuku jupuk"
_BEGINNINGS = ("", "m", "n", "ng", "nge", "me", "mem", "meng", "ma", "mam", "na", "ba", "pada")
BUYING = frozenset(
    [*_BUYING.split()]
    + [
        f"{begin}{stem}{end}"
        for begin in _BEGINNINGS
        for stem in _STEMS.split()
        for end in ("", "in", "mi")
    ]
)
"""Verbs of which the buyer is the subject."""

_PASSIVE = (
    "dibeli diborong diambil dibawa dituku digowo dipundut dipundhut dijupuk ditumbas dipeser"
    " digaleuh dicandak nabeli nabawa naambil oleh dening ditebus diangkut dibelikan diambilkan"
    " diserahkan dibeliin dicokot dipuntumbas dibali diambiak dituhor kaambil kabeli katumbas"
    " dbli dbl dbeli dbawa dbw dbwa diambl keambil kebeli diangkuti dipundhuti dicomot disikat"
    " dibungkus diangkat dipuntumbasi kejualnya"
)
PASSIVE = frozenset(_PASSIVE.split())
"""Verbs behind which the buyer comes."""

_KIN = (
    "anak anaknya cucu cucunya istri istrinya suami suaminya ipar menantu mertua adik adiknya"
    " nyokapnya bokapnya uminya umminya abinya bundanya"
    " ibunya ibuknya ibuke mamanya mamae bapaknya bapake ayahnya emaknya"
    " maknya kakaknya kakake neneknya kakeknya omanya tantenya omnya putri putra putrinya"
    " putranya bojone garwane mbahnya mertuanya menantunya bininya bini kemenakan sepupu"
    " adike adine adeke mbakyune masne kakangne anake ponakane putune mantune bapakne mboke"
    " simboke simbahe budene bulike pakdene paklike bibie mamake maknye emake"
    " temannya temennya kawannya kancane rencange tetangganya besannya sepupunya ponakannya"
    " keponakannya pacarnya sahabatnya adeknya karyawannya pembantunya sopirnya muridnya"
    " keponakan ponakan besan ibu2 ibu-ibu bapak2 bapak-bapak anak2 anak-anak wife husband"
)
_OF_ME = (
    "anak cucu ponakan keponakan adik adek kakak ibu mama bapak ayah emak mak nenek kakek oma opa"
    " tante om bude pakde sepupu mertua besan menantu ipar saudara istri suami bini"
)
_KIN_OF_MINE = frozenset(f"{one}ku" for one in _OF_ME.split())
KIN = frozenset(_KIN.split()) | _KIN_OF_MINE
"""Relatives: before a name they belong to it, as in Anak Pak Joko."""

_OF_MINE = "saya sy aku gw gue gua ku kulo tiang ulun ambo abdi my sa beta awak ane kami kita"
OF_MINE = frozenset(_OF_MINE.split())
"""The seller; after a relative they say who the buyer is, and are no part of the name."""

_PLACES_BEHIND = (
    "depan belakang sebelah samping dekat deket kompleks komplek komp rumah kediaman kosan"
    " kost dkk seberang pojok kampung kp dusun perumahan perum gang ujung belakangnya"
    " sebelahnya depannya sampingnya parkir kampus asal jalan jl punya jualan almarhum alm nama"
    " tukang penjaga"
)
PLACES_BEHIND = frozenset(_PLACES_BEHIND.split())
"""Words of `ABOUT_BUYERS` that are no person."""

_RELATING = "yg yang nyang saq nang sane ingkang sing nu from who the dari dr"
RELATING = frozenset(_RELATING.split())
"""Words that begin a clause about the buyer, behind the name."""

_ABOUT_BUYERS = (
    "tetangga tetanggaku tetangganya tukang"
    " penjaga depan belakang sebelah samping dekat deket pelanggan langganan teman temen"
    " temanku temenku kawan kenalan almarhum alm kompleks komplek komp rumah kediaman kosan"
    " kost dkk arisan koordinator neighbor neighbour friend landlord penerima ketua anggota"
    " kawannya kawanku temennya sahabat seberang pojok kampung kp dusun perumahan perum gang"
    " ujung belakangnya sebelahnya depannya sampingnya wali murid jemaat jamaah mahasiswa"
    " sekantor bf gf pacar pacarnya mantan saudara sodara saudaranya sepupunya adeknya bestie"
    " satpam parkir kampus asal jalan jl punya jualan tmn tmnku tmnnya security langgananku"
    " rekan driver gojek ojol grab instansi"
)
ABOUT_BUYERS = frozenset(_ABOUT_BUYERS.split()) | RELATING | _KIN_OF_MINE
"""Words behind a name that begin a description of the buyer; or before it: `tetangga Bu Ani`."""

_STALLS = "bakso soto sate pempek rawon pecel gudeg seblak martabak rujak bubur jamu siomay cilok"
STALLS = frozenset(_STALLS.split())
"""What a stall sells; before a title it is the stall's name: Bakso Pak Min."""

_TRADES_BEHIND = (
    "pempek bakso bakwan gado2 gado-gado gorengan sate soto pecel rujak jamu kue roti sayur"
    " pulsa galon gas jahit penjahit pijat ojek grab kos kost tahu kelontong sembako fotokopi"
    " fotocopy masjid mushola musholla percetakan sablon martabak seblak"
    " cilok batagor siomay nasgor ketoprak dawet cendol"
)
TRADES_BEHIND = frozenset(_TRADES_BEHIND.split())
"""Trades and places behind a name that tell who is meant, and belong to it: Mang Ujang pempek."""

TRADES = frozenset(["tukang", "satpam", "penjaga", "driver", "security", "guru", "supir", "sopir"])
"""Trades, which need a further word to say who it is: `tukang sayur`."""

MORE = frozenset({"lagi", "lg"})
"""More, behind a number: `satu lagi`."""

_ONE = "satu siji hiji ciek setunggal sa satunya one sabuting sabigi sahiji saurang"
ONE = frozenset(_ONE.split())
"""One; behind an amount it says that each costs so much: `60rb satu`."""

_COUNTED_OTHERS = (
    "orang org wong urang customer customers cust pembeli transaksi macam jenis kinds cucu"
    " minggu mgg bulan bln weeks months"
    " tahun taun thn th hari hr dino jam menit menitan people person persons kids times kali"
)
COUNTED_OTHERS = frozenset(_COUNTED_OTHERS.split())
"""What a number may count beside goods."""

ARTICLES = frozenset({"a", "an"})
"""One, in English."""

_FIRST = "dulu dlu dl dhisik ndisik heula sek dumun"
FIRST = frozenset(_FIRST.split())
"""For now; behind an amount it says that this much was paid in advance."""

_PRICES = "aji pangaos harga harganya hrg hrga rego regane reganya regi hargana price"
PRICES = frozenset(_PRICES.split())
"""Words before an amount that say only that it is one."""

_CHANGE = (
    "kembalian kembaliannya kembaliane kembalianya kembalinya susuk susuke susuknya angsul"
    " angsulan angsulna change kelebihan kelebihannya kelebihane"
)
CHANGE = frozenset(_CHANGE.split())
"""Before an amount: what was given back of the money, `uangnya 100, kembaliannya 20`."""

_REVISING = (
    "eh ehh eeh ralat koreksi maksudnya maksudku maksud maksudny mksdnya mksdny jadinya"
    " melainkan wait oops kliru keliru typo salah"
)
REVISING = frozenset(_REVISING.split())
"""Words after which the writer says it anew: `teh kelor, eh teh hijau`."""

_PEOPLE = "sari melati mawar intan kasih indah cinta wati susi rosa randi puji sri"
PEOPLE = frozenset(_PEOPLE.split())
"""People's names that are also in the names of goods."""

_ALSO_NAMES = "min nah di ical nan jo yan tin sis pin"
ALSO_NAMES = frozenset(_ALSO_NAMES.split())
"""Names that say nothing elsewhere; with a title before them and nothing behind they are one."""

_CALLS = "kak kakak ka kk mbak mba mbk bang mas min mak sis bro nak"
CALLS = frozenset(_CALLS.split())
"""Words that call the bot, in front of a line."""

_SELLING = (
    "jual j jl jualan menjual terjual terjualnya kejual penjualan laku lakuu laku2 lakune"
    " lakuki sell sold sale payu pajeng ical ngical dodol adol didol dijual ludes laris habis"
    " entek keluar dipasarkan bajual manjua tajua closing deal done lku kjual jua bikin ma"
    " cousin law ramai rame sepi lakuuu kajual jualku ngejual ngejualin ngadol ngicalkeun"
    " manjual tajual lariss closed jualannya"
)
_NOTING = (
    "catat catet catatkan mencatat nyatat nyatet kecatet kecatat tercatat dicatat tacatat"
    " mancatat nyathet nyathetaken catatan catetan catetno record log input masukkan masukin"
    " masuk tulis dibukukan bukukan lapor laporan melaporkan dilaporkan report setor book put"
    " down pencatatan keterangan ket status kode qty jml jumlah jumlahnya banyaknya sebanyak"
    " sejumlah barang barangnya barange brg produk quantity item items nota list data rekap kas"
    " hasil hasilnya fwd forward note update"
)
_PRICING = (
    "harga harganya hrg hrga seharga rego regane reganya reginipun regi hargana hargane price"
    " priced at rupiah rp bayar byr byar bayarnya dibayar membayar mbayar pembayaran payment pay"
    " pays paid telah biaya nilai keseluruhan dapat dpt dapet kena kenanya jd jadi jatuhnya pas"
    " normal biasa diskon uangnya uang duit duitnya artos artosna artona kas kembalian nawar"
    " tawar murah promo per"
)
_SMALL = (
    "dengan ya yaa yah iya dong donk nih ni nie tadi tadinya sudah udah ud sdh dah udh su ki"
    " mi ji mo pi pu lai lah la deh sih kok kan kah loh lho nah kodong bah pian euy atuh mah"
    " tea nan tu tuh itu ini iki niki niku kuwi jo deng lk lku nih2 samo jeung wan sareng lawan"
    " e ee eee a an some of with plus his her him has had have was were i we he she it its they"
    " im i'm my me us our your no not and but so just sis cc min admin bro bossku gais guys"
    " tolong tlg mohon please pls minta dulu dlu dl heula sek dhisik ndisik disek wis wes"
    " sampun sampung geus parantos tos atos lagi lg juga jg pun saja aja sj wae bae haja sahaja"
    " kata katanya ktnya katane cenah jare bilang makasih mksh trims thanks thank thx hatur"
    " nuhun matur suwun oke ok okay sip siap yes alhamdulillah puji tuhan syukur yeay hore"
    " anjay mampus crit gaskeun wkwk wkwkwk haha hehe hihi baru barusan nembe wau bieu td tdi"
    " kini dinten jam pukul pagi siang sore malam malem isuk enjing pada di d ing ring teko"
    " dari dr ti soko saking ado ada enek aya wonten yg yang nu sing sane nang ingkang antuk"
    " dia dy beliau inyo inya mereka kitong orang org wong wonge urang orangnya sendiri dewe"
    " piyambak sorang maaf mf sori sorry lupa lupaan kelupaan ketinggalan lali kesupen telat"
    " hampir akhirnya tapi tp cuma cuman cmn hanya mung ngan sekaligus sekalian langsung lgsg"
    " bgt banget sekali banyak lumayan cepat isinya isi ukuran kecil besar halus kembar"
    " kagak kaga nyuruh suruh menyuruh nanya doyan"
    " beberapa bbrp lebih kurang lewat pulang disini sini situ sana pasar bazar bazaar"
    " pengajian pengaosan balai lapak gym tourist bot kalo kalau trus terus pokoknya pokona"
    " soalnya karena krn biar supaya memang emang senang seneng capek ganggu kenapa mengganggu"
    " waktunya selamat assalamualaikum halo hai hi hello dear hormat bahwa yakni setelah hingga"
    " belum blm tanpa nama lokasi alamat hp wa cod online ofline satuannya biji ambilnya"
    " belinya ambilan pembelian memperoleh pembelinya pembeline orderan dikasih kasih kasi"
    " kukasi kasihnya diberi beri memberi give gave given home their from today tonight"
    " yesterday free extra gratis tunggu antar antr kuantar dianter diantar handed delivered"
    " deliver turned over inget inget2 ingat tau tahu tanggal tanggalnya harinya siapa namun"
    " serta via bank bca bri mandiri dana gopay ovo punya pny doang ajo see saat ketika eh ku"
    " nya na ne bun nak say beb ges cuan rezeki moga semoga aman sep cepet langganan pelanggan"
    " setia new old lama kali x gitu gt gini begini begitu aj doank gan kita kami kulo kula"
    " abdi aku saya sy aq gue gw gua sa beta awak ulun tiang ambo ane tak nda ga gak ngga nggak"
    " tidak tdk ora mboten kada tra teu bukan bkn dudu tawwa lalo mulih njih nggih inggih"
    " enggih enggeh injih muhun leres sampe smp sampai mau handak usah how what kebetulan the"
    " this that these those then than still said she'd settle up owe owes will on in by is are"
    " be been do does did sangat bngt agak terlalu mmg emg kayak kyk kayaknya seperti katanyo"
    " jdi trs kemudian kmudian abis hbs sebelum sesudah stlh waktu wktu sambil smbil untung"
    " untungnya akhrnya lmyn mayan xixi wow yey yess asik asyik mantap mantul mantep gokil gila"
    " kaget bahagia bangga puas cape males hujan panas ujan nyampe datang dateng dtg mampir"
    " jalan mall masjid gereja posyandu senam info izin ijin permisi punten nuwun sewu"
    " nuwunsewu amit mhn tlong bantu bantuin cek dicek dnk y yaaa yuk oi hei hey adm sistem"
    " gaes gess bestie besti sayang bosku boskuh leader there kindly add noted recorded entry"
    " sales um uh yep ty tq cheers more another customer also only now again finally really"
    " very quick quickly morning afternoon evening night market stall house office church"
    " rombongan segitu segini makanya pdhl stlahnya tadinyo ko den wayah sakali juo sajo sen"
    " tah yo iyo iyolah bana nyo manih iko tibo pai alah sajalah tho lha jebule tibake malah"
    " uga ugo ugi kaliyan kalawan nika punika meniko puniki ipun wenten wénten sampunang nggeh"
    " inggeh sekadi mangkin jani ento ene keto kene sidin gin pang am katong dorang pigi trada"
    " sede iye iyye tabe massing nakke mawon ngombe kondangan em emm hmm anu numpang ngapunten"
    " ngapunteun hapunten nambah maneh kukasikan kukasih serahkan sadonyo hilap dicatat ngomong"
    " barakallah barakallahu fiikum fiikom fiik fik fikum jazakallah jazakallahu jazakumullah"
    " jazakillah khairan khoiron khoir katsiran katsir syukron aamiin amiin amin"
    " memberkati diberkati tuhan gbu godbless haleluya bless mator sakalangkong sekelangkong"
    " mauliate bujur tarimo terimong geunaseh epanggo suksema pe pu pung nye oge ju smpun"
    " dp depe alkamdulilah alhamdulilah mintak woi lur god jumatan ladang antre antri"
    " neduh gajihan lakuki' taruh ulang"
    " kubulatkan dibulatkan bulatkan bulatin dibulatin kubulatin buletke dibuletin dipasin"
    " she'll he'll they'll i'll tengok nengok lihat liat ngeliat ngelihat"
    " hiks myself pertama kalinya hundred thousand"
    " bargaining haggling after nelpon nelfon telpon telepon ngechat kesini kemari jadilah"
    " nyari liwat takon bneran beneran mmpir gatau ngabon berkenan sok manggil main kiye"
    " eceran tejual wengi soale everybody everyone"
    " when until clears agreed arvo wah duh waduh aduh jajan sik"
)
_WORDS = f"{_SELLING} {_NOTING} {_PRICING} {_SMALL}".split()
FILLERS = frozenset(word for word in _WORDS if not word[-1].isdigit()) | TO | BUYING | PASSIVE
"""Words that are neither goods nor a name."""
