"""One plugin for every client, worker, test and replay, so that they cannot differ."""

from dataclasses import replace

from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter, DefaultFailureConverterWithEncodedAttributes, PayloadCodec
from temporalio.plugin import SimplePlugin
from temporalio.worker import WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions
from temporalio.workflow import SandboxImportNotificationPolicy

from engine.discretion import Discretion

# A module that a workflow forgot to pass through would be executed again for every single run (and some, such
# as pendulum, break the sandbox): better that the worker refuses to start.
POLICY = (
    SandboxImportNotificationPolicy.WARN_ON_DYNAMIC_IMPORT
    | SandboxImportNotificationPolicy.RAISE_ON_UNINTENTIONAL_PASSTHROUGH
)


def ehcp_plugin(codec: PayloadCodec | None = None) -> SimplePlugin:
    """The converter, the discretion about errors and the sandbox policy of this project.

    Payloads hold ids, dates and codes only and are not encrypted by default; a `codec` encrypts them, and
    the messages and stack traces of failures with them.
    """
    return SimplePlugin(
        "ehcp",
        data_converter=_converter(codec),
        interceptors=[Discretion()],
        workflow_runner=_strict_runner,
    )


def _converter(codec: PayloadCodec | None) -> DataConverter:
    if codec is None:
        return pydantic_data_converter
    return replace(
        pydantic_data_converter,
        payload_codec=codec,
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )


def _strict_runner(_existing: WorkflowRunner | None) -> WorkflowRunner:
    return SandboxedWorkflowRunner(restrictions=SandboxRestrictions.default.with_import_notification_policy(POLICY))
