"""Settings of somebody's own: read with their places, wrong ones passed over, variables over the file."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from nqpf_assess.files import cache, intake
from nqpf_assess.files.places import user_data
from nqpf_assess.files.store import NotSaved
from nqpf_assess.model.problem import UserError
from nqpf_assess.session.settings import FILE, Preferences, keep_setting, read_settings


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NQPF_ASSESS_DATA", str(tmp_path))
    return tmp_path


def test_without_a_file_nothing_is_set(folder: Path) -> None:
    assert read_settings({}) == (Preferences(), ())


def test_in_variables_too_the_home_folder_may_be_written_as_its_sign(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Services and Windows fill none in; a folder called ~ would be made, which nobody takes away safely."""
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    for name in ("NQPF_ASSESS_DATA", "NQPF_ASSESS_CACHE"):
        monkeypatch.setenv(name, "~/own")
    assert user_data() == cache.folder() == tmp_path / "own"


def test_everything_that_can_be_set(folder: Path) -> None:
    (folder / FILE).write_text(
        'language = "zh"\ntheme = "mine"\nascii = true\nmouse = false\nplain = false\n'
        '[keys]\nonward = "f6, ctrl+n"\n[themes.mine]\ndark = false\nprimary = "#0b6573"\n',
        encoding="utf-8",
    )
    settings, problems = read_settings({})
    assert problems == ()
    assert (settings.language, settings.theme, settings.ascii, settings.mouse) == ("zh", "mine", True, False)
    assert settings.keys == {"onward": "f6,ctrl+n"}
    assert settings.themes == {"mine": {"dark": False, "primary": "#0b6573"}}


@pytest.mark.parametrize(
    ("written", "line", "said"),
    [
        ('langage = "zh"\n', 1, "no setting “langage”"),
        ('ascii = true\nlanguage = "fr"\n', 2, "“fr” cannot be taken"),
        ('mouse = "off"\n', 1, "“off” cannot be taken"),
        ('ascii = true\ntheme = "pink"\n[themes.mine]\n', 2, "“pink” cannot be taken"),
        ('[keys]\nonward = "Ctrl N"\n', 2, "“Ctrl N” cannot be taken"),
        ("[keys]\nonward = 6\n", 2, "“6” cannot be taken"),
        ('[themes.mine]\n\nprimary = "red"\n', 3, "“red” cannot be taken"),
        ('[themes.mine]\ncolour = "#000000"\n', 2, "no setting “colour”"),
        ('themes = "x"\n', 1, "cannot be taken"),
        ("ascii = true\nlanguage = zh\n", 2, "cannot be read"),
        ("x = " + "[" * 5000, 1, "cannot be read"),
    ],
)
def test_what_cannot_be_taken_is_said_with_its_place_and_passed_over(
    folder: Path, written: str, line: int, said: str
) -> None:
    (folder / FILE).write_text(written, encoding="utf-8")
    settings, problems = read_settings({})
    assert len(problems) == 1
    assert said in problems[0].message["en"]
    assert problems[0].line == line or (line == 1 and problems[0].line <= 1)
    assert problems[0].message["zh"] != problems[0].message["en"]
    assert (settings.language, dict(settings.keys), settings.mouse) == ("", {}, None)
    assert not any(settings.themes.values())


def test_variables_stand_over_the_file(folder: Path) -> None:
    (folder / FILE).write_text('language = "zh"\nascii = true\n', encoding="utf-8")
    said = {"NQPF_ASSESS_LANGUAGE": "en", "NQPF_ASSESS_ASCII": "0", "NQPF_ASSESS_MOUSE": "no", "NQPF_ASSESS_PLAIN": "?"}
    settings, problems = read_settings(said)
    assert (settings.language, settings.ascii, settings.mouse, settings.plain) == ("en", False, False, None)
    assert [(one.source, one.message["en"]) for one in problems] == [
        ("NQPF_ASSESS_PLAIN", "“?” cannot be taken for “plain”")
    ]


