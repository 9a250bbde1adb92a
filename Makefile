# Needs python3 (3.11 or newer), pip and make; everything else goes into .venv.
.DEFAULT_GOAL := help
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
.PHONY: $(shell sed -n 's/^\([a-z-]*\):.*/\1/p' $(MAKEFILE_LIST))

TEST_PATHS := tests/acceptance:tests/intake:tests/support:tests
# Faults first, files of quick tests last, as tests/conftest.py sorts them; the others by name, so that
# the long files of acceptance come early.
TESTS := $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder --durations 15 --durations-min 5

## Every day

help: ## what there is
	@sed -nE 's/^## (.*)/\n\1/p; s/^([a-z-]+):.* ## (.*)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 17

setup: .venv/ready ## install what a run needs into .venv

run: .venv/ready ## harmonise, build warehouse and pages: offline, shipped figures
	@$(BIN)/tipstat run

dev: .venv/ready ## Dagster's web interface on port 3000, or TIPSTAT_PORT
	@$(BIN)/tipstat dev

test: .venv/ready-dev chromium ## the tests; ROOM=warehouse: those of one folder of tests/
	$(TESTS) -m "not exhaustive" $(ROOM:%=tests/%)

chromium:
	@tests/acceptance/browser/install-chromium

test-fast: .venv/ready-dev ## those without browser, server or whole run, while you work
	$(TESTS) -m "not slow and not exhaustive" $(ROOM:%=tests/%)

check: check-style check-types check-dagster check-docs ## style, types, architecture, generated docs

check-style: .venv/ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

check-types: .venv/ready-dev
	$(BIN)/mypy

check-dagster: .venv/ready-dev
	VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/dg check defs
	VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/dg list defs > /dev/null

check-docs: .venv/ready-dev
	$(BIN)/tipstat docs --check

docs: .venv/ready ## write the generated pages of docs/
	$(BIN)/tipstat docs

clean: ## remove all that can be made again, .venv included
	rm -rf .venv data/harmonised data/published data/dagster data/.locks .pytest_cache .ruff_cache .mypy_cache
	rm -f data/warehouse/tipstat.* data/warehouse/.lock data/.lock

## Longer checks

test-processes: .venv/ready-dev ## two at once, kills, two workers on PostgreSQL
	$(BIN)/python -m pytest -m exhaustive tests/cli tests/intake/test_inbox.py tests/questionnaire/test_submissions.py \
		tests/questionnaire/test_later_forms.py tests/warehouse/test_switched_in_whole.py tests/acceptance/test_postgres.py

test-browser: .venv/ready-dev chromium ## every page in a browser, all readers' questions of all states
	$(TESTS) tests/acceptance/browser

test-hosting: .venv/ready-dev ## site and service behind Debian's nginx and Caddy, and as files
	@tests/acceptance/hosting/install-servers
	$(BIN)/python -m pytest -m exhaustive tests/acceptance/hosting

test-wheel: .venv/ready-dev ## publish with the wheel, in a project that it made
	$(BIN)/python -m pytest -m exhaustive tests/acceptance/test_wheel.py

test-daemon: .venv/ready-dev ## drop two hundred files, kill Dagster's daemon in between
	$(BIN)/python -m pytest -m exhaustive tests/acceptance/test_daemon.py

test-spark: .venv/ready-spark ## case records counted on Spark (half a gigabyte; Java)
	@tests/cases/install-java
	$(BIN)/python -m pytest tests/cases/test_spark.py

validate-api: .venv/ready-dev ## the service's answers, by official schemas and others' programs
	$(BIN)/python -m pytest tests/serve/test_sdmx_formats.py tests/serve/test_sdmx_clients.py tests/published/catalogue

attack: .venv/ready-dev ## attack pages, forms, case records: nothing hidden follows
	$(BIN)/python -m pytest -n auto -m exhaustive tests/cases/test_attack.py tests/questionnaire/test_protect.py tests/acceptance/disclosure

attack-api: .venv/ready-dev ## attack the service: it stays well, and tells no hidden figure
	$(BIN)/python -m pytest -m exhaustive tests/serve/test_attack_api.py

forms: .venv/ready-dev ## 140 questionnaires through LibreOffice, 200 faulty ones
	$(BIN)/python -m pytest -n auto -m exhaustive tests/questionnaire/test_faulty_forms.py tests/questionnaire/test_round_trip.py tests/acceptance/browser/test_check.py

taking-part: .venv/ready-dev ## all 35 states report in six ways: no page may lose by it
	$(BIN)/python -m pytest -m exhaustive tests/questionnaire/test_taking_part.py

