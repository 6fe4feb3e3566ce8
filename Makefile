PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' Makefile

demo: ## serve the demonstration on http://$HOST:$PORT/ (HOST=127.0.0.1 PORT=8000)
	@exec $(PYTHON) dev demo --host $(HOST) --port $(PORT)

test: ## run all tests, on SQLite and on PostgreSQL, with a real browser
	@exec $(PYTHON) dev test

check: ## check format, lint, types, import contracts, migrations, translations, secrets
	@exec $(PYTHON) dev check

fix: ## mend format and lint, collect new messages for translation
	@exec $(PYTHON) dev fix

setup: ## make .venv with everything a developer needs, and .venv/bin/binglian
	@exec $(PYTHON) dev setup

wheel: ## build the wheel and the sdist into dist/
	@exec $(PYTHON) dev wheel

pictures: ## take the pictures of docs/pictures/ from the demonstration
	@exec $(PYTHON) dev pictures

bench-coupling: ## measure the coupling engine against other solvers, from 100 rows to a million
	@exec $(PYTHON) dev bench coupling

bench-web: ## measure the pages of a made-up city of a million matters; POSTGRESQL=url for there too
	@exec $(PYTHON) dev bench web $(if $(POSTGRESQL),--postgresql "$(POSTGRESQL)")

bench-scale: ## measure many alliances, a process each, against one process for all; ROWS="10000 100000"
	@exec $(PYTHON) dev bench scale $(if $(ROWS),--rows $(ROWS))

bench-planning: ## measure the planning engine against other solvers; PSPLIB=folder of known problems
	@exec $(PYTHON) dev bench planning $(if $(PSPLIB),--psplib "$(PSPLIB)")

bench-faults: ## kill, fill up and set back a served site under load, and count what was lost; TRIALS=50
	@exec $(PYTHON) dev bench faults $(if $(TRIALS),--trials "$(TRIALS)")

lock: ## write requirements/ and package-lock.json anew
	@exec $(PYTHON) dev lock

.PHONY: help demo test check fix setup wheel pictures bench-coupling bench-planning bench-scale \
	bench-web bench-faults lock
