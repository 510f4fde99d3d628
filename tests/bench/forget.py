r"""How fast one site is forgotten, against a plain DELETE and VACUUM of the same rows.

    python -P -m tests.bench.make_home big --chromium-visits 1000000 \
        --firefox-visits 500000 --wal-rows 2000
    python -P -m tests.bench.forget big

Each run has a copy of the home of its own; `big` itself is only read. Warm cache, whole
processes in turn, medians. Ours plans, asks, clears and counts again; the
other is the command line of SQLite, which is told the rows. The program sqlite3 is needed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from statistics import median
from unittest.mock import patch

from hygiene.contract import Platform, Site
from hygiene.engine.applying import Result
from hygiene.engine.decision import Proof
from hygiene.engine.planning import Plan, Subject
from hygiene.wiring import Options, open_session
from tests.bench.paired import Run, in_turn, ratio_line, run

CHROMIUM = ".config/chromium/Default/History"
FIREFOX = ".mozilla/firefox"

CHROMIUM_SQL = """
CREATE TEMP TABLE gone AS SELECT id FROM urls WHERE url LIKE '%://{site}/%';
CREATE TEMP TABLE gone_visits AS
    SELECT id FROM visits WHERE url IN (SELECT id FROM gone);
BEGIN;
DELETE FROM keyword_search_terms WHERE url_id IN (SELECT id FROM gone);
DELETE FROM content_annotations WHERE visit_id IN (SELECT id FROM gone_visits);
DELETE FROM context_annotations WHERE visit_id IN (SELECT id FROM gone_visits);
DELETE FROM visits WHERE url IN (SELECT id FROM gone);
DELETE FROM urls WHERE id IN (SELECT id FROM gone);
COMMIT;
VACUUM;
"""

FIREFOX_SQL = """
CREATE TEMP TABLE gone AS SELECT id FROM moz_places WHERE url LIKE '%://{site}/%';
BEGIN;
DELETE FROM moz_historyvisits WHERE place_id IN (SELECT id FROM gone);
DELETE FROM moz_inputhistory WHERE place_id IN (SELECT id FROM gone);
DELETE FROM moz_places WHERE id IN (SELECT id FROM gone);
DELETE FROM moz_origins WHERE host = '{site}';
COMMIT;
VACUUM;
"""


def main() -> None:
    """Measure each site in turn and print a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--site", action="append", help="again for more than one")
    parser.add_argument("--clear", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    home: Path = options.home.resolve()
    if options.clear:
        _forget(home, options.site[0])
        return
    for site in options.site or _busiest(home):
        with tempfile.TemporaryDirectory(dir=home.parent) as scratch:
            _measure(home, site, options.pairs, Path(scratch))


def _busiest(home: Path) -> list[str]:
    """The host with most pages in Chromium, and the busiest that both browsers have."""
    hosts = []
    for store, table in ((home / CHROMIUM, "urls"), (_places(home), "moz_places")):
        # The part between the slashes of `https://host/path`.
        host = "substr(url, 9, instr(substr(url, 9), '/') - 1)"
        sql = f"SELECT {host} h FROM {table} GROUP BY h ORDER BY count(*) DESC LIMIT 50"
        with closing(sqlite3.connect(f"file:{store}?immutable=1", uri=True)) as db:
            hosts.append([row[0] for row in db.execute(sql)])
    both = next(each for each in hosts[0] if each in hosts[1])
    return list(dict.fromkeys([hosts[0][0], both]))


def _places(home: Path) -> Path:
    [store] = (home / FIREFOX).glob("*/places.sqlite")
    return store


def _measure(home: Path, site: str, pairs: int, scratch: Path) -> None:
    copies = {name: scratch / name for name in ("ours", "theirs")}

    def ours() -> Run:
        _copy(home, copies["ours"])
        options = ["--clear", "--site", site, str(copies["ours"])]
        return run([sys.executable, "-P", "-m", __spec__.name, *options])

    def theirs() -> Run:
        _copy(home, copies["theirs"])
        return run(["sh", "-c", _plainly(copies["theirs"], site, scratch)])

    timed = in_turn(ours, theirs, pairs)
    answer = _same_rows(copies["ours"], copies["theirs"])
    seconds = [(a.seconds, b.seconds) for a, b in timed]
    ratio_line(f"forgetting {site}", seconds, "s", "<= 1.0", answer)
    memory = [(a.mebibytes, b.mebibytes) for a, b in timed]
    ratio_line("its peak memory", memory, "MiB", "none", answer)
    stages = [json.loads(a.output) for a, _ in timed]
    writing = [
        (s["writing"], b.seconds) for s, (_, b) in zip(stages, timed, strict=True)
    ]
    ratio_line("its writing alone", writing, "s", "none", answer)
    parts = [f"{each} {median(s[each] for s in stages):.2f} s" for each in stages[0]]
    sys.stdout.write(f"    of ours: {', '.join(parts)}\n")


def _copy(home: Path, to: Path) -> None:
    """A fresh copy of the browsers' folders that has reached the disk."""
    shutil.rmtree(to, ignore_errors=True)
    for folder in (".config", ".mozilla"):
        shutil.copytree(home / folder, to / folder)
    os.sync()


def _plainly(home: Path, site: str, scratch: Path) -> str:
    """A command that deletes with the command line of SQLite, as it comes."""
    commands = []
    for store, sql in ((home / CHROMIUM, CHROMIUM_SQL), (_places(home), FIREFOX_SQL)):
        script = scratch / f"{store.name}.sql"
        script.write_text(sql.format(site=site))
        commands.append(f"sqlite3 -batch -bail '{store}' < '{script}'")
    return " && ".join(commands)


def _same_rows(one: Path, other: Path) -> str:
    """Whether both left the same number of rows in each table."""
    left = []
    for home in (one, other):
        rows: dict[str, int] = {}
        for store in (home / CHROMIUM, _places(home)):
            with closing(sqlite3.connect(store)) as db:
                tables = db.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table'"
                )
                for (name,) in tables.fetchall():
                    sql = f"SELECT count(*) FROM {name}"
                    rows[f"{store.name}.{name}"] = db.execute(sql).fetchone()[0]
        left.append(rows)
    differing = [
        f"{name} {left[0].get(name)} / {left[1].get(name)}"
        for name in sorted({*left[0], *left[1]})
        if left[0].get(name) != left[1].get(name)
    ]
    return f"rows left {', '.join(differing) or 'the same in each table'}"


def _forget(home: Path, site: str) -> None:
    """Forget the site in this process and print the seconds of each stage."""
    began = time.perf_counter()
    plans: list[float] = []
    with open_session(Options(home=home, platform=Platform.LINUX)) as session:
        make_plan = session.plan

        def timed(subject: Subject) -> Plan:
            start = time.perf_counter()
            plan = make_plan(subject)
            plans.append(time.perf_counter() - start)
            return plan

        with patch.object(session, "plan", timed):
            plan = session.plan(Site(site))
            decision = session.decide(plan)
            decision.answer_proof(Proof.NO)
            consent = decision.type_number(str(plan.count))
            assert consent is not None, decision.wanted
            *_, result = session.carry_out(plan, consent)
    assert isinstance(result, Result), result
    assert result.done, result
    assert not result.not_done, result
    names = ("planning", "counting again")
    stages = dict(zip(names, plans, strict=True))
    stages["writing"] = time.perf_counter() - began - sum(plans)
    sys.stdout.write(json.dumps(stages))


if __name__ == "__main__":
    main()
