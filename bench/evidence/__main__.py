"""``python -m bench.evidence``: measure the checker of rewordings; ``--write-docs`` puts the table into the docs."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from app.evaluation.quality_page import write_between
from bench.evidence.measure import measure, table

_PAGE = Path(__file__).parents[2] / "docs" / "quality.md"


def main() -> None:
    """Print the figures of both halves; failures of the half that the checker was developed on are shown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write-docs", action="store_true", help="write the table into docs/quality.md")
    parser.add_argument("--show", action="store_true", help="show what went wrong in the tune half")
    options = parser.parse_args()
    tune, report = measure(tune=True), measure(tune=False)
    if options.show:
        for failure in tune.failures:
            sys.stdout.write(json.dumps(failure, ensure_ascii=False) + "\n")
    sys.stdout.write(table(tune, report) + "\n")
    if options.write_docs:
        write_between("bench evidence", [table(tune, report)], page=_PAGE)


if __name__ == "__main__":
    main()
