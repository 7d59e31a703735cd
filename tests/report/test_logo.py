"""A logo is shown as it is or refused by name: pictures whole, drawings faithful, nothing active."""

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from nqpf_assess.model.problem import UserError
from nqpf_assess.report.pdf import write_pdf
from nqpf_assess.report.pdf.logo import logo_in, read_logo
from tests.report import demo
from tests.report.reading import findings

HERE = Path("logo")


def png(size: tuple[int, int] = (80, 40), colour: str = "#c00000", mode: str = "RGB") -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, "PNG")
    return file.getvalue()


def jpeg() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (80, 40), "#c00000").save(file, "JPEG", quality=95)
    return file.getvalue()


@pytest.mark.parametrize("data", [png(), png(mode="RGBA"), jpeg()], ids=["png", "png with alpha", "jpeg"])
def test_a_logo_stands_on_the_cover_in_its_colours_and_passes_both_profiles(data: bytes) -> None:
    made = write_pdf(demo.outline(demo.english()), logo=logo_in(data, HERE)).data
    cover = pypdfium2.PdfDocument(made)[0].render(scale=1).to_pil()
    reds = sum(count for count, colour in cover.getcolors(maxcolors=10**6) if colour[0] > 185 and max(colour[1:]) < 6)
    assert reds > 1500  # 80 x 40 points less its edge
    assert findings(made) == []


def test_a_logo_is_a_figure_with_words() -> None:
    import pikepdf

    made = write_pdf(demo.outline(demo.english()), logo=logo_in(png(), HERE)).data
    with pikepdf.open(io.BytesIO(made)) as pdf:
        said = [str(item.Alt) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]
    assert any(words.startswith("Logo of ") for words in said)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no PNG"),
        (b"GIF89a", "no PNG"),
        (png()[:60], "damaged"),
        (png(size=(6001, 2)), "6001 × 2 pixels"),
        (b"\x89PNG\r\n\x1a\n", "no PNG"),
        (b" " * 4_000_001, "larger than 4 MB"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>', "no PNG"),
    ],
)
def test_what_cannot_be_shown_is_refused_by_name(data: bytes, said: str) -> None:
    with pytest.raises(UserError) as caught:
        logo_in(data, HERE)
    assert said in caught.value.message["en"]
    assert set(caught.value.message) == set(caught.value.hint) == {"en", "zh"}


def test_a_picture_of_a_camera_with_a_second_one_behind_it_is_a_jpeg() -> None:
    file = io.BytesIO()
    first, second = (Image.new("RGB", size, "#c00000") for size in ((80, 40), (20, 10)))
    first.save(file, "MPO", save_all=True, append_images=[second])
    logo = logo_in(file.getvalue(), HERE)
    assert (logo.name, logo.media_type, logo.ratio) == ("logo.jpg", "image/jpeg", 2)


def test_a_missing_logo_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        read_logo(tmp_path / "nowhere.png")
