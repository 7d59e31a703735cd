"""Keep the translations of the program: `python tools/catalogues.py update|build|check`.

update  reads the messages out of the source, adds new ones to each `messages.po` (to be filled in), drops old ones
build   compiles each `messages.po` to `messages.mo`, which the program reads
check   fails where a message has no translation, other placeholders, or two translations without a context
"""

import ast
import os
import string
import sys
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parent.parent / "src" / "nqpf_assess"
CATALOGUES = sorted((SOURCE / "locale").glob("*/messages.po"))

Key = tuple[str | tuple[str, str], str | None]


@cache
def calls() -> list[tuple[str, str, ast.Call]]:
    """Return where the source says messages: the file, whether by `_`, `_c` or `_n`, and the call."""
    return [
        (str(path.relative_to(SOURCE)), node.func.id, node)
        for path in sorted(SOURCE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "_c", "_n")
    ]


@cache
def messages() -> dict[Key, str]:
    """Return the messages of the source, key and context, each with the file that says it first."""
    found: dict[Key, str] = {}
    for where, name, call in calls():
        words = [part.value for part in call.args if isinstance(part, ast.Constant)]
        if len(words) != len(call.args) or not all(isinstance(word, str) and word for word in words):
            continue
        match name, words:
            case "_", [str(key)]:
                found.setdefault((key, None), where)
            case "_c", [str(context), str(key)]:
                found.setdefault((key, context), where)
            case "_n", [str(one), str(many)]:
                found.setdefault(((one, many), None), where)
            case _:
                pass
    return found


def read(path: Path) -> Catalog:
    """Read one catalogue."""
    with path.open("rb") as stream:
        return read_po(stream, locale=path.parent.name)


def write(path: Path, catalogue: Catalog) -> None:
    """Write a catalogue in the one order and form that makes changes easy to read."""
    head = (
        "Content-Type: text/plain; charset=utf-8",
        f"Language: {path.parent.name}",
        f"Plural-Forms: {catalogue.plural_forms}",
    )
    with path.open("wb") as stream:
        stream.write(('msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in head) + "\n").encode())
        write_po(stream, catalogue, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)


def update() -> None:
    """Bring every catalogue up to the messages of the source."""
    wanted = messages()
    for path in CATALOGUES:
        catalogue = read(path)
        kept = {(message.id, message.context): message for message in catalogue if message.id}
        fresh = Catalog(locale=path.parent.name, charset="utf-8", fuzzy=False)
        for key, context in wanted:
            before = kept.get((key, context))
            fresh.add(key, before.string if before else "", context=context)
        write(path, fresh)
        lacking = sum(not translated(message) for message in fresh if message.id)
        print(f"{path.parent.name}: {len(wanted)} messages, {lacking} without a translation")


def translated(message: Message) -> bool:
    """Tell whether every form of a message has words."""
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(forms) and all(forms)


def build() -> None:
    """Compile every catalogue; a command that reads one meanwhile gets the old or the new one, whole."""
    for path in CATALOGUES:
        part = path.with_name(f".{path.stem}.{os.getpid()}.part")
        try:
            with part.open("wb") as stream:
                write_mo(stream, read(path))
            part.replace(path.with_suffix(".mo"))
        finally:
            part.unlink(missing_ok=True)


def check() -> int:
    """Print what is wrong with the catalogues; return the number of faults."""
    wanted, faults = messages(), []
    for path in CATALOGUES:
        there = {(message.id, message.context): message for message in read(path) if message.id}
        for key, where in wanted.items():
            message = there.get(key)
            if message is None or not translated(message):
                faults.append(f"{where}: {key[0]!r} has no translation into {path.parent.name}")
                continue
            forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
            keys = message.id if isinstance(message.id, tuple | list) else (message.id,)
            allowed = [placeholders(one) for one in keys]
            faults += [
                f"{where}: {key[0]!r} has other placeholders in {path.parent.name}: {form!r}"
                for form in forms
                if placeholders(form) not in allowed
            ]
        faults += [f"{path}: {key[0]!r} is not said anywhere" for key in there if key not in wanted]
    for fault in faults:
        print(fault)
    return len(faults)


SUBJECT = {"place", "unit", "units", "conditions", "facts_word", "scheme", "tailoring"}
"""Names of the subject that any sentence of the report may use, in one language and not in another."""


def placeholders(words: str) -> set[str]:
    """Return the names of the placeholders of a message, but for those of the subject."""
    try:
        names = {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}
    except ValueError:
        return set()  # words with single braces that are never filled in
    return {name for name in names if name.casefold() not in SUBJECT and name.isidentifier()}


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["update"]:
            update()
            build()
        case ["build"]:
            build()
        case ["check"]:
            sys.exit(min(check(), 1))
        case _:
            sys.exit(__doc__)