def test_a_variable_that_cannot_be_taken_is_told_as_a_line_of_the_file_is(folder: Path) -> None:
    """Passed over without a word, one set for all desks of an office leaves them in another language."""
    (folder / FILE).write_text('language = "zh"\n', encoding="utf-8")
    settings, problems = read_settings({"NQPF_ASSESS_LANGUAGE": "zh_CN", "NQPF_ASSESS_THEME": "dusk"})
    assert (settings.language, settings.theme) == ("zh", "")
    assert [one.told("en") for one in problems] == [
        "NQPF_ASSESS_LANGUAGE:1:1: warning setting: “zh_cn” cannot be taken for “language”\n    Possible: en, zh.",
        "NQPF_ASSESS_THEME:1:1: warning setting: “dusk” cannot be taken for “theme”\n"
        "    Possible: dark, light, terminal.",
    ]


def test_a_line_that_is_no_toml_takes_no_other_setting_with_it(folder: Path) -> None:
    (folder / FILE).write_text('theme = "dark"\ncareful = maybe\nmouse = false\n', encoding="utf-8")
    settings, problems = read_settings({})
    assert (settings.theme, settings.mouse, settings.careful) == ("dark", False, None)
    assert [(one.line, one.column) for one in problems] == [(2, 11)]


@pytest.mark.parametrize(
    "data",
    [
        'language = "zh" # 中文\n'.encode("gb18030"),
        b"\xff\xfea\x00",
        b"x = " + b"9" * 5000,
        b"keys." + b"a." * 2000 + b'a = "x"',
    ],
)
def test_a_file_that_cannot_be_read_is_said(folder: Path, data: bytes) -> None:
    (folder / FILE).write_bytes(data)
    settings, problems = read_settings({})
    assert settings == Preferences()
    assert problems
    assert problems[0].line == 1
    with pytest.raises(UserError) as refused:  # in no words of the reader, which are English
        keep_setting("theme", "dark")
    assert refused.value.message["zh"] == "设置文件第1行无法读取（应为 UTF-8 编码的 TOML），未作任何改动。"
    assert (folder / FILE).read_bytes() == data


def test_a_setting_is_written_below_a_last_line_without_an_end(folder: Path) -> None:
    (folder / FILE).write_text("themes.dusk.dark = true", encoding="utf-8")
    keep_setting("theme", "dark")
    settings, problems = read_settings({})
    assert (settings.theme, settings.themes, problems) == ("dark", {"dusk": {"dark": True}}, ())


def test_a_link_to_the_settings_stays_one(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """As of those who keep their settings of all programs in one place."""
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "mine.toml"
    elsewhere.write_text("# mine\n", encoding="utf-8")
    (folder / FILE).symlink_to(elsewhere)
    keep_setting("theme", "dark")
    assert (folder / FILE).is_symlink()
    assert elsewhere.read_text(encoding="utf-8") == '# mine\ntheme = "dark"\n'


def test_a_setting_that_cannot_be_written_is_no_answer_that_stays_on_the_screen(folder: Path) -> None:
    (folder / FILE).mkdir()
    with pytest.raises(NotSaved) as refused:
        keep_setting("theme", "dark")
    assert refused.value.hint
    assert "Nothing was changed" in refused.value.hint["en"]


def test_settings_written_in_the_same_moment_are_all_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / FILE).write_text("# mine\n", encoding="utf-8")
    read = intake.read_regular

    def slowly(path: Path) -> bytes:
        data = read(path)
        time.sleep(0.02)
        return data

    monkeypatch.setattr(intake, "read_regular", slowly)
    stated = {"theme": "dark", "language": "zh", "ascii": True, "mouse": False}
    with ThreadPoolExecutor(len(stated)) as pool:
        list(pool.map(keep_setting, stated, stated.values()))
    words = (folder / FILE).read_text(encoding="utf-8")
    assert all(f"{name} = " in words for name in stated), words
    assert [path.name for path in folder.iterdir()] == [FILE]
