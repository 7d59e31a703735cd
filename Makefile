# make run    set up, then open the app (with no terminal: score the sample and write its report)
# make test   set up, then run the tests
# make lint   format, lint, types, layers, content
# make check  lint, then the tests: what a change must pass
# make catalogues  bring the translations up to the texts of the program, compile and check them
# make docs   the pages, man pages and schemas that are written from code and content
# make page-check  the report as a page in Chromium, with axe-core from npm
# make bundle wheels and install scripts for an office without a network: Windows, macOS, Linux; make bundle BUNDLE_PYTHON=3.11
# make bench  speed and memory beside peers
# make test-all  the tests with all their cases, samples and languages, not a part; in an hour, before a release
# make faults kills, full disks, taken permissions, two writers: what may be lost; longer: make faults COUNT=30
# make mutate a draw of changes to the engine and the kinds of question that the tests must notice, half an hour or
#             more; another draw: make mutate SEED=7 COUNT=200; a part: make mutate MODULES='engine/planning/*'
# make fuzz   spoilt files of all kinds, about two minutes; longer: make fuzz KIND=csv COUNT=100000 SEED=7
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
SAMPLE ?= samples/cluster_county.toml
OUT    ?= build
READY  := $(VENV)/.ready
DEV    := $(VENV)/.ready-dev

WORDS     := src/nqpf_assess/locale/zh/messages.po
CATALOGUE := src/nqpf_assess/locale/zh/messages.mo
KIND   ?=
SEED   ?= 1
MUTANTS ?=

BUNDLE_PYTHON ?= 3.12

# An environment knows its folder and its Python: where one was moved or copied, or the other replaced, it is made anew.
SETTING = pwd -P; $(BIN)/python -c "import sys; print(sys.version_info[:2])" 2>&1
# Before 3.13 Python reads the path of the copy in the encoding of the locale, and ends where it cannot; a relative one holds.
RELATE = $(PYTHON) -c 'import glob, os; [open(path, "w").write(os.path.relpath("src", os.path.dirname(path))) for path in \
  glob.glob("$(VENV)/lib/*/site-packages/*nqpf_assess.pth")]'
STALE  := $(shell [ ! -e $(READY) ] || [ "$$($(SETTING))" = "$$(cat $(READY))" ] || echo stale)

.PHONY: bundle stale run page-check test test-all test-lowest lint check bench fuzz faults mutate audit docs clean catalogues

run: $(READY)
	@if [ -t 0 ] && [ -t 1 ]; then $(BIN)/nqpf-assess; else \
	  mkdir -p $(OUT) && $(BIN)/nqpf-assess score $(SAMPLE) && $(BIN)/nqpf-assess report $(SAMPLE) -o $(OUT)/; fi

# Bare assertions take a tenth less time. What failed is tried once more alone, with the values that pytest shows: a
# machine that stalls for a minute is no fault of the change.
test: $(DEV) $(CATALOGUE)
	$(BIN)/python -m pytest -n auto --assert=plain || \
	  { test -s .pytest_cache/v/cache/lastfailed && $(BIN)/python -m pytest -n 0 --last-failed; }

test-all: $(DEV) $(CATALOGUE)
	NQPF_TEST_BUDGET=1 NQPF_KILLS=200 $(BIN)/python -m pytest -n auto -p tests.support.costs

lint: $(DEV) $(CATALOGUE)
	$(BIN)/python tools/catalogues.py check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/nqpf-assess check --strict questionnaires weights samples

check: lint test

bundle: $(DEV) $(CATALOGUE)
	$(BIN)/python tools/make_bundle.py --python $(BUNDLE_PYTHON) -o $(OUT)/bundle

bench: $(DEV)
	$(BIN)/python -m benchmarks

catalogues: $(DEV)
	$(BIN)/python tools/catalogues.py update
	$(BIN)/python tools/catalogues.py check

$(CATALOGUE): $(WORDS) | $(DEV)
	$(BIN)/python tools/catalogues.py build
	@touch $(READY)

# The report as a page, looked at by a browser and axe-core (fetched beside the build, never shipped).
page-check: $(DEV) $(CATALOGUE)
	npm install --silent --no-save --prefix build axe-core@4
	$(BIN)/python -m pytest -q -n 0 tests/report/renderers/test_page_in_browser.py

# What somebody meets who installs beside older libraries: the lowest versions of pyproject.toml, in their own environment.
test-lowest: $(DEV) $(CATALOGUE)
	@mkdir -p build
	$(BIN)/python tools/lowest.py > build/lowest.txt
	$(PYTHON) -m venv build/lowest
	build/lowest/bin/python -m pip install --quiet --disable-pip-version-check -c build/lowest.txt -e ".[all,dev]"
	build/lowest/bin/python -m pytest -n auto

fuzz: $(DEV)
	$(BIN)/python -m tools.fuzz $(KIND) --seed $(SEED) $(if $(COUNT),--count $(COUNT))

mutate: $(DEV) $(CATALOGUE)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check mutmut==3.8.1
	$(BIN)/python -m tools.mutate --seed $(SEED) $(if $(COUNT),--count $(COUNT)) $(if $(MODULES),--modules '$(MODULES)')

audit: $(DEV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(BIN)/python -m pip_audit -r constraints.txt --no-deps --disable-pip --strict

faults: $(DEV)
	$(BIN)/python -m tools.faults --seed $(SEED) $(if $(COUNT),--count $(COUNT))

docs: $(DEV)
	$(BIN)/python tools/write_problems.py
	$(BIN)/python tools/write_content_map.py
	$(BIN)/python tools/write_validation.py
	$(BIN)/python tools/write_licences.py
	$(BIN)/python tools/write_man.py
	for kind in questionnaire weights answers; do $(BIN)/nqpf-assess schema $$kind > src/nqpf_assess/schemas/$$kind.json; done

stale:
	@rm -rf $(VENV)

# Of what is made by half nothing stays: the next run would take it for made.
$(BIN)/python: $(STALE)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; if it has another name: make run PYTHON=python3.12" >&2; \
	  echo "需要 Python 3.11 或更高版本；若命令名不同：make run PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

# New words too: installing compiles them, or the app would speak two languages after an update.
$(READY): pyproject.toml constraints.txt $(WORDS) $(STALE) | $(BIN)/python
	@echo "Setting up, a minute or two, once for each version. 首次运行或更新后先安装，约一两分钟。" >&2
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[all]"
	@$(RELATE)
	@($(SETTING)) > $@

$(DEV): pyproject.toml constraints.txt $(STALE) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[all,dev]"
	@$(RELATE)
	@($(SETTING)) > $(READY); touch $@

clean:
	rm -rf $(VENV) $(OUT) dist
