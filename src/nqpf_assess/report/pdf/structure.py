"""The structure tree written into the file: elements, the pieces of pages they own, links, and the way back."""

from collections.abc import Mapping, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from nqpf_assess.report.pdf.tagging import Annotation, Destination, Mark, Node
from nqpf_assess.report.pdf.theme import PAGE_HEIGHT

Elements = Mapping[int, pikepdf.Object]
"""Identity of a node to its element in the file."""


def add_structure(pdf: Pdf, root: Node, owners: Sequence[Sequence[Node]], annotations: Sequence[Annotation]) -> None:
    """Write the tree; `owners` name, page by page, the node of each marked piece."""
    root.prune()
    pages = [page.obj for page in pdf.pages]
    nodes = list(root.walk())
    elements = {id(node): pdf.make_indirect(_element(node)) for node in nodes}
    links = {id(annotation): _link(pdf, annotation) for annotation in annotations}
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([elements[id(root)]])))
    elements[id(root)].P = tree
    for node in nodes:
        _fill(node, elements, links, pages)
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=_way_back(pdf, pages, owners, annotations, elements, links)))
    tree.ParentTreeNextKey = len(pages) + len(annotations)
    pdf.Root.StructTreeRoot = tree


def _element(node: Node) -> Dictionary:
    said: dict[str, pikepdf.Object] = {"/Type": Name.StructElem, "/S": Name(f"/{node.kind}")}
    if node.language:
        said["/Lang"] = String(node.language)
    if node.alt:
        said["/Alt"] = String(node.alt)
    attributes = _attributes(node)
    if attributes:
        said["/A"] = attributes
    return Dictionary(said)


def _attributes(node: Node) -> Dictionary | None:
    if node.scope:
        return Dictionary(O=Name.Table, Scope=Name(f"/{node.scope}"))
    if node.numbering:
        return Dictionary(O=Name.List, ListNumbering=Name(f"/{node.numbering}"))
    if node.box:
        return Dictionary(O=Name.Layout, BBox=Array([round(edge, 2) for edge in node.box]), Placement=Name.Block)
    return None


def _fill(node: Node, elements: Elements, links: Elements, pages: Sequence[pikepdf.Object]) -> None:
    """Give an element its kids, and each kid element its parent."""
    element, kids = elements[id(node)], Array()
    for kid in node.kids:
        if isinstance(kid, Node):
            elements[id(kid)].P = element
            kids.append(elements[id(kid)])
        elif isinstance(kid, Mark):
            if "/Pg" not in element:
                element.Pg = pages[kid.page]
            same = element.Pg.objgen == pages[kid.page].objgen
            kids.append(kid.number if same else Dictionary(Type=Name.MCR, Pg=pages[kid.page], MCID=kid.number))
        else:
            kids.append(Dictionary(Type=Name.OBJR, Obj=links[id(kid)], Pg=pages[kid.page]))
    element.K = kids


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


def _way_back(
    pdf: Pdf,
    pages: Sequence[pikepdf.Object],
    owners: Sequence[Sequence[Node]],
    annotations: Sequence[Annotation],
    elements: Elements,
    links: Elements,
) -> Array:
    """Number the pages and links, and say which element owns each piece and each link."""
    numbers = Array()
    for key, (page, owned) in enumerate(zip(pages, owners, strict=True)):
        page.StructParents = key
        page.Tabs = Name.S
        numbers.extend([key, pdf.make_indirect(Array([elements[id(node)] for node in owned]))])
    for key, annotation in enumerate(annotations, start=len(pages)):
        link = links[id(annotation)]
        link.StructParent = key
        page = pages[annotation.page]
        page.Annots = page.get("/Annots", Array())
        page.Annots.append(link)
        numbers.extend([key, elements[id(annotation.node)]])
    return numbers
