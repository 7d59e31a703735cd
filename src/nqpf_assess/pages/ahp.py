"""Weights out of judgements, in words: the weights, how far the judgements agree, which to look at again."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from rich.cells import cell_len

from nqpf_assess.engine.ahp import ACCEPTED, Pair, Panel, Priorities
from nqpf_assess.engine.ahp.matrix import as_written
from nqpf_assess.model.text import Text, fill, tell, text
from nqpf_assess.report.wording import NO_FIGURE, number, percent
from nqpf_assess.typography.cells import fit

PILLARS = text(en="The pillars", zh="各支柱")
METHODS: Mapping[str, Text] = {
    "eigenvector": text(en="eigenvector", zh="特征向量法"),
    "geometric": text(en="geometric mean", zh="几何平均法"),
}
HEAD = text(en="{group} · {method}", zh="{group} · {method}")
FIGURES = text(
    en="λmax {largest} · CI {index} · CR {ratio}: {verdict}", zh="λmax {largest} · CI {index} · CR {ratio}：{verdict}"
)
GOOD = text(en="the judgements agree (below 0.10)", zh="判断一致性可以接受（低于 0.10）")
POOR = text(en="the judgements contradict each other (0.10 or more)", zh="判断相互矛盾（达到或超过 0.10）")
ALWAYS = text(en="two or fewer always agree", zh="不超过两项，总是一致")
BEYOND = text(
    en="no random index beyond ten members; compare fewer at a time", zh="超过十项没有随机一致性指标，请减少比较项"
)
LOOK = text(en="Look again at:", zh="建议复核：")
PAIR = text(
    en="“{one}” to “{other}” is {judged}; consistent with the rest would be {consistent} ({step}){then}",
    zh="“{one}”比“{other}”为 {judged}；与其余判断一致的值是 {consistent}（约 {step}）{then}",
)
THEN = text(en=", CR then {ratio}", zh="，届时 CR 为 {ratio}")
EXPERTS = text(
    en="{count} experts, combined by the geometric mean:", zh="共 {count} 位专家，按几何平均合成，各自的一致性："
)
EXPERT = text(en="{name}: CR {ratio}{mark}", zh="{name}：CR {ratio}{mark}")
MARK = text(en="  ← 0.10 or more", zh="  ← 达到或超过 0.10")
OF_ALL = text(en="share of the whole", zh="占总体比重")

REASON = text(
    en="Judged in pairs by {by} (AHP, {method}, consistency ratio {ratio}): {now} of what was compared instead of "
    "{before}.",
    zh="由{by}两两比较得出（层次分析法，{method}，一致性比率 {ratio}）：在所比较的各项中占 {now}，原为 {before}。",
)
SEVERAL = text(en="{count} experts", zh="{count}位专家")

ALONE = text(en="one expert", zh="一位专家")

SCALE_WORDS: Mapping[int, Text] = {
    1: text(en="equally important", zh="同样重要"),
    2: text(en="between equal and slightly more", zh="介于同样与稍微重要之间"),
    3: text(en="slightly more important", zh="稍微重要"),
    4: text(en="between slightly and clearly more", zh="介于稍微与明显重要之间"),
    5: text(en="clearly more important", zh="明显重要"),
    6: text(en="between clearly and strongly more", zh="介于明显与强烈重要之间"),
    7: text(en="strongly more important", zh="强烈重要"),
    8: text(en="between strongly and extremely more", zh="介于强烈与极端重要之间"),
    9: text(en="extremely more important", zh="极端重要"),
}
"""Saaty's scale in words."""

Title = Callable[[str], str]


def ahp_lines(found: Sequence[Panel], shares: Mapping[str, float], title: Title, language: str) -> Iterator[str]:
    """Tell every group; `title`: how a member is called, `shares`: of the whole, where there are several groups."""
    for index, panel in enumerate(found):
        yield from [""] if index else []
        group = title(panel.of) if panel.of else tell(PILLARS, language)
        yield tell(HEAD, language, group=group, method=tell(METHODS[panel.found.method], language))
        yield from _weights(panel, shares if len(found) > 1 else {}, title, language)
        yield tell(
            FIGURES,
            language,
            largest=number(panel.found.largest, 3),
            index=number(panel.found.index, 3),
            ratio=ratio(panel.found),
            verdict=tell(verdict(panel.found, len(panel.members)), language),
        )
        yield from _again(panel, title, language)
        yield from _experts(panel, title, language)


def ratio(found: Priorities) -> str:
    """Write a consistency ratio."""
    return NO_FIGURE if found.ratio is None else number(found.ratio, 3)


def verdict(found: Priorities, members: int) -> Text:
    """Judge a consistency ratio."""
    if members <= 2:
        return ALWAYS
    if found.ratio is None:
        return BEYOND
    return GOOD if found.ratio < ACCEPTED else POOR


def _weights(panel: Panel, shares: Mapping[str, float], title: Title, language: str) -> Iterator[str]:
    wide = max(cell_len(title(member)) for member in panel.members)
    for member, weight in zip(panel.members, panel.found.weights, strict=True):
        whole = f"  {tell(OF_ALL, language)} {percent(shares[member], 1)}" if member in shares else ""
        yield f"  {fit(title(member), wide)}  {percent(weight, 1):>6}{whole}"


def _again(panel: Panel, title: Title, language: str) -> Iterator[str]:
    if panel.found.consistent or not panel.worst:
        return
    yield tell(LOOK, language)
    yield from ("  " + pair_words(pair, panel.members, title, language) for pair in panel.worst)


def pair_words(pair: Pair, members: Sequence[str], title: Title, language: str) -> str:
    """Say of a pair what was judged, and what would agree."""
    then = "" if pair.ratio_then is None else tell(THEN, language, ratio=number(pair.ratio_then, 3))
    return tell(
        PAIR,
        language,
        one=title(members[pair.one]),
        other=title(members[pair.other]),
        judged=as_written(pair.judged),
        consistent=number(pair.consistent, 2),
        step=as_written(pair.step),
        then=then,
    )


def _experts(panel: Panel, title: Title, language: str) -> Iterator[str]:
    if len(panel.experts) < 2:
        return
    yield tell(EXPERTS, language, count=len(panel.experts))
    for expert in panel.experts:
        fine = expert.found.consistent or expert.found.ratio is None
        mark = "" if fine else tell(MARK, language)
        yield "  " + tell(EXPERT, language, name=expert.name, ratio=ratio(expert.found), mark=mark)
        if not fine:
            yield from ("    " + pair_words(pair, panel.members, title, language) for pair in expert.worst)


def reason_of(panel: Panel, before: float, now: float) -> Text:
    """Give the reason for a share that was judged, to be printed in a rubric's ledger."""
    count = len(panel.experts)
    name = panel.experts[0].name
    alone = text(en=name, zh=name) if not name.isdecimal() else ALONE
    return fill(
        REASON,
        by=fill(SEVERAL, count=count) if count > 1 else alone,
        method=METHODS[panel.found.method],
        ratio=ratio(panel.found),
        now=percent(now, 1),
        before=percent(before, 1),
    )
