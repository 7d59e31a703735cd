"""From a drawn PDF to one for archives and for all readers: PDF/A-3a and PDF/UA-1, the data of the report inside.

reportlab writes pages and fonts; this pass adds what it does not know: the structure tree, links, outline, page
labels, the colour profile, the card of the file, and the attachments."""

import io
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import pairwise
from zlib import adler32, compress

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, Stream, String

from nqpf_assess.report.blocks import Attachment
from nqpf_assess.report.pdf.structure import Annotation, Destination, Element, add_structure, destination


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
class DrawnReport:
    """A drawn report before it is finished: the PDF, and all that was noted while drawing."""

    data: bytes
    root: Element
    owners: Sequence[Sequence[Element]]
    annotations: Sequence[Annotation]
    bookmarks: Sequence[Bookmark]
    starts: Sequence[int] = (0,)
    """First page of each part, whose pages are counted from 1 again."""


def finish(drawn: DrawnReport, card: FileCard, attachments: Sequence[Attachment]) -> bytes:
    """Finish a drawn report; the same input gives the same bytes."""
    with Pdf.open(io.BytesIO(drawn.data)) as pdf:
        add_structure(pdf, drawn.root, drawn.owners, drawn.annotations)
        packet = xmp_packet(
            title=card.title, subject=card.subject, keywords=card.keywords, languages=card.languages, date=card.date
        )
        root = pdf.Root
        root.Metadata = Stream(pdf, packet, Type=Name.Metadata, Subtype=Name.XML)
        root.Lang = String(card.language)
        root.MarkInfo = Dictionary(Marked=True)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        labels = Array()
        for number, start in enumerate(drawn.starts, start=1):
            prefix = {"/P": String(f"{number}-")} if number > 1 else {}
            labels.append(start)
            labels.append(Dictionary({"/S": Name.D, **prefix}))
        root.PageLabels = Dictionary(Nums=labels)
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
        _add_outline(pdf, drawn.bookmarks)
        _attach(pdf, attachments, card.date)
        del pdf.trailer["/ID"]  # the library's is made from the environment; the new one is made from the content
        return saved(pdf)


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
        data, packed = attachment.data, attachment.deflated or compress(attachment.data, 9)
        if packed.endswith(RETURN):  # here, so that a file taken out with its line break more is packed as it was
            data += b"\n"
            packed = compress(data, 9)
        embedded = Stream(
            pdf,
            packed,
            Type=Name.EmbeddedFile,
            Subtype=Name(f"/{attachment.media_type}"),
            Filter=Name.FlateDecode,
            Params=Dictionary(Size=len(data), ModDate=String(f"D:{date.replace('-', '')}000000Z")),
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


# ── Writing the file ──

DOUBTFUL = b"\r\nendstream"
RETURN = b"\r"
MOVABLE = ("/ViewerPreferences", "/MarkInfo", "/PageLabels", "/Names")
"""Parts of the catalogue that may be objects of their own, which gives all objects after them other numbers."""


def saved(pdf: Pdf) -> bytes:
    """Write the file so that no stream ends in a carriage return; the same content gives the same bytes.

    Such a stream is sound, but before the line break that follows it some validators take its last byte for a part of
    that break and find the stream too short. The last byte is moved by what no reader sees: white space at the end, or
    another numbering of the objects.
    """
    for found in pdf.objects:
        if not isinstance(found, Stream) or found.get("/Type") == Name.Metadata:
            continue
        last = found.read_raw_bytes()[-1:] if "/Filter" in found else bytes([adler32(found.read_raw_bytes()) & 0xFF])
        if last == RETURN:
            longer = found.read_bytes() + (b"\0\0\0\1" if "/Length1" in found else b"\n")  # by 1, or by 10
            found.write(longer)
            if "/Length1" in found:
                found.Length1 = len(longer)
    data = _written(pdf)
    for key in MOVABLE:  # a stream that the library makes while writing ends in a carriage return
        if DOUBTFUL in data and isinstance(pdf.Root.get(key), Dictionary):
            pdf.Root[key] = pdf.make_indirect(pdf.Root[key])
            data = _written(pdf)
    return data


def _written(pdf: Pdf) -> bytes:
    file = io.BytesIO()
    pdf.save(
        file,
        deterministic_id=True,
        min_version="1.7",
        object_stream_mode=ObjectStreamMode.generate,
        compress_streams=True,
    )
    return file.getvalue()


# ── The card of the file (XMP) ──

CREATOR = "nqpf-assess"

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{creator}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag>{languages}</rdf:Bag></dc:language>
<dc:subject><rdf:Bag>{topics}</rdf:Bag></dc:subject>
<pdf:Keywords>{keywords}</pdf:Keywords>
<pdf:Producer>{creator}</pdf:Producer>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{date}T00:00:00Z</xmp:CreateDate>
<xmp:ModifyDate>{date}T00:00:00Z</xmp:ModifyDate>
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def xmp_packet(*, title: str, subject: str, keywords: Sequence[str], languages: Sequence[str], date: str) -> bytes:
    """Write the packet; the texts are escaped here, `date` is ISO 8601."""
    spoken, topics = ("".join(f"<rdf:li>{escape(text)}</rdf:li>" for text in texts) for texts in (languages, keywords))
    return _PACKET.format(
        title=escape(title),
        subject=escape(subject),
        creator=CREATOR,
        languages=spoken,
        topics=topics,
        keywords=escape(", ".join(keywords)),
        date=escape(date),
    ).encode()


# ── The colour profile (IEC 61966-2-1, ICC.1:2004) ──

WHITE = (0.9642, 1.0, 0.8249)
"""D50, the white of the profile connection space."""

PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
ADAPTATION = (1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)
CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


@cache
def srgb_profile() -> bytes:
    """Return a display profile of version 4.2 for sRGB, the same bytes every time."""
    curve = b"para" + struct.pack(">4xH2x", 3) + _fixed(*CURVE)
    tags = {
        b"desc": _words("sRGB IEC61966-2.1"),
        b"cprt": _words("No copyright, use freely"),
        b"wtpt": b"XYZ \0\0\0\0" + _fixed(*WHITE),
        b"chad": b"sf32\0\0\0\0" + _fixed(*ADAPTATION),
        **{tag: b"XYZ \0\0\0\0" + _fixed(*values) for tag, values in PRIMARIES.items()},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    directory, body = struct.pack(">L", len(tags)), b""
    places: dict[bytes, int] = {}
    for tag, data in tags.items():
        if data not in places:
            places[data] = 128 + 4 + 12 * len(tags) + len(body)
            body += data + b"\0" * (-len(data) % 4)
        directory += struct.pack(">4sLL", tag, places[data], len(data))
    created = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    kinds = b"mntrRGB XYZ "
    start = struct.pack(">L4xL", (128 + len(directory) + len(body)), 0x04200000) + kinds + created + b"acsp"
    return (start.ljust(68, b"\0") + _fixed(*WHITE) + b"\0" * 48) + directory + body


def _fixed(*values: float) -> bytes:
    return struct.pack(f">{len(values)}l", *(round(value * 65536) for value in values))


def _words(text: str) -> bytes:
    data = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">4xLL2s2sLL", 1, 12, b"en", b"US", len(data), 28) + data
