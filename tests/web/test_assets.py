"""The style sheet and scripts: what is served, how it is kept, what it weighs, and how it is made."""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from records.database import connect
from tests.web.site import Site
from web.built import STATIC, TYPES, address_of, asset

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
LARGEST_FIRST_PAGE = 150_000


@pytest.fixture
def nowhere() -> Site:
    """A site whose database is not there."""
    return Site(connect("postgresql://nobody:hunter2@127.0.0.1:1/none"))


@pytest.mark.parametrize("name", TYPES)
def test_a_file_is_kept_for_ever_at_the_address_that_changes_with_it(nowhere: Site, name: str) -> None:
    answer = nowhere.browser().get(address_of(name))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == TYPES[name]
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "set-cookie" not in answer.headers


def test_an_address_of_an_earlier_release_is_not_kept(nowhere: Site) -> None:
    answer = nowhere.browser().get("/assets/app.css?v=0123456789ab")
    assert answer.headers["cache-control"] == "public, max-age=300"


def test_whoever_takes_it_compressed_gets_it_so_and_it_is_the_same(nowhere: Site) -> None:
    client = nowhere.browser().client
    plain = client.get("/assets/app.css", headers={"accept-encoding": "identity"})
    compressed = client.get("/assets/app.css", headers={"accept-encoding": "br, gzip"})
    assert "content-encoding" not in plain.headers
    assert compressed.headers["content-encoding"] == "gzip"
    assert compressed.headers["vary"] == "Accept-Encoding"
    assert plain.text == compressed.text
    assert int(compressed.headers["content-length"]) < int(plain.headers["content-length"]) / 4


def test_what_a_browser_has_already_is_not_sent_again(nowhere: Site) -> None:
    client = nowhere.browser().client
    tag = client.get("/assets/app.css").headers["etag"]
    again = client.get("/assets/app.css", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "name",
    [
        ".made",
        "app.css.gz",
        "app.scss",
        "../built.py",
        "..%2fbuilt.py",
        "%2e%2e%2fbuilt.py",
        "..%5cbuilt.py",
        "app.css%00",
    ],
)
def test_nothing_else_is_served(nowhere: Site, name: str) -> None:
    assert nowhere.browser().get(f"/assets/{name}").status_code == 404


def test_the_typeface_crown_and_images_of_gov_uk_are_not_used() -> None:
    made = asset("app.css")
    assert made
    style = made.content.decode()
    assert "GDS Transport" not in style
    assert "crest" not in style
    assert "url(" not in style
    assert "@import" not in style
    assert "system-ui" in style


@pytest.mark.parametrize("role", ["caseworker", "manager", "auditor", "service_lead", "admin"])
def test_a_first_page_transfers_at_most_150_kb(looking: Site, role: str) -> None:
    browser = looking.as_a(role)
    browser.client.headers["accept-encoding"] = "gzip"
    page = browser.follow(browser.get("/"))
    taken = set(re.findall(r'(?:href|src)="(/assets/[^"]+)"', page.text))
    script = browser.get(next(url for url in taken if "app.js" in url))
    taken |= {f"/assets/{name}" for name in re.findall(r'from "\./([^"]+)"', script.text)}
    assert len(taken) == 4
    sizes = [int(browser.get(url).headers["content-length"]) for url in taken]
    assert all(sizes)
    assert sum(sizes) + len(page.content) <= LARGEST_FIRST_PAGE


def test_pages_are_not_compressed_because_they_hold_what_was_typed_beside_the_proof_of_their_forms(
    looking: Site,
) -> None:
    answer = looking.as_a("caseworker").client.get("/accessibility", headers={"accept-encoding": "gzip"})
    assert 'name="csrf"' in answer.text
    assert "content-encoding" not in answer.headers


def test_the_lockfile_names_versions_and_their_content_and_no_host() -> None:
    told = json.loads((WEB / "package.json").read_text())
    lock = json.loads((WEB / "package-lock.json").read_text())
    for name, version in {**told["dependencies"], **told["devDependencies"]}.items():
        assert lock["packages"][f"node_modules/{name}"]["version"] == version
    for name, package in lock["packages"].items():
        assert not name or package["integrity"].startswith("sha512-"), name
        assert not re.match("https?:", package.get("resolved", "")), name


def test_nothing_that_others_wrote_is_committed() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "web/static", "web/node_modules"], cwd=ROOT, capture_output=True, text=True, timeout=30, check=True
    )  # fmt: skip
    assert listed.stdout == ""


def test_what_is_compressed_is_what_is_served() -> None:
    for name in TYPES:
        assert gzip.decompress((STATIC / f"{name}.gz").read_bytes()) == (STATIC / name).read_bytes()


class Workshop:
    """The sources in a folder of their own, with the packages that are here already, so that none is fetched."""

    def __init__(self, folder: Path) -> None:
        self.web = folder / "web"
        shutil.copytree(WEB / "assets", self.web / "assets")
        for name in ("__init__.py", "build.py", "package.json", "package-lock.json"):
            shutil.copy(WEB / name, self.web / name)
        (self.web / "node_modules").symlink_to(WEB / "node_modules")

    def build(self) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "web.build"]
        return subprocess.run(
            line, cwd=self.web.parent, capture_output=True, text=True, timeout=60, check=False, env={**os.environ, "PYTHONPATH": ""}
        )  # fmt: skip


def test_it_is_made_once_and_again_after_a_change_and_never_half(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    assert "were made" in shop.build().stdout
    assert (shop.web / "static" / "app.css").read_bytes() == (STATIC / "app.css").read_bytes()
    assert "are up to date" in shop.build().stdout

    source = shop.web / "assets" / "_print.scss"
    source.write_text(source.read_text() + ".app-new { color: red; }")
    assert "were made" in shop.build().stdout
    assert ".app-new" in (shop.web / "static" / "app.css").read_text()

    source.write_text(".app-broken {")
    failed = shop.build()
    assert failed.returncode == 1
    assert "could not be made" in failed.stderr
    assert ".app-new" in (shop.web / "static" / "app.css").read_text()
    assert shop.build().returncode == 1


def test_every_class_of_ours_stands_on_some_page() -> None:
    styles = "".join(path.read_text() for path in (WEB / "assets").glob("*.scss"))
    charts = (WEB.parent / "scorecard" / "charts").glob("*.py")
    templates = (WEB / "templates").rglob("*.html")
    sources = [WEB / "assets/app.js", *templates, *WEB.glob("*.py"), *WEB.glob("*/*.py"), *charts]
    # A name may end in what is put in there: `app-figure--` is followed by a tone.
    used = set(re.findall(r"app-[\w-]+", "".join(path.read_text() for path in sources)))
    classes = set(re.findall(r"\.(app-[\w-]+)", styles))
    assert len(classes) > 50
    assert {name for name in classes if not used & {name, re.sub(r"(--|__).*", r"\1", name)}} == set()
