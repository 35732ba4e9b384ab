"""A client of Tollgate's merchant API, with nothing but Python's own library.

    python merchant.py http://127.0.0.1:18100 APP_KEY APP_SECRET
"""
import hashlib
import hmac
import json
import secrets
import sys
import time
import urllib.error
import urllib.parse
import urllib.request


class MerchantError(Exception):
    """A call that was refused: the envelope's code and sentence."""

    def __init__(self, code, msg):
        super().__init__(f"{code}: {msg}")
        self.code = code


class Merchant:
    def __init__(self, base, key, secret, version=2):
        self.base, self.key, self.secret, self.version = base.rstrip("/"), key, secret, version

    def get(self, path, **parameters):
        query = urllib.parse.urlencode(parameters)
        return self._call("GET", path + ("?" + query if query else ""), b"", {})

    def post(self, path, idempotency_key=None, **parameters):
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if idempotency_key:
            headers["Idempotency-Key"] = idempotency_key
        return self._call("POST", path, urllib.parse.urlencode(parameters).encode(), headers)

    def sign(self, method, target, body):
        timestamp = str(int(time.time()))
        if self.version == 1:
            # signs neither path nor body; for old systems only
            text = self.key + timestamp + self.secret
            return {"X-App-Key": self.key, "X-Timestamp": timestamp,
                    "X-Sign": hashlib.md5(text.encode()).hexdigest()}
        nonce = secrets.token_hex(16)
        text = "\n".join([method, target, timestamp, nonce, hashlib.sha256(body).hexdigest()])
        return {"X-App-Key": self.key, "X-Timestamp": timestamp, "X-Nonce": nonce,
                "X-Sign-Version": "2",
                "X-Sign": hmac.new(self.secret.encode(), text.encode(), hashlib.sha256).hexdigest()}

    def _call(self, method, target, body, headers):
        headers = {"Accept-Language": "en", **headers, **self.sign(method, target, body)}
        request = urllib.request.Request(
            self.base + target, data=body if method == "POST" else None, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                envelope = json.load(answer)
        except urllib.error.HTTPError as refused:
            envelope = json.load(refused)
        if envelope["code"] != 0:
            raise MerchantError(envelope["code"], envelope["msg"])
        return envelope["data"]


if __name__ == "__main__":
    base, key, secret = sys.argv[1:4]
    merchant = Merchant(base, key, secret)
    email = f"sample-{secrets.token_hex(6)}@example.com"
    made = merchant.post("/merchant/user/create", email=email, password="four words are enough")
    given = merchant.post(
        "/merchant/user/recharge", idempotency_key=secrets.token_hex(16), email=email, amount="2.5", type=2)
    info = merchant.get("/merchant/user/info", email=email)
    old = Merchant(base, key, secret, version=1).get("/merchant/balance")
    assert made["email"] == email and given["member_after_total"] == 2.5
    print(json.dumps({"email": email, "gift": info["point_card_gift"], "agent": old["point_card_total"]}))
