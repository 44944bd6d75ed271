"""`practice`: fill an empty database with invented calls."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ppsdesk.commands.line import whole_number


def add_to(parser: ArgumentParser, _common: ArgumentParser) -> None:
    """Say what can be typed."""
    parser.add_argument("--years", metavar="N", default="2", help="how many years back from today (default 2)")
    parser.add_argument("--calls-per-year", metavar="N", default="2600", help="how many calls in each (default 2600)")
    parser.add_argument("--seed", metavar="N", default="1", help="the same number makes the same calls (default 1)")


def run(line: Namespace) -> int:
    """Carry it out."""
    from ppsdesk.commands.desk import Counter, services

    years = whole_number(line.years, "--years")
    calls = whole_number(line.calls_per_year, "--calls-per-year")
    seed = whole_number(line.seed, "--seed")
    with services(line) as desk:
        done = desk.practice.fill(years=years, calls_per_year=calls, seed=seed, progress=Counter("Practice calls"))
    print(done.said)
    return 0
