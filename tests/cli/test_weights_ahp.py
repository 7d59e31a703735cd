"""`weights ahp`: from a table or TOML to weights, and to a profile that can be reopened."""

import json
import re
from pathlib import Path

import pytest

from nqpf_assess.cli.main import run
from nqpf_assess.cli.weights_ahp import _base
from nqpf_assess.engine.rubric import along_paths
from nqpf_assess.files.drafting import shares_before
from nqpf_assess.files.judging import ReadJudgements
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import roots

GOOD = ",innovation,industries,digital\ninnovation,1,2,4\nindustries,1/2,1,2\ndigital,1/4,1/2,1\n"
ODD = ",innovation,industries,digital\ninnovation,1,3,1/5\nindustries,,1,3\ndigital,,,1\n"


@pytest.fixture(autouse=True)
def in_an_empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NQPF_ASSESS_DATA", str(tmp_path / "data"))


def write(name: str, words: str | bytes) -> str:
    Path(name).write_bytes(words if isinstance(words, bytes) else words.encode())
    return name


def ahp(*arguments: str, status: int = 0) -> None:
    assert run(["--lang", "en", "weights", "ahp", *arguments]) == status


def group(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    ahp(*arguments, "--json")
    found: dict[str, object] = json.loads(capsys.readouterr().out)["groups"][0]
    return found


def test_a_consistent_table(capsys: pytest.CaptureFixture[str]) -> None:
    found = group(capsys, write("li.csv", GOOD))
    assert found["weights"] == pytest.approx({"innovation": 4 / 7, "industries": 2 / 7, "digital": 1 / 7})
    assert found["cr"] == pytest.approx(0)
    assert found["worst"] == []
    assert found["consistent"] is True


@pytest.mark.parametrize(
    "data",
    [
        GOOD.replace(",", ";").encode(),
        GOOD.replace(",", "\t").encode(),
        b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("innovation", "创新").encode("gbk"),
        (GOOD + ",,,,\n,,,,\n").encode(),
        b"1,2,4\n1/2,1,2\n1/4,1/2,1\n",
        b"a,innovation,industries,digital\ndigital,1/4,1/2,1\nindustries,1/2,1,2\ninnovation,1,2,4\n",
    ],
)
def test_tables_as_spreadsheets_write_them(capsys: pytest.CaptureFixture[str], data: bytes) -> None:
    """Semicolons, tabs, a mark at the beginning, GBK, empty cells at the end, no names, rows in another order."""
    weights = group(capsys, write("li.csv", data))["weights"]
    assert isinstance(weights, dict)
    assert list(weights.values()) == pytest.approx([4 / 7, 2 / 7, 1 / 7])


def test_toml_gives_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    words = 'members = ["a", "b", "c"]\nmatrix = [[1, 2, 4], ["1/2", 1, 2], [0.25, 0.5, 1]]\n'
    assert list(group(capsys, write("x.toml", words))["weights"].values()) == pytest.approx([4 / 7, 2 / 7, 1 / 7])  # type: ignore[attr-defined]


def test_contradictions_are_told_with_what_would_agree(capsys: pytest.CaptureFixture[str]) -> None:
    ahp(write("li.csv", ODD))
    said = capsys.readouterr().out
    assert "CR 1.585" in said
    assert "“innovation” to “digital” is 1/5; consistent with the rest would be 0.71 (1), CR then 0.483" in said
    assert said.count("consistent with the rest") == 3


def test_each_expert_is_told_with_his_own_ratio(capsys: pytest.CaptureFixture[str]) -> None:
    found = group(capsys, write("li.csv", GOOD), write("wang.csv", ODD))
    experts = found["experts"]
    assert isinstance(experts, list)
    assert [(row["by"], round(row["cr"], 3)) for row in experts] == [("li", 0.0), ("wang", 1.585)]
    assert found["weights"] != experts[0]["weights"]


def test_a_profile_keeps_the_judgements_and_has_the_weights(capsys: pytest.CaptureFixture[str]) -> None:
    """The draft is sound, can be reopened with the same result, and weighs its pillars as judged."""
    inside = "innovation,rd_input,core_technology\nrd_input,1,3\ncore_technology,,1\n"
    table = write("li.csv", GOOD + "\n" + inside)
    ahp(table, "--questionnaire", "region", "-o", "mine.toml", "--json")
    first = json.loads(capsys.readouterr().out)
    assert run(["check", "--strict", "mine.toml"]) == 0
    ahp("mine.toml", "--json")
    again = json.loads(capsys.readouterr().out)
    assert [g["weights"] for g in again["groups"]] == [g["weights"] for g in first["groups"]]
    assert [g["of"] for g in again["groups"]] == [None, "innovation"]
    assert [g["experts"][0]["by"] for g in again["groups"]] == ["li", "li"]
    for file, is_profile in (("mine.toml", True), (table, False)):
        ahp(file)
        assert ("To change judgements moves none in a profile" in capsys.readouterr().err) == is_profile
    ahp(write("two.csv", inside + "\n" + inside), "--questionnaire", "region", "--json")  # two experts in one table
    ((*_, two),) = (json.loads(capsys.readouterr().out)["groups"],)
    assert [expert["by"] for expert in two["experts"]] == ["two", "two (2)"]
    write(
        "place.toml",
        'format = "nqpf-answers/1"\nquestionnaire = { id = "region", version = "2027.1.0" }\n'
        'weights = { id = "mine", version = "2027.1.0" }\n',
    )
    assert run(["score", "--json", "--weights", "mine.toml", "place.toml"]) == 0
    nodes = {row["id"]: row for row in json.loads(capsys.readouterr().out)["nodes"]}
    assert nodes["innovation"]["weight"] / nodes["digital"]["weight"] == pytest.approx(4, abs=1e-6)
    assert nodes["green"]["weight"] == pytest.approx(nodes["green"]["baseline_weight"], abs=1e-6)
    assert nodes["rd_input"]["weight"] / nodes["core_technology"]["weight"] == pytest.approx(3, abs=1e-6)


def test_weights_that_no_longer_are_what_was_judged_are_not_called_so(capsys: pytest.CaptureFixture[str]) -> None:
    """As where the baseline was changed since: the profile is read as weighing what the experts said."""
    ahp(write("li.csv", GOOD), write("wang.csv", ODD), "--questionnaire", "region", "-o", "mine.toml")
    assert "0 notices" in checked(capsys)
    drafted = Path("mine.toml").read_text("utf-8")
    assert drafted.count("factor = ") == 3
    write("mine.toml", re.sub("factor = .*", "factor = 1", drafted, count=1))
    assert "notice judgement_unfollowed" in checked(capsys)
    for command in (["weights", "ahp", "mine.toml"], ["weights", "show", "mine.toml"]):
        assert run(["--lang", "en", *command]) == 0
        out, err = capsys.readouterr()
        assert "has 39.7 % of what was compared, by the judgements 42.3 %" in out + err
        assert "These are the weights" not in err


def checked(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert run(["--lang", "en", "check", "mine.toml"]) == 0
    return "".join(capsys.readouterr())


def test_judgements_kept_in_a_profile_rest_on_what_it_is_based_on(capsys: pytest.CaptureFixture[str]) -> None:
    """Read again they give the same shares of the whole, and a draft on the same base unless another is stated."""
    inside = "innovation,rd_input,core_technology\nrd_input,1,3\ncore_technology,,1\n"
    table = write("li.csv", inside + "\n" + "security,openness,safe_development\nopenness,1,2\nsafe_development,,1\n")
    shares = []
    for file, *more in (
        (table, "--questionnaire", "region", "--weights", "border_gateway", "-o", "mine.toml"),
        ("mine.toml",),
        ("mine.toml", "-o", "again.toml"),
        ("mine.toml", "--weights", "baseline", "-o", "plain.toml"),
    ):
        ahp(file, *more, "--json")
        shares.append(json.loads(capsys.readouterr().out)["shares"])
    assert shares[0] == shares[1] == shares[2] != shares[3]
    for file, base in (("again", "border_gateway"), ("plain", "baseline")):
        assert f'based_on = "{base}"' in Path(f"{file}.toml").read_text("utf-8")
    Path("mine.toml").write_text(Path("mine.toml").read_text("utf-8").replace("border_gateway", "gone"), "utf-8")
    ahp("mine.toml")  # to be read they need no base at hand
    ahp("mine.toml", "-o", "other.toml", status=1)


def test_shares_of_the_whole_are_those_of_the_profile_that_is_drafted(capsys: pytest.CaptureFixture[str]) -> None:
    """Also where a part of a group was compared; what was not has its own share of it still."""
    inside = "innovation,rd_input,core_technology\nrd_input,1,3\ncore_technology,,1\n"
    table = write("li.csv", GOOD + "\n" + inside)
    ahp(table, "--questionnaire", "region", "-o", "mine.toml", "--json")
    shares = json.loads(capsys.readouterr().out)["shares"]
    instrument = Library(roots(())).instrument("region", "mine.toml")[0]
    assert instrument is not None
    drafted = along_paths(instrument, shares_before(instrument))
    assert [*shares] == ["innovation", "industries", "digital", "rd_input", "core_technology"]
    assert shares == pytest.approx({member: drafted[member] for member in shares}, abs=1e-8)
    ahp(table, "--questionnaire", "region")
    assert "on “Baseline: any place”, nothing else" in capsys.readouterr().out


def test_the_base_of_judgements_lies_beside_the_profile_that_keeps_them_or_is_that_file() -> None:
    """As where a reader's own baseline keeps them, or a profile is based on a copy in the same folder."""
    own = Path(write("own.toml", 'format = "nqpf-weights/1"\nid = "own"\n')).absolute()
    for file, based_on in ((own.with_name("mine.toml"), "own"), (own, "")):
        assert _base(Library(roots(())), ReadJudgements((), rubric=(file, based_on)), "region") == str(own)


def test_a_base_that_moves_what_was_judged_by_conditions_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """The experts' shares hold only where none of its conditions does: elsewhere it weighs openness more or less."""
    table = write("li.csv", ",openness,safe_development\nopenness,1,2\nsafe_development,,1\n")
    said = "“Openness and fair markets” where a condition of its own holds"
    for base, told in (("ecological", True), ("baseline", False)):
        ahp(table, "--questionnaire", "region", "--weights", base, "-o", f"on_{base}.toml")
        assert (said in capsys.readouterr().err) is told


def test_an_expert_whose_table_has_a_name_in_no_encoding() -> None:
    """As an archive from another system holds it: the draft names it readably."""
    ahp(write("\udcb0.csv", GOOD), "--questionnaire", "region", "-o", "own.toml")
    assert r"\udcb0" in Path("own.toml").read_text("utf-8")


def test_titles_do_as_well_as_ids(capsys: pytest.CaptureFixture[str]) -> None:
    """In a table made by people who read titles; which group it is, is found out."""
    ids = group(capsys, write("a.csv", GOOD), "--questionnaire", "region")
    titles = GOOD.replace("innovation", "科技创新").replace("digital", "数字经济与实体经济融合")
    assert group(capsys, write("a.csv", titles), "--questionnaire", "region") == ids
    inside = write("b.csv", ",urban_rural,livelihood\nurban_rural,1,4\nlivelihood,,1\n")
    assert group(capsys, inside, "--questionnaire", "region")["of"] == "balance"


def test_what_experts_note_beside_the_table_is_no_judgement(capsys: pytest.CaptureFixture[str]) -> None:
    """Remarks, and weights worked out by hand behind a blank column, are no figures too many."""
    alone = group(capsys, write("a.csv", GOOD), "--questionnaire", "region")
    for noted in (GOOD.replace("1,2,4", "1,2,4,sure of it"), GOOD.replace("1,2,4", "1,2,4,,0.57")):
        assert group(capsys, write("a.csv", noted), "--questionnaire", "region") == alone


def test_nothing_is_overwritten(capsys: pytest.CaptureFixture[str]) -> None:
    write("mine.toml", "# mine\n")
    ahp(write("li.csv", GOOD), "--questionnaire", "region", "-o", "mine.toml", status=3)
    assert Path("mine.toml").read_text(encoding="utf-8") == "# mine\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (GOOD.replace("1/2,1,2", "3,1,2"), "li.csv:2:3: error judgement_reciprocal"),
        (GOOD.replace("1,2,4", "1,2,12"), "li.csv:2:4: error judgement_value"),
        (GOOD.replace("1,2,4", "1,1,5,4"), "the matrix wants 3 × 3 figures; counted here: 4"),
        (GOOD.replace("1,2,4", "1,2,3-Jan"), "li.csv:2:4: error judgement_value"),
        (ODD.replace("1,3,1/5", "1,,1/5"), "li.csv:2:3: error judgement_lacking"),
        (GOOD.replace("digital,1/4,1/2,1\n", ""), "name different members: “digital”"),
        (GOOD.replace("\ndigital,", "\ndigtal,"), "name different members: “digtal”"),
        (GOOD.replace("industries", "digital"), "“digital” stands twice"),
        ("", "holds no matrix"),
        ("\n\n", "holds no matrix"),
    ],
)
def test_faults_are_told_where_they_are(capsys: pytest.CaptureFixture[str], words: str, said: str) -> None:
    ahp(write("li.csv", words), status=1)
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("a.toml", "matrix = [[1, 2], [2, 1]]\nmembers = ['a', 'b']\n", "a.toml:1:15: error judgement_reciprocal"),
        ("a.toml", "x = [\n", "a.toml:2"),
        ("a.toml", 'format = "nqpf-weights/1"\n', "holds no matrix"),
        (
            "a.toml",
            "[[judgements]]\nof='a'\nmembers=['b']\nmatrix=[[1]]\n[[judgements]]\nof='b'\nmembers=['a']\nmatrix=[[1]]\n",
            "a part of itself",
        ),
        ("gone.csv", None, "cannot be read"),
    ],
)
def test_toml_and_missing_files(capsys: pytest.CaptureFixture[str], name: str, words: str | None, said: str) -> None:
    if words is not None:
        write(name, words)
    ahp(name, status=1)
    assert said in capsys.readouterr().err


