"""Checks of one SDK against a running Tollgate, each told as a line of JSON.

SITE_FILE names a description of the installation: where it is, the demo's users, and a model of each
upstream protocol. Nothing of an SDK is changed but base URL and key.
"""

import json
import os
import sys
import traceback
from pathlib import Path

SITE = json.loads(Path(os.environ["SITE_FILE"]).read_text())
URL = SITE["public_url"]
MODELS = SITE["models"]
THINKING_MODELS = SITE["thinking_models"]
EMBEDDING_MODELS = SITE["embedding_models"]
RICH = SITE["users"][1]["api_key"]
POOR = SITE["users"][2]["api_key"]
# one request at a time: a second one is answered 429 with Retry-After
ONE_AT_A_TIME = SITE["one_at_a_time_key"]

PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
CITY = {
    "type": "object",
    "properties": {"city": {"type": "string"}},
    "required": ["city"],
    "additionalProperties": False,
}
SLOW_STREAM = "output_tokens=20; chunk_ms=30"
TWO_CALLS = {"X-Sandbox": "tool_calls=2"}

_checks = []


def check(name, *variants):
    """Registers a function as a check; with variants, as one check for each of them."""

    def register(function):
        if variants:
            for variant in variants:
                _checks.append((f"{variant}: {name}", lambda one=variant: function(one)))
        else:
            _checks.append((name, function))
        return function

    return register


def raises(expected, function):
    """The exception of this type that the function must raise."""
    try:
        value = function()
    except expected as error:
        return error
    raise AssertionError(f"no error, but {value!r} (expected: {expected})")


def equal(given, expected):
    if given != expected:
        raise AssertionError(f"{given!r} (expected: {expected!r})")


def run():
    """Runs what is registered; the last line says how many there were."""
    for name, function in _checks:
        result = {"check": name, "ok": True}
        try:
            function()
        except Exception:
            result = {"check": name, "ok": False, "why": traceback.format_exc()}
        print(json.dumps(result), flush=True)
    print(json.dumps({"ended": len(_checks)}), flush=True)
    sys.exit(0)
