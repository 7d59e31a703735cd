"""A workspace: editable copies of the content, the editor's schemas, and a page that explains them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from nqpf_assess.files.library import Library
from nqpf_assess.files.machine import refusal
from nqpf_assess.files.places import Root, shipped, toml_files
from nqpf_assess.files.presence import exists, is_dir, is_file
from nqpf_assess.files.schemas import KINDS, schema, with_ids
from nqpf_assess.files.store import write_whole
from nqpf_assess.locale import _, fill
from nqpf_assess.model.problem import UserError
from nqpf_assess.model.questionnaire import Questionnaire

EXISTS = _("{path} exists already")
NOTHING_DONE = _("Nothing was changed. Name a new or empty folder.")
IN_THE_WAY = _("{path} is a file, not a folder")

KIND_OF = {"questionnaires": "questionnaire", "weights": "weights", "samples": "answers", "maps": "map"}
"""Folder of a workspace → file format."""


OWN_PROFILES = {"region": "my_county", "firm": "my_branch"}
"""What a profile of one's own is called in the examples of the page."""


def workspace_files(content: Path, questionnaires: Sequence[str]) -> dict[str, bytes]:
    """Return every file of a new workspace by its path: content, schemas, editor settings, README."""
    found = dict(_copies(content, questionnaires))
    for questionnaire in questionnaires:
        book = Library((Root("content", content),)).questionnaire(questionnaire, stated=True)
        assert book is not None
        for kind in KINDS:
            found[f"schemas/{kind}-{questionnaire}.json"] = workspace_schema(kind, book.value).encode()
        if any(
            f"schemas/map-{questionnaire}.json" in data.decode()
            for place, data in found.items()
            if place[:5] == "maps/"
        ):
            found[f"schemas/map-{questionnaire}.json"] = workspace_schema("map", book.value).encode()
    rules = "".join(TAPLO_RULES.format(questionnaire=questionnaire) for questionnaire in questionnaires)
    found[".taplo.toml"] = (TAPLO + rules).encode()
    found[".vscode/settings.json"] = _json(VSCODE_SETTINGS)
    found[".vscode/extensions.json"] = _json({"recommendations": ["tamasfe.even-better-toml"]})
    sample = sorted(place for place in found if place.startswith("samples/"))[0]
    named = {"questionnaire": questionnaires[0], "profile": OWN_PROFILES[questionnaires[0]], "sample": sample}
    page = README.format(**named).splitlines(keepends=True)
    has_maps = any(place.startswith("maps/") for place in found)
    found["README.md"] = "".join(line for line in page if has_maps or not line.startswith("| `maps/`")).encode()
    return found


