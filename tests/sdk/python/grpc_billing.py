"""gRPC as clients speak it that have code of their own: messages from the published numbers of their fields, reflection
and health from theirs. Each check is told as a line of JSON. SITE_FILE is the demo.json of an installation.
With names of checks as arguments only these are made."""

import json
import os
import sys
import time
import traceback
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
from google.protobuf import descriptor_pb2

from billing_messages import METHODS, Caller, MESSAGES, classes, reflection_classes

SITE = json.loads(Path(os.environ["SITE_FILE"]).read_text())
# with a file of certificates the server is asked over TLS
TRUSTED = os.environ.get("TRUSTED_CERTIFICATES")
CHANNEL = (
    grpc.secure_channel(SITE["grpc"], grpc.ssl_channel_credentials(Path(TRUSTED).read_bytes()))
    if TRUSTED
    else grpc.insecure_channel(SITE["grpc"])
)
BACKEND = Caller(CHANNEL, x_service_token=SITE["service_token"])
USER = SITE["users"][1]
AS_USER = Caller(CHANNEL, authorization="Bearer " + USER["api_key"])
CHECKS = []


def check(function):
    CHECKS.append(function)
    return function


def refused(code, call, /, *args, **fields):
    try:
        answer = call(*args, **fields)
    except grpc.RpcError as error:
        assert error.code() == code, f"{error.code()}: {error.details()} (expected: {code})"
        return error
    raise AssertionError(f"answered {answer} (expected: {code})")


def reason(error):
    """Of google.rpc.ErrorInfo, which stands in google.rpc.Status, which stands in the trailers: by field numbers."""
    status = dict(error.trailing_metadata())["grpc-status-details-bin"]
    return status


@check
def reflection_lists_the_services_in_both_versions():
    for version in ("v1", "v1alpha"):
        names = {s.name for s in reflect(version, list_services="*").list_services_response.service}
        assert {
            "billing.v1.BillingService",
            "billing.v1.BillingInternalService",
            "payment.v1.Payment",
            "grpc.health.v1.Health",
        } <= names, names


@check
def the_server_describes_the_fields_as_they_are_published():
    answer = reflect("v1", file_containing_symbol="billing.v1.BillingService")
    described = {}
    for one in answer.file_descriptor_response.file_descriptor_proto:
        file = descriptor_pb2.FileDescriptorProto.FromString(one)
        if file.package == "billing.v1":
            described = {message.name: message for message in file.message_type}
            methods = {s.name: {m.name for m in s.method} for s in file.service}
    assert methods == {service: set(of) for service, of in METHODS.items()}, methods
    assert set(described) == set(MESSAGES), set(described) ^ set(MESSAGES)
    for name, message in described.items():
        typed = {f.number: f for f in classes()[name].DESCRIPTOR.fields}
        server = {f.number: f for f in message.field}
        assert set(typed) <= set(server), name
        for number, field in typed.items():
            assert server[number].name == field.name, (name, number)
            assert server[number].json_name in ("", field.name), (name, number)
            assert server[number].type == field.type, (name, field.name)
        assert all(number in typed for number in server if number < 16), name


@check
def health_is_told_of_the_server_and_of_a_service():
    ask = CHANNEL.unary_unary("/grpc.health.v1.Health/Check")
    assert ask(b"", timeout=20) == b"\x08\x01"
    service = b"billing.v1.BillingService"
    assert ask(b"\x0a" + bytes([len(service)]) + service, timeout=20) == b"\x08\x01"
    refused(grpc.StatusCode.NOT_FOUND, ask, b"\x0a\x01x", timeout=20)


@check
def a_first_call_for_a_user_never_seen_works():
    answer = BACKEND.internal("CheckQuota", userId="grpc-new", serviceName="passport", count=1)
    assert answer.allowed and answer.reason == "free", answer


@check
def the_same_request_id_is_one_charge_and_another_body_a_conflict():
    first = BACKEND.internal("DeductQuota", userId="grpc-1", serviceName="passport", count=3, requestId="once")
    again = BACKEND.internal("DeductQuota", userId="grpc-1", serviceName="passport", count=3, requestId="once")
    assert first.success and first.recordId == again.recordId
    error = refused(
        grpc.StatusCode.ALREADY_EXISTS,
        BACKEND.internal,
        "DeductQuota",
        userId="grpc-1",
        serviceName="passport",
        count=4,
        requestId="once",
    )
    assert b"IDEMPOTENCY_CONFLICT" in reason(error)


