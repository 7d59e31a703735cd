"""From a drawn PDF to one for archives and for all readers: PDF/A-3a and PDF/UA-1, the data of the report inside.

reportlab writes pages and fonts; this pass adds what it does not know: the structure tree, links, outline, page
labels, the colour profile, the card of the file, and the attachments.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from nqpf_assess.report.blocks import Attachment
from nqpf_assess.report.pdf.fonts import to_unicode
from nqpf_assess.report.pdf.icc import srgb_profile
from nqpf_assess.report.pdf.saving import saved
from nqpf_assess.report.pdf.structure import add_structure, destination
from nqpf_assess.report.pdf.tagging import Annotation, Destination, Node
from nqpf_assess.report.pdf.xmp import CREATOR, xmp_packet


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline at the viewer's side, with those below it."""

    title: str
    place: Destination
    below: "tuple[Bookmark, ...]" = ()


@dataclass(frozen=True, slots=True)
class FileCard:
    """What the file says of itself. All texts are clean; `date` is ISO 8601."""

    title: str
    subject: str
    keywords: tuple[str, ...]
    language: str
    languages: tuple[str, ...]
    date: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn report before it is finished: the PDF, and all that was noted while drawing."""

    data: bytes
    root: Node
    owners: Sequence[Sequence[Node]]
    annotations: Sequence[Annotation]
    bookmarks: Sequence[Bookmark]
    subsets: Mapping[str, Sequence[int]]
    """Internal font name to the code points of its codes, for copying text."""


def finish(drawn: Drawn, card: FileCard, attachments: Sequence[Attachment]) -> bytes:
    """Finish a drawn report; the same input gives the same bytes."""
    with Pdf.open(io.BytesIO(drawn.data)) as pdf:
        _mend_fonts(pdf, drawn.subsets)
        add_structure(pdf, drawn.root, drawn.owners, drawn.annotations)
        _describe(pdf, card)
        _add_colour_profile(pdf)
        _add_outline(pdf, drawn.bookmarks)
        _attach(pdf, attachments, card.date)
        del pdf.trailer["/ID"]  # the library's is made from the environment; the new one is made from the content
        return saved(pdf)


def _mend_fonts(pdf: Pdf, subsets: Mapping[str, Sequence[int]]) -> None:
    """Replace the library's maps from codes to text, which are wrong beyond the BMP."""
    fonts = pdf.pages[0].obj.Resources.Font
    for name, codes in subsets.items():
        if name in fonts:
            fonts[name].ToUnicode = pdf.make_stream(to_unicode(list(codes)))


def _describe(pdf: Pdf, card: FileCard) -> None:
    packet = xmp_packet(
        title=card.title, subject=card.subject, keywords=card.keywords, languages=card.languages, date=card.date
    )
    root = pdf.Root
    root.Metadata = Stream(pdf, packet, Type=Name.Metadata, Subtype=Name.XML)
    root.Lang = String(card.language)
    root.MarkInfo = Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
    day = f"D:{card.date.replace('-', '')}000000Z"
    pdf.docinfo = pdf.make_indirect(
        Dictionary(
            Title=String(card.title),
            Subject=String(card.subject),
            Author=String(CREATOR),
            Keywords=String(", ".join(card.keywords)),
            Creator=String(CREATOR),
            Producer=String(CREATOR),
            CreationDate=String(day),
            ModDate=String(day),
        )
    )


def _add_colour_profile(pdf: Pdf) -> None:
    profile = Stream(pdf, srgb_profile(), N=3)
    pdf.Root.OutputIntents = Array(
        [
            pdf.make_indirect(
                Dictionary(
                    Type=Name.OutputIntent,
                    S=Name.GTS_PDFA1,
                    OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
                    Info=String("sRGB IEC61966-2.1"),
                    DestOutputProfile=pdf.make_indirect(profile),
                )
            )
        ]
    )


def _add_outline(pdf: Pdf, bookmarks: Sequence[Bookmark]) -> None:
    if not bookmarks:
        return
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    _hang(pdf, root, bookmarks)
    pdf.Root.Outlines = root
    pdf.Root.PageMode = Name.UseOutlines


def _hang(pdf: Pdf, parent: pikepdf.Object, bookmarks: Sequence[Bookmark]) -> None:
    items = [
        pdf.make_indirect(Dictionary(Title=String(mark.title), Parent=parent, Dest=destination(pdf, mark.place)))
        for mark in bookmarks
    ]
    for before, after in pairwise(items):
        before.Next, after.Prev = after, before
    parent.First, parent.Last, parent.Count = items[0], items[-1], len(items)
    for item, mark in zip(items, bookmarks, strict=True):
        if mark.below:
            _hang(pdf, item, mark.below)
            item.Count = -len(mark.below)


def _attach(pdf: Pdf, attachments: Sequence[Attachment], date: str) -> None:
    if not attachments:
        return
    names, files = Array(), Array()
    for attachment in sorted(attachments, key=lambda attachment: attachment.name):
        embedded = Stream(
            pdf,
            attachment.data,
            Type=Name.EmbeddedFile,
            Subtype=Name(f"/{attachment.media_type}"),
            Params=Dictionary(Size=len(attachment.data), ModDate=String(f"D:{date.replace('-', '')}000000Z")),
        )
        file = pdf.make_indirect(
            Dictionary(
                Type=Name.Filespec,
                F=String(attachment.name),
                UF=String(attachment.name),
                Desc=String(attachment.description),
                AFRelationship=Name(f"/{attachment.relation}"),
                EF=Dictionary(F=pdf.make_indirect(embedded), UF=pdf.make_indirect(embedded)),
            )
        )
        names.extend([String(attachment.name), file])
        files.append(file)
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=names))
    pdf.Root.AF = files
