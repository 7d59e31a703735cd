"""Does a file have the shape of its format? The frozen models decide; their complaints become findings with paths.

So that one run tells every mistake, what is wrong is mended in a copy (a wrong or missing value is replaced by the
plainest the format allows there, an unknown key dropped) and the other rules go on with that; whatever they find at a
mended place is held back.
"""

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from nqpf_assess.files.positions import Path
from nqpf_assess.files.rules.naming import nearest
from nqpf_assess.files.schema_nodes import at, known_keys, plainest
from nqpf_assess.model.frozen import Frozen
from nqpf_assess.model.questionnaire import KINDS

if TYPE_CHECKING:
    from pydantic import ValidationError

Model = TypeVar("Model", bound=Frozen)

ROUNDS = 12

CONDITIONS = ("show_if", "na_when", "when", "fits", "suits", "unsuits")
"""Keys that hold a condition; one with a mistake inside is set aside whole."""


class ShapeFault(NamedTuple):
    """One complaint of the models: its kind as they name it, where, and what they know of it."""

    kind: str
    path: Path
    context: Mapping[str, Any]
    given: object


@dataclass
class Mended:
    """The places that are not as the file says, because what stands there was wrong or could not be read."""

    places: set[Path] = field(default_factory=set)
    _above: set[Path] = field(default_factory=set)

    @classmethod
    def at(cls, places: Iterable[Path]) -> "Mended":
        """Make it of places."""
        found = cls()
        for place in places:
            found.add(place)
        return found

    def add(self, place: Path) -> None:
        """Note a place."""
        self.places.add(place)
        self._above.update(place[:length] for length in range(1, len(place)))

    def covers(self, path: Path) -> bool:
        """Return whether a path is a mended place, lies in one, or is the very value around one."""
        return self._within(path) or (len(path) >= 3 and path in self._above)

    def touches(self, path: Path) -> bool:
        """Return whether anything at, in or around a path was mended."""
        return self._within(path) or path in self._above

    def _within(self, path: Path) -> bool:
        return any(path[:length] in self.places for length in range(1, len(path) + 1))


class Shaped(NamedTuple, Generic[Model]):
    """A value as far as it could be made, with every complaint and the places that were mended."""

    value: Model | None
    misfits: tuple[ShapeFault, ...]
    mended: Mended


def shape(
    model: type[Model], data: Mapping[str, Any], head: Mapping[str, Any], lost: Iterable[Path] = ()
) -> Shaped[Model]:
    """Make the value; `head` gives harmless stand-ins for top-level keys, `lost` are places that could not be read."""
    from pydantic import ValidationError

    mended = Mended.at(lost)
    misfits: list[ShapeFault] = []
    raw: Any = data
    for turn in range(ROUNDS):
        try:
            return Shaped(model.model_validate(raw), tuple(misfits), mended)
        except ValidationError as fault:
            found = _misfits(fault, raw)
        raw = copy.deepcopy(dict(data)) if turn == 0 else raw
        found = [_kind_meant(raw, misfit) for misfit in found]
        # Before the complaints are kept: a key that was only misspelt is not missing as well.
        _note(mended, _meant(model, raw, found))
        misfits += [misfit for misfit in found if not mended.covers(misfit.path)]
        # From the last to the first, so that what is dropped of a list moves no index that is still needed.
        _note(mended, [_mend(model, raw, misfit, head) for misfit in reversed(found)])
    return Shaped(None, tuple(misfits), mended)


def _note(mended: Mended, places: Iterable[Path]) -> None:
    for place in places:
        mended.add(place)


def _misfits(fault: "ValidationError", raw: object) -> list[ShapeFault]:
    """Return the complaints of a model, each once, without what names a variant in their paths."""
    found: dict[tuple[str, Path], ShapeFault] = {}
    for row in fault.errors(include_url=False, include_input=False):
        kind, location, context = row["type"], row["loc"], row.get("ctx", {})
        if _of_other_variant(location, raw):
            continue
        path, here = _path(location, raw, missing=kind == "missing")
        kind = "bad_key" if location and location[-1] == "[key]" and kind != "extra_forbidden" else kind
        kind = "string_type" if kind == "literal_error" and isinstance(here, Mapping | list) else kind
        # A list is called too short when entries of it are at fault.
        if not (kind == "too_short" and isinstance(here, Mapping | list) and len(here) >= context["min_length"]):
            misfit = ShapeFault(kind, path, context, None if kind == "missing" else here)
            found.setdefault((kind, path), misfit)
    return list(found.values())