@check
def fifty_callers_with_one_request_id_get_one_record():
    def deduct(_):
        return BACKEND.internal(
            "DeductQuota", userId="grpc-50", serviceName="payment", count=2, requestId="fifty"
        ).recordId

    with ThreadPoolExecutor(50) as threads:
        assert len(set(threads.map(deduct, range(50)))) == 1


@check
def fifty_callers_over_http_and_grpc_with_one_request_id_get_one_record():
    def deduct(n, count=3):
        if n % 2 == 0:
            return BACKEND.internal(
                "DeductQuota", userId="grpc-mixed", serviceName="payment", count=count, requestId="mixed"
            ).recordId
        status, answer = over_http("deduct", user_id="grpc-mixed", service_name="payment", count=count, request_id="mixed")
        assert status == 200, answer
        return answer["record_id"]

    with ThreadPoolExecutor(50) as threads:
        records = set(threads.map(deduct, range(50)))
    assert len(records) == 1, records
    refused(grpc.StatusCode.ALREADY_EXISTS, deduct, 0, count=4)
    other = {"user_id": "grpc-mixed", "service_name": "payment", "count": 4, "request_id": "mixed"}
    status, answer = over_http("deduct", **other)
    assert status == 409 and answer["code"] == "IDEMPOTENCY_CONFLICT", answer
    listed = BACKEND.open("ListRecords", userId="grpc-mixed")
    assert listed.total == 1 and listed.records[0].id in records and listed.records[0].count == 3, listed


@check
def callers_that_give_up_are_charged_once_when_they_ask_again():
    """Whatever a deadline or a cancel meets, the same request id again is the same charge."""
    fields = {"userId": "grpc-gone", "serviceName": "payment", "count": 2}

    def give_up(n):
        if n % 2 == 0:
            try:
                BACKEND.internal("DeductQuota", **fields, requestId=f"gone-{n}", timeout=0.0005 + n * 0.0002)
                return "done"
            except grpc.RpcError as error:
                assert error.code() == grpc.StatusCode.DEADLINE_EXCEEDED, error
                return "late"
        call = BACKEND.future("BillingInternalService", "DeductQuota", **fields, requestId=f"gone-{n}")
        time.sleep(n * 0.0002)
        return "cancelled" if call.cancel() else "done"

    with ThreadPoolExecutor(20) as threads:
        ends = list(threads.map(give_up, range(60)))
    assert len(set(ends)) > 1, ends
    with ThreadPoolExecutor(20) as threads:
        again = list(
            threads.map(lambda n: BACKEND.internal("DeductQuota", **fields, requestId=f"gone-{n}").recordId, range(60))
        )
    assert len(set(again)) == 60
    quota = {q.serviceName: q for q in BACKEND.open("GetAccount", userId="grpc-gone").quotas}["payment"]
    assert quota.usedQuota == 120, (quota, ends)
    assert BACKEND.open("ListRecords", userId="grpc-gone").total == 60


@check
def two_hundred_callers_take_no_more_than_there_is():
    def deduct(n):
        try:
            return BACKEND.internal("DeductQuota", userId="grpc-200", serviceName="asset", count=10).success
        except grpc.RpcError as error:
            assert error.code() == grpc.StatusCode.FAILED_PRECONDITION, error
            assert b"INSUFFICIENT_BALANCE" in reason(error)
            return False

    with ThreadPoolExecutor(64) as threads:
        assert sum(threads.map(deduct, range(200))) == 100
    left = BACKEND.internal("CheckQuota", userId="grpc-200", serviceName="asset", count=1)
    assert not left.allowed and left.reason == "insufficient balance", left


