"""Driving the rubric editor: opened on a shipped profile, a sample watched."""

from collections.abc import Awaitable, Callable
from errno import ENOSPC
from pathlib import Path

from nqpf_assess.files.library import Library
from nqpf_assess.files.places import shipped
from nqpf_assess.session.rubric_editing import RubricEditing, open_rubric, samples_for
from nqpf_assess.tui.editing.rubric import RubricPage
from tests.tui.driving import Drive, drive

Steps = Callable[[Drive, RubricEditing], Awaitable[None]]
OWN = Path("weights/region/border_gateway.toml")


def walk(steps: Steps, *, name: str = "border_gateway", size: tuple[int, int] = (80, 24), language: str = "en") -> None:
    library = Library()
    book = library.questionnaire("region")
    path = library.weights_path(name, "region")
    assert book is not None
    assert path is not None
    editing = open_rubric(library.open_weights(path, book), book, Path())
    sample, answers = next(samples_for(library, "region", (shipped() / "samples",)))
    editing.watch(answers, sample)

    async def begun(drive: Drive) -> None:
        await drive.on(RubricPage)
        await steps(drive, editing)

    try:
        drive(begun, size=size, language=language, rubric=editing)
    finally:
        editing.close()


def full_disk(*_given: object, **_named: object) -> None:
    """Stand in for what writes a file, where no room is left."""
    raise OSError(ENOSPC, "No space left on device")


async def to(drive: Drive, node: str) -> None:
    """Put the cursor on a part."""
    await drive.on(RubricPage)
    await drive.row(node)


async def retype(drive: Drive, said: str) -> None:
    await drive.press("ctrl+a", "ctrl+k")
    await drive.paste(said)
    await judged(drive)


async def judged(drive: Drive) -> None:
    """Wait until what was typed was judged, which happens when nobody types any more."""
    await drive.until(lambda: getattr(drive.page, "_lull", None) is None)
    await drive.pilot.pause()
