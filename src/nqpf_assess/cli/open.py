"""`open REPORT.pdf`: takes the answers and rubric out of a report again, scores them anew and compares."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqpf_assess.cli.options import Settings
from nqpf_assess.cli.output import say, say_json, tell_problems
from nqpf_assess.cli.registry import subcommand
from nqpf_assess.cli.spoken import option
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.text import fill, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nqpf_assess.report.reopening import Verdict

MOST = 12
SAME = text(en="every figure is the same to the last digit", zh="全部数字一致，精确到末位")
DIFFERS = text(en="{n} figures or digests differ:", zh="有 {n} 项数字或校验码不一致：")
ROW = text(en="  {where}: printed {printed}, now {now}", zh="  {where}：报告为 {printed}，现为 {now}")
MORE = text(en="  … and {n} more", zh="  ……另有 {n} 项")
CHANGED = text(
    en="not the file that the report was made from: {names}",
    zh="与生成报告时所用的文件不同：{names}",
)
RECEIPT_CHANGED = text(
    en="the attachments are those it was made from, so its own record of the figures (report.json) was changed",
    zh="附件与生成时一致，因此被改动的是报告自带的数字记录（report.json）",
)
OTHER_VERSION = text(
    en="the attachments are those it was made from; version {made} of the program scored it, this is {here}",
    zh="附件与生成时一致；当时由程序版本 {made} 评分，本机为 {here}",
)
REDRAWN = text(
    en="the report comes out again byte by byte: what it prints is what these files give",
    zh="重新生成的报告与原文件逐字节一致：所印内容即由所附文件得出",
)
SAVED_ANEW = text(
    en="the file was saved anew by another program; its pages, attachments and description are what these files give",
    zh="文件曾由其他程序重新保存，页面、附件和说明均与所附文件得出的一致",
)
NOT_REDRAWN = text(
    en="not what these files give, so changed after the report was made: {parts}",
    zh="与所附文件得出的不一致，系报告生成后改动：{parts}",
)
NOT_TRIED = text(
    en="the pages could not be compared (made by version {made}, with local profiles or fonts that are not here)",
    zh="未能比对页面（由版本 {made} 生成，所用地方方案或字体本机没有）",
)
NO_RECEIPT = text(
    en="its own record of the figures (report.json) is missing or broken, so they cannot be compared",
    zh="报告自带的数字记录（report.json）缺失或损坏，无法比对",
)
KEPT = text(en="written: {path}", zh="已写出：{path}")


@subcommand("open")
@click.argument("report", type=click.Path(path_type=Path))
@option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    words=text(en="Write the files it carries into this folder.", zh="将所附文件写入此文件夹。"),
)
@option("--json", "as_json", is_flag=True, words=text(en="The verdict for machines.", zh="以 JSON 输出结论。"))
def command(settings: Settings, *, report: Path, output: Path | None, as_json: bool) -> int:
    """Open a report made by `report`."""
    from nqpf_assess.files.intake import read_file
    from nqpf_assess.report.reopening import take_out

    data = read_file(report)
    files = take_out(data)
    if output is not None:
        _keep(settings, files, output)
    return _judge(settings, data, files, as_json=as_json)


def _judge(settings: Settings, data: bytes, files: "Mapping[str, bytes]", *, as_json: bool) -> int:
    from nqpf_assess import __version__
    from nqpf_assess.cli.opening import library_of
    from nqpf_assess.model.problem import errors
    from nqpf_assess.report.reopening import open_carried, verdict

    with tempfile.TemporaryDirectory() as folder:
        sheet = open_carried(files, Path(folder) / "report")
    if not sheet.sound or sheet.instrument is None or sheet.answers is None:
        tell_problems(errors(sheet.problems), settings.language)
        return 1
    library = library_of(settings)
    book = library.questionnaire(sheet.instrument.questionnaire.id)
    profiles = [rubric.chain for rubric in library.profiles(book) if not errors(rubric.problems)] if book else []
    found = verdict(data, files, sheet.instrument, sheet.answers, profiles=profiles, program=__version__)
    if as_json:
        say_json(_row(settings, found))
    else:
        _say(settings, found, __version__)
    return int(not found.holds)


def _say(settings: Settings, found: "Verdict", here: str) -> None:
    if not found.receipted:
        say(settings.tell(NO_RECEIPT))
        return
    if not found.differing:
        say(settings.tell(SAME))
    else:
        _say_figures(settings, found, here)
    if found.changed:
        return
    if found.redrawn is None:
        say(settings.tell(NOT_TRIED, made=found.program))
    elif found.redrawn:
        say(settings.tell(REDRAWN))
    elif found.parts:
        parts = (", " if settings.language == "en" else "、").join(settings.tell(part) for part in found.parts)
        say(settings.tell(NOT_REDRAWN, parts=parts))
    else:
        say(settings.tell(SAVED_ANEW))


def _say_figures(settings: Settings, found: "Verdict", here: str) -> None:
    """Say which figures differ, and what was changed that they do."""
    say(settings.tell(DIFFERS, n=len(found.differing)))
    for where, printed, now in found.differing[:MOST]:
        say(settings.tell(ROW, where=where, printed=printed, now=now))
    if len(found.differing) > MOST:
        say(settings.tell(MORE, n=len(found.differing) - MOST))
    if found.changed:
        say(settings.tell(CHANGED, names=", ".join(found.changed)))
    else:
        say(settings.tell(RECEIPT_CHANGED if found.program == here else OTHER_VERSION, made=found.program, here=here))


def _row(settings: Settings, found: "Verdict") -> dict[str, object]:
    return {
        "program": found.program,
        "holds": found.holds,
        "same": found.receipted and not found.differing,
        "redrawn": found.redrawn,
        "changed": list(found.changed),
        "parts": [settings.tell(part) for part in found.parts],
        "differing": [{"where": where, "printed": printed, "now": now} for where, printed, now in found.differing],
    }


def _keep(settings: Settings, files: "Mapping[str, bytes]", folder: Path) -> None:
    """Write what the report carries into a folder; nothing that is there is replaced."""
    from nqpf_assess.files.store import write_whole

    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        path = folder / name
        if path.exists() and not (path.is_file() and path.read_bytes() == data):
            raise UserError(fill(text(en="{path} exists already", zh="{path} 已存在"), path=path), status=3)
        write_whole(path, data)
        say(settings.tell(KEPT, path=path))
