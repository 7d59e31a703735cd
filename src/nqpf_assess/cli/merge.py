"""`merge FILE... -o FILE`: several respondents of one subject into one file, and an agenda of what is disputed."""

from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqpf_assess.cli.editions import open_any_edition, told_problems, width
from nqpf_assess.cli.opening import content_options, library_of
from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import say, say_json, tell_user
from nqpf_assess.cli.registry import subcommand
from nqpf_assess.cli.spoken import Refused, option
from nqpf_assess.model.answers import MERGE_RULES
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.text import fill, text

if TYPE_CHECKING:
    from nqpf_assess.files.editions import Read
    from nqpf_assess.files.library import Library
    from nqpf_assess.model.answers import Answers
    from nqpf_assess.model.merging import Merging

TWO = text(en="name two answer files or more", zh="请至少指定两份答卷")
WANTS_LEAD = text(en="--rule lead wants --lead NAME", zh="--rule lead 需要同时指定 --lead 姓名")
NO_LEAD = text(en="no respondent is called “{name}”; there are: {names}", zh="没有填报人“{name}”；现有：{names}")
SUBJECTS = text(en="the files describe different subjects: {names}", zh="各文件的评估对象不同：{names}")
SUBJECTS_HINT = text(
    en="If it is one subject written in several ways, say how to write it: --name NAME.",
    zh="如属同一对象的不同写法，请用 --name 名称 指定写法。",
)
PERIODS = text(en="the files describe different years: {names}", zh="各文件描述的年份不同：{names}")
PERIODS_HINT = text(
    en="Respondents of one year are merged; two years are compared: nqpf-assess compare OLD NEW.",
    zh="合并只针对同一年份的填报人；不同年份请用 nqpf-assess compare 旧 新 比较。",
)
RUBRICS = text(en="the files are scored by different rubrics: {names}", zh="各文件采用的权重方案不同：{names}")
RUBRICS_HINT = text(
    en="Say which one the merged file takes: --weights ID.", zh="请用 --weights 标识 指定合并后采用哪一个。"
)
QUESTIONNAIRES = text(en="the files answer different questionnaires: {names}", zh="各文件所答问卷不同：{names}")
EDITION = text(
    en="{path} was answered to another edition of “{id}” than the {now} at hand",
    zh="{path} 不是按现有的“{id}”{now} 版作答",
)
EDITION_HINT = text(
    en="Take it over first: nqpf-assess migrate {path} --write",
    zh="请先转入现行版本：nqpf-assess migrate {path} --write",
)
OWN_INPUT = text(en="{path} is one of the files to merge", zh="{path} 是待合并的文件之一")
FOREIGN = text(
    en="{path} exists, and is no merged file as merge wrote it",
    zh="{path} 已存在，且不是 merge 写入后未经改动的合并文件",
)
NOT_OVERWRITTEN = text(
    en="Nothing was overwritten. Choose another name, or use --force.",
    zh="未覆盖任何内容。请换用其他名称，或加 --force。",
)
OTHER_NAME = text(en="Nothing was overwritten; choose another name.", zh="未覆盖任何内容，请换用其他名称。")
WRITTEN = text(
    en="{path} is written: what stands, and who said what where they differ.",
    zh="已写入 {path}：含采用的答案，以及有分歧处各人的意见。",
)


@subcommand("merge")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    words=text(en="The merged file, or a folder for it.", zh="合并后的文件，或存放它的文件夹。"),
)
@option(
    "--rule",
    type=click.Choice(MERGE_RULES),
    default="median",
    words=text(
        en="Whose answer stands where they differ: the middle one (default), what most said, the lead's, or the best "
        "supported one.",
        zh="有分歧时取谁的答案：median 中位（默认）、majority 多数、lead 牵头人、evidence 佐证最充分者。",
    ),
)
@option("--lead", metavar="NAME", words=text(en="The respondent who leads.", zh="牵头填报人。"))
@option("--anonymous", is_flag=True, words=text(en="Leave all names out.", zh="不写任何姓名。"))
@option("--name", metavar="NAME", words=text(en="How to write the subject's name.", zh="评估对象名称的写法。"))
@option("--all", "everything", is_flag=True, words=text(en="List every disputed question.", zh="列出全部分歧。"))
@option("--json", "as_json", is_flag=True, words=text(en="The outcome for machines.", zh="以 JSON 输出结果。"))
@option("--force", is_flag=True, words=text(en="Replace an existing file.", zh="覆盖已有文件。"))
@content_options
def command(settings: Settings, *, files: tuple[Path, ...], output: str, **wished: str | bool | None) -> int:
    """Merge answer files; the outcome does not depend on their order."""
    from nqpf_assess.engine.merging import Wish, merge

    library = library_of(settings)
    paths = tuple({path.resolve(): path for path in files}.values())
    if len(paths) < 2:
        raise Refused(TWO)
    read = _read(settings, library, paths, wished)
    if read is None:
        return 1
    target = _target(output, read, str(wished["name"] or ""))
    refuse_foreign(library, target, paths, force=bool(wished["force"]))
    named = names_of(read)
    lead = lead_of(wished, named, [one.path.stem for one in read])
    wish = Wish(wished["rule"], lead, bool(wished["anonymous"]), wished["name"] or None)  # type: ignore[arg-type]
    merging = merge(read[0].instrument, [(name, one.answers) for name, one in zip(named, read, strict=True)], wish)
    _write(settings, target, merging)
    _tell(settings, merging, read[0], wished)
    return 0