@check
def a_refused_deduct_is_a_failed_precondition_with_its_reason():
    error = refused(
        grpc.StatusCode.FAILED_PRECONDITION,
        BACKEND.internal,
        "DeductQuota",
        userId="grpc-poor",
        serviceName="passport",
        count=10001,
    )
    assert b"INSUFFICIENT_BALANCE" in reason(error)
    assert dict(error.trailing_metadata())["x-request-id"]


@check
def counts_and_costs_at_their_bounds_are_answered():
    invalid = grpc.StatusCode.INVALID_ARGUMENT
    for fields in (
        {"count": 0},
        {"count": -1},
        {"count": -(2**31)},
        {"count": 1, "cost": float("nan")},
        {"count": 1, "cost": float("inf")},
        {"count": 1, "cost": -1.0},
        {"count": 1, "cost": 1e300},
        {"count": 1, "exactCost": "1e999999999"},
        {"count": 1, "exactCost": "0.0000000000001"},
        {"count": 1, "exactCost": "one"},
        {"count": 1, "cost": 1.0, "exactCost": "2"},
        {"count": 1, "requestId": "x" * 129},
        {"count": 1, "requestId": "a\nb"},
    ):
        refused(invalid, BACKEND.internal, "DeductQuota", userId="grpc-b", serviceName="passport", **fields)
    refused(
        grpc.StatusCode.FAILED_PRECONDITION,
        BACKEND.internal,
        "DeductQuota",
        userId="grpc-b",
        serviceName="passport",
        count=2**31 - 1,
    )
    refused(grpc.StatusCode.NOT_FOUND, BACKEND.internal, "CheckQuota", userId="grpc-b", serviceName="dentist", count=1)
    refused(invalid, BACKEND.internal, "DeductQuota", userId="grpc-b", serviceName="relay", count=1)
    refused(invalid, BACKEND.internal, "CheckQuota", userId="no such id", serviceName="passport", count=1)
    # a cost of 0 is none: the service's price decides, and the free quota covers it
    assert BACKEND.internal("DeductQuota", userId="grpc-b", serviceName="passport", count=1, cost=0.0).success


@check
def tokens_decide_who_reaches_what():
    nobody = Caller(CHANNEL)
    forged = Caller(CHANNEL, x_service_token="svc-forged")
    for caller in (nobody, forged, Caller(CHANNEL, authorization="Bearer sk-forged")):
        refused(
            grpc.StatusCode.UNAUTHENTICATED, caller.internal, "CheckQuota", userId="u", serviceName="passport", count=1
        )
    denied = grpc.StatusCode.PERMISSION_DENIED
    refused(denied, AS_USER.internal, "CheckQuota", userId=USER["user_id"], serviceName="passport", count=1)
    refused(denied, AS_USER.open, "Recharge", userId="another", amount=1, paymentMethod="sandbox")


@check
def a_recharge_is_paid_once_however_often_it_is_told():
    made = AS_USER.open("Recharge", userId=USER["user_id"], amount=12.5, paymentMethod="sandbox")
    assert made.rechargeOrderId.startswith("recharge_" + USER["user_id"] + "_"), made
    assert made.paymentUrl.startswith("http"), made
    told = {"rechargeOrderId": made.rechargeOrderId, "paymentId": "grpc-pay-1", "amount": 12.5, "status": "success"}

    def tell(_):
        return BACKEND.internal("RechargeCallback", **told).success

    with ThreadPoolExecutor(20) as threads:
        assert all(threads.map(tell, range(20)))
    refused(grpc.StatusCode.FAILED_PRECONDITION, BACKEND.internal, "RechargeCallback", **{**told, "amount": 12.4})
    refused(
        grpc.StatusCode.NOT_FOUND, BACKEND.internal, "RechargeCallback", **{**told, "rechargeOrderId": "recharge_x_1"}
    )
    for amount in (0.0, -1.0, 0.001, float("nan"), 1e300):
        refused(
            grpc.StatusCode.INVALID_ARGUMENT,
            AS_USER.open,
            "Recharge",
            userId=USER["user_id"],
            amount=amount,
            paymentMethod="sandbox",
        )