def _of_other_variant(location: Sequence[str | int], raw: object) -> bool:
    """Return whether a complaint comes of a variant that is not meant.

    A text once per language (`unit`) may be a plain text, and each of the two complains of the other.
    """
    for index, step in enumerate(location):
        if step == "str" or str(step).startswith("function-"):
            _, here = _path(location[:index], raw, missing=False)
            known = isinstance(here, Mapping) and step in here
            return not known and isinstance(here, Mapping) == (step == "str")
    return False


def _path(location: Sequence[str | int], raw: object, *, missing: bool) -> tuple[Path, object]:
    path: Path = ()
    here = raw
    for step in location[:-1] if missing else location:
        inside = at(here, [step])
        if inside is not None:
            here, path = inside, (*path, step)
    return ((*path, location[-1]), here) if missing else (path, here)


def _meant(model: type[Frozen], raw: Any, found: Iterable[ShapeFault]) -> Iterator[Path]:
    """Return the paths of keys that are not there, but were meant by unknown ones beside them."""
    faulty = {misfit.path[:-1] for misfit in found if misfit.kind in ("extra_forbidden", "missing")}
    for path in faulty:
        known, table = known_keys(model, raw, path), at(raw, path)
        for key in table if isinstance(table, dict) and known else ():
            near = nearest(str(key), known) if key not in known else ""
            if near and near not in table:
                yield (*path, near)


def _kind_meant(raw: Any, misfit: ShapeFault) -> ShapeFault:
    """Where an entry has no `kind`, but a key that is nearly called so, it is that key that is at fault."""
    entry = misfit.given
    if misfit.kind != "union_tag_not_found" or not isinstance(entry, Mapping) or "kind" in entry:
        return misfit
    meant = next((key for key in entry if nearest(str(key), ("kind",))), None)
    if meant is None:
        return misfit
    at(raw, misfit.path)["kind"] = entry[meant] if entry[meant] in KINDS else _likely_kind(entry)
    return ShapeFault("extra_forbidden", (*misfit.path, meant), {}, entry[meant])


def _mend(model: type[Frozen], raw: Any, misfit: ShapeFault, head: Mapping[str, Any]) -> Path:
    """Mend one misfit in the raw data; give the place that was changed."""
    path = misfit.path
    steps = range(len(path) - 1)
    inside = (i for i in steps if path[i] in CONDITIONS and (i in (0, 2) or isinstance(path[i - 1], int)))
    condition = next(inside, None)
    if len(path) == 1 and path[0] in head:
        raw[path[0]] = copy.deepcopy(head[str(path[0])])
    elif condition is not None:
        path = path[: condition + 1]
        _drop(raw, path)
    elif misfit.kind in ("extra_forbidden", "bad_key"):
        _drop(raw, path)
    elif misfit.kind == "union_tag_not_found" and isinstance(entry := at(raw, path), dict):
        # A question or fact gets the kind that was meant; where that is a guess, the whole entry counts as mended.
        near = nearest(str(entry.get("kind", "")), KINDS)
        entry["kind"] = near or _likely_kind(entry)
        return (*path, "kind") if near else path
    else:
        value, parent = plainest(model, raw, path), at(raw, path[:-1])
        if isinstance(parent, list) and int(path[-1]) >= len(parent):
            parent.append(value)
        elif isinstance(parent, dict | list):
            parent[path[-1]] = value  # type: ignore[index]
    return path


def _likely_kind(entry: Mapping[str, Any]) -> str:
    keys = (("levels", "level"), ("options", "multi"), ("range", "number"), ("scale", "number"))
    return next((kind for key, kind in keys if key in entry), "text")


def _drop(raw: Any, path: Path) -> None:
    parent = at(raw, path[:-1])
    if isinstance(parent, dict):
        parent.pop(path[-1], None)
