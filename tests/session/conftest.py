"""Sessions over a small questionnaire that has one of everything."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nqpf_assess.engine.instrument import Instrument
from nqpf_assess.files.library import Library
from nqpf_assess.files.places import DATA_VARIABLE, Root
from nqpf_assess.model.answers import Answers
from nqpf_assess.session import Session, new_answers
from nqpf_assess.session.desk import Chains

OTHER_UNIT = (
    ('version = "1"', 'version = "2"'),
    ('unit = "%"\nrange = [0, 15]', 'unit = "‰"\nrevision = 2\nrange = [0, 150]'),
    ("usual = [0.05, 7]", "usual = [0.5, 70]"),
    ("scale = [[0, 0], [4, 100]]", "scale = [[0, 0], [40, 100]]"),
)
"""What the next edition of the small questionnaire changes, where it asks for a share in ‰ that was asked for in %."""

NOW = datetime(2026, 11, 25, 9, 31, 2, tzinfo=UTC)

QUESTIONNAIRE = """
format = "nqpf-questionnaire/1"
id = "small"
version = "1"
subject = "region"
languages = ["en", "zh"]
title = { en = "Small", zh = "小问卷" }
sources.expert = { title = { en = "Expert", zh = "专家" } }

[facts.zone]
kind = "single"
text = { en = "Which zone?", zh = "属于哪类地区？" }
holder = { en = "Planning", zh = "规划局" }
options.town = { en = "Town", zh = "城市" }
options.hills = { en = "Hills", zh = "山区" }
options.unsure = { en = "Not sure", zh = "不清楚", unknown = true }

[pillars.new]
title = { en = "Innovation", zh = "科技创新" }
help = { en = "Approved means in writing.", zh = "“已印发”指正式行文。" }
[pillars.clean]
title = { en = "Green", zh = "绿色生产力" }

[dimensions.spending]
pillar = "new"
title = { en = "R&D input", zh = "研发投入" }
[dimensions.works]
pillar = "clean"
title = { en = "Cleaner works", zh = "清洁生产" }

[questions.share]
dimension = "spending"
kind = "number"
text = { en = "R&D as a share of GDP?", zh = "研发经费占比是多少？" }
help = { en = "See the yearbook.", zh = "见统计年鉴。" }
holder = { en = "Statistics", zh = "统计局" }
unit = "%"
range = [0, 15]
usual = [0.05, 7]
reference_year = true
scale = [[0, 0], [4, 100]]
evidence_from = 60

[questions.plan]
dimension = "spending"
kind = "level"
text = { en = "How is it steered?", zh = "如何统筹？" }
levels = [{ en = "Nobody", zh = "无人负责" }, { en = "A paper", zh = "有文件" }, { en = "Done", zh = "已落实" }]
holder = { en = "Science", zh = "科技局" }
evidence_from = 2
core = true
revision = 2

[questions.review]
dimension = "spending"
kind = "single"
text = { en = "Who reviews the plan?", zh = "由谁评估？" }
options.none = { en = "Nobody", zh = "无", score = 0 }
options.outside = { en = "An outside body", zh = "第三方", score = 100 }
show_if = { question = "plan", at_least = 1 }

[questions.tools]
dimension = "works"
kind = "multi"
text = { en = "Which tools?", zh = "采用哪些工具？" }
holder = { en = "Statistics", zh = "统计局" }
options.audit = { en = "Audit", zh = "清洁生产审核", score = 60 }
options.trade = { en = "Permit trading", zh = "排污权交易", score = 40 }
options.none = { en = "None", zh = "均无", score = 0, exclusive = true }
core = true

[questions.story]
dimension = "works"
kind = "text"
text = { en = "Anything else?", zh = "其他情况？" }

[countermeasures.list]
title = { en = "List needs", zh = "梳理需求" }
gist = { en = "Ask the firms.", zh = "走访企业。" }
lifts = { spending = 10 }
when_below = 90
effort = 1
horizon = "short"
acts = "county"
lead = { en = "Science", zh = "科技局" }
kpi = { en = "One list", zh = "清单一份" }

[countermeasures.bids]
title = { en = "Open bids", zh = "揭榜挂帅" }
gist = { en = "Anyone may solve it.", zh = "面向全国征集。" }
lifts = { spending = 20 }
when_below = 90
effort = 3
horizon = "medium"
acts = "county"
lead = { en = "Science", zh = "科技局" }
kpi = { en = "Three solved", zh = "解决三项" }
needs = ["list"]

