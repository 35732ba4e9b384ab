"""Reads a Vector configuration and its table, says what does not fit, and runs its transform on lines.

usage: vector_rows.py VECTOR_TOML CLICKHOUSE_SQL LINES; prints a row of JSON for each line
"""

import json
import re
import sys
import tomllib

from pyvrl import Transform


def parts(config):
    return {kind: config.get(kind, {}) for kind in ("sources", "transforms", "sinks")}


def check_inputs(config):
    """Every input is there, and every part is read by one, but the sinks."""
    known = parts(config)
    able = {**known["sources"], **known["transforms"]}
    used = set()
    for name, part in [*known["transforms"].items(), *known["sinks"].items()]:
        if not part.get("inputs"):
            sys.exit(f"{name} has no inputs")
        for each in part["inputs"]:
            if each not in able:
                sys.exit(f"{name}: there is no {each}")
            used.add(each)
    for name in able.keys() - used:
        sys.exit(f"nobody reads {name}")


def columns(statement):
    table = statement[statement.index("CREATE TABLE"):]
    return re.findall(r"^    `(\w+)`", table, re.MULTILINE)


def main():
    with open(sys.argv[1], "rb") as file:
        config = tomllib.load(file)
    with open(sys.argv[2], encoding="utf-8") as file:
        statement = file.read()
    check_inputs(config)
    sink = config["sinks"]["clickhouse"]
    if f'{sink["database"]}.{sink["table"]}' not in statement:
        sys.exit("the sink's table is not made by the statement")
    source = config["transforms"]["tollgate_rows"]["source"]
    program = Transform(source + "\n.")
    with open(sys.argv[3], encoding="utf-8") as file:
        lines = file.read().splitlines()
    for line in lines:
        event = {"message": line, "host": "gate-1", "file": "/logs/tollgate.log"}
        # what a program comes to is its last expression: the event as it is then
        row = program.remap(event)
        if sorted(row) != sorted(columns(statement)):
            sys.exit(f"a row has {sorted(row)}, the table {sorted(columns(statement))}")
        print(json.dumps(row))


main()
