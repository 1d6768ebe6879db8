"""All of these tests once more, on PostgreSQL."""

import subprocess
import sys
from pathlib import Path

import pytest

from deliberation.config.servers import ServerMissing, program
from tests.app.test_on_postgres import QUICK
from tests.conftest import absent

HERE = Path(__file__).parent


@pytest.mark.postgres
def test_everything_here_holds_on_postgresql_as_well() -> None:
    try:
        program("postgres")
    except ServerMissing as missing:
        absent(str(missing))
    command = [sys.executable, "-m", "pytest", str(HERE), "--db=postgres", "-q", "-m", QUICK]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
