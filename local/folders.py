"""The data folder, which holds everything of one machine."""

from pathlib import Path

from config.files import private_dir
from local.errors import LocalError


def run_dir(data_dir: Path) -> Path:
    """The folder of locks and addresses below `data_dir`; both are made where missing, private to this user.

    Raises:
        LocalError: they cannot be made or written to.
    """
    try:
        private_dir(data_dir)
        return private_dir(data_dir / "run")
    except OSError as error:
        raise LocalError(
            f"The data folder {data_dir} cannot be used: {error.strerror} ({error.filename}). "
            "Set EHCP_DATA_DIR to a folder that you may write to."
        ) from error
