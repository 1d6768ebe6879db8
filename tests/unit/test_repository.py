"""The documents name what exists, and what exists has its place in the documents."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from prometheus_client.metrics import MetricWrapperBase

from deliberation.__main__ import COMMANDS
from deliberation.live import metrics

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
MAKEFILE = (ROOT / "Makefile").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
LOCKS = sorted(ROOT.glob("requirements*.lock"))
PUBLIC_CODE = yaml.safe_load((ROOT / "publiccode.yml").read_text())
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")
_SETTING = re.compile(r"DELIBERATION_([A-Z_]+)")
# Handed from one process of ours to another; nobody sets these.
_INTERNAL = {"TEST_HOME"}


def _rel(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _read_settings() -> set[str]:
    """The names that the settings ask of the environment."""
    found: set[str] = set()
    for path in (ROOT / "deliberation" / "config").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and node.args and _reads(node.func):
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
    return found


def _reads(function: ast.expr) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    owner = getattr(getattr(function, "value", None), "id", "given")
    return owner == "given" and name in {"text", "flag", "number", "words", "minutes"}


def test_every_setting_is_documented_and_every_documented_one_is_read() -> None:
    page = (DOCS / "operations" / "settings.md").read_text()
    documented = set(re.findall(r"^\| `DELIBERATION_([A-Z_]+)`", page, re.MULTILINE))
    assert documented == _read_settings() - _INTERNAL


@pytest.mark.parametrize("page", PAGES, ids=_rel)
def test_a_page_names_no_setting_that_does_not_exist(page: Path) -> None:
    assert set(_SETTING.findall(page.read_text())) <= _read_settings() | {""}


def test_every_command_is_documented_and_every_documented_one_exists() -> None:
    page = (DOCS / "operations" / "commands.md").read_text()
    assert re.findall(r"^\| `deliberation (\w+)`", page, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=_rel)
def test_a_page_names_no_command_that_does_not_exist(page: Path) -> None:
    named = re.findall(r"(?:^|`)deliberation ([a-z]+)\b", page.read_text(), re.MULTILINE)
    assert set(named) <= set(COMMANDS)


def test_every_metric_is_documented_and_every_documented_one_exists() -> None:
    page = (DOCS / "operations" / "metrics.md").read_text()
    documented = set(re.findall(r"^\| `(deliberation_\w+)`", page, re.MULTILINE))
    made = {
        name
        for metric in vars(metrics).values()
        if isinstance(metric, MetricWrapperBase)
        for name in [_shown(metric)]
    }
    assert documented == made


def _shown(metric: MetricWrapperBase) -> str:
    family = next(iter(metric.describe()))
    return f"{family.name}_total" if family.type == "counter" else family.name


def test_every_target_explains_itself() -> None:
    listed = set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE))
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony is not None
    inner = {"install", "dev", "frontend", "tools"}
    assert set(phony[1].split()) == listed | inner


@pytest.mark.parametrize("page", PAGES, ids=_rel)
def test_a_page_names_no_target_that_does_not_exist(page: Path) -> None:
    named = re.findall(r"(?:^|`)make ([a-z-]+)", page.read_text(), re.MULTILINE)
    assert set(named) <= set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=_rel)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    missing = [
        link for link in _LINK.findall(page.read_text()) if not (page.parent / link).exists()
    ]
    assert missing == []


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    decisions = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    index = (DOCS / "decisions" / "README.md").read_text()
    for number, path in enumerate(decisions, 1):
        assert f"({path.name})" in index
        said = path.read_text()
        assert said.startswith(f"# {number}. ")
        assert "**Decided.**" in said
        assert "**Why.**" in said
        assert "**Rejected.**" in said


@pytest.mark.parametrize("lock", LOCKS, ids=_rel)
def test_a_lock_names_versions_and_hashes_and_no_host(lock: Path) -> None:
    said = lock.read_text()
    assert "://" not in said
    assert not re.search(r"^\s*-{1,2}(index|extra|find|trusted)", said, re.MULTILINE)
    for entry in re.split(r"\n(?=[a-z0-9])", said.split("# The following packages")[0]):
        assert re.match(
            r"(#.*\n)*[\w.-]+==\S+ \\\n(    --hash=sha256:[0-9a-f]{64}( \\)?\n)+", entry
        )


def test_the_locks_hold_every_dependency_at_a_version_it_allows() -> None:
    locked = dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / LOCKS[-1]).read_text(), re.MULTILINE))
    for wanted in PROJECT["project"]["dependencies"]:
        assert re.split(r"[\[<>=]", wanted)[0] in locked
    assert locked["bleach"] == "6.4.0"


def test_the_development_lock_agrees_with_what_users_get() -> None:
    pins = [
        dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    ]
    assert pins[0].items() <= pins[1].items()


def test_the_licence_is_named_the_same_everywhere() -> None:
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in (ROOT / "LICENSE").read_text()
    assert PROJECT["project"]["license"] == "EUPL-1.2"
    assert PUBLIC_CODE["legal"]["license"] == "EUPL-1.2"


def test_publiccode_has_what_the_standard_requires() -> None:
    required = {"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus"}
    required |= {"softwareType", "description", "legal", "maintenance", "localisation"}
    assert required <= set(PUBLIC_CODE)
    assert PUBLIC_CODE["maintenance"]["contacts"]
    assert set(PUBLIC_CODE["localisation"]["availableLanguages"]) == {"nl", "en"}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_publiccode_describes_it_at_the_length_the_standard_allows(language: str) -> None:
    description = PUBLIC_CODE["description"][language]
    assert 0 < len(description["shortDescription"].strip()) <= 150
    assert 150 <= len(description["longDescription"]) <= 10_000
    assert description["features"]


def test_publiccode_names_the_version_that_is_released() -> None:
    said = (ROOT / "deliberation" / "__init__.py").read_text()
    assert f'__version__ = "{PUBLIC_CODE["softwareVersion"]}"' in said
