"""Follows a user's numbers: python follow.py BASE_URL USER_ID, with the token in TOLLGATE_TOKEN.

Prints a line for each event: its version, its type and its JSON. Connects again with back-off, and
goes on after the last event it has seen (LAST_EVENT_ID, where it is started again).
"""

import json
import os
import random
import sys
import time
import urllib.error
import urllib.request


def follow(base, user, token, last):
    pause = 0.5
    while True:
        headers = {"Authorization": "Bearer " + token, "Accept": "text/event-stream"}
        if last:
            headers["Last-Event-ID"] = last
        request = urllib.request.Request(
            f"{base}/api/v1/billing/sync/{user}/stream", headers=headers
        )
        try:
            # longer than two heartbeats: who is silent for so long is gone
            with urllib.request.urlopen(request, timeout=75) as stream:
                event_id = None
                for raw in stream:
                    line = raw.decode("utf-8").rstrip("\n")
                    if line.startswith("id: "):
                        event_id = line[4:]
                    elif line.startswith("data: "):
                        yield event_id, json.loads(line[6:])
                        last = event_id or last
                        event_id = None
                        pause = 0.5
        except urllib.error.HTTPError as refused:
            if refused.code in (400, 401, 403, 404):
                raise
        except OSError:
            pass
        time.sleep(pause * random.uniform(0.5, 1.0))
        pause = min(pause * 2, 30)


if __name__ == "__main__":
    for version, event in follow(
        sys.argv[1],
        sys.argv[2],
        os.environ["TOLLGATE_TOKEN"],
        os.environ.get("LAST_EVENT_ID", ""),
    ):
        print(version or "-", event["type"], json.dumps(event), flush=True)
