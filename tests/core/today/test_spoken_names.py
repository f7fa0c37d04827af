"""How a customer is addressed and an article is said."""

import pytest

from bot.core.today.spoken_names import spoken_article, spoken_name


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Bu Ani", "Bu Ani"),
        ("Bu Ani (pasar)", "Bu Ani"),
        ("Bu Ani 0812 3456 7890", "Bu Ani"),
        ("Bu Ani, +62 812-3456-789", "Bu Ani"),
        ("Toko 88", "Toko 88"),
        ("0812 3456 7890", "0812 3456 7890"),
        ("(pasar)", "(pasar)"),
        ("Warung Bu Nur", "Bu Nur"),
        ("Toko Pak Haji Amin", "Pak Haji Amin"),
        ("Toko Umi", "Toko Umi"),
        ("Toko Bu", "Toko Bu"),
        ("Pak Rahmat RT 07", "Pak Rahmat"),
        ("Bu Ani gang 3 no 12", "Bu Ani"),
        ("Pak RT Burhan", "Pak RT Burhan"),
        ("Pak RT 03", "Pak RT 03"),
        ("Bu Ani 2", "Bu Ani"),
        ("Bu Ani no. 3", "Bu Ani"),
        ("Bu Ani RT07", "Bu Ani"),
        ("Bu Ani rt.07", "Bu Ani"),
        ("Bu Ani RT 07/02", "Bu Ani"),
        ("Bu Ani blok C", "Bu Ani"),
        ("Bu Ani kamar 12b", "Bu Ani"),
        ("Bu Ani jl. Melati", "Bu Ani"),
        ("Anak kos Dina", "Anak kos Dina"),
        ("Ibu kos", "Ibu kos"),
        ("", ""),
    ],
)
def test_a_name_is_called_without_its_notes(name: str, called: str) -> None:
    assert spoken_name(name) == called


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Madu Hutan 250 g", "Madu Hutan"),
        ("Minyak Urut 60ml", "Minyak Urut"),
        ("Sabun 3 in 1", "Sabun 3 in 1"),
    ],
)
def test_an_article_is_said_without_its_size(name: str, said: str) -> None:
    assert spoken_article(name) == said
