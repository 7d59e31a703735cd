"""What the sentences of reports claim, held against the figures: each sentence is known by its template and fields.

`python -m tools.fuzz.claims [--seed N] [--count N]` runs trials here and lists which templates were told, how often,
and which of them no rule checks. As a kind of the fuzzer, `claims`, only what is wrong is found.
"""

import argparse
import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import nqpf_assess.report
from nqpf_assess.engine.scorecard import scorecard_of
from nqpf_assess.engine.scoring import assess
from nqpf_assess.exchange.score_json import score_row
from nqpf_assess.locale import Message
from nqpf_assess.report.blocks import Block, Bullets, Heading, Paragraph, Run, words_of
from nqpf_assess.report.outline import outline_of
from tools.fuzz import (
    change_rules,
    claim_rules,
    explained_rules,
    merged_rules,
    page_rules,
    plan_rules,
    sureness_rules,
    text_rules,
    weight_rules,
)
from tools.fuzz.claim_rules import EVERYWHERE
from tools.fuzz.facts import Facts
from tools.fuzz.states import State, draw
from tools.fuzz.trial import Trial, fault_of

MODULES = (
    claim_rules,
    plan_rules,
    weight_rules,
    change_rules,
    sureness_rules,
    text_rules,
    merged_rules,
    explained_rules,
)
RULES = {key: rule for module in MODULES for key, rule in module.RULES.items()}

BESIDE = (
    "comparison_text",
    "comparison_tables",
    "plan_reason",
    "peer_words",
    "follow_up_text",
    "ledger_words",
    "wording",
)
"""Modules beside the outline whose sentences it tells."""


# ── What was told ──


@dataclass(frozen=True)
class Told:
    """A sentence or a part of one: its template, what it was filled with, how it came out."""

    key: str
    fields: Mapping[str, str]
    words: str


@contextmanager
def recorded(language: str) -> Iterator[list[Told]]:
    """Note every message of the program that is put into words in a language."""
    told: list[Told] = []
    words_of = Message.words

    def words(message: Message, spoken: str, /, **values: object) -> str:
        said = words_of(message, spoken, **values)
        if spoken == language and message.key:
            known = {**message.values_, **values}
            fields = {n: v[language] if isinstance(v, Mapping) else v for n, v in known.items()}
            told.append(Told(message.key, fields, said))  # type: ignore[arg-type]
        return said

    with patch.object(Message, "words", words):
        yield told


# ── Every text ──

UNFINISHED = re.compile(r"\bNone\b(?! of)|\bnan\b|\{(?!nothing\})\w*\}|Text\(|−0\.0(?!\d)|<bound|object at|\x00")
MARKS = re.compile(
    r"(?<!\.)\.\.(?!\.)|。[。.，；]|[.!?]\s+[.。]|[，、；：]{2}|\s[.,;:。，；](?:\s|$)|\(\s*\)|（\s*）|“\s*”|^\s*[.,;:。，；]"
)
COUNTED = ["point", "question", "pillar", "dimension", "measure", "answer", "fact", "task", "row", "request", "day"]
ONE, MANY = "|".join(COUNTED), "|".join(f"{noun}s" for noun in COUNTED)
PLURAL = re.compile(
    rf"(?<![\d.,−–/])(?<!of )(?<!all )(?:1|[Oo]ne) (?:{MANY})\b"
    rf"|(?<![\d.,])(?!1 |1\.0 )\d[\d.,]* (?:{ONE})\b(?! of)"
)
KNOWN = ("nqpf", "assess", "open", "sha", "region", "firm", "max", "Excel", "Kobo", "other")
"""Latin words that Chinese text may hold: commands, names, ids."""

LATIN, HAN = re.compile(r"(?<![0-9a-f])[A-Za-z][a-z]{2,}(?![0-9a-f])"), re.compile("[\u4e00-\u9fff]+")


