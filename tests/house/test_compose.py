"""The production file is checked by the real tool where it is installed, and read here for what it promises."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docker-compose.yml"
SERVICES: dict[str, Any] = yaml.safe_load(FILE.read_text())["services"]
LONG_RUNNING = {"records", "temporal-records", "temporal", "worker", "web", "mail", "demo-worker"}
DEMO = {"mail", "demo-worker"}
ONE_SHOT = {"temporal-schema", "setup"}


def filled_in() -> dict[str, str]:
    names = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    return dict.fromkeys(names, "x1")


@pytest.mark.skipif(
    not shutil.which("docker-compose") and not os.environ.get("NOTHING_MAY_BE_SKIPPED"),
    reason="docker-compose is not installed here; .ci/run installs it",
)
def test_the_real_tool_accepts_the_file() -> None:
    checked = subprocess.run(
        ["docker-compose", "-f", str(FILE), "config", "--quiet"],
        env={**os.environ, **filled_in()},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr


def test_every_variable_it_asks_for_is_in_the_example_and_nothing_else() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", FILE.read_text()))
    assert asked == set(filled_in())


def test_every_image_is_pinned_to_a_version() -> None:
    for service in SERVICES.values():
        assert re.search(r":v?\d+\.\d+(\.\d+)?([-\w.]*)$", service["image"]), service["image"]


def test_what_runs_for_long_says_whether_it_is_well() -> None:
    for name in LONG_RUNNING:
        assert SERVICES[name]["healthcheck"]["test"], name


def test_the_services_of_the_design_are_there() -> None:
    assert set(SERVICES) == LONG_RUNNING | ONE_SHOT | {"temporal-ui"}


@pytest.mark.parametrize("name", ["worker", "web"])
def test_it_waits_for_migrations_namespace_and_schedules(name: str) -> None:
    assert SERVICES[name]["depends_on"]["setup"]["condition"] == "service_completed_successfully"


def test_the_mail_catcher_is_never_part_of_production() -> None:
    assert {name for name, service in SERVICES.items() if "profiles" in service} == DEMO
    for name in DEMO:
        assert SERVICES[name]["profiles"] == ["demo"]
    for name in SERVICES.keys() - DEMO:
        assert not DEMO & set(SERVICES[name].get("depends_on", ())), name


def test_the_demonstration_reaches_its_catcher_by_an_address_that_the_settings_allow() -> None:
    from config.checks import mail_server

    worker, catcher = SERVICES["demo-worker"], SERVICES["mail"]
    url = worker["environment"]["EHCP_SMTP_URL"]
    assert mail_server(url) == url == f"smtp://{catcher['environment']['MP_SMTP_BIND_ADDR']}"
    assert worker["network_mode"] == "service:mail"
    assert catcher["ports"] == ["127.0.0.1:8025:8025"]


def test_the_demonstration_differs_from_production_in_its_mail_alone() -> None:
    production, demo = (SERVICES[name]["environment"] for name in ("worker", "demo-worker"))
    assert {name for name in production | demo if production.get(name) != demo.get(name)} == {"EHCP_SMTP_URL"}


@pytest.mark.parametrize("name", ["worker", "web", "demo-worker"])
def test_documents_are_in_one_place_for_whoever_keeps_or_reads_them(name: str) -> None:
    service = SERVICES[name]
    data = service["environment"]["EHCP_DATA_DIR"]
    assert service["volumes"] == [f"documents:{data}/documents"]
    assert service["environment"]["EHCP_DOCUMENT_KEYS"].startswith("${EHCP_DOCUMENT_KEYS:?")
    assert f"install -d -o ehcp -m 0700 {data} {data}/documents" in (ROOT / "Dockerfile").read_text()


def test_what_is_uploaded_lies_in_memory_until_it_is_sealed() -> None:
    assert [each for each in SERVICES["web"]["tmpfs"] if each.startswith("/tmp:")]


def test_only_the_one_shot_knows_the_owners_password() -> None:
    knows = {name for name, service in SERVICES.items() if "EHCP_OWNER_PASSWORD" in str(service["environment"])}
    assert knows == {"records", "setup"}


def test_the_ledgers_server_logs_no_statement() -> None:
    told = SERVICES["records"]["command"]
    assert {"log_min_error_statement=panic", "log_error_verbosity=terse", "log_statement=none"} <= set(told)


# The compose file has one Temporal of its own, one queue and one port; the real Notify; and is nobody's demonstration.
NOT_PASSED = {
    "EHCP_TEMPORAL_TLS",
    "EHCP_TEMPORAL_API_KEY",
    "EHCP_TASK_QUEUE",
    "EHCP_NOTIFY_URL",
    "EHCP_WEB_PORT",
    "EHCP_DEMO",
    "EHCP_ACTOR",
}


def test_every_setting_it_passes_exists_and_none_is_forgotten() -> None:
    from config.settings import Settings

    known = {f"EHCP_{name.upper()}" for name in Settings.model_fields}
    passed = {
        name for service in ("setup", "worker", "web", "demo-worker") for name in SERVICES[service]["environment"]
    }
    assert passed == known - NOT_PASSED


def test_the_image_leaves_out_what_runs_only_on_one_machine() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    built, last = re.findall(r"uv sync [^&\n]*", dockerfile)
    assert "--extra web" in built
    assert "--extra" not in last
    assert "local" not in built
    assert "USER ehcp" in dockerfile


def test_the_image_holds_the_style_sheet_that_it_makes_and_not_what_it_was_made_with() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert "python -m web.build && rm -rf web/node_modules && uv sync" in dockerfile
    assert {"web/static", "web/node_modules"} <= set((ROOT / ".dockerignore").read_text().splitlines())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert "web/static/*" in project["tool"]["hatch"]["build"]["targets"]["wheel"]["artifacts"]


def test_the_pages_are_asked_whether_they_are_alive_and_believe_the_proxy_that_alone_can_reach_them() -> None:
    web = SERVICES["web"]
    assert "/healthz" in str(web["healthcheck"]["test"])
    assert web["ports"] == ["127.0.0.1:8000:8000"]
    assert (web["environment"]["EHCP_WEB_HOST"], web["environment"]["EHCP_TRUSTED_PROXIES"]) == ("0.0.0.0", "*")


def test_no_service_of_the_file_lets_anybody_in_as_the_demonstration_does() -> None:
    assert not [name for name, service in SERVICES.items() if "EHCP_DEMO" in service.get("environment", {})]


def test_every_exposed_port_is_on_loopback() -> None:
    for name, service in SERVICES.items():
        for port in service.get("ports", []):
            assert port.startswith("127.0.0.1:"), name


def test_every_file_it_mounts_is_there() -> None:
    mounted = [path for service in SERVICES.values() for path in service.get("volumes", []) if path.startswith("./")]
    assert len(mounted) == 2
    for path in mounted:
        assert (ROOT / path.split(":")[0]).is_file(), path


def test_temporal_listens_where_its_health_check_asks() -> None:
    temporal = SERVICES["temporal"]
    assert temporal["environment"]["BIND_ON_IP"] == "0.0.0.0"
    assert temporal["healthcheck"]["test"] == ["CMD", "nc", "-z", "127.0.0.1", "7233"]
