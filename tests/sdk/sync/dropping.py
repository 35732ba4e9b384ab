"""Follows a user's numbers by server-sent events on connections that are dropped a hundred times:
python dropping.py BASE_URL USER_ID, with the token in TOLLGATE_TOKEN and where to begin in LAST_EVENT_ID.

Prints a line for each event: its version and its JSON. The sample shows how a client is written; this
one shows that it may break off anywhere.
"""

import http.client
import os
import random
import sys
import time
import urllib.parse

DROPS = 100


def follow(base, user, token, last, drop_at):
    """Reads until it is time; answers the last event's id."""
    connection = http.client.HTTPConnection(base.hostname, base.port, timeout=30)
    headers = {"Authorization": "Bearer " + token, "Last-Event-ID": last}
    connection.request("GET", f"/api/v1/billing/sync/{user}/stream", headers=headers)
    answer = connection.getresponse()
    if answer.status != 200:
        sys.exit(f"answered {answer.status}")
    event_id = ""
    while drop_at is None or time.monotonic() < drop_at:
        if drop_at is not None:
            answer.fp.raw._sock.settimeout(max(0.001, drop_at - time.monotonic()))
        try:
            line = answer.readline().decode().rstrip("\n")
        except OSError:
            break
        if line.startswith("id: "):
            event_id = line[4:]
        elif line.startswith("data: ") and event_id:
            print(event_id, line[6:], flush=True)
            last = event_id
            event_id = ""
    answer.close()
    connection.close()
    return last


if __name__ == "__main__":
    url = urllib.parse.urlsplit(sys.argv[1])
    version = os.environ["LAST_EVENT_ID"]
    rng = random.Random(1)
    for turn in range(DROPS + 1):
        until = time.monotonic() + rng.uniform(0.005, 0.06) if turn < DROPS else None
        version = follow(url, sys.argv[2], os.environ["TOLLGATE_TOKEN"], version, until)
