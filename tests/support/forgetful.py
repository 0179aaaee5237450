"""A workflow with the mistake that the sandbox policy is there to catch."""

import sqlmodel
from temporalio import workflow


@workflow.defn
class ForgetfulWorkflow:
    """Imports a library without passing it through."""

    @workflow.run
    async def run(self) -> str:
        return sqlmodel.__name__
