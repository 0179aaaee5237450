"""The population of requests for advice, as the services' own figures count them (`casework.service_figures`)."""

from collections.abc import Mapping
from types import MappingProxyType

from casework.service_questions import requests_sql
from scorecard.populations.over import over

ADVICE: Mapping[str, str] = MappingProxyType(
    {
        # Requests to services whose legal day fell in the period and is over, whatever became of them. What was
        # answered after the day of looking was still out on it.
        "advice": (
            requests_sql(f"s.legal_due BETWEEN p.first_day AND p.last_day AND {over('s.legal_due')}")  # noqa: S608 - SQL of ours
            + " SELECT process_id, subject, service, legal_due AS due_on, met_on - start AS days, "
            "CASE WHEN outcome = 'late' AND met_on > p.as_at THEN 'out' ELSE outcome END AS outcome, came, nil, "
            "insufficient, declined FROM counted"
        ),
    }
)
