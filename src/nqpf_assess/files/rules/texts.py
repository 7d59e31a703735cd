"""Is every text there in every declared language, not blank, with the same placeholders?"""

import re
from collections.abc import Iterable, Mapping

from nqpf_assess.files.finding import Finding, Rule
from nqpf_assess.files.positions import Path
from nqpf_assess.files.rules.naming import NEAREST, suggestion
from nqpf_assess.files.rules.shapes import SHAPE_RULES, WANTED, advice, given
from nqpf_assess.files.rules.subjects import LANGUAGE_CODE, QuestionnaireSubject, WeightsSubject
from nqpf_assess.files.staleness import stale_in
from nqpf_assess.locale import LANGUAGES, _, fill
from nqpf_assess.locale.grammar import listed
from nqpf_assess.model.base import key_of

Subject = QuestionnaireSubject | WeightsSubject

PLACEHOLDER = re.compile(r"\{([^{}\s]*)\}")


def _words(subject: Subject) -> Iterable[tuple[Path, Mapping[str, str]]]:
    """Return every text with its path; of a labelled table only what is meant as words."""
    yield from subject.walk.texts
    for path, label in subject.walk.labels:
        yield path, {key: str(said) for key, said in label.words.items() if _is_words(subject, key, said)}


def _is_words(subject: Subject, key: str, said: object) -> bool:
    return key in subject.languages or (isinstance(said, str) and LANGUAGE_CODE.match(key) is not None)


def missing_text(subject: Subject) -> Iterable[Finding]:
    """Find texts that lack a declared language; one written under an undeclared language is no second fault."""
    for path, words in _words(subject):
        strange = sum(language not in subject.languages for language in words)
        for language in [language for language in subject.languages if language not in words][strange:]:
            yield Finding(path, {"language": language}, at="key", unless=((*path, language),))


def blank_text(subject: Subject) -> Iterable[Finding]:
    """Find texts that hold only spaces, or letters that nobody sees."""
    for path, words in _words(subject):
        for language, said in words.items():
            if not any(letter.isprintable() and not letter.isspace() for letter in said):
                yield Finding((*path, language), {"language": language})


def undeclared_language(subject: Subject) -> Iterable[Finding]:
    """Find texts in a language the questionnaire does not declare; one of the program's own is not misspelt."""
    for path, words in _words(subject) if subject.languages else ():
        for language in words:
            if language not in subject.languages:
                ours = language in LANGUAGES
                lacking = [code for code in subject.languages if code not in words and (code in LANGUAGES or not ours)]
                known = None if ours else suggestion(language, subject.languages)
                hint = fill(NEAREST, nearest=lacking[0]) if lacking else known
                yield Finding((*path, language), {"language": language}, at="key", hint=hint)


def unknown_label_key(subject: Subject) -> Iterable[Finding]:
    """Find keys of a labelled table that are neither a language nor a key of the format."""
    for path, label in subject.walk.labels:
        for key, said in label.words.items():
            if not _is_words(subject, key, said):
                own = [key_of(type(label), name) for name in type(label).model_fields]
                hint = ONLY_IN[key] if key in ONLY_IN else suggestion(key, (*own, *subject.languages))
                yield Finding((*path, key), {"name": key}, at="key", hint=hint)


ONLY_IN = {
    "exclusive": _("“exclusive” stands only in options of kind multi."),
    "lacking": _("“lacking” stands only in options of kind multi."),
    "unknown": _("“unknown” stands only in options of facts."),
}


def label_not_text(subject: Subject) -> Iterable[Finding]:
    """Find words that are not a text."""
    for path, label in subject.walk.labels:
        for key, said in label.words.items():
            if key in subject.languages and not isinstance(said, str):
                values = {"name": key, "wanted": WANTED["string_type"], "given": given(said)}
                yield Finding((*path, key), values, hint=advice("string_type", said, key))


def different_placeholders(subject: Subject) -> Iterable[Finding]:
    """Find texts whose languages do not have the same `{placeholders}`."""
    for path, words in _words(subject):
        sets = {language: set(PLACEHOLDER.findall(said)) for language, said in words.items() if said.strip()}
        first = next(iter(sets), "")
        for language, names in sets.items():
            if names != sets[first]:
                only = listed(sorted("{" + name + "}" for name in names ^ sets[first]))
                values = {"language": language, "other": first, "only": only}
                yield Finding((*path, language), values, unless=((*path, first),))


