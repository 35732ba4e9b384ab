"""ClickHouse's HTTP interface over its engine in this process, for the tests of the request log.

Usage: python clickhouse_over_chdb.py PORT FOLDER

One query at a time. Knows what the tests ask: queries in the body, and inserts named in the URL
whose rows are the body. Users, compression and limits of a real server are not here.
"""

import os
import re
import sys
import tempfile
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from chdb import session

PORT, FOLDER = int(sys.argv[1]), sys.argv[2]
ENGINE = session.Session(FOLDER)
TURN = threading.Lock()
INSERT = re.compile(r"(?is)^\s*insert\s+into\s+(\S+)\s*\(([^)]*)\)\s*format\s+(\w+)\s*$")


def columns(table, names):
    """The columns of an insert with their types, as the engine reads a file."""
    described = ENGINE.query(f"DESCRIBE TABLE {table}", "TabSeparated").bytes().decode()
    types = dict(line.split("\t")[:2] for line in described.splitlines())
    return ", ".join(f"{name} {types[name]}".replace("\\'", "'") for name in names)


def insert(table, names, form, rows):
    """Inserts the rows in one piece."""
    handle, path = tempfile.mkstemp(dir=FOLDER)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(rows)
        structure = columns(table, names).replace("'", "\\'")
        listed = ", ".join(names)
        ENGINE.query(
            f"INSERT INTO {table} ({listed}) SELECT {listed} FROM file('{path}', {form}, '{structure}')"
        )
    finally:
        os.unlink(path)


class Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        """Says nothing."""

    def answer(self, status, body):
        """Answers, once."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        """Tells that it is there."""
        self.answer(200, b"Ok.\n")

    def do_POST(self):
        """Runs a query."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        given = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        named = INSERT.match(given.get("query", [""])[0])
        try:
            with TURN:
                if named:
                    table, names, form = named.groups()
                    insert(table, [name.strip() for name in names.split(",")], form, body)
                    found = b""
                else:
                    found = ENGINE.query(body.decode(), "TabSeparated").bytes() or b""
            self.answer(200, bytes(found))
        except Exception as problem:  # whatever the engine says is the caller's to read
            self.answer(500, str(problem).encode())


print("ready", flush=True)
ThreadingHTTPServer(("127.0.0.1", PORT), Handler).serve_forever()
