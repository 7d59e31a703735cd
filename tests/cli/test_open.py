"""`open REPORT.pdf`: a report proves itself, and says what was changed."""

import io
import json
import os
import re
import subprocess
import sys
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from nqpf_assess import __version__
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import Root
from nqpf_assess.model.problem import UserError
from nqpf_assess.report.reopening import put_down, take_out
from tests.cli.conftest import REPOSITORY, Run, clean_environment
from tests.session.conftest import write_content
from tests.support.attached import swapped
from tests.support.peak import PEAK
from tests.support.scored import every_other

SAMPLE = REPOSITORY / "samples" / "cluster_county.toml"


ANSWERS = """format = "nqpf-answers/1"
questionnaire = { id = "small", version = "1" }
weights = { id = "hills", version = "1" }
subject = { name = "Anhe", period = "2025" }
[facts.zone]
value = "hills"
[answers.share]
value = 2.5
year = 2025
[answers.plan]
value = 1
[answers.review]
value = "outside"
[answers.tools]
value = ["audit"]
[answers.story]
value = "None"
"""


def written(folder: Path, answers: Path, *words: str | Path) -> bytes:
    """A report of some answers, made in a process of its own."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "nqpf_assess",
            "report",
            answers,
            "--date",
            "2026-01-31",
            *words,
            "-o",
            folder / "r.pdf",
        ],
        env=clean_environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return (folder / "r.pdf").read_bytes()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A report on a few questions of one's own: what was changed is told alike however many there are."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "place.toml").write_text(ANSWERS, encoding="utf-8")
    return written(folder, folder / "place.toml", "--content", write_content(folder / "content"))


@pytest.fixture
def report(made: bytes, tmp_path: Path) -> Path:
    """The report as a file of its own."""
    path = tmp_path / "r.pdf"
    path.write_bytes(made)
    return path


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on a county in Chinese, under shipped content, with a logo on its cover."""
    folder = tmp_path_factory.mktemp("county")
    Image.new("RGB", (90, 60), "navy").save(folder / "logo.png")
    written(folder, SAMPLE, "--lang", "zh", "--logo", folder / "logo.png")
    return folder / "r.pdf"


def changed(report: Path, name: str, before: bytes, after: bytes) -> Path:
    """Replace words in one attachment."""
    with pikepdf.open(report) as pdf:
        data = pdf.attachments[name].get_file().read_bytes()
        assert before in data
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, data.replace(before, after, 1), filename=name)
        pdf.save(report.with_name("changed.pdf"))
    return report.with_name("changed.pdf")


def test_nothing_is_written_before_the_folder_of_the_content_is_known(run: Run, report: Path) -> None:
    done = run("open", report, "-o", "carried", "--content", "nowhere")
    assert (done.returncode, done.stdout) == (2, "")
    assert not report.with_name("carried").exists()


def test_an_untouched_report_proves_every_figure(run: Run, county: Path, report: Path, tmp_path: Path) -> None:
    """The carried answers give the same figures, and the same file comes out again.

    A folder that is called like the questionnaire is none.
    """
    (tmp_path / "region").mkdir()
    done = run("open", county, "--json")
    assert done.returncode == 0, done.stderr
    row = json.loads(done.stdout)
    assert row.pop("holds") is True
    assert row == {"program": __version__, "same": True, "redrawn": True, "changed": [], "parts": [], "differing": []}
    assert "byte by byte" in run("open", report).stdout
    assert "逐字节一致" in run("open", report, LANG="zh_CN.UTF-8").stdout


def test_a_changed_answer_is_told_with_its_figures(run: Run, report: Path) -> None:
    """A changed attachment gives other figures; each is named with what was printed and what is now."""
    done = run("open", changed(report, "answers.toml", b"value = 1", b"value = 2"), "--json")
    row = json.loads(done.stdout)
    where = [difference["where"] for difference in row["differing"]]
    assert (done.returncode, row["same"], row["changed"]) == (1, False, ["answers.toml"])
    assert {"answers_digest", "overall.score"} <= set(where)


@pytest.mark.skipif(os.name != "posix", reason="needs a pipe that nobody reads")
def test_the_status_of_a_changed_report_does_not_hang_on_who_reads_it(report: Path) -> None:
    gone, write = os.pipe()
    os.close(gone)
    command = [sys.executable, "-m", "nqpf_assess", "open", changed(report, "answers.toml", b"value = 1", b"value = 2")]
    environment = clean_environment(PYTHONUNBUFFERED="1")
    assert subprocess.run(command, stdout=write, env=environment, check=False, timeout=120).returncode == 1
    os.close(write)


