"""What docs/operations.md, docs/hosting.md and deploy/ name exists: verbs, options, files, ..."""

import csv
import importlib.util
import inspect
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
import yaml
from conftest import ROOT

from pipelines.cli import web_interface
from pipelines.cli.app import app
from pipelines.intake import sandbox
from pipelines.lib import paths
from pipelines.orchestration import schedules
from pipelines.raw import manifest

DEPLOY = ROOT / "deploy"
PAGES = ("operations.md", "hosting.md")
PAGE = "\n".join((ROOT / "docs" / name).read_text(encoding="utf-8") for name in PAGES)
COMMANDS = typer.main.get_command(app).commands
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
UNITS = ("tipstat.service", "tipstat.timer", "tipstat-serve.service")
OF_COMPOSE = {"TIPSTAT_DB_PASSWORD", "TIPSTAT_SITE_PORT"}
"""Variables that deploy/compose.yaml alone reads."""


def text(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


COMPOSE = yaml.safe_load(text("compose.yaml"))
SERVICES = COMPOSE["services"]


def test_every_verb_and_option_named_exists() -> None:
    named = re.findall(
        r"(?<![/\w-])tipstat ([a-z]+(?:-[a-z]+)*)((?: [A-Z-][\w-]*)*)", commands(PAGE)
    )
    assert {verb for verb, _ in named} >= {"run", "rollback", "verify", "diff", "review", "inbox"}
    for verb, rest in named:
        assert verb in COMMANDS, verb
        options = {option for each in COMMANDS[verb].params for option in each.opts}
        assert set(re.findall(r"--[a-z-]+", rest)) <= options, (verb, rest)


def commands(page: str) -> str:
    """Return the code of a page, without comments: blocks, and words between backticks."""
    blocks = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    lines = [line.split(" #")[0] for block in blocks for line in block.splitlines()]
    prose = re.sub(r"```.*?```", "", page, flags=re.DOTALL)
    return "\n".join([*lines, *re.findall(r"`([^`]+)`", prose)])


def test_every_target_of_make_named_exists() -> None:
    named = set(re.findall(r"\bmake ([a-z-]+)", commands(PAGE)))
    assert named == {"attack-api", "run", "setup", "social"}
    assert named <= set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))


def test_every_variable_named_is_read() -> None:
    code = "\n".join(file.read_text("utf-8") for file in (ROOT / "pipelines").rglob("*.py"))
    named = set(re.findall(r"TIPSTAT_\w+", PAGE + text("compose.yaml")))
    read = set(re.findall(r"TIPSTAT_\w+", code + text("start") + text("dagster.yaml")))
    assert named - read == OF_COMPOSE


def test_every_variable_of_alerts_reaches_the_containers() -> None:
    """All of deploy/.env does, where the page tells operators to set them."""
    for name in ("webserver", "daemon"):
        [file] = SERVICES[name]["env_file"]
        assert (file["path"], file["required"]) == (".env", False)
    assert "`deploy/.env`" in PAGE


def test_no_variable_is_filled_in_where_podman_compose_fills_in_none() -> None:
    """Version 1.3, Debian 13's, leaves `${...}` as it stands in what services have in common."""
    assert "${" not in str(COMPOSE["x-tipstat"])


def test_every_file_named_exists() -> None:
    for place in set(re.findall(r"\bdeploy/[\w.-]+", PAGE)) - {"deploy/.env"}:
        assert (ROOT / place).is_file(), place
    recipes = text("Containerfile") + text("Containerfile.site")
    copied = re.findall(r"^COPY (.+) \S+$", recipes, re.MULTILINE)
    places = {place for line in copied for place in line.split()}
    for place in places:
        assert (ROOT / place).exists(), place
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {f"!{place}" for place in places} == {line for line in allowed if line[0] == "!"}


def test_a_manifest_without_provenance_is_brought_up_to_date(project: Path) -> None:
    """Also one in which git joined the shipped lines with those of before."""
    wanted = paths.manifest().read_text(encoding="utf-8")
    lines = [*csv.reader(io.StringIO(wanted, newline=""))]
    kept, own = lines[:-2], [[*line[:10], *line[11:-1]] for line in (lines[0], *lines[-3:])]
    with paths.manifest().open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([own[0], *kept[1:], *own[1:], kept[0]])
    with pytest.raises(manifest.ManifestError, match=r"it lacks provenance|cells instead of"):
        manifest.entries()
    [script] = re.findall(r"<<'END'\n(.*?)END\n", PAGE, re.DOTALL)
    subprocess.run([sys.executable, "-c", script], cwd=project, check=True)
    assert [entry.key for entry in manifest.entries()] == [(r[0], r[1], r[3]) for r in lines[1:]]


def test_the_schedules_on_the_page_are_those_of_the_code() -> None:
    for table in (PAGE, schedules.__doc__):
        rows = re.findall(r"^\| (daily|the 1st|Sundays)[, ]*(\d\d):(\d\d) \|", table, re.M)
        days = {"daily": "* * *", "the 1st": "1 * *", "Sundays": "* * 0"}
        crons = {f"{int(minute)} {int(hour)} {days[day]}" for day, hour, minute in rows}
        assert crons == {each.cron_schedule for each in schedules.SCHEDULES}