def test_what_does_not_belong_to_the_questionnaire(capsys: pytest.CaptureFixture[str]) -> None:
    ahp(write("li.csv", GOOD.replace("digital", "digitl")), "--questionnaire", "region", status=1)
    assert "“digitl” is not a part of “the pillars”" in capsys.readouterr().err
    ahp(write("li.csv", "inovation" + GOOD), "--questionnaire", "region", status=1)
    said = capsys.readouterr().err
    assert "“inovation” is no pillar or dimension" in said
    assert "in a CSV table the first cell blank" in said  # there is no “of” to leave out
    ahp(write("li.xlsx", b"PK\x03\x04\x14\0\x06\0\xff"), status=1)
    assert "li.xlsx holds no matrix of judgements" in capsys.readouterr().err


def test_experts_must_compare_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    ahp(write("li.csv", GOOD), write("wang.csv", GOOD.replace("digital", "green")), status=1)
    assert "li.csv and wang.csv compare different members" in capsys.readouterr().err


def test_a_draft_needs_a_questionnaire(capsys: pytest.CaptureFixture[str]) -> None:
    ahp(write("li.csv", GOOD), "-o", "mine.toml", status=2)
    assert not Path("mine.toml").exists()
    assert "--questionnaire region" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "said"), [("My Place", "“My Place” is no id"), ("baseline", "would rest on each other")]
)
def test_a_draft_needs_an_id_of_its_own_for_a_name(capsys: pytest.CaptureFixture[str], name: str, said: str) -> None:
    ahp(write("li.csv", GOOD), "--questionnaire", "region", "-o", f"{name}.toml", status=2)
    assert said in capsys.readouterr().err
    assert not Path(f"{name}.toml").exists()


def test_a_folder_that_bears_the_name_of_the_questionnaire_is_not_taken_for_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Judgements name theirs by its id: tables of experts may be kept in a folder called `region`."""
    Path("region").mkdir()
    members = 'members = ["innovation", "green"]\nmatrix = [[1, 3], ["1/3", 1]]\n'
    ahp(write("li.toml", f'questionnaire = "region"\n{members}'), "--json")
    assert set(json.loads(capsys.readouterr().out)["shares"]) >= {"innovation", "green"}
