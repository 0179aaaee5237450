# The application without what runs only on one machine (no Temporal or Postgres binaries, no mail catcher).
FROM python:3.11.14-slim-bookworm AS build
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /src
ENV UV_PROJECT_ENVIRONMENT=/opt/ehcp UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy
COPY pyproject.toml uv.lock README.md LICENSE ./
# npm is needed once, to make the style sheet and scripts; the last sync takes it out again.
RUN uv sync --frozen --no-install-project --extra web
COPY . .
RUN /opt/ehcp/bin/python -m web.build && rm -rf web/node_modules && uv sync --frozen --no-editable

FROM python:3.11.14-slim-bookworm
RUN useradd --system --uid 10001 --create-home ehcp && install -d -o ehcp -m 0700 /var/lib/ehcp /var/lib/ehcp/documents
COPY --from=build /opt/ehcp /opt/ehcp
ENV PATH=/opt/ehcp/bin:$PATH PYTHONUNBUFFERED=1
USER ehcp
CMD ["ehcp", "worker"]
