"""The language of whoever sits at the machine."""

import locale
import os

from nqpf_assess.locale import LANGUAGES


def language_of(code: str) -> str:
    """Return the program's language for a code such as zh, zh-CN, zh_CN.UTF-8, Chinese (Simplified); else English."""
    lowered = code.lower().replace("chinese", "zh")
    return next((language for language in LANGUAGES if lowered.startswith(language)), "en")


def locale_language() -> str:
    """Return the user's language from the environment, else from the system."""
    stated = (os.environ.get(variable, "") for variable in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return language_of(next(filter(None, stated), "") or locale.getlocale()[0] or "")
