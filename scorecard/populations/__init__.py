"""Of whom measures count: each population is a question on the counted rows, for one period `p`.

`p.first_day` and `p.last_day` bound what happened in the period; `p.as_at` is the day on which it is looked at: what
happened later is not known then. Every row has the `process_id` of the case that it leads to, and the days `weeks` are
counted from. Void cases (opened in error, merged into another) are in none. Restricted children are counted: a figure
names nobody, and whoever may not see them does not see them behind it (`scorecard.behind`).
"""

from collections.abc import Mapping
from types import MappingProxyType

from scorecard.populations.advice import ADVICE
from scorecard.populations.assessments import ASSESSMENTS
from scorecard.populations.review_flow import REVIEW_FLOW
from scorecard.populations.reviews import REVIEWS
from scorecard.populations.stock import STOCK

POPULATIONS: Mapping[str, str] = MappingProxyType({**ASSESSMENTS, **REVIEWS, **STOCK, **REVIEW_FLOW, **ADVICE})
"""Every population by name."""
