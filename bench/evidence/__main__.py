"""``python -m bench.evidence``: measure the checker of rewordings; ``--write-docs`` puts the table into the docs."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from app.evaluation.quality_page import write_between
from bench.evidence.lines import lines_table, measure_lines
from bench.evidence.measure import measure, table
from bench.evidence.spoken import Half, measure_spoken, spoken_table
from bench.evidence.trade import Trade, measure_trade, trade_table
from bench.evidence.vouching import IN_USE
from knowledge.evidence import Care
from places.gazetteer import load_gazetteer

_PAGE = Path(__file__).parents[2] / "docs" / "quality.md"


def main() -> None:
    """Print the figures of both halves; failures of the half that the checker was developed on are shown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write-docs", action="store_true", help="write the table into docs/quality.md")
    parser.add_argument("--show", action="store_true", help="show what went wrong in the tune half")
    options = parser.parse_args()
    tune, report = measure(tune=True), measure(tune=False)
    gazetteer = load_gazetteer()
    spoken = {half: measure_spoken(half, gazetteer) for half in Half}
    halves = (True, False)
    lines = {care: tuple(measure_lines(gazetteer, tune=half, care=care) for half in halves) for care in Care}
    if options.show:
        seen = [failure for half in (Half.TUNE, Half.OPENED, Half.HARD) for failure in spoken[half].failures]
        for failure in (*lines[IN_USE][0].failures, *tune.failures, *seen):
            sys.stdout.write(json.dumps(failure, ensure_ascii=False) + "\n")
    used = Trade(IN_USE, report, spoken[Half.BLIND], spoken[Half.HARD_BLIND])
    trades = [used if care is IN_USE else measure_trade(care, gazetteer) for care in Care]
    tables = [lines_table(lines), "", table(tune, report), "", trade_table(trades), "", spoken_table(spoken)]
    sys.stdout.write("\n".join(tables) + "\n")
    if options.write_docs:
        write_between("bench evidence", tables, page=_PAGE)


if __name__ == "__main__":
    main()