def test_a_changed_page_is_told_although_all_figures_agree(run: Run, report: Path) -> None:
    """Pages changed after the report was made are named, because it does not come out again the same."""
    with pikepdf.open(report) as pdf:
        pdf.pages[1].rotate(90, relative=True)
        pdf.save(report.with_name("turned.pdf"))
    done = run("open", report.with_name("turned.pdf"))
    assert done.returncode == 1
    assert "every figure is the same" in done.stdout
    assert done.stdout.endswith("changed after the report was made: page 2\n")


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A report with last time's answers, one of which has a note that no page prints."""
    folder = tmp_path_factory.mktemp("compared")
    (folder / "now.toml").write_text(ANSWERS, encoding="utf-8")
    noted = ANSWERS.replace("2025", "2024").replace('value = "None"', 'value = "None"\nnote = "said by Mr A"')
    (folder / "then.toml").write_text(noted, encoding="utf-8")
    content = write_content(folder / "content")
    return written(folder, folder / "now.toml", "--compare", folder / "then.toml", "--content", content)


@pytest.mark.parametrize("note", [b"said by Mr B", b"said by nobody at all"])
def test_changed_answers_of_last_time_are_told(run: Run, compared: bytes, tmp_path: Path, note: bytes) -> None:
    """No figure and no page shows what was noted then: the record of the report knows the file by its digest."""
    made = tmp_path / "r.pdf"
    made.write_bytes(compared)
    forged = swapped(made, "earlier-answers.toml", b"said by Mr A", note)
    done = run("open", forged, "--json")
    row = json.loads(done.stdout)
    assert (done.returncode, row["holds"], row["changed"]) == (1, False, ["earlier-answers.toml"])
    said = run("open", forged).stdout
    assert "earlier-answers.toml: printed sha256:" in said
    assert said.endswith("not the file that the report was made from: earlier-answers.toml\n")
    # With the record changed too it is told by the page, which prints the digest of the answers of then.
    forged = swapped(forged, "report.json", *(row["differing"][0][key].encode() for key in ("printed", "now")))
    done = run("open", forged, "--json")
    row = json.loads(done.stdout)
    assert (done.returncode, row["same"], len(row["parts"])) == (1, True, 1)
    assert row["parts"][0].startswith("page")


def test_answers_of_last_time_that_are_gone_are_told(run: Run, compared: bytes, tmp_path: Path) -> None:
    """As another attachment is that the report was made with."""
    with pikepdf.open(io.BytesIO(compared)) as pdf:
        del pdf.attachments["earlier-answers.toml"]
        pdf.save(tmp_path / "less.pdf")
    done = run("open", "less.pdf", "--json")
    assert (done.returncode, json.loads(done.stdout)["changed"]) == (1, ["earlier-answers.toml"])


def test_a_changed_record_of_the_figures_is_told_as_that(run: Run, report: Path) -> None:
    """Where the attachments are sound, it is the report's own record that was changed."""
    done = run("open", changed(report, "report.json", b'"coverage": 1', b'"coverage": 2'))
    assert done.returncode == 1
    assert "report.json) was changed" in done.stdout


def test_a_report_behind_a_password_is_told(run: Run, report: Path) -> None:
    """As sent by somebody who means well."""
    with pikepdf.open(report) as pdf:
        pdf.save(report.with_name("locked.pdf"), encryption=pikepdf.Encryption(owner="x", user="y"))
    done = run("open", report.with_name("locked.pdf"))
    assert done.returncode == 1
    assert "locked with a password" in done.stderr


def test_a_date_that_no_report_has_is_told(run: Run, report: Path) -> None:
    """The record of a report can be edited by anybody; a plan from the year 9999 on cannot be drawn."""
    with pikepdf.open(report) as pdf:
        record = bytes(pdf.attachments["report.json"].get_file().read_bytes())
    day = record[record.index(b'"date": ') :][:20]
    done = run("open", changed(report, "report.json", day, b'"date": "9999-12-31"'))
    assert done.returncode == 1
    assert "inside the program" not in done.stderr


