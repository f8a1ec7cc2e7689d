# The same make targets as on any Debian machine. Build: docker build -t bangfu .
# Start: docker run -p 8600:8600 -v bangfu-data:/srv/bangfu/data bangfu
FROM debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates fonts-wqy-microhei git make python3 python3-venv && rm -rf /var/lib/apt/lists/*
RUN useradd --system --create-home --home-dir /srv/bangfu --shell /usr/sbin/nologin bangfu
USER bangfu
WORKDIR /srv/bangfu/app
COPY --chown=bangfu . .
RUN make setup
RUN mkdir -p ../data
VOLUME /srv/bangfu/data
EXPOSE 8600
HEALTHCHECK --interval=30s --timeout=5s --start-period=300s CMD .venv/bin/python -c "import urllib.request as u; u.urlopen('http://127.0.0.1:8600/healthz', timeout=4)"
CMD make run UP="--host 0.0.0.0 --data ../data"
