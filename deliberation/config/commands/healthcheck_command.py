"""`deliberation healthcheck`: for a container or a watchdog; exit code 0 means well."""

import argparse
import json
import sys
import urllib.error
import urllib.request

_WITHIN = 10.0  # seconds


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="the server (%(default)s)")


def run(arguments: argparse.Namespace) -> int:
    address = f"{arguments.url.rstrip('/')}/healthz"
    # Straight to the server, whatever proxy the environment names.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=_WITHIN) as answer:
            found = json.load(answer)
    except urllib.error.HTTPError as error:
        return _unwell(
            f"{address} answers {error.code}: {error.read(500).decode(errors='replace')}"
        )
    except (OSError, ValueError) as error:
        return _unwell(f"{address} does not answer: {getattr(error, 'reason', error)}")
    print(", ".join(f"{name} {state}" for name, state in found.items()))
    return 0


def _unwell(words: str) -> int:
    print(words, file=sys.stderr)
    return 1
