"""What a face of the session is started with; known before the models load, so that the first frame comes at once."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from nqpf_assess.session.rubric_editing import RubricEditing


class Options(NamedTuple):
    """What was asked for on the command line. `language`: "" = as remembered, else as the locale says.

    `read_only`: files are opened to look at, and nothing is written. `rubric`: a rubric open for editing; then its
    editor is the first page. `peers`: a benchmark of many like `file`, or where that is None like any that is opened,
    as the floor above reads it.
    """

    file: Path | None = None
    language: str = ""
    locale: str = "en"
    kind: str = ""
    mode: Literal["full", "quick"] = "full"
    questionnaire: str | None = None
    weights: str | None = None
    content: tuple[Path, ...] = ()
    colour: bool = True
    plain_glyphs: bool = False
    mouse: bool = True
    read_only: bool = False
    rubric: "RubricEditing | None" = None
    peers: Any = None
