"""The page in a real browser: no fault that axe-core finds, tables sort and search by key, nothing is asked for.

`make page-check` fetches axe-core beside the build (it is no part of the program) and runs this; else it is skipped.
"""

import json
import os
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from nqpf_assess.report.html import write_html
from nqpf_assess.report.outline import outline_of
from tests.report.renderers.test_page import page
from tests.report.test_sample_texts import DATE, case

ROOT = Path(__file__).parents[3]
AXE = Path(os.environ.get("NQPF_AXE") or ROOT / "build" / "node_modules" / "axe-core" / "axe.min.js")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = [
    pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine"),
    pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not here: make page-check fetches it"),
]

TRIED = """
(async () => {
  const found = { errors: [] };
  try {
    const long = (one) => one.checkVisibility() && one.querySelectorAll("tbody tr").length > 4;
    const table = [...document.querySelectorAll("table.data")].find(long);
    const head = [...table.tHead.rows[0].cells].findIndex((cell) => cell.classList.contains("r"));
    const column = () => [...table.tBodies[0].rows].filter((row) => !row.hidden && !row.classList.contains("total"))
      .map((row) => row.cells[head].textContent);
    const button = table.tHead.rows[0].cells[head].querySelector("button");
    button.focus();
    found.focused = document.activeElement === button;
    button.click();
    found.up = column();
    button.click();
    found.down = column();
    found.sorted = table.tHead.rows[0].cells[head].getAttribute("aria-sort");
    const input = table.parentNode.previousElementSibling.querySelector("input");
    found.labelled = input.labels.length;
    input.value = table.tBodies[0].rows[0].cells[0].textContent.toUpperCase();
    input.dispatchEvent(new Event("input"));
    found.shown = column().length;
    found.said = table.parentNode.previousElementSibling.querySelector("[role=status]").textContent;
    input.value = "";
    input.dispatchEvent(new Event("input"));
    const fold = document.querySelector("details.fold");
    location.hash = fold.querySelector("h2").id;
    await new Promise((done) => setTimeout(done, 50));
    found.unfolded = fold.open;
    found.loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
    found.wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    for (const one of document.querySelectorAll("details")) one.open = true;
    const result = await axe.run(document);
    found.passes = result.passes.length;
    found.violations = result.violations.map((one) => [one.id, ...one.nodes.slice(0, 3).map((node) => node.html)]);
  } catch (fault) {
    found.errors.push(String(fault));
  }
  const said = document.createElement("pre");
  said.id = "found";
  said.textContent = JSON.stringify(found);
  document.body.replaceChildren(said);
})();
"""


def browse(folder: Path, *arguments: str) -> str:
    """Run the browser once; returns what it writes to standard output."""
    assert BROWSER is not None
    done = subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=300,
    )
    return done.stdout


@pytest.mark.parametrize(("scheme", "wide"), [("light", 1280), ("dark", 1280), ("light", 360)])
def test_a_page_is_usable_by_everyone(tmp_path: Path, scheme: str, wide: int) -> None:
    """In light and dark, on a desk and on a telephone."""
    found = tried(page(), tmp_path, scheme, wide)
    assert found["errors"] == []
    assert found["violations"] == []
    assert found["passes"] > 20
    assert found["loaded"] == []
    assert (found["focused"], found["sorted"], found["labelled"], found["unfolded"]) == (True, "descending", 1, True)
    assert found["up"] != found["down"]
    assert [words for words in reversed(found["up"]) if words] == [words for words in found["down"] if words]
    assert 0 < found["shown"] < len(found["up"])
    assert re.fullmatch(rf"{found['shown']} of {len(found['up'])} rows", found["said"])
    assert found["wide"] <= 0


@pytest.mark.parametrize(
    ("sample", "scheme", "wide"),
    [("cluster_county", "light", 1280), ("innovation_hub_city", "dark", 1280), ("firm_food_workshop", "light", 360)],
)
def test_the_full_edition_of_a_sample_is_usable_by_everyone(
    tmp_path: Path, sample: str, scheme: str, wide: int
) -> None:
    made = case(sample, "en")
    languages = ("zh",) if sample == "cluster_county" else ("en",)
    full = outline_of(made.instrument, made.answers, languages=languages, date=DATE, edition="full")
    found = tried(write_html(full), tmp_path, scheme, wide)
    assert found["errors"] == []
    assert found["violations"] == []
    assert found["passes"] > 20
    assert found["loaded"] == []
    assert (found["labelled"], found["unfolded"]) == (1, True)
    assert found["wide"] <= 0


def tried(page: str, folder: Path, scheme: str, wide: int) -> dict[str, Any]:
    """Use a page in the browser and have axe-core look at it; returns what was found."""
    words = re.sub('<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    script = "<script>" + AXE.read_text(encoding="utf-8") + "</script><script>" + TRIED + "</script></body>"
    path = folder / "page.html"
    path.write_text(words.replace("</body>", script), encoding="utf-8")
    scheme_flag = f"--blink-settings=preferredColorScheme={0 if scheme == 'dark' else 1}"
    dumped = browse(
        folder, "--virtual-time-budget=20000", f"--window-size={wide},900", scheme_flag, "--dump-dom", path.as_uri()
    )
    found: dict[str, Any] = json.loads(unescape(re.findall('<pre id="found">(.*?)</pre>', dumped, re.S)[0]))
    return found


def test_the_policy_lets_the_page_s_own_script_run_and_paper_shows_what_is_folded(tmp_path: Path) -> None:
    path, paper = tmp_path / "page.html", tmp_path / "page.pdf"
    path.write_text(page(), encoding="utf-8")
    assert 'class="find"' in browse(tmp_path, "--dump-dom", path.as_uri())
    browse(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={paper}", path.as_uri())
    document = pypdfium2.PdfDocument(paper)
    words = "".join("".join(sheet.get_textpage().get_text_range().split()) for sheet in document)
    assert "Seethere" in words
    assert all(
        tuple(map(round, sheet.get_size())) in {(595, 842), (594, 841), (595, 841), (596, 842)} for sheet in document
    )