@pytest.mark.parametrize(("gone", "said"), [("questionnaire.toml", "no longer carries"), ("report.json", "missing or")])
def test_a_removed_attachment_is_told(run: Run, report: Path, gone: str, said: str) -> None:
    """Which attachment is gone is said, not only that something is wrong."""
    with pikepdf.open(report) as pdf:
        del pdf.attachments[gone]
        pdf.save(report.with_name("less.pdf"))
    done = run("open", report.with_name("less.pdf"))
    assert done.returncode == 1
    assert said in done.stdout + done.stderr
    assert gone in done.stdout + done.stderr


def test_a_broken_attachment_is_a_problem_with_its_line(run: Run, report: Path) -> None:
    """An attachment that is no longer valid is told as any file's problem is."""
    done = run("open", changed(report, "answers.toml", b"value = 1", b"value = 9"))
    assert done.returncode == 1
    assert "bad_value" in done.stderr


def test_the_files_can_be_written_and_scored_again(run: Run, county: Path, tmp_path: Path) -> None:
    """What a report carries can be kept; it scores alike from there; nothing that is there is replaced."""
    assert json.loads(run("open", county, "-o", "out", "--json").stdout)["holds"]
    out = tmp_path / "out"
    again = json.loads(run("--content", out, "score", out / "answers.toml", "--json").stdout)
    assert again["overall"] == json.loads(run("score", SAMPLE, "--json").stdout)["overall"]
    (out / "answers.toml").write_text("mine")
    assert run("open", county, "-o", "out").returncode == 3
    assert (out / "answers.toml").read_text() == "mine"


def test_what_a_report_carries_is_scored_by_the_baseline_that_it_carries(made: bytes, tmp_path: Path) -> None:
    """A rubric that is taken out finds its own base, not a shipped one of that id; it lies among no other content."""
    files = dict(take_out(made))
    assert b"new = 60" in files["weights-1-baseline.toml"]
    files["weights-1-baseline.toml"] = files["weights-1-baseline.toml"].replace(b"new = 60", b"new = 75")
    answers, *_ = put_down(files, tmp_path / "out")
    elsewhere = Root("shipped", write_content(tmp_path / "elsewhere"))
    sheet = Library((Root("workspace", tmp_path / "out"), elsewhere)).open_answers(answers)
    assert sheet.instrument is not None
    assert sheet.instrument.chain[0].weights["new"] == 75
    (tmp_path / "out/weights/small/mine.toml").write_text("mine")
    (tmp_path / "out/answers.toml").unlink()
    with pytest.raises(UserError):
        list(put_down(files, tmp_path / "out"))
    assert not (tmp_path / "out/answers.toml").exists()


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_report_is_a_sentence(run: Run, tmp_path: Path, content: bytes) -> None:
    """A file that is no PDF, or carries no assessment, is told in a sentence."""
    (tmp_path / "x.pdf").write_bytes(content)
    done = run("open", "x.pdf")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_report_in_another_form_and_answers_are_told_from_a_report_that_carries_its_answers(run: Run) -> None:
    """More is said of a report in Word and of an answer file than that it is no PDF."""
    assert "Only a report as PDF carries" in run("open", SAMPLE).stderr


def test_a_printed_form_is_not_said_to_be_altered(run: Run, tmp_path: Path) -> None:
    """Forms and cohort reports carry nothing: that is said, and not that something was taken out."""
    assert run("export", "firm", "--to", "paper", "-o", "form.pdf").returncode == 0
    told = run("open", "form.pdf").stderr
    assert "not made by" not in told
    assert "a cohort report or a printed form carries none" in told


# ---- from strangers


def _with_stream(made: pikepdf.Pdf, name: str, packed: bytes) -> None:
    made.attachments[name] = pikepdf.AttachedFileSpec(made, b"x", filename="x")
    made.attachments[name].get_file().obj.write(packed, filter=pikepdf.Name.FlateDecode, type_check=False)


