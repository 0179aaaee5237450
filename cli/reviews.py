"""`ehcp reviews ...`: the annual reviews of a whole authority."""

import typer

from cli import review_lists, term_lists

reviews = typer.Typer(
    name="reviews",
    help="Annual reviews: the backlog, reviews without a meeting, the year's progress, term lists.",
    no_args_is_help=True,
)

for room in (review_lists, term_lists):
    room.add_to(reviews)


def add_to(app: typer.Typer) -> None:
    """Register the group of commands."""
    app.add_typer(reviews)