def test_only_this_machine_reaches_what_listens() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports == [
        "127.0.0.1:${TIPSTAT_PORT:-3000}:3000", "127.0.0.1:${TIPSTAT_SITE_PORT:-8080}:8080",
    ]  # fmt: skip
    assert "${TIPSTAT_BIND:-127.0.0.1}" in text("start")
    assert '"-h", "127.0.0.1"' in inspect.getsource(web_interface)
    assert all(SERVICES[name]["read_only"] for name in ("webserver", "daemon", "site"))


def test_what_readers_reach_knows_no_password_and_writes_nothing() -> None:
    site = SERVICES["site"]
    assert not re.findall(r"\$\{\w+:?\?", text("compose.yaml")), "asked for by all services"
    assert "env_file" not in site
    assert "depends_on" not in site
    assert site["environment"].keys() == {"TIPSTAT_BASE_URL"}
    assert site["volumes"] == ["figures:/srv/data:ro"]
    assert site["cap_drop"] == ["ALL"]
    lock = (ROOT / "requirements-site.txt").read_text(encoding="utf-8")
    assert not re.findall(r"^(dagster|pandas|psycopg|playwright|choreographer).*==", lock, re.M)
    unit = text("tipstat-serve.service")
    assert "ProtectSystem=strict" in unit
    assert "ReadWritePaths" not in unit
    assert re.findall(r"^EnvironmentFile=(.*)$", unit, re.M) == ["-/etc/tipstat-serve.env"]


def test_the_script_is_sound() -> None:
    assert os.access(DEPLOY / "start", os.X_OK)
    subprocess.run(["sh", "-n", DEPLOY / "start"], check=True)


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if not analyze:
        pytest.skip("no systemd-analyze: apt-get install systemd (Debian's package)")
    for name in UNITS:  # the program that they start is not installed here
        unit = text(name).replace("/srv/tipstat/.venv/bin/tipstat", "/bin/true")
        (tmp_path / name).write_text(unit, encoding="utf-8")
    result = subprocess.run(
        [analyze, "verify", *(tmp_path / name for name in UNITS)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (0, "")


@pytest.fixture(scope="module")
def audit():
    spec = importlib.util.spec_from_file_location("audit", ROOT / "deploy" / "audit.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_known_vulnerability_fails_the_audit(audit) -> None:
    flaw = {"id": "PYSEC-2026-1", "fix_versions": ["1.1"]}
    found = [
        {"name": "sound", "version": "1", "vulns": []},
        {"name": "leaky", "version": "1.0", "vulns": [flaw]},
        {"name": "own", "skip_reason": "not found"},
    ]
    result, code = audit.verdict(json.dumps({"dependencies": found}), "")
    assert code == 1
    assert result == [
        "2 of 3 requirements audited, 1 known vulnerabilities",
        "leaky 1.0: PYSEC-2026-1, mended in 1.1",
        "not audited, the list does not have them: own",
    ]


@pytest.mark.parametrize(("in_ci", "code"), [(False, 0), (True, 1)])
def test_an_audit_without_a_list_says_so_and_fails_in_ci_alone(audit, in_ci, code) -> None:
    assert audit.verdict("", "a traceback\nno route to host\n", in_ci=in_ci) == (
        ["not audited: the list of vulnerabilities could not be reached (no route to host)"], code,
    )  # fmt: skip
    [counted, result], found = audit.verdict(
        json.dumps({"dependencies": [{"name": "own", "skip_reason": "not found"}]}), "", in_ci=in_ci
    )
    assert (counted[:6], found) == ("0 of 1", code), "which is not the same as all being sound"
    assert result == "not audited: the package index keeps no list of vulnerabilities"


def test_in_ci_an_audit_that_reaches_nothing_fails(
    audit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pip-audit").write_text("#!/bin/sh\necho no route to host >&2; exit 1\n", "utf-8")
    (tmp_path / "pip-audit").chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("CI", "true")
    assert audit.main("requirements.txt") == 1
    monkeypatch.delenv("CI")
    assert audit.main("requirements.txt") == 0


def test_a_file_made_to_harm_reaches_the_limit_of_its_reader_before_that_of_the_unit() -> None:
    """Else systemd would stop the whole run for it, which then publishes nothing."""
    unit = text("tipstat.service")
    [gigabytes] = re.findall(r"^MemoryMax=(\d+)G$", unit, re.M)
    assert int(gigabytes) * 2**30 > sandbox.MEMORY
    assert "OOMPolicy=continue" in unit.splitlines()


@pytest.mark.slow
def test_the_list_of_what_is_installed_is_that_of_the_lock(tmp_path: Path) -> None:
    asked = ["make", "-s", "-o", ".venv/ready-dev", "sbom", f"DIST={tmp_path}"]
    subprocess.run(asked, cwd=ROOT, check=True)
    made = (tmp_path / "sbom.json").read_text(encoding="utf-8")  # cyclonedx-py has validated it
    lock = (ROOT / "requirements-server.txt").read_text(encoding="utf-8")
    listed = json.loads(made)["components"]
    names = {(each["name"], each["version"]) for each in listed}
    assert names == set(re.findall(r"^([\w.-]+)(?:\[.+\])?==([\w.]+)", lock, re.M))
    hashes = [found for each in listed for found in each["externalReferences"][0]["hashes"]]
    assert {each["content"] for each in hashes} == set(re.findall(r"sha256:(\w{64})", lock))
