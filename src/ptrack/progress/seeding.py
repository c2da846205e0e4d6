"""The metrics that a fresh practice begins with, planted in its database."""

from ptrack.database.session import Writing
from ptrack.models.measures import Metric
from ptrack.progress import queries
from ptrack.progress.definitions import DEFAULT_METRICS


def seed_metrics(work: Writing) -> int:
    """Plant the default metrics that are missing; how many. What a trainer changed on one stays."""
    present = queries.metric_numbers(work.reader)
    missing = [metric for metric in DEFAULT_METRICS if metric.key not in present]
    for metric in missing:
        work.add(
            Metric(
                key=metric.key,
                name=metric.name,
                unit=metric.unit,
                category=metric.category,
                aggregation=metric.aggregation,
                better=metric.better,
                minimum=metric.minimum,
                maximum=metric.maximum,
                is_default=True,
            )
        )
    return len(missing)
