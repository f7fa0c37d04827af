"""The titles of buyers, the shops among them, and how a name is shown."""

import re

__all__ = ["SECOND_TITLES", "SHOPS", "TITLES", "TO", "shown_name"]

_PLACE_NUMBER = re.compile(r"(?:rt|rw)?[0-9]+[a-z]?(?:[/-](?:rw)?[0-9]+)*", re.IGNORECASE)
_IN_CAPITALS = frozenset(["rt", "rw", "pkk", "pt", "cv", "smp", "sma", "sd", "tk", "ud"])

_TITLE_WORDS = (
    "pk kk mdm mam mak mamak etek tek nona bu ibu ibuk buk pak bapak bapa bpk bp pa kak kakak"
    " kaka mang aa bi bibi mama mamah mami mace pace papa bidan dokter suster nurse pastor"
    " sister h mba mbak mbk mb mbakyu mas bang abang tante tanta tan tnt om bunda mbah mbok kang"
    " akang ceu teh ci cici cik ce cece koh ko uni uda da daeng dg puang karaeng dik dek de"
    " adek ade neng bude budhe bulik pakde pakdhe paklik lik eyang oma opa nenek kakek opung"
    " ompung inang amang namboru tulang lae cak ning gus mr mrs ms miss mister madam ustadz"
    " ustaz ustad ustadzah ust hj haji hajah nyonya ny tuan tn sdr sdri dr drs dra ir prof"
    " auntie aunty uncle ate bli gek jero yu umi ummi abah ambu mamang eceu euceu aki nini uwa"
    " makwo ajo udo datuk datuak nantulang bou ito paman kai petta tetta bung caca lek paklek"
    " bulek kangmas den raden kyai kiai dadong pekak ajik biang engkoh encik ncik encim kuya"
    " tita tito lola juragan inanguda inangtua eda edak bng bg abg wak serka sertu serda kopda"
    " letda mintuo uwan uncu amangboru ayuk yuk mangcik bicik simbok simbah yangti papi kompol"
    " ipda aiptu bripka pastur romo father sir engku jeng nduk nyong usi acil julak ading bos a"
    " ka nak nyah drg letkol kolonel mayor kapten jenderal saudara saudari bro hajja haja mpok"
    " ncing encing engkong nok kepala enci encih purn nyak mek cek mangcek bue inaq amaq ebu cang"
    " ncang mbokde captain capt mangde nyai inyiak jeung deng pendeta bong kae caca nyora tamang"
    " bun ayah niang perawat prada pratu praka pdt mom boss utuh aluh bripda aipda iptu lettu sis"
    " drh tuaq papuq cupo teungku tgk ebok cutkak cutbang apacut"
)
TITLES = frozenset(_TITLE_WORDS.split())
"""Words before a buyer's name, in lower case."""

_SECOND_WORDS = (
    "hj h haji hajah kaji dr drs dra ir kh ustadz ustaz ust rw rt kung dokter bidan guru nyai"
    " jero lik de dhe tua nona putri bos dg daeng kiai kyai datuak datuk karaeng puang petta"
    " kader polisi carik camat dukuh modin lurah kades ketua kepala wakil satpam dosen purn"
    " besar pendeta cik etek suster uti tuo"
)
_RANKS = (
    "ustad ustadz ustaz ust ustadzah pendeta pdt pastor romo kyai kiai letkol kolonel mayor kapten"
    " jenderal letda lettu serka sertu serda kopda kompol iptu ipda aiptu aipda bripka bripda"
    " prada pratu praka"
)
SECOND_TITLES = frozenset(_SECOND_WORDS.split()) | frozenset(_RANKS.split())
"""Words that may stand behind another title: Bu Hj. Nur, Pak dr. Budi."""

_SHOP_WORDS = (
    "toko tk warung wrg warteg kios kiosk salon kantin apotek apotik koperasi catering"
    " katering kafe cafe resto restoran klinik depot laundry shop store hotel villa spa kedai"
    " grosir pt cv warkop barbershop homestay losmen studio bengkel butik boutique mart"
    " minimarket swalayan konter outlet lapak smk sdn smpn paud panti asrama bumdes klub club"
    " gym rs rsud posyandu kop wrtg olshop penginapan rm wr ud yayasan ponpes pesantren smp sma"
    " sd kantor agen puskesmas clinic guesthouse gh hostel htl hotl dinas kelompok klpk"
    " keluarga paguyuban ikatan perkumpulan panitia rental travel boutiq cafeteria salonnya"
    " warungnya kantinnya tokonya sanggar sln ktrg ktring madrasah minimarket bakery angkringan"
    " kede kedei lapau grup group komunitas majelis"
    " bimbel yys gereja vihara masjid mushola musholla pondok dapur lapo kadai pabrik"
    " doorsmeer restaurant pangkas refleksi kosan smkn sman mtsn"
)
SHOPS = frozenset(_SHOP_WORDS.split())
"""Shops, offices and schools; an owner's title belongs to the name: Warung Bu Wati."""


_TO = (
    "untuak ka nang kagem ku ke kpd kepada buat bwt bwat untuk utk tuk to for gasan par dhateng"
    " kangge nggo keur dgn"
)
TO = frozenset(_TO.split())
"""Words before the one who gets the goods."""


def shown_name(name: str) -> str:
    """Returns the name with capital letters where it was typed in one case."""
    return " ".join(_shown_word(word) for word in name.split())


def _shown_word(word: str) -> str:
    if word.lower() in _IN_CAPITALS or _PLACE_NUMBER.fullmatch(word):
        return word.upper()
    return word.capitalize() if word.islower() or word.isupper() else word
