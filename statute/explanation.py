"""stub"""

from statute.row import Row
from statute.timeline import Deadline


def explain(row: Row, deadline: Deadline) -> str:
    """stub"""
    return ""
