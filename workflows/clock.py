"""What the clocks of all processes have in common: they wait, have done what is due, and wait again.

What is due, and when the next thing will be, is decided by the activity from the ledger, so that a new release
or a new bank holiday never breaks a running clock.
"""

from datetime import datetime, timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from engine.messages import CarriedOut, CarryOut, Ended, FactsChanged, ProcessRef, SendAtOnce
    from workflows.acting import carry_out, send_at_once

# With nothing planned only a new fact can matter; look again all the same, should its wake have been lost.
SAFETY = timedelta(days=7)
# A next wake that is already past must not make a busy loop.
SHORTEST = timedelta(minutes=1)


class Clock:
    """The clock of one process, with at most one timer: the next wake."""

    def __init__(self, ref: ProcessRef) -> None:
        """Begin with nothing seen and nothing told."""
        self._ref = ref
        self._seen = 0
        self._told: int | None = None

    @workflow.signal
    def facts_changed(self, news: FactsChanged) -> None:
        """The ledger has grown: wake. Only notes it; the loop below does the work, one thing at a time."""
        self._told = max(self._told or 0, news.version)
        self._ref = self._ref.model_copy(update={"run": max(self._ref.run, news.run)})

    async def until_it_has_ended(self) -> Ended:
        """Run until the ledger says that the process has ended."""
        while True:
            done = await self._do_what_is_due()
            if self._told_more():
                continue
            if done.closed:
                return Ended(outcome=done.outcome, version=done.version)
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new(self._ref)
            await self._wait_until(done.next_wake)

    async def _do_what_is_due(self) -> CarriedOut:
        self._told = None
        now = workflow.now()
        done = await carry_out(CarryOut(process_id=self._ref.process_id, now=now, run=self._ref.run))
        self._seen = done.version
        workflow.set_current_details(done.summary)
        if done.urgent:
            await send_at_once(SendAtOnce(process_id=self._ref.process_id, now=workflow.now()))
        return done

    def _told_more(self) -> bool:
        # The same version again still counts: arming, or a new address, changes what is due without a fact.
        # An older one is a wake that came late and has been answered.
        return self._told is not None and self._told >= self._seen

    async def _wait_until(self, next_wake: datetime | None) -> None:
        pause = SAFETY if next_wake is None else max(next_wake - workflow.now(), SHORTEST)
        summary = "a new fact" if next_wake is None else f"next wake {next_wake:%Y-%m-%d %H:%M}Z"
        try:
            await workflow.wait_condition(self._told_more, timeout=pause, timeout_summary=summary)
        except TimeoutError:
            return  # It is time.
