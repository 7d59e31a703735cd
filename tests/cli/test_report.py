"""`report`: where files go, what fixes the date, one bad file among many, interruption, both languages."""

import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pikepdf
import pytest
from PIL import Image

from nqpf_assess.report.forms import is_foreign
from tests.cli.conftest import Run, clean_environment

Place = Callable[..., Path]
DATE = ("--date", "2026-11-25")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Write a small answer file whose subject has a name."""

    def write(file: str, name: str = "Test County", extra: str = "", period: str = "2025") -> Path:
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        said = name.replace("\\", "\\\\").replace('"', '\\"')
        path.write_text(
            'format = "nqpf-answers/1"\n'
            'questionnaire = { id = "region", version = "2027.1.0" }\n'
            'weights = { id = "ecological", version = "2027.1.0" }\n'
            f'[subject]\nname = "{said}"\nperiod = "{period}"\n'
            '[facts]\nzone = { value = "ecological" }\ntier = { value = "county" }\n'
            '[answers.rd_intensity]\nvalue = "1.5"\nyear = 2024\n'
            f"[answers.rd_organisation]\nvalue = 3\n{extra}",
            encoding="utf-8",
        )
        return path

    return write


def left_over(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.name.endswith(".part")]


# ── Where reports go ──


def test_a_pdf_stands_in_the_current_folder_under_the_subjects_name(run: Run, place: Place, tmp_path: Path) -> None:
    """Without -o; the path is what standard output says."""
    done = run("report", place("in/a.toml"), *DATE)
    assert (done.returncode, done.stdout, done.stderr) == (0, "Test County-2025-report-en.pdf\n", "")
    assert (tmp_path / "Test County-2025-report-en.pdf").read_bytes().startswith(b"%PDF-")
    done = run("report", place("in/b.toml"), *DATE)  # who else answers for the place has a report of that name
    assert (done.returncode, "there already, and written anew: Test County-2025-report-en.pdf;" in done.stderr) == (
        0,
        1,
    )


def test_plain_text_goes_to_standard_output(run: Run, place: Place, tmp_path: Path) -> None:
    """In the language asked for; nothing is written."""
    before = place("in/a.toml")
    english, chinese = (run("report", before, "--to", "text", "--lang", code, *DATE) for code in ("en", "zh"))
    assert "How sure this is." in english.stdout
    assert "一、总体情况" in chinese.stdout
    assert [path for path in tmp_path.iterdir() if path.name != "in"] == []


def test_a_dash_is_standard_output(run: Run, place: Place, tmp_path: Path) -> None:
    """For one report in any form; no file is called “-”."""
    source = place("in/a.toml")
    done = run("report", source, "-o", "-", "--to", "md", *DATE)
    assert done.returncode == 0
    assert done.stdout.startswith("<!-- nqpf-assess report -->")
    place("in/b.toml")
    several = run("report", "in", "-o", "-", *DATE)
    assert (several.returncode, several.stdout) == (2, "")
    assert "2 reports do not fit into standard output" in several.stderr
    assert not (tmp_path / "-").exists()


@pytest.mark.parametrize(
    ("name", "beginning"), [("r.pdf", b"%PDF-"), ("r.docx", b"PK"), ("r.md", b"<!-- nqpf"), ("r.txt", b"\xe2\x95\x90")]
)
def test_the_ending_of_the_file_tells_the_form(
    run: Run, place: Place, tmp_path: Path, name: str, beginning: bytes
) -> None:
    done = run("report", place("in/a.toml"), "-o", name, *DATE)
    assert (done.returncode, done.stdout) == (0, f"{name}\n")
    assert (tmp_path / name).read_bytes().startswith(beginning)


@pytest.mark.parametrize(
    "name",
    [
        "../../../outside",
        "..",
        "/etc/passwd",
        "a/b\\c:d*?",
        "CON",
        ".hidden",
        "x" * 400,
        "县" * 400,
        'q"uote',
        " ",
        "-o",
    ],
)
def test_no_name_leads_out_of_the_folder(run: Run, place: Place, tmp_path: Path, name: str) -> None:
    """A name made from the subject is cleaned, and the file stands in the folder that was named."""
    done = run("report", place("in/a.toml", name), "-o", "deep/out/", "--to", "md", *DATE)
    assert done.returncode == 0, done.stderr
    written = list((tmp_path / "deep" / "out").iterdir())
    assert len(written) == 1
    assert not written[0].name.startswith((".", "-"))
    assert {path.name for path in tmp_path.iterdir()} == {"in", "deep"}


def test_two_reports_of_one_subject_keep_two_names(run: Run, place: Place, tmp_path: Path) -> None:
    """Also where only capitals differ, which some disks do not keep apart."""
    for file, name in (("a", "Test County"), ("b", "TEST COUNTY"), ("c", "Test County")):
        place(f"in/{file}.toml", name)
    done = run("report", "in", "-o", "out", "--to", "md", *DATE)
    assert done.returncode == 0
    assert len({path.name.casefold() for path in (tmp_path / "out").iterdir()}) == 3


def saved_by_others(folder: Path) -> None:
    """Save r.docx and r.pdf as others do: Word, another office program, a script, a browser; damage one."""
    with zipfile.ZipFile(folder / "r.docx") as archive:
        parts = {part.filename: archive.read(part) for part in archive.infolist()}
        spot = next(part.header_offset for part in archive.infolist() if part.filename == "docProps/core.xml")
    changes = {
        "corrected.docx": ("docProps/core.xml", b">nqpf-assess</cp:lastModifiedBy>", b">Wang</cp:lastModifiedBy>"),
        "office.docx": ("docProps/app.xml", b">Microsoft Macintosh Word<", b">LibreOffice/24.2<"),
    }
    for name, (part, old, new) in changes.items():
        assert old in parts[part]
        with zipfile.ZipFile(folder / name, "w") as archive:
            for inside, data in parts.items():  # packed, as office programs do, in the year 1980
                archive.writestr(zipfile.ZipInfo(inside), data.replace(old, new) if inside == part else data)
    docx.Document(str(folder / "r.docx")).save(str(folder / "scripted.docx"))
    data = bytearray((folder / "r.docx").read_bytes())
    data[spot + 60 : spot + 90] = b"\xff" * 30
    (folder / "damaged.docx").write_bytes(data)
    with pikepdf.open(folder / "r.pdf") as made:
        made.save(folder / "drawn_on.pdf")


def test_a_copy_beside_what_it_was_kept_of_is_passed_over(run: Run, place: Place, tmp_path: Path) -> None:
    """`*.toml` names what `import` kept, first: its report would have the name, and the one of what holds be “-2”."""
    kept, now = place("a.before-import.toml"), place("a.toml", extra='[answers.fiveg_density]\nvalue = "20"\n')
    done = run("report", kept, now, "--to", "md", "-o", "out/", *DATE)
    assert (done.returncode, len([*(tmp_path / "out").iterdir()])) == (0, 1)
    assert "passed over: a.before-import.toml: a copy of an answer file" in done.stderr
    assert run("report", now, "--to", "md", "-o", "now.md", *DATE).returncode == 0
    (made,) = (tmp_path / "out").iterdir()
    assert made.read_bytes() == (tmp_path / "now.md").read_bytes()
    assert run("report", kept, "--to", "md", "-o", "kept.md", *DATE).returncode == 0, "by itself it is taken"
    last = place("a.2024.toml")  # a name with a point is no copy
    assert "passed over" not in run("score", last, now).stderr


def test_a_report_replaces_its_own_output_only(run: Run, place: Place, tmp_path: Path) -> None:
    """A report may be written again; what is none, or was changed by others, is left as it is, with status 3."""
    source = place("in/a.toml")
    for own in ("r.pdf", "r.docx"):
        assert [run("report", source, "-o", own, *DATE).returncode for _ in range(2)] == [0, 0]
    made = (tmp_path / "r.pdf").read_bytes()
    saved_by_others(tmp_path)
    name = b"<" + b"d7" * 16 + b">"
    letter = b"%PDF-1.4 Dear Sir /ID [" + name * 2 + b"] %%EOF"
    others = {"letter.pdf": letter, "noted.pdf": made + b"a note %%EOF", "no.docx": b"PK\x03\x04no"}
    for name, data in (others | {"corrected.docx": (tmp_path / "corrected.docx").read_bytes()}).items():
        (tmp_path / name).write_bytes(data)
        refused = run("report", source, "-o", name, *DATE)
        assert (refused.returncode, refused.stdout) == (3, "")
        assert f"{name} is no report of ours, or was changed since" in refused.stderr
        assert (tmp_path / name).read_bytes() == data
    assert [
        name for name in ("office.docx", "scripted.docx", "damaged.docx") if not is_foreign(tmp_path / name, "docx")
    ] == []
    assert is_foreign(tmp_path / "drawn_on.pdf", "pdf")
    before = source.read_bytes()
    assert run("report", source, "-o", source, "--to", "pdf", *DATE).returncode == 3
    assert source.read_bytes() == before
    refused = run("report", source, "-o", "r.pdf", "--to", "docx", *DATE)
    assert (refused.returncode, "let it end in .docx" in refused.stderr) == (2, True)


def test_what_the_machine_refuses_is_a_sentence(run: Run, place: Place, tmp_path: Path) -> None:
    """Status 3, no traceback, no half file."""
    (tmp_path / "file").write_text("x")
    done = run("report", place("in/a.toml"), "-o", "file/sub/", *DATE)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert left_over(tmp_path) == []


def test_many_reports_do_not_fit_into_one_file(run: Run, place: Place) -> None:
    place("in/a.toml")
    place("in/b.toml", "Other")
    done = run("report", "in", "-o", "one.pdf", *DATE)
    assert done.returncode == 2
    assert "name a folder" in done.stderr


@pytest.mark.parametrize("name", ["r.odt", "r.xyz", "r.toml"])
@pytest.mark.parametrize("command", [("report", "in/a.toml"), ("export", "firm", "--to", "paper")])
def test_an_unknown_ending_is_refused(
    run: Run, place: Place, tmp_path: Path, command: tuple[str, ...], name: str
) -> None:
    """Status 2, the known endings are named, nothing is written under a name that says something else."""
    place("in/a.toml")
    done = run(*command, "-o", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert "one of .pdf .docx .md .txt .html, not in" in done.stderr
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["NUL.pdf", "con", "COM1.x"])
def test_no_name_is_one_that_windows_keeps_for_a_device(run: Run, place: Place, tmp_path: Path, name: str) -> None:
    """Whatever ending follows the first point of it."""
    assert run("report", place("in/a.toml", name, period=""), "-o", "out/", "--to", "md", *DATE).returncode == 0
    (written,) = (tmp_path / "out").iterdir()
    assert written.name.split(".")[0].casefold() not in ("nul", "con", "com1")


# ── Dates ──


def test_the_date_is_fixed_by_option_or_environment(run: Run, place: Place, tmp_path: Path) -> None:
    """--date wins over SOURCE_DATE_EPOCH; the same date gives the same bytes."""
    source = place("in/a.toml")
    run("report", source, "-o", "a.pdf", "--date", "2026-01-02", SOURCE_DATE_EPOCH="0")
    run("report", source, "-o", "b.pdf", SOURCE_DATE_EPOCH="1767312000", TZ="Asia/Shanghai")
    run("report", source, "-o", "c.pdf", SOURCE_DATE_EPOCH="0")
    first, second, third = ((tmp_path / name).read_bytes() for name in ("a.pdf", "b.pdf", "c.pdf"))
    assert first == second
    assert first != third


@pytest.mark.parametrize(
    "arguments",
    [
        ("--date", "yesterday"),
        ("--date", "2026-13-01"),
        ("--date", "9999-12-31"),  # what is planned from then on would have no date
        ("--date", "0001-01-01"),
        ("--jobs", "-1"),
        ("--to", "odt"),
    ],
)
def test_wrong_values_are_wrong_usage(run: Run, place: Place, arguments: tuple[str, str]) -> None:
    done = run("report", place("in/a.toml"), *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert arguments[0] in done.stderr


@pytest.mark.parametrize("stated", ["soon", "-1", "253402300799", "9" * 5000])
def test_a_wrong_epoch_is_wrong_usage(run: Run, place: Place, stated: str) -> None:
    done = run("report", place("in/a.toml"), SOURCE_DATE_EPOCH=stated)
    assert done.returncode == 2
    assert "SOURCE_DATE_EPOCH" in done.stderr


# ── Languages ──


def test_both_languages_in_one_file_for_report_only(run: Run, place: Place) -> None:
    """`--lang both` is a language of reports; messages stay in the user's own."""
    source = place("in/a.toml")
    done = run("report", source, "--lang", "both", "--to", "text", *DATE)
    assert done.returncode == 0
    assert "How sure this is." in done.stdout
    assert "一、总体情况" in done.stdout
    assert run("score", source, "--lang", "both").returncode == 2
    wrong = run("report", source, "--lang", "fr")
    assert wrong.returncode == 2
    assert "en|zh|both" in wrong.stderr


