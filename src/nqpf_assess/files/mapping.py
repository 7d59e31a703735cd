"""Maps of statistics sheets: read, and checked against the questionnaire they name."""

from pathlib import Path

from nqpf_assess.files.finding import Finding
from nqpf_assess.files.library import Library
from nqpf_assess.files.linting import Loaded, load, not_found, run
from nqpf_assess.files.presence import is_file
from nqpf_assess.files.rules.naming import alternatives
from nqpf_assess.files.rules.sheets import MAP_RULES, MapSubject
from nqpf_assess.locale import _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.mapping import StatisticsMap
from nqpf_assess.model.problem import Problem, UserError, errors

MAPS = "maps"
NO_MAP = _("there is no map “{name}”")
LOOKED = _("A map is a file; those that come with the program lie in maps/: {known}")
NOT_SOUND = _("{path} cannot be used until this is corrected")


def read_map(library: Library, path: Path) -> tuple[Loaded[StatisticsMap], tuple[Problem, ...]]:
    """Read a map and return every problem of it."""
    loaded = load(StatisticsMap, [library.read(path)])
    value = loaded.value
    if value is None or loaded.mended.touches(("questionnaire",)):
        return loaded, loaded.problems
    book = library.questionnaire(value.questionnaire, stated=True)
    questionnaire = book.value if book is not None and book.subject is not None else None
    found = run(MAP_RULES, MapSubject(value, questionnaire), loaded.collection, loaded.mended)
    if book is None:
        values = {
            "name": value.questionnaire,
            "places": library.places(),
            **alternatives(value.questionnaire, library.known("questionnaires")),
        }
        found += not_found([("questionnaire_missing", Finding(("questionnaire",), values))], loaded.collection)
    return loaded, (*loaded.problems, *found)


def maps_at_hand(library: Library) -> dict[str, Path]:
    """Return the maps in `maps/` of the workspace and of the program by their names; the first of a name counts."""
    known: dict[str, Path] = {}
    for root in library.roots:
        for path in sorted((root.path / MAPS).glob("*.toml")):
            known.setdefault(path.stem, path)
    return known


def sound_map(library: Library, name: Path) -> StatisticsMap:
    """Return a map by its path, or one of `maps/` by its name; raises `UserError` with all of its problems."""
    path = name
    if not is_file(name):
        known = maps_at_hand(library)
        if str(name) not in known:
            raise UserError(fill(NO_MAP, name=name), hint=fill(LOOKED, known=listed(known)), status=2)
        path = known[str(name)]
    loaded, problems = read_map(library, path)
    if errors(problems) or loaded.value is None:
        raise UserError(fill(NOT_SOUND, path=path), problems=errors(problems))
    return loaded.value
