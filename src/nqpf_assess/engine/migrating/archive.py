"""The archive of an answer file: what an edition has no place for, each entry under a key of its own."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from nqpf_assess.kinds.figures import read_number
from nqpf_assess.model.answers import Answer, Archived, Override
from nqpf_assess.model.base import ID_LENGTH, stated_keys


class Archive:
    """The entries, with those that a migration adds and takes. `edition`: the version the file was given to."""

    def __init__(self, entries: Mapping[str, Archived], *, edition: str) -> None:
        self.entries = dict(entries)
        self._edition = edition
        self._known = tuple(entries)

    def keep(
        self, id: str, answer: Answer, *, table: str, because: str, revision: int | None = None, **more: Any
    ) -> None:
        """Keep an answer as it was; `revision`: that of its question, where the answer does not say."""
        stated: dict[str, Any] = dict(stated_keys(answer))
        if revision is not None and answer.revision is None:
            stated["revision"] = revision
        key = self._key(id)
        stated |= {"table": table, "because": because, "edition": self._edition, **more}
        stated |= {"of": id} if key != id else {}
        self.entries[key] = Archived(**stated)

    def add(self, id: str, entry: Archived) -> None:
        """Add an entry of another archive, unless it is there already."""
        named = ((known.of or key, known) for key, known in self.entries.items())
        if any(name == id and known.model_copy(update={"of": entry.of}) == entry for name, known in named):
            return
        key = self._key(id)
        self.entries[key] = entry if key == id else entry.model_copy(update={"of": id})

    def keep_override(self, change: Override) -> None:
        """Keep an override whose node is gone."""
        figures = {name: value for name in ("factor", "target") if (value := getattr(change, name)) is not None}
        self.keep(change.node, Answer(reason=change.why), table="override", because="removed", **figures)

    def waiting(self, tables: Collection[str], edition: str) -> Iterator[tuple[str, Archived]]:
        """Return the entries of earlier migrations that may come back to an edition.

        What was removed may; what fitted no more, or stood back for another, where it is the edition it was given to.
        """
        for key in self._known:
            entry = self.entries.get(key)
            if entry is None or entry.table not in tables:
                continue
            given_here = entry.because in ("invalid", "replaced") and entry.edition == edition
            if entry.because == "removed" or given_here:
                yield key, entry

    def converted(self, id: str, edition: str) -> tuple[str, Answer] | None:
        """Return the latest original of an answer that was converted from an edition, with its key."""
        for key in reversed(self._known):
            entry = self.entries.get(key)
            if entry is not None and (entry.of or key, entry.because, entry.edition) == (id, "converted", edition):
                return key, entry.answer
        return None

    def take(self, key: str) -> Archived:
        """Take an entry out."""
        return self.entries.pop(key)

    def override(self, key: str, node: str) -> Override | None:
        """Take an entry out as the override it was; None where it can be none any more, and it stays."""
        from pydantic import ValidationError  # here alone: a session asks what an answer becomes, and does without

        entry = self.entries[key]
        figures = {name: value for name in ("factor", "target") if (value := getattr(entry, name)) is not None}
        numbers: dict[str, Any] = {name: read_number(value) for name, value in figures.items()}
        if None in numbers.values():  # what somebody wrote there is no figure, and would be lost
            return None
        try:
            change = Override(node=node, why=entry.reason or "", **numbers)
        except ValidationError:
            return None
        self.take(key)
        return change

    def _key(self, id: str) -> str:
        """Return a key for an id: itself, else with a number behind it, no longer than an id may be."""
        if id not in self.entries:
            return id
        number = 2
        while (key := f"{id[: ID_LENGTH - len(str(number)) - 1].rstrip('_')}_{number}") in self.entries:
            number += 1
        return key
