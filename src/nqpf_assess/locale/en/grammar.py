"""English, as in a World Bank note: no numbered headings, the verdict first."""

import re

from nqpf_assess.locale.grammar import Grammar

WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*|\d[\d.,]*")
SENTENCE = re.compile(r"[.!?;]+(?:\s|$)")
VOWELS = re.compile("[aeiouy]+")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
KEPT_CAPITALS = ("R&D", "AI", "IP", "GDP", "ESG")


def length(words: str) -> int:
    """Count words."""
    return len(WORD.findall(words))


def grade(words: str) -> float:
    """Compute the Flesch–Kincaid grade (Kincaid et al. 1975).

    0.39 words a sentence + 11.8 syllables a word − 15.59, never below 0.
    """
    count, sentences = length(words), max(1, len([part for part in SENTENCE.split(words) if part and part.strip()]))
    if not count:
        return 0.0
    syllables = sum(max(1, len(VOWELS.findall(word.lower().removesuffix("e")))) for word in WORD.findall(words))
    return max(0.0, 0.39 * count / sentences + 11.8 * syllables / count - 15.59)


def lower_first(title: str) -> str:
    """Write a title inside a sentence: without its capital, but for names and abbreviations."""
    if title[1:2].isupper() or title.startswith(KEPT_CAPITALS):
        return title
    return title[:1].lower() + title[1:]


FIGURE_ASKED = re.compile(r"^What (?P<verb>is|was|are|were) (?:the )?(?P<what>[^?]+)(?P<unit>)\?$")
HOW_MUCH_OF = re.compile(r"^How much of (?P<whole>[^?,]+?) (?P<rest>(?:lies|is|are|comes|goes|stands) [^?,]+)\?$")
WHICH_NAMED = re.compile(r"^Which .+? does (?P<who>.+?) name (?P<rest>as [^?]+)\?$")


def statement(question: str, answer: str) -> str:
    """Make “What is the share of exports?” and “20%” into “Share of exports is 20%”; else the answer stands alone.

    Of “Is the district office paid?” nobody knows where the name of the district ends.
    """
    question, said = question.strip(), lower_first(answer)
    if (found := FIGURE_ASKED.match(question)) and ", and " not in question:
        whole = f"{found['what']} {'are' if found['verb'] in ('are', 'were') else 'is'} {said}"
    elif found := HOW_MUCH_OF.match(question):
        whole = f"{said} of {found['whole']} {found['rest']}"
    elif found := WHICH_NAMED.match(question):
        whole = f"{found['who']} names {said} {found['rest']}"
    else:
        whole = "" if said in ("yes", "no", "none") else answer
    return whole[:1].upper() + whole[1:]


GRAMMAR = Grammar(
    tag="en-GB",
    listing=", ",
    clauses=", ",
    semicolon="; ",
    colon=": ",
    stop=". ",
    space=" ",
    brackets=(" (", ")"),
    quotes=("“", "”"),
    date=lambda year, month, day: f"{day} {MONTHS[month - 1]} {year}",
    month=lambda year, month: f"{MONTHS[month - 1]} {year}",
    quarter=lambda number: f"Q{number}",
    section_mark=lambda _number: "",
    part_mark=lambda _number: "",
    point_mark=lambda _number: "",
    annex_mark=lambda number: LETTERS[number - 1] if number <= len(LETTERS) else str(number),
    conclusion_first=True,
    reading_speed=200,
    length=length,
    grade=grade,
    lower_first=lower_first,
    conjunction=" and ",
    serial=", and ",
    apart=("; ", "; and "),
    han=False,
    figure_asked=FIGURE_ASKED,
    statement=statement,
)
