"""One spelling for each word of chats: `brp`, `piro` and `sabaraha` are all `berapa`."""

from functools import lru_cache

__all__ = ["FILLERS", "canonical", "is_known"]

_KEPT_MAX = 10_000

# The word on the left stands for those on the right: short and wrong spellings, Javanese,
# Sundanese, words of Makassar, Medan and Padang, and English.
_VARIANTS = """
saya: sy syaa aku ak aq q kulo abdi kuring awak gw gue gua ane ambo i my me sayah kula urang
saya: akuh sya punyaku punyaku i'm i've im mine dewek iyya
anda: kamu km kau ki kita jenengan panjenengan anjeun you your sampean sampeyan njenengan
berapa: brp brapa brpa brapakah berapakah brp2 piro pinten sabaraha barapo brapo barapa berapaan
berapa: brapaan sakinten pira baraha saberapa siaga
tidak: tdk tak ga gak gk nggak ngga gaa engga enggak ndak nda ora mboten teu henteu kagak kaga
tidak: tida tidk no not don't didn't doesn't isn't nda' ndk tra indak dont didnt doesnt ra gausah
tidak: nggk gag tra' endak oratau ojo nolak never cannot can't tanpa bukan bkn engg ngg kaga'
jangan: jgn jangn tong ulah aja2 jangan2
belum: blm blum blom belom durung dereng tacan belumpi belumpi' belon yet acan alun blumpi tacan
sudah: sdh udh udah dh dah uda wis sampun uwis geus atos parantos already telah udahan tos alah
bagaimana: gmn gimana gmna gimn gmana gimanakah piye pripun kumaha how bgmn bgmana bagemana baa
bagaimana: ba'a bagemana bagaimanakah priben kepiye kumahaa bagemanami pigimana
kenapa: knp knpa mengapa napa kok koq why ngopo kunaon naha nopo2 manga kenpa ngapain kenopo geneo
kenapa: apasebab sebab alasan reason ngape dadak why's
apa: apakah apaan opo naon what whats what's nopo naonwae apo apa2 which
siapa: sapa siapakah siapa2 sinten saha who whos who's sopo sia siapo
kapan: kpn kapankah when iraha bilo kapano
mana: dimana dmn dmana where mn kemana nandi neng ndi manten endi timana darimana dimano timna
mana: where's diman ngendi
yang: yg nu sing ingkang yng
dengan: dgn sareng karo ambek with kalih jo sarta
untuk: utk buat bwt untk kanggo kangge for nggo gawe tuk
dari: dr ti saking from daripada seko teko
bisa: bs bisakah iso saged can could dapatkah boleh tiasa bs2 biso buleh able may isa
mau: pengen pingin pgn ingin arep ajeng hoyong want wanna mo maunya nak badhe bade pengin rek kepengen
mau: would like wants
minta: mnta mintak nyuwun menta give nyuhunkeun njaluk mintaa mintain nyuwunkan
tolong: tlg tolongin please pls plis plz mohon mhn tulung punten pang coba tlong tolonglah kindly
lihat: liat lht cek check ngecek ningali ningal ndelok delok tengok tingali show see look periksa
lihat: melihat dilihatkan tampilkan tampil intip liatin cekin checking ningalikeun ningalkeun bukakke
lihat: buka ngelihat ngeliat view pantau memantau mantau deleng tingal bukak tunjukkan dilihat spill
lihat: ceki pariksa open
kirim: kirimin kirimi kirimkan krm send dikirim ngirim kirimlah kirimke kintun dikirimin share krim
kirim: nyiriman ngirimin sent sending
dapat: dpt dapet get got getting olih oleh angsal meunang kenging dpet earn dapetin meunangkeun receive
dapat: entuk keno earned dape kenek
masuk: msk lebet mlebu asup entered
keluar: klr kluar kaluar medal metu
uang: duit doku money artos cuan dana duwit pitih kepeng arto dompet hepeng doi' doe pundi wallet
saldo: saldone slado sldo balance deposit sallo
bonus: komisi commission bonuse bnus bonuss bns bonuses bonusan bonusipun komisine bonusna insentif
bonus: bons comm bonusna bonos
poin: point points poen poine ponit pont poen poinna
harga: hrg price prices cost costs priced regane pangaos rego hargo hargane hargax hrga hargana
harga: regone modal modale hrgny pengaosna pangaosna
produk: product products barang barange brg dagangan goods items item barangna brang produke
daftar: list lis dftr listing katalog catalog catalogue pricelist brosur catalogs
jual: jualan njual jualin sell sold selling laku penjualan sale sales dodol ngajual dodolan sadean
jual: jualanna ical ngical jualna payu menjual dijual terjual kejual adol sale's penjualn omzet omset
catat: catet nyatat nyatet nyathet mencatat input log record masukin masukkan nginput lapor laporin
catat: dicatat nyatat kecatat kecatet tercatat recorded catatan catetan logging catetno catatkan
catat: dicatet report register2 cateto nulis entri entry
struk: nota receipt receipts kwitansi kuitansi resi struke invoice strukna faktur notana
salah: keliru kliru wrong mistake slah lepat klentu kleru lepat incorrect mistakes typo kalepatan
batal: batalin batalkan cancel hapus hapusin delete undo void batalno bolay batale dibatalin pupus
batal: batalkeun dibatalkan cabut dicabut dicancel cancelled dihapus hps apus ngebatalin membatalkan
batal: remove revert hilangkan busek
ubah: ganti gnti edit rubah change ngubah ngganti mengubah diubah robah update perbaiki betulin gentosan
ubah: koreksi benerin correct fix ngedit diganti ganten gentos gantos dibetulkan betulkan diperbaiki
ubah: gantikan digantos robihkeun ubahnya changed gentosna dirubah revisi benarkan dibenerin changing
jumlah: jml banyaknya qty quantity jumlahe amount
tanggal: tgl tgal tanggale date tanggalna dates
beli: buy bought pembeli buyer meser tumbas tuku customer pelanggan langganan konsumen membeli
beli: meserna buyers customers pelanggane beliin bali
tim: team jaringan downline downlines grup anggota tem member members group kelompok jaringane
tim: anak2 downlain donlen anakbuah donlennya dunlen
orang: org orange wong people person jalmi jelema manusia human persons menungso
aktif: active aktip gerak bergerak
diam: inactive pasif vakum macet ghosting nonaktip nganggur sepi malas passive idle meneng silent
diam: jempe cicing ngilang hilang2
ajak: ngajak undang ngundang invite ngajakin rekrut recruit ngajakkan mengajak ajakin ajakan undangan
ajak: referal referral invitation inviting refer ajakkan
tautan: link linknya links lingk linku linkku url tautannya lnk
kode: code kod barcode qr kodena kodenyo qrcode qris2
gabung: join bergabung daftarin registrasi register mendaftar joinan ikut pendaftaran daptar ndaftar
gabung: joining gabungan
nama: name jeneng nami ngaran asma asmanipun names
nomor: nmr nomer nomere number hp hape phone telp telepon telpon telfon wa whatsapp nope nomorna telephone
alamat: address almt almat alamatna lokasi location
profil: profile biodata data dataku datanya
panggil: celuk call2 sapaan nyebut sebutan panggilan dipanggil sebut
berhenti: stop stopin setop matikan matiin mandek eureun unsubscribe hentikan off brenti dihentikan
berhenti: nonaktifkan pause jeda disable mute eureunkeun pareuman pateni dimatikan dipateni liren
mulai: start nyalakan nyalain hidupkan aktifkan aktifin on lanjut lanjutkan resume enable hidupin uripno
mulai: turn on2 diaktifkan urip hurungkeun aktipkeun lanjutin subscribe langganan2 nyalakeun begin
lagi: lg maneh deui again malih more meneh lai
tips: tip tipse tipsna pelajaran lesson lessons motivasi tipps
tiap: setiap saben unggal every daily harian hariane sadidinten everyday
kantor: office admin pusat perusahaan company kantore service cs pabrik kantorna
hubungi: kontak contact ngobrol bicara telponin nelpon reach hubungin ngomong sambungkan connect talk
hubungi: kontakan ditaros ngahubungi speak komunikasi chat
tarik: withdraw cairkan cairin nyairin cair cairkeun wd pencairan penarikan mencairkan dicairin
tarik: mendhet narik ditarik withdrawal jupuk cashout tariknya payout njupuk2 dicairkan nyandak2
transfer: tf trf transferan ditransfer transferin ngetransfer
rekening: rek bank atm norek bca bri mandiri bni account rekeningna
bantu: bantuan help bantuin assist bantuanana dibantu helping sos
cara: carane carana ways steps tutorial prosedur langkah2 langkahnya aturan sistem ajarin ajari
cara: aturana caranyo carae kaedah mekanisme ajar guide instructions
makasih: mksh trims thanks thank tq thx suwun matur nuwun hatur nuhun tengkyu tengkiu maturnuwun
makasih: makasi tenkyu terimakasih mtur mauliate makaseh ty nuhuuun haturnuhun tarimokasih tararengkyu
makasih: trimakasih terima kasihku tampiasih tarima makasiih thankyou kasih matursuwun trmksh
bahasa: language bhs basa bahase boso basana ngomong2 languages
inggris: english inggeris ingris enggres enggris
indonesia: indo indonesian indonesiaan
kembali: balikin kembalikan dikembalikan retur return returned balik dibalikin pulangin mbalikno
kembali: balikno dipulangkan dipulangkeun mulangkeun wangsulaken balikkeun returns diretur refund
kembali: dibalikkan wangsul returning bulikkan
rusak: pecah bocor cacat penyok broken damaged leaking leaked basi kadaluarsa expired rusakna bocorna
rusak: cracked leak tumpah alergi jamuran broke defective
tukar: nukar tuker exchange ditukar nuker menukar ijol dituker swap silih
hilang: ilang leungit lost kecer missing2
bayar: byr mbayar pay paid membayar dibayar mayar bayaran pays nyaur dibayarkeun payment nyaur bayarna
utang: hutang ngutang ngebon owes owe debt kredit nyicil cicil nganjuk utange hutangna cicilan bon ngutangi
lunas: lunasin dilunasi pelunasan lunasi ngelunasi settled
besok: bsk besuk tomorrow sesuk enjing isuk isukan bisuk
nanti: ntar nti mengko engke later mangke nantian beko ngke
depan: ngarep payun next ngajeng hareup
antar: anter ngantar nganter deliver antarkan anterin delivery dianter diantar ngantarkan dianteur nganteur
pesan: pesen order orderan pesanan mesen ngorder pesenan ordered orders memesan po preorder
ambil: ngambil diambil nyandak njupuk njukuk take taking pickup mengambil ngala dipundut mundhut
titip: nitip titipan dititip keep disimpan simpan nyimpen
belanja: kulak kulakan kulaan shopping restok2 blanja balanja
stok: stock restock restok persediaan stoke stokna supply
gudang: warehouse gudange
ada: aya enten ono available ready onok wonten tersedia exist adakah sayaga
masih: msh tasih keneh still masi esih ijek isih taksih
habis: abis hbs telas seep entek kosong out kosongan
sisa: tinggal tersisa left sesa kantun remaining sisana sesana
kurang: krg kirang kurange less kekurangan kurangna
naik: naek munggah upgrade naiak
peringkat: rank pangkat level jenjang ranking tingkat peringkate bintang
target: goal syarat syarate targetna kualifikasi qualified qualify memenuhi requirement requirements
butuh: perlu need needs peryogi kedah kudu2 mesti
dikit: sedikit dkit setitik saeutik little sithik cuma cuman only low segini segitu semonten kieu
dikit: kecil sakieu small cilik mung sekian saketek saketek samene semene
turun: mudhun berkurang anjlok turunna dropped
hitung: itung hitungan itungan itungannya itungane ngitung perhitungan calculate calculated hitungannya
hitung: rincian breakdown asal asalnya usul detail details itunganna diitung rinci
bulan: bln month months sasi bulane monthly sasih wulan
kemarin: kmrn kemaren kmren wingi kamari yesterday kmarin kmrin
tadi: td barusan tadinya just bieu wau tadieun earlier mau2
baru: anyar new enggal
minggu: mgg mingguan week weekly
hari: hr day days dinten dina today
sekarang: skrg skrng skr skg now ayeuna saiki sakniki kini skarang kiwari
ini: iki this nih ieu iko niki these
itu: that kuwi eta tuh tu niku those it
halo: hai hi hello hallo helo hei hey hola haii haloo hay p hy
pagi: morning pg
siang: siank
sore: sonten afternoon
malam: mlm dalu wengi night evening malem peuting
selamat: slmt met good wilujeng sugeng
salam: assalamualaikum assalamu'alaikum ass aslm asalamualaikum samlekum assalamualaykum assalamu askum
salam: alaikum shalom horas rampes assalam walaikum om2 swastiastu
permisi: misi kulonuwun sampurasun punten2 excuse tabe tabe'
semua: all smua kabeh sadayana sedaya everything sadaya seluruh lengkap sadayanya sedoyo
banyak: bnyk byk many much akeh seueur akih loba
bingung: confused binun lieur mumet confusing gaptek lost2 pusing mumet linglung
mengerti: ngerti paham ngertos understand tau tahu know ngarti mudeng mangarti tahu2 weruh
pakai: pake pk use using nganggo makai gunakan pakenya nganggone gunanya guna dipakai pakainya usage
fitur: feature features perintah menu command commands fungsi
oke: ok okay okey okeyy okee sip siap siip mantap noted beres sipp oks okesip jos leres
ngambek: marah
perusahaan: pt
teman: temen kanca kancaku konco friend friends babaturan rerencangan tmn saudara adik sepupu tetangga
"""
_CANONICAL: dict[str, str] = {}
for _line in _VARIANTS.strip().splitlines():
    _word, _, _others = _line.partition(":")
    _CANONICAL[_word] = _word
    for _other in _others.split():
        _CANONICAL.setdefault(_other, _word)

