"""What `web.build` has made, read once into memory: a closed list of files, each known by its content."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

STATIC = Path(__file__).parent / "static"

TYPES: Mapping[str, str] = MappingProxyType(
    {
        "app.css": "text/css; charset=utf-8",
        "app.js": "text/javascript; charset=utf-8",
        "govuk-frontend.min.js": "text/javascript; charset=utf-8",
        "favicon.svg": "image/svg+xml",
    }
)
"""Every file that is served, and nothing else."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its content as it is and compressed, and the first digits of its hash."""

    content: bytes
    compressed: bytes
    version: str
    media_type: str


@cache
def asset(name: str) -> Asset | None:
    """One of the files; None when it is not one of ours, or was not made yet."""
    if name not in TYPES or not (STATIC / name).is_file():
        return None
    content = (STATIC / name).read_bytes()
    version = sha256(content).hexdigest()[:12]
    return Asset(content, (STATIC / f"{name}.gz").read_bytes(), version, TYPES[name])


def is_built() -> bool:
    """Whether every file was made."""
    return all((STATIC / name).is_file() for name in TYPES)


def address_of(name: str) -> str:
    """Where a page finds the file; the address changes with the content, so that browsers may keep it for ever."""
    found = asset(name)
    return f"/assets/{name}?v={found.version}" if found else f"/assets/{name}"
