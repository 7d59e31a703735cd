"""Reports of strangers, and the logos of their covers: spoilt pages, attachments and pictures."""

import io
import json
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from nqpf_assess.report import reopening
from nqpf_assess.report.make import ReportFile, make_report
from tools.fuzz.spoiling import HOSTILE_TEXTS, any_value, spoil_bytes, spoil_toml, spoil_tree
from tools.fuzz.trial import CONTENT, Trial


@cache
def _report() -> bytes:
    return Path("prepared/report.pdf").read_bytes()


_DRAWN: dict[str, ReportFile] = {}


def _drawn_once(*values: Any, **named: Any) -> ReportFile:
    """Draw a report again from what one carries; where that is what another carried, once for all of them."""
    key = repr((values, named))
    if key not in _DRAWN:
        _DRAWN[key] = make_report(*values, **named)
    return _DRAWN[key]


def reports(dice: Random, trial: Trial) -> None:
    """A report of a stranger: bytes, attachments, page streams spoilt. Only the very same may be called the same."""
    data = spoil_bytes(dice, _report()) if dice.random() < 0.5 else _spoilt_pdf(dice, _report())
    name = trial.write("r.pdf", data)
    command = ("open", name, *CONTENT, *dice.choice(((), ("--json",), ("-o", "taken"))))
    with patch.object(reopening, "make_report", _drawn_once):
        done = trial.run(*command, strict_json="--json" in command)
    if done.status == 0 and data != _report():
        trial.expect(holds=_looks_the_same(data), sign="forged report accepted", words=done.out[:2000])


def _spoilt_pdf(dice: Random, data: bytes) -> bytes:
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        names = list(pdf.attachments)
        name = dice.choice(names)
        held = pdf.attachments[name].get_file().read_bytes()
        streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        match dice.randrange(7):
            case 0 | 1:
                spoilt = spoil_bytes(dice, held) if dice.random() < 0.5 else _spoilt_attachment(dice, name, held)
                pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, spoilt, filename=name)
            case 2:
                other = dice.choice((*HOSTILE_TEXTS, "weights-1.toml", "weights-3-../../x.toml", ".bashrc"))[:80]
                pdf.attachments[other] = pikepdf.AttachedFileSpec(pdf, held, filename=other)
            case 3:
                del pdf.attachments[name]
            case 4:
                stream = dice.choice(streams)
                stream.write(spoil_bytes(dice, stream.read_bytes()))
            case 5:
                stream = dice.choice(streams)
                stream.write(spoil_bytes(dice, stream.read_raw_bytes()), filter=stream.get("/Filter"))
            case 6:
                page = pdf.pages[dice.randrange(len(pdf.pages))]
                page.rotate(90, relative=True) if dice.random() < 0.5 else pdf.pages.append(page)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _spoilt_attachment(dice: Random, name: str, held: bytes) -> bytes:
    if name.endswith(".toml"):
        return spoil_toml(dice, held)
    if not name.endswith(".json"):
        return spoil_bytes(dice, held)
    tree = json.loads(held)
    if dice.random() < 0.3 and isinstance(tree, dict) and tree:
        tree[dice.choice(list(tree))] = any_value(dice)
    else:
        spoil_tree(dice, tree)
    return json.dumps(tree, default=str).encode("utf-8", "surrogatepass")


def _looks_the_same(data: bytes) -> bool:
    """Whether every page is drawn as in the report it was made of, and it carries the same files.

    The logo's file apart: another that is drawn the same, as with an unread byte at its end, makes the same report.
    """
    import pikepdf
    import pypdfium2

    def drawn(pdf: bytes) -> list[bytes]:
        document = pypdfium2.PdfDocument(pdf)
        return [bytes(page.render(scale=0.7).buffer) for page in document]

    def carried(pdf: bytes) -> dict[str, bytes]:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            return {
                name: spec.get_file().read_bytes()
                for name, spec in opened.attachments.items()
                if not name.startswith("logo")
            }

    mine, theirs = carried(_report()), carried(data)
    return drawn(data) == drawn(_report()) and all(theirs.get(name) == held for name, held in mine.items())


@cache
def picture(form: str) -> bytes:
    """Return a small picture, PNG or JPEG."""
    from PIL import Image

    out = io.BytesIO()
    Image.linear_gradient("L").resize((40, 20)).convert("RGBA" if form == "PNG" else "RGB").save(out, form)
    return out.getvalue()


def logos(dice: Random, trial: Trial) -> None:
    """A logo for the cover, PNG or JPEG, spoilt as bytes."""
    form = dice.choice(("PNG", "JPEG"))
    data = spoil_bytes(dice, picture(form), (picture("PNG"), picture("JPEG")))
    name = trial.write(dice.choice(("logo.png", "logo.jpg", "logo.svg", "logo")), data)
    trial.run("report", "answers.toml", "--logo", name, "-o", "made.pdf", *CONTENT)
