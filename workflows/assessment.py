"""The clock of one EHC needs assessment, from the request to the final plan or the refusal.

Six weeks to the decision whether to assess, six more for the advice, sixteen to the decision whether to issue a
plan, fifteen days for the family's representations, twenty weeks to the final plan: the ledger says how far it is.
"""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from engine.messages import Ended, ProcessRef
    from workflows.clock import Clock


@workflow.defn(name="AssessmentWorkflow")
class AssessmentWorkflow(Clock):
    """One per assessment."""

    @workflow.init
    def __init__(self, ref: ProcessRef) -> None:
        """Begin with nothing seen and nothing told."""
        super().__init__(ref)

    @workflow.run
    async def run(self, ref: ProcessRef) -> Ended:
        """Run until the ledger says that the assessment has ended."""
        return await self.until_it_has_ended()