def test_quick_takes_the_core_questions_only(run: Run, place: Place) -> None:
    source = place("in/a.toml")
    assert "This is a quick screening" in run("report", source, "--quick", "--to", "text", *DATE).stdout
    assert "This is a quick screening" not in run("score", source).stdout
    source.write_text(re.sub(r"(?m)^mode = .*\n", "", source.read_text(encoding="utf-8")), encoding="utf-8")
    source.write_text(source.read_text(encoding="utf-8").replace("[subject]", 'mode = "quick"\n[subject]', 1), "utf-8")
    assert "This is a quick screening" in run("score", source).stdout


# ── Many files ──


def test_one_bad_file_does_not_stop_the_others(run: Run, place: Place, tmp_path: Path) -> None:
    """Its problems are printed, the others are written, and at the end it is named; status 1."""
    for name in ("a", "c"):
        place(f"in/{name}.toml", f"Place {name}")
    place("in/b.toml", "Broken", extra='[answers.no_such_question]\nvalue = 1\n[answers.steering]\nvalue = "x"\n')
    (tmp_path / "in" / "notes.toml").write_text("title = 'no answers'\n")
    done = run("report", "in", "-o", "out", "--to", "md", *DATE)
    assert done.returncode == 1
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "Place a-2025-report-en.md",
        "Place c-2025-report-en.md",
    ]
    assert "in/b.toml:" in done.stderr
    assert "no_such_question" in done.stderr
    assert done.stderr.rstrip().splitlines()[-1] == "1 of 3 reports were not made: in/b.toml"


