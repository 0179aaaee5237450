"""The supervisor: starts the parts in order, starts again what dies, stops all in the opposite order."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from local.child import Child, Command, how_it_ended
from local.errors import AlreadyRunning, LocalError, StartFailed
from local.logs import log_path
from local.postgres import Postgres
from local.stopping import Stopping

__all__ = ["AlreadyRunning", "Supervisor"]

LOOK_SECONDS = 0.2
POSTGRES_PAUSE_SECONDS = 2.0

News = Callable[[str], None]


@dataclass
class Supervisor:
    """The parts of one house while `ehcp up` runs. `tell` is called with a sentence whenever a part dies."""

    data_dir: Path
    stopping: Stopping
    tell: News
    postgres: Postgres | None = None
    children: list[Child] = field(default_factory=list[Child])
    chores: list[Child] = field(default_factory=list[Child])
    _postgres_again_at: float = 0.0

    def start(self, command: Command, house: Mapping[str, str]) -> Child:
        """Start a part that is to run for as long as the house does."""
        child = Child(command, self.data_dir, house)
        self.children.append(child)
        child.start()
        return child

    def queue(self, commands: Sequence[Command], house: Mapping[str, str]) -> None:
        """Let programs run once each, one after the other, while everything else is watched."""
        self.chores += [Child(command, self.data_dir, house) for command in commands]

    def run_once(self, command: Command, house: Mapping[str, str], within_seconds: float) -> None:
        """Run a program to its end.

        Raises:
            StartFailed: it ended with an error or took longer than `within_seconds`.
        """
        child = Child(command, self.data_dir, house)
        try:
            child.start()
            self.wait_for(child, lambda: child.exit_code() is not None, within_seconds)
        finally:
            child.stop()
        if child.exit_code() != 0:
            raise StartFailed(f"{self._how(child)}: see {log_path(self.data_dir, command.name)}")

    def wait_for(self, child: Child, ready: Callable[[], bool], within_seconds: float) -> None:
        """Wait until `ready`.

        Raises:
            StartFailed: `child` ended first, or it took longer than `within_seconds`.
        """
        deadline = time.monotonic() + within_seconds
        while not ready():
            self.stopping.check()
            if child.exit_code() is not None or time.monotonic() > deadline:
                raise StartFailed(f"{self._how(child)}: see {log_path(self.data_dir, child.name)}")
            self.stopping.wait(0.05)

    def watch(self) -> None:
        """Keep everything running until it is time to stop."""
        while not self.stopping.wait(LOOK_SECONDS):
            self._watch_postgres()
            self._watch_chores()
            for child in self.children:
                news = child.watch()
                if news:
                    self.tell(news)

    def stop(self) -> None:
        """Stop everything: first what uses the others, Postgres last."""
        with ExitStack() as last:  # entered last, left first; one that fails does not keep the others from ending
            if self.postgres:
                last.callback(self.postgres.release)
            for child in [*self.children, *self.chores[:1]]:
                last.callback(child.stop)

    def _watch_postgres(self) -> None:
        if self.postgres is None or self.postgres.alive() or time.monotonic() < self._postgres_again_at:
            return
        self._postgres_again_at = time.monotonic() + POSTGRES_PAUSE_SECONDS
        try:
            self.postgres.ensure_running()
            self.tell(f"postgres had ended and runs again. Its log: {log_path(self.data_dir, 'postgres')}")
        except LocalError as error:
            self.tell(str(error))

    def _watch_chores(self) -> None:
        # One after the other: what loads the demonstration needs what came before it.
        if not self.chores:
            return
        first = self.chores[0]
        if first.pid is None:
            first.start()
        elif first.exit_code() is not None:
            first.stop()
            self.chores.pop(0)
            if first.exit_code():
                self.tell(f"{self._how(first)}: see {log_path(self.data_dir, first.name)}")

    @staticmethod
    def _how(child: Child) -> str:
        code = child.exit_code()
        return f"{child.name} was not ready in time" if code is None else f"{child.name} ended ({how_it_ended(code)})"
