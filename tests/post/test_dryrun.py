"""Letters that become files."""

import stat
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from post.courier import Outcome
from post.dryrun import DryRun
from post.letters import compose
from tests.post.examples import DAY, HOUSE, TO, item

LETTER = compose(TO, [item()], HOUSE, "key", DAY)


async def test_a_letter_becomes_a_file_that_only_its_owner_can_read(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "dry-run"
    delivery = await DryRun(folder).deliver(LETTER)
    [file] = folder.iterdir()
    assert delivery.accepted
    assert delivery.detail == f"dry run: {file.name}"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert message_from_bytes(file.read_bytes(), policy=default)["Subject"] == LETTER.subject


async def test_the_same_letter_sent_twice_lies_there_once(tmp_path: Path) -> None:
    async with DryRun(tmp_path).session() as session:
        assert (await session.deliver(LETTER)).accepted
        assert (await session.deliver(LETTER)).accepted
    assert len(list(tmp_path.glob("2026-11-20-*.eml"))) == 1


async def test_a_folder_that_cannot_be_written_to_is_a_temporary_failure(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    delivery = await DryRun(blocked).deliver(LETTER)
    assert delivery.outcome is Outcome.TEMPORARY
    assert "could not be written to" in delivery.detail
