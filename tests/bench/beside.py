"""What somebody could use in our place for the same tables: polars, pandas, Datasette. Whichever is not there is left
out, and said to be.

The two that work in memory are told twice: with reading the calls from the database, as whoever wants today's figures
must, and without. Both do the lists, topics, advice, stages and callers; Datasette the lists, topics and advice, by its
facets. It is given a copy, as no second SQLite may open the file itself.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from ppsdesk.services.locations import DeskFolder
from tests.bench.by_hand import BEFORE, NOW, ONE, SEVERAL
from tests.bench.files import bare
from tests.bench.measuring import figure, milliseconds

LINKS = {**SEVERAL, "call_stage": "call_stage", "call_child_stage": "call_child_stage"}
CALLS = f"SELECT id, taken_on, caller_id, {', '.join(ONE.values())} FROM call WHERE removed_at IS NULL"


def beside(desk: Path, folder: Path, ours: float, rounds: int, calls: tuple[int, int]) -> tuple[str, ...]:
    """One sentence for each, with the times of `rounds` rounds; `ours` is the report's, `calls` now and before."""
    peers: dict[str, Callable[[Path, Path, int, tuple[int, int]], list[tuple[str, float]]]] = {
        "polars": _polars,
        "pandas": _pandas,
        "datasette": _datasette,
    }
    told = []
    for name, measure in peers.items():
        if importlib.util.find_spec(name) is None:
            told.append(f"{name} is not installed, so it was left out")
            continue
        times = measure(desk, folder, rounds, calls)
        told.append(f"{name}: " + "; ".join(f"{what} {figure(ms)} ms, {ms / ours:.1f} × ours" for what, ms in times))
    return tuple(told)


def _in_memory(
    read: Callable[[], Any], tables: Callable[[Any], list[tuple[int, int]]], rounds: int, calls: tuple[int, int]
) -> list[tuple[str, float]]:
    held = read()
    assert tables(held) == [calls] * len(ONE)
    reading = median(milliseconds(read) for _ in range(min(rounds, 3)))
    counting = median(milliseconds(lambda: tables(held)) for _ in range(rounds))
    return [("read and counted", reading + counting), ("already in memory", counting)]


def _polars(desk: Path, _folder: Path, rounds: int, calls: tuple[int, int]) -> list[tuple[str, float]]:
    import polars as pl

    def framed(connection: Any, question: str) -> Any:
        found = connection.execute(question)
        names = [column[0] for column in found.description]
        return pl.DataFrame(found.fetchall(), schema=names, orient="row", infer_schema_length=None)

    def read() -> dict[str, Any]:
        with bare(desk) as connection:
            every = framed(connection, CALLS)
            links = {table: framed(connection, f"SELECT call_id, term_id FROM {table}") for table in LINKS.values()}
        return {"call": every.with_columns(pl.col("taken_on").str.to_date()), **links}

    def tables(held: dict[str, Any]) -> list[tuple[int, int]]:
        whole = []
        for first, last in (NOW, BEFORE):
            days = pl.col("taken_on").is_between(date.fromisoformat(first), date.fromisoformat(last))
            calls = held["call"].filter(days)
            whole.append([calls.group_by(column).len()["len"].sum() for column in ONE.values()])
            for table in LINKS.values():
                calls.join(held[table], left_on="id", right_on="call_id", how="left").group_by("term_id").len()
            earlier = held["call"].filter(pl.col("taken_on") < date.fromisoformat(first)).select("caller_id").unique()
            calls.select("caller_id").unique().join(earlier, on="caller_id", how="anti").height  # noqa: B018
        return list(zip(*whole, strict=True))

    return _in_memory(read, tables, rounds, calls)


def _pandas(desk: Path, _folder: Path, rounds: int, calls: tuple[int, int]) -> list[tuple[str, float]]:
    import pandas as pd

    def framed(connection: Any, question: str) -> Any:
        found = connection.execute(question)
        return pd.DataFrame(found.fetchall(), columns=[column[0] for column in found.description])

    def read() -> dict[str, Any]:
        with bare(desk) as connection:
            every = framed(connection, CALLS)
            links = {table: framed(connection, f"SELECT call_id, term_id FROM {table}") for table in LINKS.values()}
        every["taken_on"] = pd.to_datetime(every["taken_on"])
        return {"call": every, **links}

    def tables(held: dict[str, Any]) -> list[tuple[int, int]]:
        whole, every = [], held["call"]
        for first, last in (NOW, BEFORE):
            calls = every[every["taken_on"].between(first, last)]
            whole.append([int(calls.groupby(column, dropna=False).size().sum()) for column in ONE.values()])
            for table in LINKS.values():
                calls.merge(held[table], left_on="id", right_on="call_id", how="left").groupby("term_id").size()
            earlier = every.loc[every["taken_on"] < first, "caller_id"].unique()
            (~pd.Series(calls["caller_id"].unique()).isin(earlier)).sum()
        return list(zip(*whole, strict=True))

    return _in_memory(read, tables, rounds, calls)


def _datasette(desk: Path, folder: Path, rounds: int, calls: tuple[int, int]) -> list[tuple[str, float]]:
    from datasette.app import Datasette

    copy = folder / "for-datasette.db"
    shutil.copy(DeskFolder(desk).database, copy)
    patience = {"sql_time_limit_ms": 600_000, "facet_time_limit_ms": 600_000, "max_returned_rows": 1_000}
    served = Datasette(files=[], immutables=[str(copy)], settings={**patience, "default_facet_size": 100})

    async def ask(table: str, columns: list[str], where: str) -> Any:
        facets = "&".join(f"_facet={column}" for column in columns)
        path = f"/for-datasette/{table}.json?_size=1&_facet_size=max&_extra=facet_results&{facets}&_where={where}"
        answer = await served.client.get(path.replace(" ", "%20"))
        found = json.loads(answer.text)["facet_results"]
        return found.get("results", found)  # its versions differ

    async def both() -> list[int]:
        await served.invoke_startup()
        found = []
        for first, last in (NOW, BEFORE):
            days = f"removed_at is null and taken_on between '{first}' and '{last}'"
            facets = await ask("call", list(ONE.values()), days)
            found.append(sum(one["count"] for one in facets["line_id"]["results"]))
            for link in SEVERAL.values():
                await ask(link, ["term_id"], f"call_id in (select id from call where {days})")
        return found

    assert asyncio.run(both()) == list(calls)
    times = median(milliseconds(lambda: asyncio.run(both())) for _ in range(min(rounds, 3)))
    copy.unlink()
    return [("lists, topics and advice by facets", times)]
