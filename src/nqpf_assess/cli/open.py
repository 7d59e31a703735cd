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
DIFFERS = text(en="{n} figures differ:", zh="有 {n} 项数字不一致：")
ROW = text(en="  {where}: printed {printed}, now {now}", zh="  {where}：报告为 {printed}，现为 {now}")
MORE = text(en="  … and {n} more", zh="  ……另有 {n} 项")
CHANGED = text(
    en="an attachment was changed, or another version of the program scored it: {made} then, {here} now",
    zh="附件已被改动，或由不同版本的程序评分：当时 {made}，现在 {here}",
)
REDRAWN = text(
    en="the report comes out again byte by byte: what it prints is what these files give",
    zh="重新生成的报告与原文件逐字节一致：所印内容即由所附文件得出",
)
NOT_REDRAWN = text(
    en="but the report drawn again is not the same file: its pages were changed after it was made",
    zh="但重新生成的报告与原文件不一致：报告页面在生成后被改动过",
)
NOT_TRIED = text(
    en="the pages could not be compared (made by version {made}; local profiles here may differ)",
    zh="未能比对页面（由版本 {made} 生成，本机的地方方案可能不同）",
)
NO_RECEIPT = text(en="the report carries no figures of its own to compare with", zh="报告未附评分数据，无法比对")
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
    from nqpf_assess.files.library import refused
    from nqpf_assess.report.reopening import take_out

    try:
        data = report.read_bytes()
    except OSError as fault:
        raise refused(report, fault) from fault
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
        say_json(_row(found))
    else:
        _say(settings, found, __version__)
    return int(bool(found.differing) or found.redrawn is False)


def _say(settings: Settings, found: "Verdict", here: str) -> None:
    if not found.receipted:
        say(settings.tell(NO_RECEIPT))
        return
    if not found.differing:
        say(settings.tell(SAME))
        drawn = {True: REDRAWN, False: NOT_REDRAWN, None: NOT_TRIED}[found.redrawn]
        say(settings.tell(drawn, made=found.program))
        return
    say(settings.tell(DIFFERS, n=len(found.differing)))
    for where, printed, now in found.differing[:MOST]:
        say(settings.tell(ROW, where=where, printed=printed, now=now))
    if len(found.differing) > MOST:
        say(settings.tell(MORE, n=len(found.differing) - MOST))
    say(settings.tell(CHANGED, made=found.program, here=here))


def _row(found: "Verdict") -> dict[str, object]:
    return {
        "program": found.program,
        "same": found.receipted and not found.differing,
        "redrawn": found.redrawn,
        "differing": [{"where": where, "printed": printed, "now": now} for where, printed, now in found.differing],
    }


def _keep(settings: Settings, files: "Mapping[str, bytes]", folder: Path) -> None:
    """Write what the report carries into a folder; nothing that is there is replaced."""
    from nqpf_assess.files.store import write_whole

    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        path = folder / Path(name).name
        if path.exists() and path.read_bytes() != data:
            raise UserError(fill(text(en="{path} exists already", zh="{path} 已存在"), path=path), status=3)
        write_whole(path, data)
        say(settings.tell(KEPT, path=path))