@cache
def _zeros(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()


def _page(made: pikepdf.Pdf, packed: bytes) -> None:
    made.pages[2].Contents = pikepdf.Stream(made, b"")
    made.pages[2].Contents.write(packed, filter=pikepdf.Name.FlateDecode, type_check=False)


def _chain(made: pikepdf.Pdf) -> None:
    last = pikepdf.Dictionary()
    for _ in range(3000):
        last = pikepdf.Dictionary(Next=made.make_indirect(last))
    made.Root.Outlines = made.make_indirect(last)


def _name_tree(made: pikepdf.Pdf) -> None:
    made.Root.Names.EmbeddedFiles = pikepdf.Dictionary(Names=[pikepdf.String("answers.toml"), 3, 4])


def _key(made: pikepdf.Pdf) -> None:
    made.pages[1].Resources["/\udcff"] = 1


def _attach(name: str, content: bytes) -> Callable[[pikepdf.Pdf], None]:
    def change(made: pikepdf.Pdf) -> None:
        made.attachments[name] = pikepdf.AttachedFileSpec(made, content, filename="x")

    return change


@pytest.mark.parametrize(
    ("now", "then"),
    every_other(
        [
            ("ecological", "industrial_renewal"),
            ("industrial_renewal", "industrial_renewal+0.3*ecological"),
            ("baseline+0.3*ecological", "baseline+0.3*industrial_renewal+0.2*ecological"),
        ]
    ),
)
def test_last_time_may_have_been_scored_by_another_rubric(run: Run, tmp_path: Path, now: str, then: str) -> None:
    """On one baseline, which the report carries once; also by a blend of what stands beside it, or into it.

    In whatever order those that are blended are stated, here not that of their ids.
    """
    new, old = (REPOSITORY / f"samples/renewal_city_{year}.toml" for year in (2025, 2024))
    before, *further = then.split("+")
    shares = ", ".join(f"{id} = {share}" for share, _, id in (part.partition("*") for part in further))
    blended = f"with = {{ {shares} }}, " if further else ""
    words = re.sub(
        r"(?m)^weights = \{.*$", f'weights = {{ id = "{before}", {blended}version = "" }}', old.read_text("utf-8")
    )
    (tmp_path / "old.toml").write_text(words, encoding="utf-8")
    assert run("report", new, "--compare", "old.toml", "--weights", now, "-o", "r.pdf").returncode == 0
    done = run("open", "r.pdf", "-o", "out")
    assert done.returncode == 0, done.stdout
    # Who goes on with the answers that it carries gets other figures than it prints: that is told, and how to go on.
    asked_for = f"scored by the rubric {now}, which was asked for; the answers that it carries name industrial_renewal"
    assert (asked_for in done.stdout) == (now != "industrial_renewal")
    rubrics = {"used": now, "named": "industrial_renewal"} if now != "industrial_renewal" else None
    assert json.loads(run("open", "r.pdf", "--json").stdout).get("rubrics") == rubrics
    assert (f"score answers.toml --weights {now}" in done.stderr) == (now != "industrial_renewal")


def test_figures_typed_as_numbers_prove_themselves(run: Run, tmp_path: Path) -> None:
    """Figures are carried as they were typed: 5.0 is not 5 there, nor 2.310 2.31."""
    typed = {
        "rd_intensity": "2.310",
        "fiscal_sci_share": "3.0",
        "tech_contract_share": "5e0",
        "joint_project_firms": "0.0",
    }
    words = SAMPLE.read_text("utf-8")
    for id, number in typed.items():
        words = re.sub(rf"(?ms)^\[answers\.{id}\]\n.*?(?=^\[)", "", words) + f"\n[answers.{id}]\nvalue = {number}\n"
    (tmp_path / "place.toml").write_text(words, encoding="utf-8")
    assert run("report", "place.toml", "-o", "r.pdf").returncode == 0
    done = run("open", "r.pdf")
    assert done.returncode == 0, done.stdout


def test_a_report_under_profiles_of_ones_own_proves_itself(run: Run, tmp_path: Path) -> None:
    """Why a target lies there, in Chinese; judgements as 3.0; a blend whose second part is based on its third."""
    own = """format = "nqpf-weights/1"
id = "hill"
questionnaire = "region"
based_on = "ecological"
name = { en = "Hills", zh = "山区" }
[[adjust]]
node = "green"
target = 88
why = { en = "Forests feed the town.", zh = "林业是本地的生计。" }
target_why = { en = "What the neighbours have reached.", zh = "邻县已达到这一水平。" }
[[judgements]]
of = "green"
members = ["efficiency", "clean_production", "green_industry"]
matrix = [[1.0, 3.0, 1], ["1/3", 1, "1/3"], [1, 3, 1]]
"""
    (tmp_path / "weights" / "region").mkdir(parents=True)
    (tmp_path / "weights" / "region" / "hill.toml").write_text(own, encoding="utf-8")
    blend = 'weights = { id = "catch_up", version = "", with = { hill = 0.3, ecological = 0.1 } }'
    words = re.sub(r"(?m)^weights = \{.*$", blend, SAMPLE.read_text("utf-8"))
    (tmp_path / "place.toml").write_text(words, encoding="utf-8")
    assert run("report", "place.toml", "-o", "r.pdf", "--lang", "zh").returncode == 0
    done = run("open", "r.pdf")
    assert done.returncode == 0, done.stdout
    (tmp_path / "weights" / "region" / "hill.toml").unlink()  # whoever it is sent to has only what it carries
    done = run("open", "r.pdf")
    assert done.returncode == 0, done.stdout


def test_a_report_proves_itself_beside_profiles_that_whoever_opens_it_made_for_himself(
    run: Run, report: Path, tmp_path: Path
) -> None:
    """They go before those that it was made with, and were not to choose from there."""
    further = write_content(tmp_path / "further")
    own = (further / "weights/small/hills.toml").read_text(encoding="utf-8").replace('"hills"', '"own"', 1)
    (tmp_path / "weights/small").mkdir(parents=True)
    (tmp_path / "weights/small/own.toml").write_text(own, encoding="utf-8")
    done = run("open", report, NQPF_ASSESS_DATA=str(further))
    assert (done.returncode, "byte by byte" in done.stdout) == (0, True), done.stdout


def test_a_report_on_a_questionnaire_of_ones_own_proves_itself_where_nobody_has_it(run: Run, tmp_path: Path) -> None:
    """It carries the only profiles there were to choose from; a page that was painted over is told."""
    write_content(tmp_path / "elsewhere")
    (tmp_path / "place.toml").write_text(
        """format = "nqpf-answers/1"
questionnaire = { id = "small", version = "1.0.0" }
weights = { id = "hills", version = "1.0.0" }
subject = { name = "Anhe", period = "2025" }
facts.zone.value = "hills"
answers.share = { value = 2.5, year = 2025 }
""",
        encoding="utf-8",
    )
    assert run("report", "place.toml", "--content", "elsewhere", "-o", "r.pdf", "--lang", "both").returncode == 0
    done = run("open", "r.pdf")
    assert done.returncode == 0, done.stdout
    with pikepdf.open(tmp_path / "r.pdf", allow_overwriting_input=True) as made:
        made.pages[0].contents_add(b"q 1 0 0 rg 100 700 200 20 re f Q")
        made.save(tmp_path / "r.pdf")
    done = run("open", "r.pdf")
    assert (done.returncode, "changed after the report was made: page 1" in done.stdout) == (1, True), done.stdout


HOSTILE: dict[str, tuple[Callable[[pikepdf.Pdf], None], str]] = {
    "unknown attachment without end": (lambda made: _with_stream(made, "zzz.bin", _zeros(100)), "attachment zzz.bin"),
    "known attachment without end": (lambda made: _with_stream(made, "answers.toml", _zeros(100)), "unpacks to more"),
    "page without end": (lambda made: _page(made, _zeros(100)), "page 3"),
    "damaged page": (lambda made: _page(made, b"no zlib"), "page 3"),
    "damaged attachment": (lambda made: _with_stream(made, "report.json", b"no zlib"), "report.json is damaged"),
    "chain of objects": (_chain, "the bookmarks"),
    "damaged name tree": (_name_tree, ""),
    "a rubric without a name": (_attach("weights-1.toml", b"x"), "attachment weights-1.toml"),
    "a name with a path": (_attach("weights-3-../../x.toml", b"x"), "attachment weights-3"),
    "deep JSON": (_attach("report.json", b"[" * 100_000), "missing or broken"),
    "deep benchmark": (_attach("benchmark.json", b"[" * 100_000), "attachment benchmark.json"),
    "number without end": (_attach("report.json", b'{"program": ' + b"9" * 5000 + b"}"), "missing or broken"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_report_is_told_in_a_sentence(case: str, report: Path, run: Run) -> None:
    """Never a trace, never exit status 0."""
    change, said = HOSTILE[case]
    with pikepdf.open(report) as made:
        change(made)
        made.save(report.with_name("hostile.pdf"))
    done = run("open", report.with_name("hostile.pdf"))
    assert done.returncode == 1, done.stderr
    assert "went wrong" not in done.stderr
    assert said in done.stdout + done.stderr


def test_figures_that_an_older_version_did_not_state_are_none_that_differ(report: Path, run: Run) -> None:
    """A sound report of 0.1.0 differs in nothing; a figure that does differ is still told."""
    with pikepdf.open(report) as pdf:
        row = json.loads(pdf.attachments["report.json"].get_file().read_bytes())
        row["program"] = "0.1.0"
        del row["score"]["weights"]["with"]
        for node in row["score"]["nodes"]:
            node.pop("to_target", None)
        pdf.attachments["report.json"] = pikepdf.AttachedFileSpec(pdf, json.dumps(row).encode(), filename="report.json")
        pdf.save(report.with_name("older.pdf"))
    done = json.loads(run("open", report.with_name("older.pdf"), "--json").stdout)
    assert (done["same"], done["redrawn"], done["differing"]) == (True, None, [])
    coverage = json.dumps(row["score"]["overall"]["coverage"]).encode()
    other = changed(report.with_name("older.pdf"), "report.json", b'"coverage": ' + coverage, b'"coverage": 0.5')
    found = json.loads(run("open", other, "--json").stdout)["differing"]
    assert [row["where"] for row in found] == ["overall.coverage"]


@pytest.mark.parametrize("forged", [(b'"program": "', b'"program": "9.'), (b'"date": ', b'"fonts": ["x"], "date": ')])
def test_figures_alone_prove_nothing_where_the_pages_could_not_be_compared(
    forged: tuple[bytes, bytes], report: Path, run: Run
) -> None:
    """Who painted over a page can write anything into the record that says how to draw it again."""
    painted = changed(report, "report.json", *forged)
    done = run("open", painted, "--json")
    row = json.loads(done.stdout)
    assert (done.returncode, row["holds"], row["same"], row["redrawn"]) == (1, False, True, None)
    said = run("open", painted).stdout  # the way on, where profiles are missing, or the workspace has other ones by now
    assert "or were changed since; --content names the folder with the profiles as they were" in said


def test_only_files_that_a_report_carries_are_written(report: Path, run: Run, tmp_path: Path) -> None:
    """Whatever else hangs on it stays there."""
    with pikepdf.open(report) as made:
        for name in (".bashrc", "x.desktop", "../up.toml", "a\u202eb.toml"):
            made.attachments[name] = pikepdf.AttachedFileSpec(made, b"x", filename="x")
        made.save(report.with_name("more.pdf"))
    run("open", report.with_name("more.pdf"), "-o", "out")
    written = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*")}
    rubrics = {"weights/small/baseline.toml", "weights/small/hills.toml"}
    assert written == {"answers.toml", "questionnaires/small.toml", *rubrics, "report.json"}
    assert not (tmp_path / "up.toml").exists()


def test_hundreds_of_megabytes_in_one_cost_little(made: bytes) -> None:
    """The peak of a process of its own, over what opening the sound report costs."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        _with_stream(pdf, "answers.toml", _zeros(200))
        data = io.BytesIO()
        pdf.save(data)
    code = (
        PEAK
        + """
import sys
from nqpf_assess.model.problem import UserError
from nqpf_assess.report.reopening import take_out
before = peak_megabytes()
try:
    take_out(sys.stdin.buffer.read())
except UserError as fault:
    print(round(peak_megabytes() - before), fault)
"""
    )
    done = subprocess.run([sys.executable, "-c", code], input=data.getvalue(), capture_output=True, check=True)
    grown, _, said = done.stdout.decode().partition(" ")
    assert "unpacks to more than 16 MB" in said
    assert int(grown) < 100


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [("answers.toml", b"value = 1", b"value = 44"), ("questionnaire.toml", b'kind = "number"', b'kind = "nmber"')],
)
def test_what_stands_against_a_carried_file_is_said_where_the_report_has_it(
    run: Run, report: Path, name: str, before: bytes, after: bytes
) -> None:
    """By the report and the name of the attachment: the folder that it was unpacked into is gone again."""
    done = run("open", changed(report, name, before, after))
    assert done.returncode == 1
    assert f"changed.pdf/{name}:" in done.stderr
    assert "/report/" not in done.stderr