def test_a_missing_file_does_not_stop_the_others(run: Run, place: Place, tmp_path: Path) -> None:
    """Every path that is not there is named, the reports of the others are written; status 1."""
    source = place("in/a.toml", "Place a")
    done = run("report", "nope.toml", source, "gone.toml", "-o", "out/", "--to", "md", *DATE)
    assert done.returncode == 1
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["Place a-2025-report-en.md"]
    assert all(f"{name} does not exist" in done.stderr for name in ("nope.toml", "gone.toml"))
    last = done.stderr.rstrip().splitlines()[-1]
    assert last == "2 of 3 reports were not made: nope.toml, gone.toml"


def test_the_number_of_jobs_changes_nothing(run: Run, place: Place, tmp_path: Path) -> None:
    """Every file has the same bytes, and the names come in the order of the files."""
    for name in "abcd":
        place(f"in/{name}.toml", f"Place {name}")
    alone = run("report", "in", "-o", "one", "--jobs", "1", *DATE)
    together = run("report", "in", "-o", "two", "--jobs", "3", *DATE)
    assert alone.stdout.replace("one/", "two/") == together.stdout
    assert len(alone.stdout.splitlines()) == 4
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_nothing_to_report_on_is_a_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for path, said in (("empty", "no answer files"), ("gone.toml", "does not exist")):
        done = run("report", path)
        assert done.returncode == 1
        assert said in done.stderr