planted: .venv/ready-dev ## plant false tables and releases: how many are found
	@PYTHONPATH=$(TEST_PATHS) $(BIN)/python -W ignore -m detectors
	@PYTHONPATH=$(TEST_PATHS):tests/harmonised $(BIN)/python -W ignore -m guard_trials
	$(BIN)/python -m pytest -m exhaustive tests/harmonised

extracts: .venv/ready-dev ## read all extracts with others' programs; weigh ten versions
	$(BIN)/python -m pytest -n auto -m exhaustive tests/published

simulations: .venv/ready-dev ## how often trends are claimed where there are none, and found
	$(BIN)/python -m pytest -n auto -m exhaustive tests/warehouse/test_trend_errors.py

faults: .venv/ready-dev ## kill, starve and disturb runs and verbs a thousand times
	@PYTHONPATH=$(TEST_PATHS) $(BIN)/python -W ignore -m faults

fuzz: .venv/ready-dev ## make up figures and files for readers, a minute for each kind
	@PYTHONPATH=$(TEST_PATHS) $(BIN)/python -W ignore -m fuzz

bench: .venv/ready-dev ## measure speed and memory
	@for each in run_time growth site million_rows sdmx_csv national_files cases serve; do $(BIN)/python benchmarks/$$each.py || exit 1; done

## When a test asks for it, and for a release

known-cases: run ## mark the failing cases of the rules as looked at
	$(BIN)/python -m pipelines.warehouse.known_cases

chance: run ## what chance makes of the series, where a test asks for it
	$(BIN)/python -m pipelines.warehouse.statistics.chance_table

attack-counts: run ## count what the attack finds, where a test asks for it
	$(BIN)/python tests/acceptance/disclosure/count_lines.py

answers: .venv/ready-dev ## answers in the query guide and the tests, where a test asks for it
	TIPSTAT_WRITE_ANSWERS=1 $(BIN)/python -m pytest -q -m "not slow" tests/docs tests/warehouse/test_shipped_figures.py tests/acceptance/test_notebooks.py

keep-standard: .venv/ready ## keep the sheets of the standard, before a new version of it
	$(BIN)/python -c "from schemas import standard; print(standard.keep())"

shots: .venv/ready-dev chromium ## pictures of the kinds of page into shots/, and the README's
	$(BIN)/python tests/acceptance/browser/shots.py

social: .venv/ready-dev chromium ## pictures that other sites show beside a link
	$(BIN)/python tests/acceptance/browser/social.py

plotly: .venv/ready-dev ## the part of plotly.js that pages load (needs npm)
	@version=$$($(BIN)/python -c "from plotly.offline import get_plotlyjs_version as v; print(v())") && cd $$(mktemp -d) && \
	npm pack --silent plotly.js-basic-dist-min@$$version && tar -xzf *.tgz && \
	cp package/LICENSE package/plotly-basic.min.js $(CURDIR)/pipelines/published/site/vendor

lock: .venv/ready-dev ## pin all requirements, with hashes, from pyproject.toml
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile $(LOCK) --group build --group dev --extra server -o requirements-dev.txt
	$(BIN)/uv pip compile $(LOCK) --group build --extra server -c requirements-dev.txt -o requirements-server.txt
	$(BIN)/uv pip compile $(LOCK) --group build -c requirements-dev.txt -o requirements.txt
	$(BIN)/uv pip compile $(LOCK) --group build --extra spark -c requirements-dev.txt -o requirements-spark.txt
	$(BIN)/uv pip compile $(LOCK_AS) --group build --group site -c requirements-dev.txt -o requirements-site.txt

LOCK_AS := --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --custom-compile-command 'make lock'

LOCK := pyproject.toml $(LOCK_AS)

wheel: .venv/ready ## build the wheel, with the shipped figures in it, into dist/
	$(BIN)/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir $(DIST) .

audit: sbom ## known vulnerabilities of the locked requirements
	@$(BIN)/python deploy/audit.py requirements-server.txt

sbom: .venv/ready-dev ## what is installed, in CycloneDX: dist/sbom.json
	@mkdir -p $(DIST)
	@PYTHONWARNINGS=ignore $(BIN)/cyclonedx-py requirements requirements-server.txt --pyproject pyproject.toml --output-reproducible -o $(DIST)/sbom.json

DIST := dist

# What the targets above are made of

.venv/ready: requirements.txt pyproject.toml
	@echo "Installing what a run needs into .venv, once: a minute or more, nearly 1 GB ..."
	@python3 -m venv .venv
	@$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@
	@echo "Installed."

.venv/ready-dev: .venv/ready requirements-dev.txt
	@echo "Installing what tests and checks need into .venv, once: some minutes ..."
	@$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@
	@echo "Installed."

.venv/ready-spark: .venv/ready-dev requirements-spark.txt
	$(BIN)/pip install --quiet --require-hashes -r requirements-spark.txt
	@touch $@

