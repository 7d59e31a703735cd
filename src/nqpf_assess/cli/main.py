"""The command line: a list of commands, each imported when it is asked for, and one place where errors end."""

import errno
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from nqpf_assess import __version__
from nqpf_assess.cli.groups import Commands
from nqpf_assess.cli.options import Settings, asked_language, common_options, settings_of
from nqpf_assess.cli.output import tell_problem, tell_user
from nqpf_assess.cli.spoken import Refused, usage_error
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.text import Text, tell, text

ABOUT = text(
    en="Self-assessment of new quality productive forces, tailored to local conditions.\n\n"
    "Without a command the terminal app opens.",
    zh="新质生产力自评工具：因地制宜，按本地条件评分并给出对策。\n\n不带命令时打开终端应用。",
)

FOLDER_GONE = text(
    en="error: the current folder is no longer there; change to another one",
    zh="错误：当前文件夹已不存在，请切换到其他文件夹",
)

SUBCOMMANDS: Mapping[str, Text] = {
    "assess": text(en="Answer an assessment in the terminal.", zh="在终端中作答。"),
    "new": text(en="Write an empty answer file to fill in an editor.", zh="生成空白答卷，供编辑器填写。"),
    "check": text(
        en="List all problems of questionnaires, weights and answers.", zh="检查问卷、权重和答卷的全部问题。"
    ),
    "score": text(en="Score answer files.", zh="为答卷评分。"),
    "explain": text(
        en="Show the arithmetic of one figure, down to the answers.", zh="逐行说明某项得分的算法，直至答案。"
    ),
    "suggest": text(en="Show which local profiles fit, and what each would change.", zh="列出适合的地方方案及其影响。"),
    "plan": text(
        en="Choose the countermeasures that gain the most for an effort.", zh="按可用投入选出增分最多的对策组合。"
    ),
    "report": text(en="Write the gap report as PDF.", zh="生成差距分析报告（PDF）。"),
    "weights": text(
        en="Rubrics, what they change, and where weights come from.", zh="权重方案：内容、影响与权重来源。"
    ),
    "cohort": text(en="Score and compare many respondents in one table.", zh="批量评分并比较众多填报单位。"),
    "compare": text(
        en="Compare two assessments of one subject: what changed, and why.", zh="比较同一对象的两次评估：变化及原因。"
    ),
    "migrate": text(
        en="Take answers over to the present edition of their questionnaire.", zh="将答卷转入问卷的现行版本。"
    ),
    "diff": text(en="Compare two editions of a questionnaire or rubric.", zh="比较问卷或权重方案的两个版本。"),
    "merge": text(en="Merge the answers of several respondents.", zh="合并多位填报人的答卷。"),
    "open": text(en="Check a report against the answers it carries.", zh="用报告所附答卷核对报告。"),
    "init": text(
        en="Make a workspace: editable copies of the content, and the editor's schemas.",
        zh="新建工作区：可编辑的内容副本和编辑器模式。",
    ),
    "export": text(
        en="Export a questionnaire as a printed form or table, answers as data.",
        zh="导出问卷（纸质填报表、表格）或答卷数据。",
    ),
    "schema": text(en="Print the JSON Schema of a file format.", zh="输出文件格式的 JSON Schema。"),
    "serve": text(en="Open the app in a browser on this machine.", zh="在本机浏览器中打开应用。"),
    "where": text(en="Print what is found where.", zh="列出内容的查找位置与结果。"),
}


def _version(context: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001
    if value:
        click.echo(f"nqpf-assess {__version__}")
        context.exit()


def _open_app(context: click.Context) -> None:
    if context.invoked_subcommand is None:
        from nqpf_assess.cli.assess import open_app

        open_app(settings_of(context))


def make_group() -> Commands:
    """Make the command line."""
    from nqpf_assess.cli.spoken import SpokenOption

    version = SpokenOption(
        ["--version"],
        words=text(en="Show the version and exit.", zh="显示版本号。"),
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_version,
    )
    return Commands(
        "nqpf-assess",
        rows=SUBCOMMANDS,
        about=ABOUT,
        callback=click.pass_context(_open_app),
        invoke_without_command=True,
        params=[*common_options(), version],
    )


def run(arguments: Sequence[str]) -> int:
    """Run a command line and give its exit status: 0 fine, 1 files, 2 usage, 3 machine, 130 interrupted."""
    settings = Settings(language=asked_language(arguments))
    return guarded(lambda: _invoked(arguments, settings), settings)


def _invoked(arguments: Sequence[str], settings: Settings) -> Any:
    out = sys.stdout
    try:
        return make_group().main(list(arguments), prog_name="nqpf-assess", obj=settings, standalone_mode=False)
    except SystemExit:
        if sys.stdout is out:
            raise
        raise BrokenPipeError from None  # click met the broken pipe first, and left a stand-in for the stream


def guarded(work: Callable[[], Any], settings: Settings) -> int:
    """Run work; every error ends here as a sentence in the user's language."""
    try:
        outcome = work()
        sys.stdout.flush()
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except Refused as fault:
        return _usage(tell(fault.words, settings.language), fault, settings)
    except click.UsageError as fault:
        return _usage(usage_error(fault, settings.language), fault, settings)
    except (KeyboardInterrupt, click.Abort):
        tell_user(settings.tell(text(en="interrupted; nothing is lost", zh="已中断，未丢失任何内容")))
        return 130
    except UserError as fault:
        tell_problem(fault, settings)
        return fault.status
    except BrokenPipeError:
        return _reader_gone()
    except OSError as fault:
        return _machine(fault, settings)
    except Exception as fault:
        return _crash(fault, settings)
    return outcome if isinstance(outcome, int) else 0


def _reader_gone() -> int:
    """End quietly where whoever read our output has read enough; what is left of it goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is None:
            continue
        try:
            stream.flush()
        except BrokenPipeError:
            os.dup2(nowhere, stream.fileno())
    return 0


def _usage(said: str, fault: click.UsageError, settings: Settings) -> int:
    if fault.ctx is not None and isinstance(fault, getattr(click.exceptions, "NoArgsIsHelpError", ())):
        tell_user(fault.ctx.get_help())
        return 2
    tell_user(settings.tell(text(en="error: {said}", zh="错误：{said}"), said=said))
    if fault.ctx is not None:
        words = text(en="Try “{command} --help”.", zh="请试“{command} --help”。")
        tell_user(settings.tell(words, command=fault.ctx.command_path))
    return 2


def _machine(fault: OSError, settings: Settings) -> int:
    from nqpf_assess.files.machine import refusal

    if fault.errno == errno.ENOENT and fault.filename is None:
        tell_user(settings.tell(FOLDER_GONE))
        return 3
    where = f"{fault.filename}: " if fault.filename else ""
    tell_user(
        settings.tell(
            text(en="error: {where}{why}", zh="错误：{where}{why}"), where=where, why=settings.tell(refusal(fault))
        )
    )
    return 3


def _crash(fault: Exception, settings: Settings) -> int:
    if settings.debug:
        raise fault
    from nqpf_assess.cli.crash import write_log

    words = text(
        en="Something went wrong inside the program; your files are as they were. Details: {path}",
        zh="程序内部出错，您的文件未受影响。详情见：{path}",
    )
    tell_user(settings.tell(words, path=write_log(fault)))
    return 3