def _target(output: str, read: Sequence["Read"], name: str) -> Path:
    """Give the file to write: as named, or within the folder that is named, under the name of the subject."""
    from nqpf_assess.cli.targets import file_name, target_of
    from nqpf_assess.model.answers import Subject

    asked = target_of(output)
    if asked is None or not asked.folder:
        return Path(output)
    subjects = [one.answers.subject for one in read]
    stated = [
        next((value for value in values if value.strip()), "")
        for values in ([name, *(subject.name for subject in subjects)], [subject.period for subject in subjects])
    ]
    asked.path.mkdir(parents=True, exist_ok=True)
    return asked.path / f"{file_name(Subject(name=stated[0], period=stated[1]), read[0].path.stem)}-merged.toml"


# ---- what is merged


def _read(
    settings: Settings, library: "Library", paths: Sequence[Path], wished: dict[str, str | bool | None]
) -> "list[Read] | None":
    """Open the files; None where one of them has faults, and all of them are told."""
    content = {key: str(wished[key]) if wished[key] else None for key in ("questionnaire", "weights")}
    read = [open_any_edition(library, path, **content) for path in paths]
    if True in [told_problems(settings, one) for one in read]:
        return None
    _same_edition(read)
    _same_subject(read, named=bool(wished["name"]))
    if not wished["weights"]:
        _differ("id", [one.answers.weights.id for one in read])
    return read


def _same_edition(read: Sequence["Read"]) -> None:
    ids = dict.fromkeys(one.answers.questionnaire.id for one in read)
    if len(ids) > 1:
        raise UserError(fill(QUESTIONNAIRES, names=", ".join(ids)))
    from nqpf_assess.engine.digest import identities
    from nqpf_assess.engine.migrating import is_edition

    for one in read:
        edition = identities(one.instrument, one.answers)[0]
        if edition != identities(read[0].instrument, read[0].answers)[0] or not is_edition(
            one.answers.questionnaire, edition
        ):
            values = {"path": one.path, "id": edition.id, "now": edition.version}
            raise UserError(fill(EDITION, **values), hint=fill(EDITION_HINT, path=one.path))


def _same_subject(read: Sequence["Read"], *, named: bool) -> None:
    if not named:
        _differ("name", [one.answers.subject.name for one in read])
    _differ("period", [one.answers.subject.period for one in read])


WORDS = {"name": (SUBJECTS, SUBJECTS_HINT), "period": (PERIODS, PERIODS_HINT), "id": (RUBRICS, RUBRICS_HINT)}


def _differ(key: str, found: Sequence[str]) -> None:
    """Refuse where the files differ in what they must have in common; what is left blank does not count."""
    known = dict.fromkeys(value.strip() for value in found if value.strip())
    if len(known) > 1:
        words, hint = WORDS[key]
        raise UserError(fill(words, names=", ".join(known)), hint=hint)


def names_of(read: Sequence["Read"]) -> list[str]:
    """Name the respondents: as their files say, else by the file; two of one name are told apart by their files."""
    stated = [one.answers.subject.respondent.strip() or one.path.stem for one in read]
    counts = Counter(stated)
    names = [name if counts[name] == 1 else f"{name} [{one.path.stem}]" for name, one in zip(stated, read, strict=True)]
    again = Counter(names)
    return [name if again[name] == 1 else f"{name} [{one.path}]" for name, one in zip(names, read, strict=True)]


def lead_of(wished: dict[str, str | bool | None], names: Sequence[str], stems: Sequence[str]) -> str | None:
    """Give the lead's name: stated in full, by the name of the file, or by a part that only one name has."""
    stated = str(wished["lead"] or "").strip()
    if wished["rule"] == "lead" and not stated:
        raise Refused(WANTS_LEAD)
    if not stated or stated in names:
        return stated or None
    meant = [name for name, stem in zip(names, stems, strict=True) if stated == stem]
    meant = meant or [name for name in names if stated in name]
    if len(meant) != 1:
        near = get_close_matches(stated, names, n=1)
        raise Refused(fill(NO_LEAD, name=stated, names=", ".join(near or names)))
    return meant[0]


# ---- what comes of it


def _tell(settings: Settings, merging: "Merging", first: "Read", wished: dict[str, str | bool | None]) -> None:
    if wished["as_json"]:
        from nqpf_assess.exchange.merging_json import merging_row

        say_json(merging_row(merging, settings.language))
        return
    from nqpf_assess.pages.merging import merging_lines

    questionnaire = first.instrument.questionnaire
    everything = bool(wished["everything"])
    for line in merging_lines(merging, questionnaire, settings.language, width=width(), everything=everything):
        say(line.rstrip())


def refuse_foreign(library: "Library", target: Path, sources: Sequence[Path], *, force: bool) -> None:
    """Refuse to write over a file to merge, or over one that this command did not write, or that was changed since."""
    from nqpf_assess.engine.merging import untouched
    from nqpf_assess.files.places import shown

    if target.exists() and any(target.samefile(source) for source in sources if source.exists()):
        raise UserError(fill(OWN_INPUT, path=shown(target)), hint=OTHER_NAME, status=3)
    if not target.exists() or force:
        return
    held = _held(library, target)
    if held is None or not untouched(held):
        raise UserError(fill(FOREIGN, path=shown(target)), hint=NOT_OVERWRITTEN, status=3)


def _held(library: "Library", target: Path) -> "Answers | None":
    from nqpf_assess.files.linting import load
    from nqpf_assess.model.answers import Answers

    loaded = load(Answers, [library.read(target)]) if target.is_file() else None
    return loaded.value if loaded is not None and not loaded.problems else None


def _write(settings: Settings, target: Path, merging: "Merging") -> None:
    from nqpf_assess.files.places import shown
    from nqpf_assess.files.store import AnswerFile, answers_text, write_whole

    with AnswerFile(target) as held:
        write_whole(held.path, answers_text(merging.answers).encode())
    tell_user(settings.tell(WRITTEN, path=shown(target)))