def test_missing_glyphs_are_a_warning(run: Run, place: Place) -> None:
    """The report is written; which characters are missing is said."""
    done = run("report", place("in/a.toml", "A 😀 place"), "-o", "r.pdf", *DATE)
    assert done.returncode == 0
    assert "U+1F600" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupted_leaves_no_half_file(place: Place, tmp_path: Path, jobs: str) -> None:
    """Ctrl-C while many reports are made: status 130, whole files only, no process left behind."""
    for number in range(40):
        place(f"in/{number}.toml", f"Place {number}")
    process = subprocess.Popen(
        [sys.executable, "-m", "nqpf_assess", "report", "in", "-o", "out", "--jobs", jobs, *DATE],
        cwd=tmp_path,
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    until = time.monotonic() + 60
    while time.monotonic() < until and not list(
        (tmp_path / "out").glob("*.pdf") if (tmp_path / "out").is_dir() else ()
    ):
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in said
    written = list((tmp_path / "out").iterdir())
    assert 0 < len(written) < 40
    assert all(path.read_bytes().rstrip().endswith(b"%%EOF") for path in written)
    assert left_over(tmp_path) == []


def test_a_logo_that_stands_nowhere_is_said(run: Run, answers: Path, tmp_path: Path) -> None:
    """The brief has no cover to put it on; the report is made all the same."""
    Image.new("RGB", (90, 60), "navy").save(tmp_path / "logo.png")
    done = run("report", answers, "--logo", tmp_path / "logo.png", "-o", tmp_path / "brief.pdf")
    assert (done.returncode, (tmp_path / "brief.pdf").is_file()) == (0, True)
    assert "the brief has no cover" in done.stderr
    full = run("report", answers, "--logo", tmp_path / "logo.png", "--edition", "full", "-o", tmp_path / "full.pdf")
    assert "no cover" not in full.stderr


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--logo", "x.svg"], 1, "no PNG or JPEG"),
        (["--logo", "nowhere.png"], 1, "does not exist"),
        (["--font", "x.svg"], 1, "no TrueType outlines"),
        (["--font", "nowhere.ttf"], 1, "does not exist"),
        (["--logo", "x.svg", "--to", "docx"], 2, "for PDF reports"),
        (["-o", "none/x.pdf"], 3, "the folder none does not exist"),
    ],
)
def test_font_logo_and_place_are_checked_before_any_report(
    run: Run, answers: Path, tmp_path: Path, words: list[str], status: int, said: str
) -> None:
    """What stands against one of them is named, and nothing is written."""
    (tmp_path / "x.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>A</text></svg>')
    done = run("report", answers, *words)
    assert done.returncode == status
    assert said in done.stderr
    assert not [*tmp_path.glob("*.pdf"), *tmp_path.glob("*.docx")]


def test_last_time_of_somebody_else_is_told(run: Run, place: Place) -> None:
    """Never set side by side without a word: another name, or years the wrong way round."""
    old, new = place("old.toml", name="Other County", period="2026"), place("new.toml")
    done = run("report", new, "--compare", old, "-o", "r.md", *DATE)
    assert done.returncode == 0
    assert "name different subjects: “Other County” and “Test County”" in done.stderr
    assert "the order seems to be the wrong one" in done.stderr
    assert run("report", new, "--compare", place("last.toml", period="2024"), "-o", "r.md", *DATE).stderr == ""
