"""The structure of the report as assistive technology reads it: a tree of elements that own pieces of pages."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked piece of a page's content, counted on its page."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Destination:
    """A place in the report: page index and distance from the page's top, in points."""

    page: int
    top: float


@dataclass(eq=False, slots=True)
class Node:
    """An element of the structure: a standard type of PDF 1.7, its kids in reading order, what it says of itself."""

    kind: str
    kids: list["Node | Mark | Annotation"] = field(default_factory=list)
    language: str = ""
    alt: str = ""
    scope: str = ""
    numbering: str = ""
    box: tuple[float, float, float, float] | None = None

    def add(self, kind: str, **said: str) -> "Node":
        """Append a kid of this kind and return it."""
        kid = Node(kind, **said)  # type: ignore[arg-type]  # all the words a node says of itself are strings
        self.kids.append(kid)
        return kid

    def walk(self) -> Iterator["Node"]:
        """Yield this element and all below it, parents first."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()

    def prune(self) -> bool:
        """Drop elements that own nothing on any page; tell whether anything is left."""
        self.kids = [kid for kid in self.kids if not isinstance(kid, Node) or kid.prune()]
        return bool(self.kids)


@dataclass(eq=False, slots=True)
class Annotation:
    """A link to be clicked: its rectangle (PDF coordinates), where it leads and what it is called."""

    page: int
    rectangle: tuple[float, float, float, float]
    target: Destination | str
    words: str
    node: Node
