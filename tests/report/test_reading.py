"""What is read is what was written: copied text, links, contents, outline."""

from dataclasses import replace

from nqpf_assess.report import blocks
from nqpf_assess.report.blocks import Heading, OutlinePart, runs, texts_of
from nqpf_assess.report.pdf import write_pdf
from tests.report import demo
from tests.report.reading import extracted, mapped, opened, outline


def test_copied_text_equals_the_source() -> None:
    text = (
        "安和县“一网通办”（2025 年）办理率 83%；R&D 经费占 2.23%——比上年高 0.1 个百分点……犇犟𬭊㛃𫖯𬱖𪩘等字均可显示。"
        "The firm’s “plan” – see § 4.2: 3 × 5 = 15 → ok; −0.9 points · café."
    )
    for language in ("en", "zh"):
        written = write_pdf(outline(blocks.Paragraph(runs(text)), language=language))
        assert written.missing == ()
        (said,) = extracted(written.data)
        page = "Page1of1" if language == "en" else "第1页，共1页"
        assert said.replace(page, "") == "".join(text.split())


def test_every_drawn_text_of_the_demo_can_be_copied() -> None:
    for part in (demo.english(), demo.chinese()):
        said = "".join(extracted(write_pdf(demo.outline(part)).data))
        drawn = [text for text in texts_of(_without_unseen(part.blocks)) if len(text) < 60]
        assert len(drawn) > 150
        assert [text for text in drawn if "".join(text.split()) not in said] == []


def _without_unseen(sequence: tuple[blocks.Block, ...]) -> tuple[blocks.Block, ...]:
    return tuple(
        mapped(block, lambda text, name: "" if name in {"alt", "anchor", "link", "style", "tone", "align"} else text)
        for block in sequence
    )


def test_links_contents_and_outline_lead_somewhere() -> None:
    with opened(write_pdf(demo.outline()).data) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        links = [note for page in pdf.pages for note in page.get("/Annots", [])]
        inside = [pages[note.Dest[0].objgen] for note in links if "/Dest" in note]
        outside = {str(note.A.URI) for note in links if "/A" in note}
        with pdf.open_outline() as tree:
            titles = [(item.title, [child.title for child in item.children]) for item in tree.root]
    assert len(inside) >= 20
    assert outside == {
        "https://www.example.org/guide/2024/digital-transformation",
        "https://www.example.org/paper#s4-2",
    }
    assert [title for title, _ in titles] == ["Developing new quality productive forces", "新质生产力发展自评报告"]
    assert "Annex B. Method" in titles[0][1]


def test_a_link_leads_to_the_anchor_of_its_own_language_first() -> None:
    with opened(write_pdf(demo.outline()).data) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        half = next(
            number
            for number, text in enumerate(extracted(write_pdf(demo.outline()).data))
            if "新质生产力发展自评报告" in text
        )
        for number, page in enumerate(pdf.pages):
            for note in page.get("/Annots", []):
                if "/Dest" in note and number not in (0, half):  # the first pages point at the other language
                    assert (pages[note.Dest[0].objgen] >= half) == (number >= half)


def test_each_part_counts_its_own_pages_under_its_own_head_and_points_at_the_other_language() -> None:
    english = replace(demo.english(), header="Anhe in brief", footer="Foot of the brief")
    volume = OutlinePart("en", (Heading(1, "Proof", "proof"),), title="Technical volume", header="Anhe in depth")
    whole = demo.outline(english, volume, replace(demo.chinese(), header="安和县简报"))
    data = write_pdf(whole).data
    pages = extracted(data)
    proof = next(number for number, text in enumerate(pages) if "Anheindepth" in text)
    half = next(number for number, text in enumerate(pages) if "frompage1ofthefile" in text)
    assert "Page1of1" in pages[proof]
    assert "FootofthebriefPage2of" in pages[1]
    assert all(("Anheinbrief" in text) == (0 < number < proof) for number, text in enumerate(pages))
    assert all(("安和县简报" in text) == (number > half) for number, text in enumerate(pages))
    assert f"自本文件第{half + 1}页起" in pages[0]
    with opened(data) as pdf:
        assert list(pdf.Root.PageLabels.Nums)[::2] == [0, proof, half]
