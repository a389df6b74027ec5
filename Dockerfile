# The service in an image: docker build -t careline .   The records live in the volume /data.
FROM python:3.12-slim AS built
WORKDIR /careline
COPY requirements.txt ./
RUN python -m venv .venv \
    && .venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --compile -r requirements.txt
COPY app app
# The local embedding model, where it can be had; search goes by words alone without it.
RUN mkdir models && .venv/bin/python -m app.cli models pull && chmod -R a+rX models \
    && .venv/bin/python -m compileall -q --invalidation-mode unchecked-hash app

FROM python:3.12-slim
RUN groupadd --system --gid 10001 careline \
    && useradd --system --uid 10001 --gid careline --home-dir /data --no-create-home careline \
    && install --directory --owner careline --group careline /data
WORKDIR /careline
COPY --from=built /careline/.venv .venv
COPY --from=built /careline/models models
COPY LICENSE careline ./
COPY migrations migrations
COPY prompts prompts
COPY knowledge_base knowledge_base
COPY --from=built /careline/app app
ENV PATH="/careline/.venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    CARELINE_HOST=0.0.0.0 \
    CARELINE_DATA_DIR=/data
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import http.client, os, sys; at = http.client.HTTPConnection('127.0.0.1', int(os.environ.get('CARELINE_PORT') or 8000), timeout=4); at.request('GET', '/health/ready'); sys.exit(at.getresponse().status != 200)"]
CMD ["python", "-m", "app.cli", "run"]