def unknown_placeholder(subject: Subject) -> Iterable[Finding]:
    """Find placeholders of a check's message that name nothing whose answer could be filled in."""
    if not isinstance(subject, QuestionnaireSubject):
        return
    known = subject.declared["questions"] | subject.declared["facts"]
    for id, check in subject.value.checks.items():
        for language, said in check.message.items():
            for name in dict.fromkeys(PLACEHOLDER.findall(said)):
                if name not in known:
                    hint = suggestion(name, known, braces=True)
                    yield Finding(("checks", id, "message", language), {"name": name}, hint=hint)


def outer_spaces(subject: Subject) -> Iterable[Finding]:
    """Find texts that begin or end with a space."""
    for path, words in _words(subject):
        for language, said in words.items():
            if said.strip() and said != said.strip():
                yield Finding((*path, language), {"language": language})


def version_blank(subject: Subject) -> Iterable[Finding]:
    """Find a version without a word in it, by which no edition is told from another."""
    version = subject.value.version
    unread = isinstance(subject, QuestionnaireSubject) and subject.mended.touches(("version",))
    if version is not None and not version.strip() and not unread:
        yield Finding(("version",))


def stale_text(subject: Subject) -> Iterable[Finding]:
    """Find texts that are marked as not brought up to a change in another language."""
    documents = subject.collection.documents if isinstance(subject, QuestionnaireSubject) else ()
    for file, document in enumerate(documents):
        for path, marks in stale_in(document.text).items() if not document.faults else ():
            for mark in marks:
                values = {"language": mark.language, "by": mark.by, "day": mark.day}
                yield Finding((*path, mark.language), values, file=file)


def language_code(subject: Subject) -> Iterable[Finding]:
    """Find declared languages that are no language code, or are declared twice."""
    stated = subject.value.languages if isinstance(subject, QuestionnaireSubject) else ()
    for index, language in enumerate(stated):
        if not LANGUAGE_CODE.match(language) or language in stated[:index]:
            yield Finding(("languages", index), {"language": language})


_UNKNOWN_KEY = next(rule for rule in SHAPE_RULES if rule.code == "unknown_key")
_WRONG_TYPE = next(rule for rule in SHAPE_RULES if rule.code == "wrong_type")

TEXT_RULES = (
    Rule("unknown_key", "error", _UNKNOWN_KEY.message, _UNKNOWN_KEY.hint, unknown_label_key),
    Rule("wrong_type", "error", _WRONG_TYPE.message, _WRONG_TYPE.hint, label_not_text),
    Rule(
        "language_code",
        "error",
        _("“{language}” is no language code, or stands here twice"),
        _('Write each code once, as in languages = ["en", "zh"].'),
        language_code,
    ),
    Rule(
        "missing_text",
        "error",
        _("this text is missing in “{language}”"),
        _('Add it beside the others: ….{language} = "..." on a line of its own, {language} = "..." inside braces.'),
        missing_text,
    ),
    Rule(
        "blank_text",
        "error",
        _("this text is blank in “{language}”"),
        _("Write the text, or take the key out where it may be left out."),
        blank_text,
    ),
    Rule(
        "undeclared_language",
        "error",
        _("“{language}” is not among the questionnaire's languages"),
        _("Declare it under languages, or take the text out."),
        undeclared_language,
    ),
    Rule(
        "different_placeholders",
        "error",
        _("“{language}” and “{other}” do not have the same placeholders: {only}"),
        _("Use the same {{names}} in every language."),
        different_placeholders,
    ),
    Rule(
        "unknown_placeholder",
        "warning",
        _("“{{{name}}}” names no question or fact, so no answer is filled in"),
        _("Write the id of a question or fact in the braces."),
        unknown_placeholder,
    ),
    Rule(
        "outer_spaces",
        "warning",
        _("the text in “{language}” begins or ends with a space"),
        _("Take the space away."),
        outer_spaces,
    ),
    Rule(
        "version_blank",
        "warning",
        _("the version is blank, so that no edition can be told from another"),
        _('Number the editions: version = "1.0.0".'),
        version_blank,
    ),
    Rule(
        "stale_text",
        "notice",
        _("the text in “{language}” is marked as the old one: “{by}” was changed on {day}"),
        _("Bring it up to the change; then, or where it holds as it is, take the comment away."),
        stale_text,
    ),
)
