# Needs python3 (3.11 or newer), pip and make; everything else goes into .venv.
.DEFAULT_GOAL := help
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

TEST_PATHS := tests/acceptance:tests/intake:tests/support:tests
# Faults first, files of quick tests last, as tests/conftest.py sorts them; the others by name, so that
# the long files of acceptance come early.
TESTS := $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder --durations 15 --durations-min 5

help: ## what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  \1\t/' | expand -t 16

setup: .venv/ready ## install what a run needs into .venv

run: .venv/ready ## harmonise, build warehouse and pages (offline, on the shipped figures)
	@$(BIN)/tipstat run

test: .venv/ready-dev chromium ## the tests, but for those that take minutes
	$(TESTS) -m "not exhaustive"

test-fast: .venv/ready-dev ## those that need no browser, server, whole run or simulation: while you work
	$(TESTS) -m "not slow and not exhaustive"

test-browser: .venv/ready-dev chromium ## every page in a real browser, and all readers' questions; `test` opens one of each kind and asks of fewer states
	$(TESTS) tests/acceptance/browser

test-spark: .venv/ready-spark ## case records counted on Spark, alone and by two workers (half a gigabyte; Java)
	@tests/cases/install-java
	$(BIN)/python -m pytest tests/cases/test_spark.py

shots: .venv/ready-dev chromium ## pictures of the kinds of page into shots/, and the README's
	$(BIN)/python tests/acceptance/browser/shots.py

social: .venv/ready-dev chromium ## pictures that other sites show beside a link, one per language
	$(BIN)/python tests/acceptance/browser/social.py

chromium:
	@tests/acceptance/browser/install-chromium

faults: .venv/ready-dev ## kill, starve and disturb runs and verbs, damage what lies there, a thousand times; nothing may be lost
	@PYTHONPATH=$(TEST_PATHS) $(BIN)/python -W ignore -m faults

simulations: .venv/ready-dev ## draw a hundred collections of series: how often trends are claimed where there are none, and found
	$(BIN)/python -m pytest -n auto -m exhaustive tests/warehouse/test_trend_errors.py

test-hosting: .venv/ready-dev ## site and service behind Debian's nginx and Caddy, at a host and under a path, and as files alone
	@tests/acceptance/hosting/install-servers
	$(BIN)/python -m pytest -m exhaustive tests/acceptance/hosting

test-daemon: .venv/ready-dev ## drop two hundred files and kill Dagster's daemon in between; kill a run that blocks its queue
	$(BIN)/python -m pytest -m exhaustive tests/acceptance/test_daemon.py

forms: .venv/ready-dev ## fill in 140 questionnaires, save them in LibreOffice and read them back (needs soffice); faulty ones, here and in the browser
	$(BIN)/python -m pytest -n auto -m exhaustive tests/questionnaire/test_faulty_forms.py tests/questionnaire/test_round_trip.py tests/acceptance/browser/test_check.py

taking-part: .venv/ready-dev ## let all 35 states report in six ways: no page may lose a figure, a verdict or its newest year
	$(BIN)/python -m pytest -m exhaustive tests/questionnaire/test_taking_part.py

attack: .venv/ready-dev ## attack all that is published, forms, and tables of case records: no hidden figure may follow
	$(BIN)/python -m pytest -n auto -m exhaustive tests/cases/test_attack.py tests/questionnaire/test_protect.py tests/acceptance/disclosure

validate-api: .venv/ready-dev ## hold what the service answers, catalogue and pages against the official schemas and shapes, and let programs of others read it
	$(BIN)/python -m pytest tests/serve/test_sdmx_formats.py tests/serve/test_sdmx_clients.py tests/published/catalogue

attack-api: .venv/ready-dev ## attack the service with all shipped figures: it stays well and small, and tells no hidden or recalled figure
	$(BIN)/python -m pytest -m exhaustive tests/serve/test_attack_api.py

attack-counts: run ## count what the attack finds, for pages and docs: where a test of it asks for it
	$(BIN)/python tests/acceptance/disclosure/count_lines.py

extracts: .venv/ready-dev ## read all extracts with frictionless and sdmx1, and every page of every state for words outside of the code lists; weigh ten versions
	$(BIN)/python -m pytest -n auto -m exhaustive tests/published

wheel: .venv/ready ## build the wheel, with the shipped figures in it, into dist/
	$(BIN)/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir $(DIST) .

test-wheel: .venv/ready-dev ## publish with the wheel, in a project that it made
	$(BIN)/python -m pytest -m exhaustive tests/acceptance/test_wheel.py

planted: .venv/ready-dev ## plant false tables and make false releases of all sources: how many detectors and guard find
	@PYTHONPATH=$(TEST_PATHS) $(BIN)/python -W ignore -m detectors
	@PYTHONPATH=$(TEST_PATHS):tests/harmonised $(BIN)/python -W ignore -m guard_trials
	$(BIN)/python -m pytest -m exhaustive tests/harmonised/test_guard.py

fuzz: .venv/ready-dev ## make up figures and files for the parser and the readers, a minute for each kind
	@PYTHONPATH=$(TEST_PATHS) $(BIN)/python -W ignore -m fuzz

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

bench: .venv/ready-dev ## measure the README's claims about speed and memory
	@for each in run_time growth site million_rows sdmx_csv national_files cases serve; do $(BIN)/python benchmarks/$$each.py || exit 1; done

audit: sbom ## known vulnerabilities of the locked requirements, and their list
	@$(BIN)/python deploy/audit.py requirements-server.txt

sbom: .venv/ready-dev ## the list of what is installed, in CycloneDX: dist/sbom.json
	@mkdir -p $(DIST)
	@PYTHONWARNINGS=ignore $(BIN)/cyclonedx-py requirements requirements-server.txt --pyproject pyproject.toml --output-reproducible -o $(DIST)/sbom.json
DIST := dist

dev: .venv/ready ## Dagster's web interface on http://127.0.0.1:3000, or the port TIPSTAT_PORT
	@$(BIN)/tipstat dev

docs: .venv/ready ## write the generated pages of docs/
	$(BIN)/tipstat docs

keep-standard: .venv/ready ## keep the sheets of the common standard as they are, before a new version of it
	$(BIN)/python -c "from schemas import standard; print(standard.keep())"

chance: run ## what chance makes of the years of the shipped series, for the trends: where a test asks for it
	$(BIN)/python -m pipelines.warehouse.statistics.chance_table

known-cases: run ## mark the failing cases of the rules as looked at: data/known_cases.csv
	$(BIN)/python -m pipelines.warehouse.known_cases

plotly: .venv/ready-dev ## the part of plotly.js that pages load, of the version that plotly.py knows (needs npm)
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

clean: ## remove all that can be made again, .venv included
	rm -rf .venv data/harmonised data/published data/dagster data/.locks .pytest_cache .ruff_cache .mypy_cache
	rm -f data/warehouse/tipstat.* data/warehouse/.lock data/.lock

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

.PHONY: help setup run test test-fast test-browser test-spark test-daemon shots social chromium faults \
	simulations forms taking-part attack attack-counts extracts wheel test-wheel planted fuzz check check-style check-types \
	check-dagster check-docs bench audit sbom dev docs chance keep-standard known-cases plotly lock clean attack-api validate-api \
	test-hosting
