"""Settings of the authority: who it is, how its figures are shown, whom to ring."""

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings

from config.fields import Line, example_of, one_line, optional, three_digits


class Council(BaseSettings):
    """The authority that uses it."""

    authority: Annotated[str, AfterValidator(three_digits)] = Field(
        default="000",
        description="The local authority's three-digit code in the Department for Education's lists.",
        json_schema_extra=example_of("330"),
    )
    authority_name: Line = Field(
        default="Your local authority",
        description="The authority's name as mail shows it.",
        json_schema_extra=example_of("Exampleshire County Council"),
    )
    council: Annotated[str, optional(one_line)] = Field(
        default="",
        max_length=200,
        description="The authority's name or code (Office for National Statistics) in the department's published "
        "tables, to compare with. Empty: the one that EHCP_AUTHORITY names.",
        json_schema_extra=example_of("Kingston upon Hull, City of"),
    )
    scorecard_amber: Annotated[Decimal, Field(ge=0, le=100)] = Field(
        default=Decimal(10),
        description="Points by which a measure of the scorecard may miss its target and be amber, not red.",
        json_schema_extra=example_of("5"),
    )
    scorecard_hide_below: Annotated[int, Field(ge=1, le=100)] = Field(
        default=5,
        description="Counts from one up to below this are hidden in the public version of a pack.",
        json_schema_extra=example_of("10"),
    )
    contact_phone: Line = Field(
        default="your usual contact in the SEND team",
        description="Whom to ring when a case has no officer; shown in every mail.",
        json_schema_extra=example_of("01632 960123"),
    )
