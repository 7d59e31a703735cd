"""Our `dataclass` is the standard library's, made ready later: no instance tells them apart."""

import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError, field, fields, replace
from threading import Thread

import pytest

from nqpf_assess.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Base:
    """Something with a default."""

    id: str
    parts: tuple[str, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Extended(Base):
    """Something more."""

    size: int = 3
    kind: str = ""


def test_the_first_instance_is_like_every_later_one() -> None:
    first = Extended("a")
    assert first == Extended("a", (), 3, kind="")
    assert repr(first).endswith("Extended(id='a', parts=(), size=3, kind='')")
    assert hash(first) == hash(Extended("a"))
    assert replace(first, size=4) != first
    assert [each.name for each in fields(first)] == ["id", "parts", "size", "kind"]
    with pytest.raises(FrozenInstanceError):
        first.id = "b"  # type: ignore[misc]
    with pytest.raises(TypeError, match="unexpected keyword"):
        Base(name="a")  # type: ignore[call-arg]


def test_its_own_init_stays() -> None:
    @dataclass(eq=False)
    class Own:
        size: int

        def __init__(self) -> None:
            self.size = 7

    assert repr(Own()).endswith("Own(size=7)")


def test_an_instance_that_came_from_another_process_is_whole() -> None:
    there = f"import pickle, sys; from {__name__} import Extended; sys.stdout.buffer.write(pickle.dumps(Extended('a')))"
    sent = subprocess.run([sys.executable, "-c", there], capture_output=True, check=True).stdout
    here = f"import pickle; from {__name__} import Extended; assert 'size=3, kind' in repr(pickle.loads({sent!r}))"
    subprocess.run([sys.executable, "-c", here], check=True)
    assert pickle.loads(sent) == Extended("a")


def test_threads_may_meet_at_the_first_instance() -> None:
    for _ in range(50):

        @dataclass
        class Shared:
            parts: list[int] = field(default_factory=list)

        made: list[Shared] = []
        threads = [Thread(target=lambda made=made, kind=Shared: made.append(kind())) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [one.parts for one in made] == [[]] * 4
