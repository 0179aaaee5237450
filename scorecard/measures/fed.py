"""Measures that are fed from outside: waits for services, schools' figures, what audits found, appeals."""

from dataclasses import replace
from decimal import Decimal

from scorecard.measure import Better, Cadence, Group, Measure, Shape, Source

WEEKS = "weeks"
PER_CENT = "%"

_WAIT = Measure(
    id="wait_autism",
    name="Wait for an autism assessment",
    definition="The average weeks from the referral to the first appointment of an autism assessment, of those seen in "
    "the period, as the health service reports it.",
    group=Group.FED,
    shape=Shape.FED,
    unit=WEEKS,
    source=Source.LOCAL,
    better=Better.LOWER,
    owner="Integrated care board",
)
_AUDIT = Measure(
    id="audit_needs",
    name="Health and social care needs identified",
    definition="Of the plans audited in the term, those in which health and social care needs are identified.",
    group=Group.FED,
    shape=Shape.FED,
    unit=PER_CENT,
    source=Source.LOCAL,
    cadence=Cadence.TERMLY,
    better=Better.HIGHER,
    target=Decimal(80),
    owner="Quality lead",
)


def _wait(name: str, words: str, what: str, owner: str = _WAIT.owner) -> Measure:
    definition = f"The average weeks of waiting for {what}, of those who got it in the period, as its service reports."
    return replace(_WAIT, id=f"wait_{name}", name=f"Wait for {words}", definition=definition, owner=owner)


def _audit(name: str, words: str, definition: str, target: int) -> Measure:
    return replace(_AUDIT, id=f"audit_{name}", name=words, definition=definition, target=Decimal(target))


def _school(name: str, words: str, definition: str, unit: str, better: Better, owner: str) -> Measure:
    return replace(
        _AUDIT, id=name, name=words, definition=definition, unit=unit, better=better, target=None, owner=owner
    )


FED = (
    _WAIT,
    _wait("speech_and_language", "speech and language therapy", "a first appointment with a therapist"),
    _wait("sensory", "sensory support", "a first visit of the sensory service", "Sensory service"),
    _wait("short_breaks", "short breaks", "a short break after it was agreed", "Children's social care"),
    _school(
        "exclusions",
        "Permanent exclusions",
        "Permanent exclusions in the period of pupils with an EHC plan or SEN support.",
        "",
        Better.LOWER,
        "Inclusion lead",
    ),
    _school(
        "suspensions",
        "Suspensions",
        "Suspensions in the period of pupils with an EHC plan or SEN support.",
        "",
        Better.LOWER,
        "Inclusion lead",
    ),
    _school(
        "attendance",
        "Attendance",
        "Of the sessions possible in the period, those attended by pupils with an EHC plan.",
        PER_CENT,
        Better.HIGHER,
        "Inclusion lead",
    ),
    _school(
        "neet",
        "Not in education, employment or training",
        "Of the young people aged 16 and 17 with an EHC plan, those not in education, employment or training.",
        PER_CENT,
        Better.LOWER,
        "Post-16 lead",
    ),
    replace(
        _school(
            "attainment",
            "Attainment",
            "The average Attainment 8 score of pupils with an EHC plan at the end of key stage 4.",
            "points",
            Better.HIGHER,
            "School improvement lead",
        ),
        cadence=Cadence.YEARLY,
    ),
    _school(
        "satisfaction",
        "Families satisfied",
        "Of the families who answered the survey of the period, those satisfied with how it went for them.",
        PER_CENT,
        Better.HIGHER,
        "Parent carer forum",
    ),
    _AUDIT,
    _audit(
        "social_care_provision",
        "Social care provision in H1 and H2",
        "Of the plans audited in the term, those whose sections H1 and H2 say what social care provides.",
        80,
    ),
    _audit(
        "health_provision",
        "Health provision in C and G",
        "Of the plans audited in the term, those whose sections C and G say what the health needs are and what is "
        "provided for them.",
        85,
    ),
    _audit(
        "family_engagement",
        "Family engagement evidenced",
        "Of the plans audited in the term, those in which the family's part is evidenced at every stage.",
        100,
    ),
    _audit(
        "sample",
        "Plans audited",
        "Of the plans issued in the term, those audited, drawn at random.",
        10,
    ),
    replace(
        _school(
            "appeals",
            "Appeals registered",
            "Appeals to the Tribunal registered in the period, by the sections that they are about (D and H, C and G, "
            "I, or against a refusal).",
            "",
            Better.LOWER,
            "SEND manager",
        ),
        cadence=Cadence.MONTHLY,
    ),
)
"""What is entered or brought in a file, with its owner and its period."""