@check
def account_records_and_statistics_tell_the_same():
    user = "grpc-books"
    made = BACKEND.open("Recharge", userId=user, amount=100, paymentMethod="sandbox")
    BACKEND.internal(
        "RechargeCallback", rechargeOrderId=made.rechargeOrderId, paymentId="grpc-pay-2", amount=100, status="SUCCESS"
    )
    record = BACKEND.internal("DeductQuota", userId=user, serviceName="asset", count=1100).recordId
    account = BACKEND.open("GetAccount", userId=user)
    assert account.userId == user and account.balance == 95 and account.exactBalance == "95", account
    quota = {q.serviceName: q for q in account.quotas}["asset"]
    assert quota.totalQuota == 1000 and quota.usedQuota == 1000 and len(quota.resetMonth) == 7, quota
    listed = BACKEND.open("ListRecords", userId=user)
    assert listed.total == 2 and {r.id for r in listed.records} == {record}, listed
    rows = {r.type: r for r in listed.records}
    assert rows[1].count == 1000 and rows[1].amount == 0, rows
    assert rows[2].count == 100 and rows[2].amount == 5, rows
    assert rows[2].createdAt.seconds > 1_700_000_000
    assert len(BACKEND.open("ListRecords", userId=user, page=2, pageSize=1).records) == 1
    for period, method in (("today", "GetStatsToday"), ("month", "GetStatsMonth")):
        stats = BACKEND.open(method, userId=user, serviceName="asset")
        assert (stats.totalCount, stats.totalCost, stats.freeCount, stats.paidCount, stats.period) == (
            1100,
            5,
            1000,
            100,
            period,
        ), stats
    summary = BACKEND.open("GetStatsSummary", userId=user)
    assert summary.totalCount == 1100 and summary.totalCost == 5, summary
    assert [s.serviceName for s in summary.services if s.totalCount] == ["asset"], summary
    new = BACKEND.open("GetAccount", userId="grpc-never-seen")
    assert new.balance == 0 and {q.serviceName for q in new.quotas} >= {"passport", "payment", "asset"}, new
    for fields in ({"page": -1}, {"pageSize": 101}, {"page": 2**31 - 1, "pageSize": 100}):
        refused(grpc.StatusCode.INVALID_ARGUMENT, BACKEND.open, "ListRecords", userId=user, **fields)
    own = AS_USER.open("GetAccount", userId=USER["user_id"])
    assert own.userId == USER["user_id"]
    refused(grpc.StatusCode.PERMISSION_DENIED, AS_USER.open, "GetAccount", userId=user)
    refused(grpc.StatusCode.NOT_FOUND, BACKEND.open, "GetStatsMonth", userId=user, serviceName="dentist")


@check
def a_payment_is_made_asked_for_and_paid_back():
    terms = {
        "orderId": "grpc-order-1",
        "userId": "grpc-payer",
        "amount": 1999,
        "currency": "USD",
        "method": "sandbox",
        "subject": "Ten calls",
    }
    made = BACKEND.payment("CreatePayment", **terms)
    assert made.paymentId and made.status == "pending" and made.payUrl.startswith("http"), made
    assert BACKEND.payment("CreatePayment", **terms).paymentId == made.paymentId
    refused(grpc.StatusCode.ALREADY_EXISTS, BACKEND.payment, "CreatePayment", **{**terms, "amount": 2000})
    asked = BACKEND.payment("QueryPayment", orderId="grpc-order-1")
    assert (asked.amount, asked.currency, asked.status) == (1999, "USD", "pending"), asked
    refused(grpc.StatusCode.NOT_FOUND, BACKEND.payment, "QueryPayment", paymentId="grpc-order-2")
    refused(
        grpc.StatusCode.FAILED_PRECONDITION,
        BACKEND.payment,
        "RefundPayment",
        paymentId=made.paymentId,
        refundId="r1",
        reason="not paid yet",
    )
    refused(grpc.StatusCode.PERMISSION_DENIED, AS_USER.payment, "QueryPayment", orderId="grpc-order-1")