[countermeasures.scrub]
title = { en = "Scrubbers", zh = "末端治理" }
gist = { en = "Fit them.", zh = "加装设施。" }
lifts = { works = 30 }
when_below = 90
unsuits = { fact = "zone", is = "hills" }
unsuits_why = { en = "No works in the hills.", zh = "山区无此类企业。" }
effort = 2
horizon = "long"
acts = "province"
lead = { en = "Ecology", zh = "生态环境局" }
kpi = { en = "All fitted", zh = "全部加装" }

[checks.paper_only]
when = { all = [{ question = "plan", at_least = 2 }, { question = "share", at_most = 0.1 }] }
message = { en = "Level {plan} beside {share} %.", zh = "等级{plan}，占比{share}%。" }
"""

BASELINE = """
format = "nqpf-weights/1"
id = "baseline"
questionnaire = "small"
version = "1"
name = { en = "Baseline", zh = "通用基准" }
[weights]
new = 60
clean = 40
[targets]
new = 80
clean = 70
[bands]
low = { from = 0, en = "Emerging", zh = "起步" }
high = { from = 60, en = "Established", zh = "成型" }
"""

HILLS = """
format = "nqpf-weights/1"
id = "hills"
questionnaire = "small"
based_on = "baseline"
name = { en = "Hill country", zh = "山区型" }
about = { en = "For the hills.", zh = "适用于山区。" }
fits = { fact = "zone", is = "hills" }
[[adjust]]
node = "clean"
factor = 2
target = 90
why = { en = "Water comes from here.", zh = "水源地。" }
sources = ["expert"]
"""


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test away from the data folder of the person who runs it."""
    folder = tmp_path / "data"
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    return folder


def write_content(root: Path) -> Path:
    (root / "questionnaires").mkdir(parents=True)
    (root / "weights" / "small").mkdir(parents=True)
    (root / "questionnaires" / "small.toml").write_text(QUESTIONNAIRE, encoding="utf-8")
    (root / "weights" / "small" / "baseline.toml").write_text(BASELINE, encoding="utf-8")
    (root / "weights" / "small" / "hills.toml").write_text(HILLS, encoding="utf-8")
    return root


def edited(path: Path, *pairs: tuple[str, str]) -> Path:
    """Change a file; every change must find what it changes."""
    words = path.read_text(encoding="utf-8")
    for before, after in pairs:
        assert before in words, before
        words = words.replace(before, after)
    path.write_text(words, encoding="utf-8")
    return path


def next_edition_of(root: Path, *changes: tuple[str, str]) -> Path:
    """Change the questionnaire of a folder; the edition as it was is kept in `editions/1/`, and returned."""
    kept = root / "editions" / "1"
    for part in ("questionnaires", "weights"):
        shutil.copytree(root / part, kept / part)
    edited(root / "questionnaires" / "small.toml", *changes)
    return kept


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library((Root("test", write_content(tmp_path / "content")),))


@pytest.fixture
def instrument(library: Library) -> Instrument:
    found, problems = library.instrument("small", "baseline")
    assert found is not None, problems
    return found


class Memory:
    """A saver that keeps what it was given."""

    def __init__(self) -> None:
        self.saved: list[Answers] = []
        self.refusal: Exception | None = None

    def save(self, answers: Answers) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.saved.append(answers)


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def session(library: Library, instrument: Instrument, memory: Memory) -> Session:
    chains = Chains(library, instrument)
    return Session(instrument, new_answers(instrument, language="en"), memory, lambda: NOW, chains=chains)


PLAN = "[answers]\nplan.value = 2\n"
TYPED = f"{PLAN}share = {{ value = 2, year = 2025 }}\n"


def small_answers(path: Path, *, version: str = "1", rubric: str = "baseline", words: str = PLAN) -> None:
    """Write answers to the small questionnaire that state no digest."""
    path.write_text(
        f'format = "nqpf-answers/1"\nquestionnaire = {{ id = "small", version = "{version}" }}\n'
        f'weights = {{ id = "{rubric}", version = "1" }}\n{words}',
        encoding="utf-8",
    )
