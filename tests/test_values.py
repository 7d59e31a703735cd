"""Frozen values do what the standard library's do, whatever is stated of their fields."""

import copy
import dataclasses
import inspect
import math
import pickle
from collections.abc import Callable, Mapping
from dataclasses import FrozenInstanceError, field
from functools import cached_property
from typing import Any

import pytest

from nqpf_assess import values

MAKERS = {"ours": values.dataclass, "standard": dataclasses.dataclass}


@pytest.fixture(params=MAKERS)
def dataclass(request: pytest.FixtureRequest) -> Any:
    """Our decorator and the standard library's: every rule here holds for both."""
    return MAKERS[request.param]


@values.dataclass(frozen=True, slots=True)
class Place:
    """A value with slots, at a level where it can be pickled."""

    name: str
    kind: str = "county"
    neighbours: tuple[str, ...] = ()
    figures: Mapping[str, float] = field(default_factory=dict, compare=False)


@values.dataclass(frozen=True, slots=True)
class Capital(Place):
    """A value with more fields than the one it is based on."""

    of: str = ""


def test_fields_are_given_by_place_or_name_or_left_to_their_defaults(dataclass: Any) -> None:
    @dataclass(frozen=True)
    class One:
        """One."""

        a: int
        b: list[int] = field(default_factory=list)
        c: int = 3
        d: int = field(default=4, kw_only=True)
        e: int = field(default=5, init=False)
        f: list[int] = field(default_factory=lambda: [6], init=False)

    assert [getattr(One(1), name) for name in "abcdef"] == [1, [], 3, 4, 5, [6]]
    assert [getattr(One(1, [2], c=0, d=0), name) for name in "abcdef"] == [1, [2], 0, 0, 5, [6]]
    assert One(1).b is not One(1).b
    for wrong in (lambda: One(), lambda: One(1, [2], 3, 4), lambda: One(1, e=5), lambda: One(a=1, g=7)):  # type: ignore[call-arg, misc]
        with pytest.raises(TypeError, match=r"One\.__init__"):
            wrong()


def test_signature_names_types_and_defaults(dataclass: Any) -> None:
    @dataclass(frozen=True, slots=True)
    class One:
        """One."""

        a: int
        b: str = "x"
        c: float = field(default=1.0, kw_only=True)

    assert str(inspect.signature(One)) == "(a: int, b: str = 'x', *, c: float = 1.0) -> None"
    assert One.__match_args__ == ("a", "b")


@pytest.mark.parametrize("slots", [True, False])
def test_nothing_is_set_or_deleted(dataclass: Any, slots: bool) -> None:
    @dataclass(frozen=True, slots=slots)
    class One:
        """One."""

        a: int

    one = One(1)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'a'"):
        one.a = 2
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'a'"):
        del one.a
    assert one.a == 1
    assert hasattr(one, "__dict__") is not slots


def test_equal_are_those_of_one_class_with_equal_fields(dataclass: Any) -> None:
    @dataclass(frozen=True)
    class One:
        """One."""

        a: object
        b: object = field(default=0, compare=False)

    @dataclass(frozen=True)
    class Other:
        """Other."""

        a: object

    @dataclass(frozen=True)
    class Nothing:
        """No field."""

    @dataclass(frozen=True)
    class Both:
        """Two fields that count."""

        a: object
        b: object

    assert One(1, 2) == One(1, 3) != One(2, 2)
    assert One(1) != Other(1)  # type: ignore[comparison-overlap]
    assert One(1).__eq__(1) is NotImplemented
    assert hash(One(1, 2)) == hash(One(1, 3)) == hash((1,))
    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(())
    assert Both(1, 2) == Both(1, 2) != Both(2, 1)
    assert hash(Both(1, 2)) == hash((1, 2))
    assert One(math.nan) == One(math.nan)  # the very same object, as in a tuple
    assert One(float("nan")) != One(float("nan"))
    with pytest.raises(TypeError, match="unhashable"):
        hash(One([]))


def test_without_eq_only_the_very_same_is_equal(dataclass: Any) -> None:
    @dataclass(frozen=True, eq=False)
    class One:
        """One."""

        a: list[int]

    one = One([])
    assert one == one != One([])
    assert isinstance(hash(one), int)


def test_shown_with_names_of_fields_once_in_a_circle(dataclass: Any) -> None:
    @dataclass(frozen=True)
    class One:
        """One."""

        a: object
        b: int = field(default=2, repr=False)

    @dataclass(frozen=True, repr=False)
    class Quiet:
        """Nothing shown."""

        a: int

    held: list[Any] = []
    one = One(held)
    assert repr(One("x")).endswith("One(a='x')")
    held.append(one)
    assert repr(one).endswith("One(a=[...])")
    assert "a=" not in repr(Quiet(1))


def test_methods_of_its_own_stay(dataclass: Any) -> None:
    @dataclass(frozen=True, slots=True)
    class One:
        """One."""

        a: int

        def __eq__(self, other: object) -> bool:
            return isinstance(other, One) and abs(self.a) == abs(other.a)

        def __repr__(self) -> str:
            return "one"

    @dataclass(frozen=True)
    class Hashed:
        """One with a hash of its own."""

        a: int

        def __hash__(self) -> int:
            return 7

    assert One(1) == One(-1)
    assert hash(One(1)) == hash((1,))
    assert repr(One(1)) == "one"
    assert hash(Hashed(1)) == 7


def test_what_is_done_after_init_is_done_once_all_fields_are_there(dataclass: Any) -> None:
    @dataclass(frozen=True)
    class One:
        """One."""

        a: int
        twice: int = field(init=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "twice", 2 * self.a)

        @cached_property
        def thrice(self) -> int:
            """Worked out once."""
            return 3 * self.a

    assert (One(2).twice, One(2).thrice) == (4, 6)


def test_replaced_listed_and_taken_apart(dataclass: Any) -> None:
    @dataclass(frozen=True, slots=True)
    class One:
        """One."""

        a: int
        b: tuple[int, ...] = ()

    assert dataclasses.replace(One(1), b=(2,)) == One(1, (2,))
    assert [part.name for part in dataclasses.fields(One)] == ["a", "b"]
    assert dataclasses.asdict(One(1)) == {"a": 1, "b": ()}
    match One(1, (2,)):
        case One(a, b=(b,)):
            assert (a, b) == (1, 2)


def test_one_based_on_another_has_the_fields_of_both(dataclass: Any) -> None:
    @dataclass(frozen=True, slots=True)
    class One:
        """One."""

        a: int

    @dataclass(frozen=True, slots=True)
    class Two(One):
        """Two."""

        b: int = 2

    assert Two(1) == Two(1, 2) != One(1)
    assert repr(Two(1)).endswith("Two(a=1, b=2)")
    with pytest.raises(FrozenInstanceError):
        Two(1).a = 3


@pytest.mark.parametrize("through", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_copies_are_equal(through: Callable[[Place], Place]) -> None:
    for place in (Place("兴义", neighbours=("安龙",), figures={"x": 1.0}), Capital("贵阳", of="贵州")):
        made = through(place)
        assert made == place
        assert made.figures == place.figures
        assert type(made) is type(place)


def test_a_class_that_is_not_frozen_is_the_standard_librarys() -> None:
    @values.dataclass
    class One:
        """One."""

        a: int

    one = One(1)
    one.a = 2
    assert (one, one.__hash__) == (One(2), None)
