"""Clients, workers and replays are made alike, and refuse what would break a running clock."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from pydantic import ValidationError
from temporalio import workflow
from temporalio.api.common.v1 import Payload
from temporalio.converter import DataConverter, PayloadCodec
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, UnintentionalPassthroughError

from engine.deployment import deployment_from
from engine.messages import CarriedOut, CarryOut, ProcessRef
from engine.plugin import ehcp_plugin
from tests.support.forgetful import ForgetfulWorkflow
from tests.support.temporal import WORKFLOWS, FakeCase, skipping_server
from workflows.annual_review import AnnualReviewWorkflow
from workflows.assessment import AssessmentWorkflow

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def converter() -> DataConverter:
    found = ehcp_plugin().data_converter
    assert isinstance(found, DataConverter)
    return found


async def test_every_workflow_of_ours_passes_the_strict_sandbox() -> None:
    async with skipping_server() as env:
        worker = Worker(env.client, task_queue="q", workflows=WORKFLOWS, deployment_config=deployment_from({}))
        assert isinstance(worker.config(active_config=True)["workflow_runner"], SandboxedWorkflowRunner)


async def test_a_workflow_that_forgets_to_pass_a_module_through_stops_the_worker() -> None:
    async with skipping_server() as env:
        with pytest.raises(RuntimeError) as refused:
            Worker(env.client, task_queue="q", workflows=[ForgetfulWorkflow], deployment_config=deployment_from({}))
        assert isinstance(refused.value.__cause__, UnintentionalPassthroughError)


async def test_instants_and_ids_cross_the_boundary_unchanged() -> None:
    sent = CarryOut(process_id=UUID(int=7), now=NOON, run=2)
    (payload,) = await converter().encode([sent])
    (received,) = await converter().decode([payload], [CarryOut])
    assert received == sent
    assert received.now.utcoffset() is not None


async def test_a_message_of_another_release_is_still_read() -> None:
    payload = Payload(metadata={"encoding": b"json/plain"}, data=b'{"version": 3, "not_known_yet": 1}')
    (received,) = await converter().decode([payload], [CarriedOut])
    assert received == CarriedOut(version=3)


def test_messages_cannot_be_changed() -> None:
    ref = ProcessRef(process_id=UUID(int=7))
    with pytest.raises(ValidationError):
        ref.version = 2  # type: ignore[misc]


def test_every_field_but_the_process_and_the_time_has_a_default() -> None:
    from engine import messages

    kinds = [kind for kind in vars(messages).values() if isinstance(kind, type) and issubclass(kind, messages.Message)]
    needed = {name for kind in kinds for name, field in kind.model_fields.items() if field.is_required()}
    assert needed == {"process_id", "now"}


class Reversed(PayloadCodec):
    """The smallest codec: the data backwards."""

    async def encode(self, payloads):  # type: ignore[no-untyped-def]
        return [Payload(metadata=dict(p.metadata), data=p.data[::-1]) for p in payloads]

    async def decode(self, payloads):  # type: ignore[no-untyped-def]
        return await self.encode(payloads)


async def test_a_codec_turns_everything_that_is_stored() -> None:
    found = ehcp_plugin(Reversed()).data_converter
    assert isinstance(found, DataConverter)
    (payload,) = await found.encode([date(2026, 11, 20)])
    assert payload.data == b'"02-11-6202"'
    assert await found.decode([payload], [date]) == [date(2026, 11, 20)]


def test_workflows_are_known_by_the_names_that_wake_them() -> None:
    from engine.clocks import CLOCKS
    from engine.waking import FACTS_CHANGED

    clocks = [workflow._Definition.must_from_class(clock) for clock in (AssessmentWorkflow, AnnualReviewWorkflow)]
    assert [clock.name for clock in clocks] == [clock.workflow for clock in CLOCKS.values()]
    assert all(FACTS_CHANGED in clock.signals for clock in clocks)


async def test_the_fakes_of_these_tests_answer_to_the_names_of_the_real_activities() -> None:
    from temporalio import activity

    from activities.cases import CaseActivities
    from activities.returns import ReturnActivities
    from activities.reviews import ReviewActivities
    from activities.rounds import RoundActivities
    from tests.support.temporal import FakeRounds

    def names(*holders: type) -> set[str | None]:
        defined = [
            activity._Definition.from_callable(value)
            for holder in holders
            for value in vars(holder).values()
            if callable(value)
        ]
        return {one.name for one in defined if one}

    assert names(CaseActivities, RoundActivities, ReviewActivities, ReturnActivities) == names(FakeCase, FakeRounds)