_FILLER_WORDS = """
kak kakak ka min mas mba mbak mb bang kang teh teteh bu ibu pak bapak bpk bos gan sis beb dek dik nak
ya yah yaa yaaa iya iyo dong donk deh sih nih ni lah lho loh kan to tho euy atuh mah mi ji ki' tawwa
nggih njih nya na teh wae ae aja saja doang pun punya emang memang kayak kyk kalo kalau klo lamun nek
yen upami eh ee eee eeh jadi gini terus trus jd itu lalu nah hmm hehe wkwk wkwkwk haha duh aduh aduuh
ah oh the a an is are am to of in at do does be was were there please kali bah la lai so dadi
sama juga jg sekalian dulu dl dlu kira kira2 rasa banget bgt skali pisan sekali nyo uda uni da udo di
ke ka dan and atau or kalau mas e nya sebentar ayo yuk mari agak kayaknya sanget maaf maap sorry
"""
FILLERS = frozenset(_FILLER_WORDS.split())
"""Words that say nothing of what is meant: ways to address a person, particles, hesitation."""

_PREFIXES = ("di", "nge", "ng", "me", "ny", "ke")
_SUFFIXES = (
    "nya",
    "ny",
    "ku",
    "lah",
    "kah",
    "mi",
    "ji",
    "pi",
    "ne",
    "e",
    "na",
    "in",
    "kan",
    "keun",
)
_STEM_LETTERS_MIN = 3


@lru_cache(maxsize=_KEPT_MAX)
def canonical(word: str) -> str:
    """Returns the spelling under which the words of one meaning are counted, in lower case."""
    bare = _without_stretching(word)
    for form in (word, bare):
        if form in _CANONICAL:
            return _CANONICAL[form]
    for suffix in _SUFFIXES:
        stem = bare.removesuffix(suffix)
        if stem != bare and len(stem) >= _STEM_LETTERS_MIN and stem in _CANONICAL:
            return _CANONICAL[stem]
    return bare


def is_known(word: str) -> bool:
    """Returns whether a word in lower case, in any spelling, is one of those listed here."""
    return canonical(word) in _CANONICAL or word in FILLERS


def _without_stretching(word: str) -> str:
    """Returns `iya` for `iyaaaa`: no more than one equal letter at the end, two elsewhere."""
    kept: list[str] = []
    for sign in word:
        if len(kept) < 2 or not kept[-1] == kept[-2] == sign:  # noqa: PLR2004 - two stay
            kept.append(sign)
    while len(kept) > 2 and kept[-1] == kept[-2]:  # noqa: PLR2004 - a word has three letters
        kept.pop()
    return "".join(kept)
