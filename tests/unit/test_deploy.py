"""The example configurations are what their programs accept, and say what the pages promise."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from deliberation.__main__ import COMMANDS
from tests.conftest import absent

ROOT = Path(__file__).resolve().parents[2]
NGINX = ROOT / "deploy" / "nginx.conf"
CADDY = ROOT / "deploy" / "Caddyfile"
PROCESSES = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())


def program(name: str, package: str) -> str:
    """Its path; without it a loud skip, or a failure where servers are required."""
    found = shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin")
    return found or absent(
        f"{name} is not installed: its configuration is not tested. apt-get install {package}"
    )


def certificate(folder: Path) -> None:
    """What the configuration expects beside itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "praat.example.nl")])
    start = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(start).not_valid_after(start + timedelta(days=1))
    folder.mkdir()
    (folder / "fullchain.pem").write_bytes(
        made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def test_nginx_accepts_its_configuration(tmp_path: Path) -> None:
    nginx = program("nginx", "nginx-light")
    certificate(tmp_path / "tls")
    (tmp_path / "logs").mkdir()
    shutil.copy(NGINX, tmp_path)
    done = subprocess.run(
        [nginx, "-t", "-p", tmp_path, "-c", tmp_path / NGINX.name],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr


def test_caddy_accepts_its_configuration(tmp_path: Path) -> None:
    caddy = program("caddy", "caddy")
    done = subprocess.run(
        [caddy, "validate", "--adapter", "caddyfile", "--config", CADDY],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
    assert "Valid configuration" in done.stdout + done.stderr


@pytest.mark.parametrize("path", [NGINX, CADDY], ids=lambda path: path.name)
def test_a_proxy_sends_rooms_and_pages_to_the_ports_of_the_procfile(path: Path) -> None:
    said = path.read_text()
    for process in ("web", "live"):
        port = re.search(r"PORT:-(\d+)", PROCESSES[process])
        assert port is not None
        assert f"127.0.0.1:{port[1]}" in said


def test_nginx_logs_no_address_and_no_page() -> None:
    said = NGINX.read_text()
    formats = re.findall(r"log_format (\w+) (.*?);", said, re.DOTALL)
    assert [name for name, _ in formats] == ["nobody"]
    variables = set(re.findall(r"\$\w+", formats[0][1]))
    assert variables == {
        "$time_iso8601", "$status", "$request_method", "$kind_of_page", "$request_time",
        "$upstream_response_time", "$body_bytes_sent",
    }  # fmt: skip
    assert re.findall(r"access_log \S+ (\w+);", said) == ["nobody"]
    assert "error_log logs/error.log crit;" in said


def test_the_procfile_names_the_four_processes() -> None:
    assert set(PROCESSES) == {"web", "live", "worker", "release"}


@pytest.mark.parametrize("process", sorted(PROCESSES))
def test_a_process_of_the_procfile_is_a_command_that_exists(process: str) -> None:
    program, command, *options = shlex.split(PROCESSES[process])
    assert program == "deliberation"
    assert command in COMMANDS
    known = subprocess.run(
        [sys.executable, "-m", "deliberation", command, "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    ).stdout
    for option in (word for word in options if word.startswith("--")):
        assert option in known
