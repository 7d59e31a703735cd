"""Questionnaires, rubrics and answers: spoilt TOML, and valid instruments drawn at random."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import tomli_w

from tools.fuzz.spoiling import INVENTED, spoil_toml, spoil_tree, spots
from tools.fuzz.trial import CONTENT, QUESTIONNAIRE, Trial, figures, seed

BASELINE, HILLS = "content/weights/small/baseline.toml", "content/weights/small/hills.toml"


def _with_invented_key(dice: Random, data: bytes) -> bytes:
    """Put a key that no format knows into one table of sound TOML."""
    tree = tomllib.loads(data.decode())
    tables = [tree, *(holder[key] for holder, key in spots(tree) if isinstance(holder[key], dict))]
    dice.choice(tables)[INVENTED] = dice.choice((1, "x", True, [1], {"a": 1}, 0.5))
    return tomli_w.dumps(tree).encode()


def _toml(dice: Random, trial: Trial, name: str) -> bool:
    """Spoil a TOML file and, mostly, check it; whether it was found sound. The others are left to be scored unseen."""
    planted = dice.random() < 0.15
    trial.write(name, (_with_invented_key if planted else spoil_toml)(dice, seed(name)))
    if not planted and dice.random() < 0.3:
        _scored(trial, sound=False)
        return False
    done = trial.run("check", name, *CONTENT, "--lang", dice.choice(("en", "zh")))
    trial.expect(holds=done.status in (0, 1), sign="check status", words=f"{done.status}: {done.err[:500]}")
    if planted:
        trial.expect(
            holds=done.status == 1, sign="invented key accepted", words=f"{name}: {done.out[:1000]}{done.err[:1000]}"
        )
    return done.status == 0


def _scored(trial: Trial, *arguments: str, sound: bool) -> None:
    """Score the answers; what `check` found sound must have a score, all its figures finite."""
    done = trial.run("score", "--json", "answers.toml", *arguments, *CONTENT, strict_json=True)
    if sound:
        words = f"check found nothing, score ends with {done.status}: {done.err[:1000]}"
        trial.expect(holds=done.status == 0, sign="sound but not scored", words=words)
    if done.status == 0:
        card = json.loads(done.out)
        differences = ("gap", "floors")
        stated = {name: value for name, value in card["overall"].items() if name not in differences}
        wild = [figure for figure in figures(stated) if not -1e-9 <= figure <= 100 + 1e-9]
        trial.expect(holds=not wild, sign="score out of range", words=f"{wild[:5]}")


def questionnaire(dice: Random, trial: Trial) -> None:
    """A questionnaire spoilt as text and as a tree; then answers scored under it."""
    sound = _toml(dice, trial, QUESTIONNAIRE)
    follow: Sequence[Sequence[str]] = (
        ("export", QUESTIONNAIRE, "--to", "csv", "-o", "made.csv"),
        ("export", QUESTIONNAIRE, "--to", "xlsx", "-o", "made.xlsx"),
        ("export", QUESTIONNAIRE, "--to", "xlsform", "-o", "made.xlsx"),
        ("new", "made.toml", "--questionnaire", QUESTIONNAIRE),
        ("diff", QUESTIONNAIRE, "before.toml"),
        ("migrate", "answers.toml"),
    )
    if sound and dice.random() < 0.3:
        trial.write("before.toml", seed(QUESTIONNAIRE))
        trial.run(*dice.choice(follow), *CONTENT)


def weights(dice: Random, trial: Trial) -> None:
    """A rubric spoilt as text and as a tree; then answers scored under it."""
    sound = _toml(dice, trial, dice.choice((BASELINE, HILLS)))
    if sound and dice.random() < 0.3:
        show = ("weights", "show", "hills", "--questionnaire", "small")
        trial.run(*dice.choice((show, ("suggest", "answers.toml"))), *CONTENT)


def answers(dice: Random, trial: Trial) -> None:
    """Answers spoilt as text and as a tree; where they are sound, then one of the commands that read answers."""
    if not _toml(dice, trial, "answers.toml"):
        return
    if dice.random() < 0.5:
        _scored(trial, sound=True)
        return
    trial.write("other.toml", seed("answers.toml").replace(b'"1.25"', b'"3"').replace(b'"Planning"', b'"Finance"'))
    follow: Sequence[Sequence[str]] = (
        ("explain", "answers.toml", dice.choice(("overall", "new", "spending", "share", "water"))),
        ("plan", "answers.toml", "--budget", "4"),
        ("suggest", "answers.toml"),
        ("compare", "other.toml", "answers.toml"),
        ("merge", "answers.toml", "other.toml", "-o", "merged.toml"),
        ("migrate", "answers.toml", "--write"),
        ("export", "answers.toml", "--to", "csv"),
        ("export", "answers.toml", "--to", "json"),
        ("report", "answers.toml", "--to", "text", "-o", "made.txt"),
        ("report", "answers.toml", "--to", "md", "-o", "made.md"),
        ("cohort", "collect", "answers.toml", "other.toml", "-o", "made.csv"),
    )
    trial.run(*dice.choice(follow), *CONTENT, "--lang", dice.choice(("en", "zh")))
    if (trial.folder / "merged.toml").exists():
        trial.expect_sound("merged.toml")


def instrument(dice: Random, trial: Trial) -> None:
    """A random valid instrument and answers, of every kind the formats allow; sound first, then spoilt in one tree."""
    from tests.support.instruments import Maker

    case = Maker(Random(dice.randrange(2**30))).build()
    trial.write("content/questionnaires/inst.toml", _dumped(case.questionnaire))
    for rubric in case.chain:
        trial.write(f"content/weights/inst/{rubric['id']}.toml", _dumped(rubric))
    last = case.chain[-1]["id"]
    case.answers["weights"]["id"] = last
    trees = [case.questionnaire, *case.chain, case.answers]
    spoilt = dice.random() < 0.85
    if spoilt:
        names = ("content/questionnaires/inst.toml", *(f"content/weights/inst/{r['id']}.toml" for r in case.chain))
        at = dice.randrange(len(trees))
        spoil_tree(dice, trees[at])
        if at < len(names):
            trial.write(names[at], _dumped(trees[at]))
    trial.write("answers.toml", _dumped(case.answers))
    if spoilt and dice.random() < 0.5:
        trial.run("check", "answers.toml", "content", *CONTENT)
        return
    if not spoilt:
        done = trial.run("check", "answers.toml", "content", *CONTENT)
        trial.expect(holds=done.status == 0, sign="valid instrument refused", words=done.out[:3000])
    _scored(trial, "--weights", last, sound=not spoilt)


def _dumped(tree: Mapping[str, Any]) -> bytes:
    try:
        return tomli_w.dumps(tree).encode("utf-8", "surrogatepass")
    except (TypeError, ValueError, RecursionError):
        return b"x"
