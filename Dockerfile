# The image of web, worker, beat and the one-off migrate. Settings come from the environment only.
FROM python:3.11-slim-bookworm AS environment
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --require-hashes -r requirements.txt

FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin app
COPY --from=environment /venv /venv
WORKDIR /app
COPY manage.py pyproject.toml ./
COPY ondersteuning ondersteuning
COPY facts facts
COPY accounts accounts
COPY cases cases
COPY surveys surveys
COPY reporting reporting
COPY templates templates
COPY static static
# Needs no database and no secret: the launcher gives this command placeholders.
RUN python manage.py collectstatic --no-input --verbosity 0
# A new volume takes the owner of the folder it is laid over.
RUN mkdir /heads /documents && chown app /heads /documents
USER app
EXPOSE 8000
CMD ["gunicorn", "ondersteuning.wsgi:application", "--bind", "0.0.0.0:8000", \
     "--workers", "3", "--threads", "4", "--timeout", "60", "--graceful-timeout", "30", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
