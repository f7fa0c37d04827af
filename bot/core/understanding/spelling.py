"""One spelling for each word of chats: `brp`, `piro` and `sabaraha` are all `berapa`."""

from functools import lru_cache

__all__ = ["canonical"]

_KEPT_MAX = 10_000
_VARIANTS = """
saya: sy aku ak aq q kulo abdi kuring awak gw gue gua ane ambo i my me sayah akuh sya
saya punya: mine
anda: kamu km kau ki kita jenengan panjenengan anjeun
berapa: brp brapa brpa brapakah berapakah brp2 piro pinten sabaraha barapo brapo barapa berapaan
tidak: tdk tak ga gak gk nggak ngga gaa engga enggak ndak nda ora mboten teu henteu kagak kaga
tidak: tida tidk no not don't didn't doesn't isn't won't nda' ndk tra indak bukan dont didnt doesnt
belum: blm blum blom belom durung dereng tacan belumpi belumpi' belon yet
sudah: sdh udah udh dah uda wis sampun uwis geus atos parantos already telah dh udahan
bagaimana: gmn gimana gmna gimn gmana gimanakah piye pripun kumaha how bgmn bgmana bagemana baa ba'a
kenapa: knp knpa mengapa napa kok koq why ngopo kunaon naha nopo manga kenpa kunaha ngapain
apa: apakah apaan pa opo naon what apo whats what's
siapa: sapa siapakah siapa2 who sinten saha whos who's
kapan: kpn kapankah when iraha
mana: dimana dmn dmana where mn kemana nandi neng manten
yang: yg nu sing
dengan: dgn sama sm sareng karo ambek with
untuk: utk buat bwt untk kanggo kangge for
dari: dr ti saking from
bisa: bs bisakah iso saged can could dapatkah boleh tiasa bs2 biso
mau: pengen pingin pgn ingin arep ajeng hoyong want wanna mo maunya nak
minta: mnta mintak nyuwun menta give
tolong: tlg tolongin please pls plis mohon mhn tulung punten
lihat: liat lht cek check ngecek ningali ndelok tengok tingali show see look periksa
kirim: kirimin kirimi kirimkan krm send dikirim ngirim kirimlah
dapat: dpt dapet get got olih oleh angsal meunang kenging dpet earn
masuk: msk masukan lebet mlebu
keluar: klr kluar cair turun
uang: duit doku money pulus artos cuan dana duwit pitih kepeng
saldo: saldoku saldonya balance saldone slado sldo
bonus: bonusku bonusnya komisi komisiku commission bonuse bnus bonuss bns bonuses komisinya
poin: point points poinku poinnya pointku poen pointnya poine
harga: harganya hrg harga2 price prices cost regane pangaos rego hargo hargane hargax hrga priced costs
produk: product products barang barange brg dagangan jualan2 produknya goods items item
daftar: list lis dftr listnya
jual: jualan njual jualin jualanku sell sold selling laku penjualan sale sales jualanya dodol ngajual
catat: catet nyatat nyatet mencatat input log record masukin masukkan nginput laporin lapor
struk: nota receipt receipts kwitansi kuitansi bon resi struknya notanya struke
salah: keliru kliru wrong mistake slah salahnya lepat
batal: batalin batalkan cancel hapus hapusin delete undo void batalno bolay batale dibatalin
ubah: ganti gnti edit rubah change ngubah ngganti mengubah diubah robah update perbaiki betulin
ubah: koreksi benerin correct fix ngedit diganti ganten gentos
jumlah: jml jumlahnya banyaknya qty quantity
tim: team timku timnya jaringan downline downlineku downlines grup anggota tim' timku' tem
orang: org orange wong people person jalmi urang
aktif: active aktip
ajak: ngajak undang ngundang invite ngajakin rekrut recruit ngajakkan mengajak ajakin
tautan: link linknya links lingk linku linkku url
kode: kodenya code kod
gabung: join bergabung daftarin registrasi register mendaftar joinan
nama: name namaku namanya jeneng jenengku
nomor: no nmr nomer nomernya nomornya number hp hape phone telp telepon telpon telfon wa whatsapp nope
alamat: address alamatku almt alamatnya
profil: profile biodata data dataku datanya
berhenti: stop stopin setop matikan matiin mandek eureun unsubscribe hentikan off brenti hentikan
berhenti: nonaktifkan pause jeda disable mute
mulai: start nyalakan nyalain hidupkan aktifkan aktifin on lanjut lanjutkan resume enable hidupin
lagi: lg maneh deui again malih
tips: tip tipsnya pelajaran lessons lesson tipsna tipse motivasi
kantor: office cs admin pusat customer service perusahaan kantornya company kantore
hubungi: kontak contact ngobrol bicara telponin nelpon call talk reach chat hubungin ngomong
tarik: withdraw cairkan cairin nyairin tariknya narik cairkeun wd pencairan penarikan mencairkan dicairin
transfer: tf trf transferan ditransfer tfnya
rekening: rek bank atm rekeningku norek
bantu: bantuan help bantuin bantuannya assist bantuanya assistance
cara: caranya carane carana kumaha carana way steps
terima kasih: makasih mksh trims thanks thank tq thx suwun matur nuwun hatur nuhun tengkyu tengkiu
terima kasih: makasi tenkyu terimakasih nuhun mtur mksih tararengkyu mauliate makaseh thankyou ty kasih
bahasa: language bhs basa bahase
inggris: english inggeris ingris enggres
indonesia: indo bahasa indonesian
kembali: balikin kembalikan dikembalikan retur return returned balik dibalikin pulangin mbalikno
rusak: pecah bocor cacat penyok broken damaged leaking leaked jelek rusaknya basi kadaluarsa expired
tukar: nukar tuker exchange ditukar nuker menukar
bayar: byr mbayar pay paid membayar bayarnya dibayar mayar bayaran pays
utang: hutang ngutang ngebon owes debt kredit nyicil cicil
lunas: lunasin dilunasi pelunasan
besok: bsk besuk tomorrow sesuk enjing isuk
nanti: ntar nti mengko engke later mangke
antar: anter ngantar nganter deliver antarkan anterin delivery dianter diantar
pesan: pesen order orderan pesanan mesen ngorder pesenan ordered orders
stok: stock stoknya restock restok persediaan stocknya stoke
ada: aya enten ono available ready onok aday
masih: msh tasih keneh still masi esih
habis: abis hbs telas seep entek kosong out
sisa: sisanya tinggal tersisa left sesa kantun remaining
kurang: krg kirang kurange kurangnya less missing
naik: naek up upgrade
peringkat: rank pangkat level jenjang ranking title
target: targetnya goal syarat syaratnya
langkah: step steps next selanjutnya berikutnya salajengna
dikit: sedikit dkit setitik saeutik small little kecil sithik cuma cuman only low
bulan: bln month months sasi bulane bulannya monthly
kemarin: kmrn kemaren kmren wingi kamari yesterday kmarin
tadi: td barusan barusan baru tadinya just
minggu: mgg mingguan week weekly
hari: hr day days today dinten dina
sekarang: skrg skrng skr skg now ayeuna saiki sakniki kini kininya
ini: iki this nih ieu iko niki
itu: that kuwi eta tuh tu
halo: hai hi hello hallo helo hei hey hola halo2 haii haloo
pagi: morning enjing pg isuk2
siang: siank
sore: sonten afternoon
malam: mlm dalu wengi night evening malem
selamat: slmt met good wilujeng sugeng
assalamualaikum: assalamu'alaikum ass aslm asalamualaikum salam samlekum assalamualaykum assalamu askum
semua: all smua kabeh sadayana sedaya everything sadaya seluruh
banyak: bnyk byk many much akeh seueur banyaknya
bingung: confused binun bingungka lieur mumet confusing
mengerti: ngerti paham ngertos understand tau tahu know ngarti mudeng
"""
_CANONICAL: dict[str, str] = {}
for _line in _VARIANTS.strip().splitlines():
    _word, _, _others = _line.partition(":")
    for _other in _others.split():
        _CANONICAL.setdefault(_other, _word)

_SUFFIXES = ("nya", "ku", "lah", "kah", "ki'", "mi", "ji", "pi", "ne", "na", "x")
_STEM_LETTERS_MIN = 4


@lru_cache(maxsize=_KEPT_MAX)
def canonical(word: str) -> str:
    """Returns the spelling under which the words of a meaning are counted, in lower case."""
    known = _CANONICAL.get(word)
    if known is not None:
        return known
    bare = _without_stretching(word)
    if bare in _CANONICAL:
        return _CANONICAL[bare]
    for suffix in _SUFFIXES:
        stem = bare.removesuffix(suffix)
        if stem != bare and len(stem) >= _STEM_LETTERS_MIN:
            return _CANONICAL.get(stem, stem)
    return bare


def _without_stretching(word: str) -> str:
    """Returns `iya` for `iyaaaa`; two equal letters stay."""
    kept: list[str] = []
    for sign in word:
        if len(kept) < 2 or not kept[-1] == kept[-2] == sign:  # noqa: PLR2004 - two stay
            kept.append(sign)
    bare = "".join(kept)
    return bare[:-1] if len(bare) > 3 and bare[-1] == bare[-2] else bare  # noqa: PLR2004