def _copies(content: Path, questionnaires: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Copy the content; each file names its schema in its first line, where editors look for it."""
    for questionnaire in questionnaires:
        for folder in ("questionnaires", "weights"):
            for file in toml_files(content / folder / questionnaire):
                yield _copy(content, file, questionnaire)
        for file in (*toml_files(content / "samples"), *toml_files(content / "maps")):
            lines = file.read_text(encoding="utf-8").splitlines()
            named = next((line for line in lines if line.startswith("questionnaire")), "")
            if f'= "{questionnaire}"' in named:
                yield _copy(content, file, questionnaire)


def _copy(content: Path, file: Path, questionnaire: str) -> tuple[str, bytes]:
    place = file.relative_to(content)
    schema = "../" * (len(place.parts) - 1) + f"schemas/{KIND_OF[place.parts[0]]}-{questionnaire}.json"
    return place.as_posix(), schema_line(schema).encode() + file.read_bytes()


def schema_line(path: str) -> str:
    """Write the comment by which editors that know taplo find a file's schema."""
    return f"#:schema {path}\n"


def workspace_schema(kind: str, questionnaire: Questionnaire) -> str:
    """Return a schema that offers the ids of a questionnaire, for files of a workspace.

    A questionnaire's head stands in one file of its folder only, so no other key than `format` is asked for.
    """
    found = with_ids(schema(kind), kind, questionnaire)
    return _json({**found, "required": ["format"]} if kind == "questionnaire" else found).decode()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def write_workspace(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a workspace, whole or not at all; raises `UserError` where something would be overwritten.

    What a run that was killed has left says the same already, and is completed.
    """
    if exists(folder) and not is_dir(folder):
        raise UserError(fill(IN_THE_WAY, path=folder), hint=NOTHING_DONE, status=3)
    missing = dict(files)
    for place, data in files.items():
        path = folder / place
        if exists(path) or path.is_symlink():
            if path.is_symlink() or not is_file(path) or path.read_bytes() != data:
                raise UserError(fill(EXISTS, path=path), hint=NOTHING_DONE, status=3)
            del missing[place]
    if not missing:
        raise UserError(fill(EXISTS, path=folder / next(iter(files))), hint=NOTHING_DONE, status=3)
    kept = exists(folder)
    try:
        for place, data in missing.items():
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            write_whole(folder / place, data, durable=False)
    except BaseException:  # Ctrl+C too
        for place in missing:
            with suppress(OSError):
                (folder / place).unlink(missing_ok=True)
        # The folders that are empty then go too, the deepest first; not the one that was there before.
        inside = {folder / parent for place in files for parent in Path(place).parents}
        for parent in sorted(inside - ({folder} if kept else set()), reverse=True):
            with suppress(OSError):
                parent.rmdir()
        raise


def copy_questionnaire(folder: Path, questionnaire: str) -> None:
    """Copy a shipped questionnaire, without rubrics and samples, into a workspace that may hold others already.

    Raises `UserError`, and then nothing was copied, where that is refused or would overwrite something.
    """
    files = workspace_files(shipped(), [questionnaire])
    kept = {place: data for place, data in files.items() if place.startswith(f"questionnaires/{questionnaire}/")}
    schemas = {place: data for place, data in files.items() if place.startswith("schemas/")}
    schemas = {place: data for place, data in schemas.items() if not exists(folder / place)}
    try:
        write_workspace(folder, kept | schemas)
    except OSError as fault:
        words = fill(_("{path} could not be saved: {why}"), path=folder, why=refusal(fault))
        raise UserError(words, status=3) from fault


TAPLO = """\
# Settings for editors that use taplo (Even Better TOML in VS Code, Helix, Neovim): which schema checks which file.
# 供使用 taplo 的编辑器（VS Code 的 Even Better TOML、Helix、Neovim）读取：各文件对应的模式。
include = ["questionnaires/**/*.toml", "weights/**/*.toml", "samples/**/*.toml", "maps/**/*.toml"]

[formatting]
align_entries = false
align_comments = true
reorder_keys = false
reorder_arrays = false
array_auto_expand = false
array_auto_collapse = false
inline_table_expand = false
compact_inline_tables = false
"""

TAPLO_RULES = """
[[rule]]
include = ["questionnaires/{questionnaire}/*.toml"]
schema = {{ path = "./schemas/questionnaire-{questionnaire}.json", enabled = true }}

[[rule]]
include = ["weights/{questionnaire}/*.toml"]
schema = {{ path = "./schemas/weights-{questionnaire}.json", enabled = true }}
"""

VSCODE_SETTINGS = {
    "evenBetterToml.schema.enabled": True,
    "evenBetterToml.taplo.configFile.enabled": True,
    "evenBetterToml.taplo.configFile.path": ".taplo.toml",
    "evenBetterToml.formatter.reorderKeys": False,
    "files.encoding": "utf8",
    "[toml]": {"editor.formatOnSave": False},
}

README = """\
# Your own edition · 自己的版本

## English

This folder is yours: change what you like, the program's own content stays as it is. Run the commands inside it.

| folder | holds |
|---|---|
| `questionnaires/` | pillars, dimensions, questions, countermeasures, checks, sources |
| `weights/` | rubrics: a baseline and local profiles, each number with its reason |
| `samples/` | filled assessments to try changes on |
| `maps/` | which column of a statistics sheet answers which question, for `import SHEET --map` |
| `schemas/` | what editors complete and check with; they know the ids as they were when they were made |

```sh
nqpf-assess check .                                  # every mistake with its line and what to do; must say 0 errors
nqpf-assess where                                    # what is found where; this folder comes first
nqpf-assess weights list                             # the rubrics, and for whom they are
nqpf-assess weights new {profile} --questionnaire {questionnaire}    # begin a profile of your own
nqpf-assess weights show {profile}                   # what it changes against the baseline
nqpf-assess weights show {profile} --effect samples/*.toml   # what it does to the samples
nqpf-assess weights ahp judgements.csv               # weights from pairwise comparison
nqpf-assess score {sample} --weights {profile}
nqpf-assess diff OLD NEW                             # what changed between two editions, before you hand one out
nqpf-assess schema weights --questionnaire {questionnaire} > schemas/weights-{questionnaire}.json    # after new ids
```
Every number needs a reason (`why.en`, `why.zh`): it is printed in the report. Ids are never renamed or used again.
Raise `version` when you hand out an edition: the last figure for wording, the middle one for additions, the first
where old answers no longer fit.

## 中文

本文件夹归您所有，可任意修改；程序自带的内容不受影响。以下命令在本文件夹内运行。

| 文件夹 | 内容 |
|---|---|
| `questionnaires/` | 支柱、维度、题目、对策措施、一致性检查、来源 |
| `weights/` | 权重方案：通用基准和各地方方案，每个数都附理由 |
| `samples/` | 已填答卷，供试验改动 |
| `maps/` | 统计表各列与题目的对照，供 `import 统计表 --map` 使用 |
| `schemas/` | 编辑器补全和检查所用的模式，含生成时的全部标识 |

```sh
nqpf-assess check .                                  # 逐条列出错误、行号和改法；应为 0 个错误
nqpf-assess where                                    # 各内容在何处找到；本文件夹优先
nqpf-assess weights list                             # 有哪些权重方案，适用于谁
nqpf-assess weights new {profile} --questionnaire {questionnaire}    # 新建自己的方案
nqpf-assess weights show {profile}                   # 相对基准改了什么
nqpf-assess weights show {profile} --effect samples/*.toml   # 对示例的影响
nqpf-assess weights ahp judgements.csv               # 两两比较求权重（层次分析法）
nqpf-assess score {sample} --weights {profile}
nqpf-assess diff 旧版 新版                            # 发布前查看两个版本的差别
nqpf-assess schema weights --questionnaire {questionnaire} > schemas/weights-{questionnaire}.json    # 新增标识后更新
```
每个数都须写明理由（`why.en`、`why.zh`），理由会印入报告。标识不得改名，也不得重复使用。发布新版时提高 `version`：
只改文字提高末位，有增加提高中位，旧答卷不再适用时提高首位。
"""
