"""A workflow of the same name that does something else: what a careless change would make of ours."""

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from engine.messages import Ended, FactsChanged, ProcessRef


@workflow.defn(name="AssessmentWorkflow")
class Otherwise:
    """Sleeps first and asks nobody."""

    @workflow.run
    async def run(self, ref: ProcessRef) -> Ended:
        await workflow.sleep(timedelta(days=1))
        return Ended()

    @workflow.signal
    def facts_changed(self, news: FactsChanged) -> None:
        return None
