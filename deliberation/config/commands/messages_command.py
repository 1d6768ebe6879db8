"""`deliberation messages`: compile the translations, without gettext's own tools."""

import argparse

from deliberation.config.translations import compile_all


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(arguments: argparse.Namespace) -> int:
    print(f"{compile_all()} catalogues compiled.")
    return 0
