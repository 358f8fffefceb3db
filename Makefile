# `make` lists the targets. Everything is installed into .venv, from locked versions with hashes.
PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.DEFAULT_GOAL := help
.PHONY: help demo test test-training test-chart test-image lint format types bench bench-recovery bench-console \
	bench-reviewing bench-scaling load soak fuzz train evaluate lock schemas capacity monitoring chart reference docs image clean

help: ## List the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: .venv/.demo ## Watch sample messages become verdicts; needs nothing else
	@$(BIN)/moderator demo $(ARGS)

# Two at a time, each with a broker of its own: most tests wait for one. ARGS="-n 0" runs one after the other.
test: .venv/.dev ## All tests, on a real Apache Kafka and PostgreSQL (Java 17, Maven, PostgreSQL; README)
	@$(BIN)/python -m pytest -n 2 --dist loadfile --ignore tests/training --ignore tests/image $(ARGS)

test-training: .venv/.all ## Tests of the training pipeline (installs PyTorch)
	@$(BIN)/python -m pytest tests/training $(ARGS)

image: ## The container image: make image VARIANT=cpu BASE=docker.io/library/python@sha256:..
	@$(if $(BASE),BASE=$(BASE) )deploy/image/build.sh $(or $(VARIANT),openvino)

test-image: .venv/.dev ## Build both images and run them on a real Kafka (Docker, or as root buildah, podman, runc, debootstrap)
	@$(BIN)/python -m pytest tests/image $(ARGS)

test-chart: .venv/.dev ## The chart on a real Kubernetes API server: applied, installed, upgraded, rolled back (Go, Java, Maven)
	@$(BIN)/python -m tests.cluster

soak: .venv/.dev ## Agents on a real Kafka while things go wrong; the audit decides: make soak MINUTES=10 SEED=7
	@$(BIN)/python -m tests.soak --minutes $(or $(MINUTES),3) --seed $(or $(SEED),1) $(ARGS)

fuzz: .venv/.fuzz ## Look for input that breaks a promise: make fuzz MINUTES=10, or on a real Kafka: make fuzz RECORDS=100000
	@$(BIN)/python -m $(if $(RECORDS),tests.fuzz.hostile --records $(RECORDS),tests.fuzz --minutes $(or $(MINUTES),3)) --seed $(or $(SEED),1) $(ARGS)

lint: .venv/.dev ## Style, formatting, direction of imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-logo

format: .venv/.dev ## Apply the formatting
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: .venv/.all ## Strict types
	@$(BIN)/mypy

bench: .venv/.all ## Classifier, end to end on a real Kafka, and the transformers pipeline, in one run
	@$(BIN)/python -m load $(ARGS)

bench-recovery: .venv/.all ## Full speed after a start, memory, SIGTERM and pauses in rebalances, on a real Apache Kafka
	@$(BIN)/python -m load.recovery $(ARGS)

bench-console: .venv/.all ## 50 reviewers on a store of 1,000,000 jobs, on SQLite and PostgreSQL
	@$(BIN)/python -m load.console_store $(ARGS)

bench-reviewing: .venv/.all ## The reviewer on a real Kafka against a plain loop of its own client
	@$(BIN)/python -m load.reviewing $(ARGS)

bench-scaling: .venv/.all ## One worker on one core against two on two; cost per message from 1 to 64 partitions
	@$(BIN)/python -m load.scaling $(ARGS)

PROFILE ?= steady
load: .venv/.all ## An agent under load beside its peers: make load PROFILE=steady (burst, ramp, repeats, long, ..)
	@$(BIN)/python -m load.profile $(PROFILE) $(ARGS)

capacity: .venv/.all ## What a rate takes: make capacity ARGS="--rate 5000 --p99-ms 250"
	@$(BIN)/python -m load.capacity $(ARGS)

train: .venv/.all ## Train the model from DATA and HELDOUT into models/ (hours on a CPU, minutes on a GPU)
	@$(BIN)/python -m moderator.training run --data $(DATA) --heldout $(HELDOUT) $(ARGS)

HELDOUT ?= data/heldout.jsonl.gz
evaluate: .venv/.all ## The model's held-out table anew, from HELDOUT; fails when it is not the recorded one
	@$(BIN)/python -m moderator.training reproduce --heldout $(HELDOUT) $(if $(HATECHECK),--hatecheck $(HATECHECK)) $(ARGS)

monitoring: .venv/.dev ## Write dashboards and alerts anew into the chart
	@$(BIN)/python -m monitoring $(ARGS)

chart: .venv/.dev ## Write the chart's schema of settings and the table of its values anew
	@$(BIN)/python -m tests.chart.write

schemas: .venv/.dev ## Write schemas/ anew from the contracts
	@$(BIN)/python -m moderator.contracts.schemas schemas

reference: .venv/.dev ## Write docs/reference anew from settings, metrics, errors, commands and contracts
	@$(BIN)/python -m handbook $(ARGS)

# The variable silences what the theme says about its own future; decision 8 says the same.
docs: .venv/.dev ## The documentation as a site, in build/site; a dead link fails it
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict $(ARGS)

# Universal: one file serves every platform and Python version that the project supports.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command 'make lock'
lock: .venv/.python ## Resolve and lock all versions anew
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(LOCK) pyproject.toml requirements/build.in --all-extras -o requirements/all.txt
	@$(LOCK) pyproject.toml requirements/build.in --extra demo --extra dev -c requirements/all.txt -o requirements/dev.txt
	@$(LOCK) pyproject.toml requirements/build.in --extra demo --extra dev --extra fuzz -c requirements/all.txt -o requirements/fuzz.txt
	@$(LOCK) pyproject.toml requirements/build.in --extra demo -c requirements/all.txt -o requirements/demo.txt
	@$(LOCK) pyproject.toml -c requirements/all.txt -o requirements/run.txt
	@$(LOCK) pyproject.toml --extra reviewer --extra dead-letters --extra tracing --extra console \
		--override requirements/image.in -c requirements/all.txt -o requirements/image-openvino.txt
	@$(LOCK) pyproject.toml --extra reviewer --extra dead-letters --extra tracing \
		--override requirements/image.in --override requirements/image-cpu.in -c requirements/all.txt -o requirements/image-cpu.txt
	@$(LOCK) requirements/build.in requirements/image-build.in -c requirements/all.txt -o requirements/image-build.txt

clean: ## Remove everything that was installed or built
	@rm -rf .venv .cache build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.venv/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; name it: make PYTHON=python3.12")'
	@$(PYTHON) -m venv .venv || { echo "No venv module: on Debian, apt install python3-venv"; exit 1; }
	@touch $@

.venv/.%: requirements/%.txt pyproject.toml | .venv/.python
	@echo "Installing $< into .venv: a minute or more"
	@$(INSTALL) -r $<
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
