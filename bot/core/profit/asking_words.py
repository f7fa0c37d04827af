"""The words around a question about a profit: costs of the way, and words of the question.

Indonesian first, then the languages that sellers mix into it, and English.
"""

from typing import Final

__all__ = ["ASKING", "BETWEEN", "COSTS", "IN_FRONT", "PRICE"]

_COSTS = (
    "ongkir ongkirnya ongkirna ongkire ongkos ongkosnya ongkose transport transportasi"
    " transportnya parkir parkirnya parkiran parkire bensin bensinnya bensine ojek ojeknya"
    " ojol ojolnya gojek gosend grab angkot bentor becak tol tolnya kemasan kemasannya packing"
    " bungkusnya plastik kardus kurir kurirnya ekspedisi jne jnt biaya biayanya pengiriman"
    " shipping delivery postage courier parking fuel petrol fare toll packaging bubble"
)
COSTS: Final = frozenset(_COSTS.split())
"""Costs of the way besides the goods, as they are typed and shown again."""

_BETWEEN = (
    "kirim kirimnya antar antarnya jalan jalannya nya cuma cuman sekitar kira kira2 kurang"
    " lebih habis abis kena bayar buat untuk utk adalah sebesar ke of is costs cost fee wrap"
    " about around was transport parkir bensin ojek"
)
BETWEEN: Final = frozenset(_BETWEEN.split())
"""Words between a cost and its amount: `ongkos kirim kira-kira 10rb`."""

_ASKING = (
    "kalau kalo klo kl kalu klu misal misalnya misalkan andai andaikan umpama umpamane"
    " umpamanya nek lamun upami jika bila seandainya if suppose say what how much many would"
    " will do does did i'd i'm we you me hitung hitungkan hitungin hitungan itung itungkan"
    " itungin itungan ngitung calculate calc cek tolong tlg tulung coba cobain dong donk ya"
    " yaa yah kah sih min mimin admin kak kakak nih nah kok aja aj saja doang mau bisa bisakah"
    " boleh pengen ingin untung untungnya untungku untunge untungna untuang untuangnyo"
    " untungkah keuntungan keuntungannya laba labanya labaku labane bati bathi bathine batine"
    " profit profitnya profits margin marginnya cuan cuannya hasil hasilnya hasilna dapat"
    " dapet dpt dapatnya dapetnya oleh olehe kebagian earn make makes get keep gain left"
    " berapa brp brapa brpa brpaan berapaan piro pinten sabaraha bara bara2 sabara apa apakah"
    " opo masih msh isih still rugi ruginya rugikah tekor boncos loss lose losing nggak ngga"
    " gak ga gk tidak tdk enggak ndak ora teu ndk atau or not jual jualnya jualan dijual"
    " ngejual menjual jualin adol didol dol ngical ngajual laku terjual payu sell selling sold"
    " saya sy aku ku gue gw ane ambo i a an my the at to terus trus lalu bersih bersihnya"
    " kotor net dulu per kira2 lah deh apabila pas ketika when go goes kena kasih kasi dikasih"
    " dgn dengan pakai pake di from with"
)
ASKING: Final = frozenset(_ASKING.split())
"""Words of the question itself, which are neither goods nor a price."""

IN_FRONT: Final = frozenset({"buat", "untuk", "utk", "bwt", "for", "on", "biaya", "ongkos"})
"""Words between an amount and the cost that it is for: `10rb buat ongkir`."""

_PRICE = "harga harganya hargane hrg hrga rego regane price priced"
PRICE: Final = frozenset(_PRICE.split())
"""Words before a price: `harga 45` is in thousands."""
