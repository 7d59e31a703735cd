"""The structure of the report as assistive technology reads it, and how its tree is written into the file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from nqpf_assess.report.pdf.theme import PAGE_HEIGHT


@dataclass(frozen=True, slots=True)
class MarkedContent:
    """A marked piece of a page's content, counted on its page."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Destination:
    """A place in the report: page index and distance from the page's top, in points."""

    page: int
    top: float


@dataclass(eq=False, slots=True)
class Element:
    """An element of the structure: a standard type of PDF 1.7, its kids in reading order, what it says of itself."""

    kind: str
    kids: list["Element | MarkedContent | Annotation"] = field(default_factory=list)
    language: str = ""
    alt: str = ""
    scope: str = ""
    numbering: str = ""
    box: tuple[float, float, float, float] | None = None

    def add(self, kind: str, **said: str) -> "Element":
        """Append a kid of this kind and return it."""
        kid = Element(kind, **said)  # type: ignore[arg-type]  # all the words a node says of itself are strings
        self.kids.append(kid)
        return kid

    def walk(self) -> Iterator["Element"]:
        """Yield this element and all below it, parents first."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def prune(self) -> bool:
        """Drop elements that own nothing on any page, but an empty cell of a row; tell whether anything is left."""
        owning = [not isinstance(kid, Element) or kid.prune() for kid in self.kids]
        kept = any(owning)
        self.kids = [
            kid
            for kid, owns in zip(self.kids, owning, strict=True)
            if owns or (kept and isinstance(kid, Element) and kid.kind == "TD")
        ]
        return kept


@dataclass(eq=False, slots=True)
class Annotation:
    """A link to be clicked: its rectangle (PDF coordinates), where it leads and what it is called."""

    page: int
    rectangle: tuple[float, float, float, float]
    target: Destination | str
    words: str
    node: Element


# ── Writing the tree into the file ──


def add_structure(
    pdf: Pdf, root: Element, owners: Sequence[Sequence[Element]], annotations: Sequence[Annotation]
) -> None:
    """Write the tree; `owners` name, page by page, the node of each marked piece."""
    root.prune()
    pages, nodes = [page.obj for page in pdf.pages], list(root.walk())
    elements = {id(node): pdf.make_indirect(_element(node)) for node in nodes}
    links = {id(annotation): _link(pdf, annotation) for annotation in annotations}
    top = elements[id(root)]
    tree = top.P = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([top])))
    for node in nodes:
        element = elements[id(node)]
        home = next((kid.page for kid in node.kids if isinstance(kid, MarkedContent)), None)
        if home is not None:
            element.Pg = pages[home]
        kids: list[object] = []
        for kid in node.kids:
            if isinstance(kid, Element):
                elements[id(kid)].P = element
                kids.append(elements[id(kid)])
            elif isinstance(kid, Annotation):
                kids.append(Dictionary(Type=Name.OBJR, Obj=links[id(kid)], Pg=pages[kid.page]))
            elif kid.page == home:
                kids.append(kid.number)
            else:
                kids.append(Dictionary(Type=Name.MCR, Pg=pages[kid.page], MCID=kid.number))
        element.K = Array(kids)
    # The way back: pages, then links are numbered, and each number says which elements own what is there.
    numbers = Array()
    for key, (page, owned) in enumerate(zip(pages, owners, strict=True)):
        page.StructParents = key
        page.Tabs = Name.S
        numbers.append(key)
        numbers.append(pdf.make_indirect(Array([elements[id(node)] for node in owned])))
    for key, annotation in enumerate(annotations, start=len(pages)):
        page, link = pages[annotation.page], links[id(annotation)]
        link.StructParent = key
        page.Annots = page.get("/Annots", Array())
        page.Annots.append(link)
        numbers.append(key)
        numbers.append(elements[id(annotation.node)])
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    tree.ParentTreeNextKey = len(pages) + len(annotations)
    pdf.Root.StructTreeRoot = tree


def _element(node: Element) -> Dictionary:
    said: dict[str, pikepdf.Object] = {"/Type": _name("StructElem"), "/S": _name(node.kind)}
    if node.language:
        said["/Lang"] = String(node.language)
    if node.alt:
        said["/Alt"] = String(node.alt)
    if node.scope:
        said["/A"] = Dictionary({"/O": _name("Table"), "/Scope": _name(node.scope)})
    elif node.numbering:
        said["/A"] = Dictionary(O=Name.List, ListNumbering=Name(f"/{node.numbering}"))
    elif node.box:
        box = Array([round(edge, 2) for edge in node.box])
        said["/A"] = Dictionary(O=Name.Layout, BBox=box, Placement=Name.Block)
    return Dictionary(said)


@cache
def _name(word: str) -> Name:
    return Name(f"/{word}")


def _link(pdf: Pdf, annotation: Annotation) -> pikepdf.Object:
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([round(edge, 2) for edge in annotation.rectangle]),
        Border=Array([0, 0, 0]),
        F=4,
        Contents=String(annotation.words),
    )
    if isinstance(annotation.target, Destination):
        link.Dest = destination(pdf, annotation.target)
    else:
        link.A = Dictionary(S=Name.URI, URI=String(annotation.target))
    return pdf.make_indirect(link)


def destination(pdf: Pdf, place: Destination) -> Array:
    """Return a place as a PDF destination, a little above what is meant."""
    return Array([pdf.pages[place.page].obj, Name.XYZ, 0, round(PAGE_HEIGHT - place.top + 12, 2), 0])


def begin_of(part: int) -> str:
    """Name the first page of a part, by the part's place in the report."""
    return f"part-{part}"


def within(part: int, anchor: str) -> str:
    """Name a place of a part for the other parts, which may use the same anchor."""
    return f"part-{part}/{anchor}"
