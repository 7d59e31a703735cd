"""The editors with a questionnaire of one language, and of a language that the program does not speak."""

import re
from pathlib import Path

import pytest

from nqpf_assess.files.library import Library
from nqpf_assess.kinds import kind_of
from nqpf_assess.session.rubric_editing import RubricEditing, open_rubric
from nqpf_assess.tui.editing.question import QuestionPage
from nqpf_assess.tui.editing.question_forms import BenchmarkForm, SourcePage, WordsForm
from nqpf_assess.tui.editing.rubric import RubricPage
from nqpf_assess.tui.editing.rubric_forms import AdjustmentForm
from tests.tui.driving import Drive, drive
from tests.tui.rubric_walk import retype, to

SOUND = Path(__file__).parents[1] / "invalid" / "sound"
MADE = {
    "fr": lambda words: re.sub(r'(zh = "[^"]*")', r'\1, fr = "Mot"', words.replace('"zh"]', '"zh", "fr"]')),
    "zh": lambda words: re.sub(r'en = "[^"]*", ', "", words.replace('["en", "zh"]', '["zh"]')),
}


def opened(kind: str) -> RubricEditing:
    """Write the small instrument in other languages into the working folder, and open its profile."""
    for name in ("questionnaires/small.toml", "weights/small/baseline.toml", "weights/small/valley.toml"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(MADE[kind]((SOUND / name).read_text(encoding="utf-8")), encoding="utf-8")
    library = Library()
    book, path = library.questionnaire("small"), library.weights_path("valley", "small")
    assert book is not None
    assert path is not None
    return open_rubric(library.open_weights(path, book), book, Path())


@pytest.mark.parametrize(("kind", "languages"), [("fr", ("en", "zh", "fr")), ("zh", ("zh",))])
def test_every_language_of_the_questionnaire_has_its_field(kind: str, languages: tuple[str, ...]) -> None:
    """A reason, words, whose a benchmark is: one field each, and no other."""
    editing = opened(kind)

    async def steps(drive: Drive) -> None:
        await drive.on(RubricPage)
        await to(drive, "safety")
        await drive.press("enter")
        form = await drive.on(AdjustmentForm)
        assert [id for id, _ in form.fields()] == ["factor", "target", *(f"why-{code}" for code in languages)]
        await retype(drive, "1.7")
        await drive.press(*["tab"] * len(form.fields()), "1", "1")
        await drive.on(RubricPage)
        assert set(editing.value.adjust[0].why) == set(languages)
        await drive.press("home")
        await to(drive, "research")
        await drive.press("space")
        await to(drive, "spending")
        await drive.press("f8")
        page = await drive.on(QuestionPage)
        await drive.press("home", "enter")
        await drive.on(WordsForm)
        await retype(drive, "New?")
        await drive.press(*["tab"] * len(languages), "1")
        await drive.on(QuestionPage)
        asked = page.editing.asked("spending")
        assert asked.text[languages[0]] == "New?"
        assert [mark.language for mark in page.editing.stale(page.editing.slots("spending")[0])] == list(languages[1:])
        while page.list.current != "benchmarks:":
            await drive.press("down")
        await drive.press("enter")
        await drive.on(BenchmarkForm)
        for said in ("3", "2023", *languages):
            await drive.write(said)
            await drive.press("tab")
        await drive.press("2")
        await drive.on(SourcePage)
        await drive.press("enter")
        await drive.on(BenchmarkForm)
        await drive.press("1")
        await drive.on(QuestionPage)
        assert dict(kind_of(asked).benchmarks(page.editing.asked("spending"))[0].words) == {
            code: code for code in languages
        }

    try:
        drive(steps, rubric=editing)
    finally:
        editing.close()