def lines(value: Any) -> Iterator[str]:
    """Yield every text of blocks as it is read: the runs of one inline text together, links and anchors left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple) and value and all(isinstance(part, Run) for part in value):
        yield words_of(value)
    elif isinstance(value, tuple):
        for part in value:
            yield from lines(part)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            if name not in ("anchor", "link", "language", "style", "tone", "align"):
                yield from lines(getattr(value, name))


def untidy(blocks: tuple[Block, ...], language: str, own: str) -> Iterator[tuple[str, str]]:
    """Yield what no sentence may hold, whatever the figures. `own`: all words of the content and the answers."""
    known = {*LATIN.findall(own)} | {*KNOWN}
    for text in dict.fromkeys(lines(blocks)):
        for name, pattern in (("unfinished", UNFINISHED), ("marks", MARKS), ("plural", PLURAL)):
            if (found := pattern.search(text)) and found[0] not in own and text not in own:
                yield f"{name} {found[0]!r}", text
        if language == "zh" and (stray := [word for word in LATIN.findall(text) if word not in known]):
            yield f"English {stray[0]}", text
        if language == "en" and (strange := [word for word in HAN.findall(text) if word not in own]):
            yield f"Chinese {strange[0]}", text


GOOD, BAD = re.compile(r"^(en|zh)-(brief-)?(good|done)"), re.compile(r"^(en|zh)-(brief-)?(gaps|missing|lacking)")
ENDS = re.compile(r"(?<=。)|(?<=\.)\s+")


def contradictions(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield sentences about answers that are praised behind a strength and blamed behind a gap in the same words."""
    said: dict[str, set[str]] = {"good": set(), "bad": set()}
    kind = ""
    for block in blocks:
        if isinstance(block, Heading):
            kind = "good" if GOOD.match(block.anchor) else "bad" if BAD.match(block.anchor) else ""
        items = block.items if isinstance(block, Bullets) else [block.runs] if isinstance(block, Paragraph) else []
        for runs in items if kind else ():
            if len(runs) > 1 and runs[0].bold:  # what opens the paragraph names the part, what follows the answers
                said[kind].update(
                    part for part in ENDS.split(words_of(runs[1:])) if len(re.findall("[a-z\u4e00-\u9fff]", part)) > 5
                )
    yield from said["good"] & said["bad"]


# ── Trials ──

LANGUAGES = ("en", "zh")


def look(state: State, trial: Trial) -> Counter[str]:
    """Hold each sentence of the full report, in both languages, to the figures; return how often each was told."""
    counts = Counter[str]()
    assessed = assess(state.instrument, state.answers)
    card = scorecard_of(assessed)
    for language in LANGUAGES:
        facts = Facts(state, language, assessed, score_row(card, language))
        with recorded(language) as told:
            made = outline_of(
                state.instrument,
                state.answers,
                languages=(language,),
                date=state.date,
                profiles=state.profiles,
                peers=state.peers,
                earlier=state.earlier,
                edition="full",
                card=card,
            )
        blocks = tuple(block for part in made.parts for block in part.blocks)
        for sign, text in untidy(blocks, language, state.words):
            trial.find(f"text {language} {sign}", text)
        facts.blocks = blocks
        both = facts.behind(facts.dimensions) and any(map(facts.reached, facts.dimensions))
        for text in contradictions(blocks) if both else ():
            trial.find(f"praised and blamed {language}", text)
        seen = hold(facts, told, blocks, trial, counts)
        for sign, words in page_rules.between(facts, seen):
            trial.find(f"between {language} {sign}", words)
        for sign, words in merged_rules.between(facts, {one.key for one in seen}):
            trial.find(f"merged {language} {sign}", words)
        with recorded(language) as told:
            for page in text_rules.pages(facts, card, Random(state.told)):
                hold(facts, [*told], tuple(page), trial, counts)
                told.clear()
            if state.merged is not None:
                lines_of_merge = merged_rules.merged_lines(facts)
                hold(facts, [*told], lines_of_merge, trial, counts)
                told.clear()
            for page in explained_rules.explained(facts, Random(state.told)):
                facts.explained = page.id
                hold(facts, [*told], page.lines, trial, counts)
                told.clear()
    return counts