@check
def a_paid_payment_is_given_back_in_parts_and_each_part_once():
    terms = {"orderId": "grpc-order-paid", "userId": "grpc-paid", "amount": 1000, "method": "sandbox", "subject": "Calls"}
    made = BACKEND.payment("CreatePayment", **terms)
    press = urllib.request.Request(made.payUrl + "/pay", data=b"", headers={"Content-Language": "en"})
    with urllib.request.urlopen(press, timeout=20) as pressed:
        assert pressed.status == 200
    until = time.monotonic() + 20
    while BACKEND.payment("QueryPayment", paymentId=made.paymentId).status != "success":
        assert time.monotonic() < until, "never paid"
    assert BACKEND.open("GetAccount", userId="grpc-paid").balance == 10
    part = {"paymentId": made.paymentId, "refundId": "part", "amount": 400, "reason": "four calls failed"}

    def refund(_):
        return BACKEND.payment("RefundPayment", **part)

    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(refund, range(10)))
    assert {(a.refundId, a.refundedAmount) for a in answers} == {("part", 400)}, answers
    asked = {**part, "amount": 500}
    refused(grpc.StatusCode.ALREADY_EXISTS, BACKEND.payment, "RefundPayment", **asked)
    asked = {**part, "refundId": "too much", "amount": 601}
    refused(grpc.StatusCode.FAILED_PRECONDITION, BACKEND.payment, "RefundPayment", **asked)
    for bad in ({**part, "amount": -1}, {**part, "refundId": ""}, {**part, "refundId": "x" * 101}):
        refused(grpc.StatusCode.INVALID_ARGUMENT, BACKEND.payment, "RefundPayment", **bad)
    # all that is left
    rest = BACKEND.payment("RefundPayment", paymentId=made.paymentId, refundId="rest")
    assert rest.refundedAmount == 600, rest
    while BACKEND.payment("QueryPayment", paymentId=made.paymentId).status != "refunded":
        assert time.monotonic() < until, "never refunded"
    assert BACKEND.payment("QueryPayment", paymentId=made.paymentId).refundedAmount == 1000
    assert BACKEND.open("GetAccount", userId="grpc-paid").balance == 0


@check
def a_deadline_is_obeyed():
    started = time.monotonic()
    refused(
        grpc.StatusCode.DEADLINE_EXCEEDED,
        BACKEND.call,
        "BillingInternalService",
        "CheckQuota",
        timeout=0.0005,
        userId="grpc-late",
        serviceName="passport",
        count=1,
    )
    assert time.monotonic() - started < 2


@check
def a_message_over_the_limit_is_refused_and_the_connection_lives_on():
    refused(
        grpc.StatusCode.RESOURCE_EXHAUSTED,
        BACKEND.internal,
        "CheckQuota",
        userId="u" * 1_100_000,
        serviceName="passport",
        count=1,
    )
    assert BACKEND.internal("CheckQuota", userId="grpc-after", serviceName="passport", count=1).allowed


@check
def what_is_no_message_and_no_method_is_told_so():
    raw = CHANNEL.unary_unary("/billing.v1.BillingInternalService/CheckQuota")
    refused(grpc.StatusCode.INVALID_ARGUMENT, raw, b"\x0a\x7f\x01", timeout=20, metadata=BACKEND.metadata)
    missing = CHANNEL.unary_unary("/billing.v1.BillingService/Missing")
    refused(grpc.StatusCode.UNIMPLEMENTED, missing, b"", timeout=20)


def over_http(call, **body):
    request = urllib.request.Request(
        f"{SITE['private_url'].rstrip('/')}/internal/v1/billing/{call}",
        data=json.dumps(body).encode(),
        headers={"X-Service-Token": SITE["service_token"], "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


def reflect(version, **asked):
    request, response = reflection_classes(version)
    ask = CHANNEL.stream_stream(
        f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo",
        request_serializer=lambda message: message.SerializeToString(),
        response_deserializer=response.FromString,
    )
    return next(iter(ask(iter([request(**asked)]), timeout=20)))


def main():
    chosen = [each for each in CHECKS if not sys.argv[1:] or each.__name__ in sys.argv[1:]]
    for function in chosen:
        line = {"check": function.__name__, "ok": True}
        try:
            function()
        except Exception:
            line.update(ok=False, why=traceback.format_exc())
        print(json.dumps(line))
    print(json.dumps({"ended": len(chosen)}))


if __name__ == "__main__":
    sys.exit(main())
