"""The structure tree written into the file: elements, the pieces of pages they own, links, and the way back."""

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from nqpf_assess.report.pdf.tagging import Annotation, Destination, Mark, Node
from nqpf_assess.report.pdf.theme import PAGE_HEIGHT


def add_structure(pdf: Pdf, root: Node, owners: Sequence[Sequence[Node]], annotations: Sequence[Annotation]) -> None:
    """Write the tree; `owners` name, page by page, the node of each marked piece."""
    root.prune()
    _Structure(pdf, root, annotations).write(owners)


class _Structure:
    """The tree while it is written: an element for each node, a link for each annotation."""

    def __init__(self, pdf: Pdf, root: Node, annotations: Sequence[Annotation]) -> None:
        self.pdf = pdf
        self.root = root
        self.annotations = annotations
        self.pages = [page.obj for page in pdf.pages]
        self.nodes = list(root.walk())
        self.elements = {id(node): pdf.make_indirect(_element(node)) for node in self.nodes}
        self.links = {id(annotation): _link(pdf, annotation) for annotation in annotations}

    def write(self, owners: Sequence[Sequence[Node]]) -> None:
        """Hang the tree on the document."""
        top = self.elements[id(self.root)]
        tree = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([top])))
        top.P = tree
        for node in self.nodes:
            self._fill(node)
        tree.ParentTree = self.pdf.make_indirect(Dictionary(Nums=self._way_back(owners)))
        tree.ParentTreeNextKey = len(self.pages) + len(self.annotations)
        self.pdf.Root.StructTreeRoot = tree

    def _fill(self, node: Node) -> None:
        """Give an element its kids, and each kid element its parent."""
        element, kids = self.elements[id(node)], Array()
        for kid in node.kids:
            if isinstance(kid, Node):
                self.elements[id(kid)].P = element
                kids.append(self.elements[id(kid)])
            elif isinstance(kid, Mark):
                kids.append(self._mark(element, kid))
            else:
                kids.append(Dictionary(Type=Name.OBJR, Obj=self.links[id(kid)], Pg=self.pages[kid.page]))
        element.K = kids

    def _mark(self, element: pikepdf.Object, mark: Mark) -> int | Dictionary:
        """Refer to a piece of a page: by number alone if the element's other pieces stand on the same page."""
        page = self.pages[mark.page]
        if "/Pg" not in element:
            element.Pg = page
        same = element.Pg.objgen == page.objgen
        return mark.number if same else Dictionary(Type=Name.MCR, Pg=page, MCID=mark.number)

    def _way_back(self, owners: Sequence[Sequence[Node]]) -> Array:
        """Number the pages and links, and say which element owns each piece and each link."""
        numbers = Array()
        for key, (page, owned) in enumerate(zip(self.pages, owners, strict=True)):
            page.StructParents = key
            page.Tabs = Name.S
            numbers.append(key)
            numbers.append(self.pdf.make_indirect(Array([self.elements[id(node)] for node in owned])))
        for key, annotation in enumerate(self.annotations, start=len(self.pages)):
            self._place(annotation, key)
            numbers.append(key)
            numbers.append(self.elements[id(annotation.node)])
        return numbers

    def _place(self, annotation: Annotation, key: int) -> None:
        page, link = self.pages[annotation.page], self.links[id(annotation)]
        link.StructParent = key
        page.Annots = page.get("/Annots", Array())
        page.Annots.append(link)


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