def hold(facts: Facts, told: list[Told], blocks: tuple[Block, ...], trial: Trial, counts: Counter[str]) -> list[Told]:
    """Hold the sentences of pages to the figures; return those that stand there."""
    page, seen = "\n".join(lines(blocks)).casefold(), list[Told]()
    for one in told:
        if one.words.removeprefix("! ").strip().rstrip(".。；;").casefold() not in page:
            continue  # asked for, and then not shown
        counts[one.key] += 1
        seen.append(one)
        if wrong := _wrong(facts, one):
            trial.find(f"claim {facts.language} {one.key[:70]}", f"{wrong}: {one.words}\n{_told(one)}")
    return seen


def _wrong(facts: Facts, one: Told) -> list[object]:
    """Name what does not hold of a sentence: the places of the rule's truths, or fields."""
    rule = RULES.get(one.key)
    fixed = [name for name in EVERYWHERE if f"{{{name}}}" in one.key and one.fields[name] != EVERYWHERE[name](facts)]
    try:
        truths = rule(facts, one.fields) if rule is not None else ()
    except Exception as fault:  # a sentence that cannot be read is not known to hold
        return [repr(fault)]
    return [*(place for place, holds in enumerate(truths) if not holds), *fixed]


def _told(one: Told) -> dict[str, str]:
    """The fields that the template itself names."""
    return {name: value for name, value in one.fields.items() if f"{{{name}}}" in one.key or name in ("lift", "names")}


def claims(dice: Random, trial: Trial) -> Counter[str]:
    """A report of an assessment in an unusual state, whose sentences must say what the figures say."""
    state = draw(dice)
    trial.commands.append(state.told)
    try:
        return look(state, trial)
    except Exception as fault:
        trial.findings.append(fault_of(fault, "outline"))
    return Counter()


def templates() -> Iterator[str]:
    """Yield every sentence, or part of one with fields, that the report's modules can say."""
    for path in sorted(Path(nqpf_assess.report.__path__[0]).rglob("*.py")):
        if path.parent.name != "outline" and path.stem not in BESIDE:
            continue
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("_", "_n", "_c"):
                key = call.args[call.func.id == "_c"]
                if isinstance(key, ast.Constant) and ("{" in str(key.value) or str(key.value).endswith(".")):
                    yield str(key.value)


def main() -> int:
    """Run trials, and say what was told, what was checked, and what was not."""
    about = argparse.ArgumentParser(prog="python -m tools.fuzz.claims", description=(__doc__ or "").split("\n")[0])
    about.add_argument("--seed", type=int, default=1)
    about.add_argument("--first", type=int, default=0)
    about.add_argument("--count", type=int, default=200)
    asked = about.parse_args()
    counts, signs = Counter[str](), dict[str, list[str]]()
    for number in range(asked.first, asked.first + asked.count):
        trial = Trial(Path())
        counts += claims(Random(f"claims {asked.seed} {number}"), trial)
        for finding in trial.findings:
            signs.setdefault(finding.sign, []).append(f"{number} ({trial.commands[0]}): {finding.words[:900]}")
    every = list(dict.fromkeys(templates()))
    for key in sorted((key for key in every if counts[key] and key not in RULES), key=lambda key: -counts[key]):
        print(f"not checked {counts[key]:7}  {key}")
    for key in (key for key in every if not counts[key]):
        print(f"never told{' (has a rule)' if key in RULES else ''}  {key}")
    for sign, found in sorted(signs.items(), key=lambda item: -len(item[1])):
        print(f"found {len(found)} times: {sign}\n   {found[0]}")
    told, checked = [key for key in every if counts[key]], [key for key in every if counts[key] and key in RULES]
    print(f"templates: {len(every)}, told {len(told)}, told and checked {len(checked)}")
    print(f"sentences: {counts.total()}, checked {sum(counts[key] for key in RULES)}; findings: {len(signs)}")
    return 1 if signs else 0


if __name__ == "__main__":
    sys.exit(main())
