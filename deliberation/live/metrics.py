"""Figures for Prometheus; counts and times only, nothing about anyone."""

from prometheus_client import Counter, Gauge, Histogram

CONNECTIONS = Gauge("deliberation_connections", "Open WebSockets", multiprocess_mode="livesum")
BATCH = Histogram(
    "deliberation_commit_batch", "Commands in one commit", buckets=(1, 2, 5, 10, 20, 50, 100, 200)
)
COMMIT = Histogram("deliberation_commit_seconds", "Time of one commit, queueing not included")
FLUSH = Histogram(
    "deliberation_flush_seconds",
    "Time of one write to all readers of a stream",
    buckets=(0.0001, 0.0005, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1),
)
LAG = Histogram("deliberation_lag_seconds", "From the time of an event to its write to the readers")
REFUSALS = Counter("deliberation_refusals", "Commands not carried out", ["code"])
RESUMES = Counter("deliberation_resumes", "How connections got up to date", ["outcome"])
CLOSES = Counter("deliberation_closes", "Sockets closed by the server", ["code"])
POLLING = Gauge(
    "deliberation_doorbell_polling", "1 while doorbells are not heard", multiprocess_mode="livemax"
)
AGENDA_LAG = Gauge(
    "deliberation_agenda_lag_seconds",
    "Age of the oldest event that was not read for needs",
    multiprocess_mode="livemostrecent",
)
