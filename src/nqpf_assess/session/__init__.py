"""A session: one assessment being answered, without a terminal; app and plain mode are two faces of it.

The names below are imported when they are asked for, so that what the app remembers can be read before the models load.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nqpf_assess.session.answering import AskedChange, Place, Saver, Session, Table, new_answers

__all__ = ["AskedChange", "Place", "Saver", "Session", "Table", "new_answers"]


def __getattr__(name: str) -> Any:
    """Import a name of the session itself."""
    if name not in __all__:
        raise AttributeError(name)
    from nqpf_assess.session import answering

    return getattr(answering, name)
