"""The clock of one review of an EHC plan, from the invitations to the decision or the amended plan.

The daily sweep starts it well before the review is due, or a fact of the review itself does if that is earlier.
Invitations, papers, the meeting, its report within two weeks, the decision within four; after a decision to amend
the notice, the family's fifteen days and the amended plan. The fact that ends the cycle has by then already begun
the ledger of the next one, whose own clock starts on its own day: between two reviews nothing runs and nothing
can be missed.
"""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from engine.messages import Ended, ProcessRef
    from workflows.clock import Clock


@workflow.defn(name="AnnualReviewWorkflow")
class AnnualReviewWorkflow(Clock):
    """One per cycle of a plan."""

    @workflow.init
    def __init__(self, ref: ProcessRef) -> None:
        """Begin with nothing seen and nothing told."""
        super().__init__(ref)

    @workflow.run
    async def run(self, ref: ProcessRef) -> Ended:
        """Run until the ledger says that the cycle has ended."""
        return await self.until_it_has_ended()
