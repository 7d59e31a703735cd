"""What a report says, and how it is drawn.

Called as a function the package is `facade.assessing.report`, since Python gives it the name that the library promises:
`import nqpf_assess as nq`, then `nq.report(assessment, "out.pdf")`, whichever of the two was imported first.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _ReportPackage(ModuleType):
    """This package, which can also be called."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """Write a report: see `nqpf_assess.facade.assessing.report`."""
        return import_module("nqpf_assess.facade.assessing").report(*arguments, **options)

    def __reduce__(self) -> Any:
        """Be pickled by its name, as functions are: processes are handed what they are to run."""
        return import_module, (__name__,)


sys.modules[__name__].__class__ = _ReportPackage
