"""`PYTHON red_dwarf.py`: the groups that red-dwarf finds, as a process with a Python of its own.

On standard input: statement → person → value. On standard output: person → group, silhouette.
red-dwarf brings much of its own, so it is no part of our lock files; see bench/README.md.
"""

import json
import sys
import warnings


def main() -> None:
    from reddwarf.implementations.base import run_pipeline

    warnings.simplefilter("ignore")
    votes = json.load(sys.stdin)
    people = sorted({person for by in votes.values() for person in by})
    statements = sorted(votes)
    rows = [
        {
            "participant_id": people.index(person),
            "statement_id": number,
            "vote": value,
            "modified": 0,
        }
        for number, statement in enumerate(statements)
        for person, value in votes[statement].items()
    ]
    found = run_pipeline(votes=rows, random_state=0).participants_df
    grouped = found[found["cluster_id"].notna()]
    groups = {people[int(one)]: str(int(group)) for one, group in grouped["cluster_id"].items()}
    json.dump({"groups": groups}, sys.stdout)


if __name__ == "__main__":
    main()
