"""What the handbook of the scorecard says beside the measures."""

HEAD = """\
# The scorecard

Written from the measures by `python -m scorecard.handbook > docs/scorecard.md`; a test keeps it current."""

LOOKING = """\
## Where it is

- **Pages:** *Scorecard*, for managers, auditors and administrators. Every figure leads to the cases that are in it,
  to those that are not, and to those that its denominator leaves out with the reason. A restricted child is listed to
  those named alone, and counted. How many are in a figure and not on its list is said of the whole, and of a part (an
  age, a ground) only from five on. Whoever sees both can still subtract a part's list from its figure: give the
  scorecard to those who may know that there is such a child.
- **Command line:** `ehcp scorecard --month 2026-10` (with `--json` every measure with all that it means), `ehcp
  scorecard cases MEASURE`, `ehcp scorecard compare`, `ehcp scorecard note MEASURE`; `ehcp scorecard --help` lists the
  rest.
- **Programs:** [the API](api.md), and `/metrics` for Prometheus ([operating.md](operating.md)).

All count the same rows, made from the ledger and brought up to date before anything is counted. A case that was
opened in error or merged into another is in no figure. Whole calendar days are counted: six weeks end on day 42 after
the request, 16 on day 112, 20 on day 140, 52 on day 364; four weeks on day 28 after the meeting. Percentages have one
decimal, halves up, as the department publishes them."""

READING = """\
## The year as the department prints it

`ehcp scorecard --year 2024 --as-published --json` prints the calendar year in the columns of the department's four
tables, to be laid beside the published file. Those of the release of 2026 (calendar year 2025), which renamed the
columns of reviews, are used from that year on. The department does not publish all of its definitions. We read:

- What came of a year is looked at on the day of the school census after it, the third Thursday of January: the
  published columns hold meetings and decisions up to about then.
- A decision that was changed later, by the authority or by order of the Tribunal, stays what it was first.
- Six weeks are counted of the first decisions that were sent in the year, whenever the request came: in most
  published rows they do not sum to the decisions on the requests of the year, and in some they exceed the requests.
- A review is expected of every plan that is held on the census day and was made before the year began.
- The flag of an exception (SEN2's Week20) comes only from a relief that lifts the limit of 20 weeks; columns without
  exceptions leave flagged plans out of numerator *and* denominator.
- Relevant youth accommodation, mediation and appeals about assessments are not recorded yet: those columns are null,
  and said to be.

Counting a [synthetic council](synthetic-councils.md) gives the published row back to the digit. That proves that we
count what we say; it cannot prove that the department counts the same."""

FROZEN = """\
## Live and frozen

A figure is live: it changes when something is recorded or corrected. At each month's end the scorecard is frozen:
figures, targets, the words of each definition, and a pseudonym of each case behind each figure, made with the key of
the child's own record, under one hash. A frozen month never changes: the database refuses it to the application.
Whoever else changes it and forgets the hash is found out (`"intact"` in `ehcp scorecard --frozen --json`). The hash has
no key: whoever owns the database could make a new one. So its first 16 digits are printed in the board's pack, and all
of it on the month's page: a paper from then tells whether it is still the same. What is known better later stands
beside it as a restatement. Whoever is erased can no longer be found behind a figure.

A month that nothing froze in its time, because no worker ran, is frozen when the next month's end is worked through,
with up to eleven more. It says when that was: its figures are those known on that day, not those of its own end. Where
the month after was over too it is called late, on the page, in packs and in the API
([why](decisions/0035-a-month-that-was-missed-is-frozen-late.md))."""

STATUS = """\
## Status

Green: the target is reached. Amber: it is missed by at most `EHCP_SCORECARD_AMBER` (10), in the unit of the figure.
Red: by more. A measure without a target, or one that is looked at and never a target, has no status. The authority
sets its own targets, owners and narratives by month, on the pages or by `ehcp scorecard note`; what was said before
stays. How far the action is: not started, some action, advanced, outcome reached.

A trend says which months are more than chance, by the limits of an XmR chart. A year so far and twelve months back have
none: each month counts again what the months before it counted. A month before the first case of its kind (assessment,
plan or review) here has no figure, and says so; from then on nobody is a nought."""

PACKS = """\
## Packs

*Scorecard, Packs*, or `ehcp scorecard --month 2026-10 --pack board --pdf FILE --xlsx FILE --html FILE`: `board` (the
month), `quarterly`, `six-monthly` (so many months up to it) and `managers` (the month, every measure at length). The
first three are a few pages: every measure that has a figure in a row, the shares beside what the department
published, the headlines drawn, what was said and is done, and the definitions as an appendix. A pack is made of
frozen months, names what is known better now beside what was told, and is marked DRAFT where a month was not frozen.
Flows of several months are added up as each was told; a stock, and a year so far, is that of the last; a median is
not added up. Figures by officer are in no pack.

With `--public` counts from 1 to below `EHCP_SCORECARD_HIDE_BELOW` (5) are shown as `c`, and so is whatever would give
them away: totals less their parts, denominators less their numerators, totals with and without exceptions. Averages
and limits of its charts are worked out from what it shows, and a year so far is not shown month by month. **Two public
packs in a row can be differenced**: look at what each year so far has grown by before the second is published. What was
said of measures is left out: it may name numbers too ([why, and what
remains](decisions/0032-packs-are-printed-by-typst.md))."""

COMPARING = """\
## Beside what was published

The department's tables of 2019 to 2024 come with this version ([their
source](../scorecard/published/data/README.md)). The authority is the one that `EHCP_COUNCIL` names, else the one
whose three-digit number is `EHCP_AUTHORITY`; without either nothing is compared. Beside each figure stand those
published of the authority, its region and England, and the same counted here in the last calendar year and in this
one so far. **2023 began the series anew**: since then the department computes the figures from person-level returns;
before, authorities returned totals.

A new release is loaded by one command, with the files as the department publishes them (all children, one row for an
area and year):

```sh
ehcp scorecard published load requests.csv assessments.csv timeliness_20_week.csv annual_reviews.csv
ehcp scorecard published show --area York --year 2024
```

Each file replaces its table for the years that are in it. All files are taken or none: what is wrong is told by file,
line and column. Counts are whole numbers and not negative (but for `no_outcome`, which the department subtracts:
Kingston upon Hull has -153), percentages at most 100. A file that lacks England, a region or an area that there is now,
or whose authorities are far from England's row, was cut: it is refused. `--partial` takes some rows, replaces those,
and keeps all others."""
