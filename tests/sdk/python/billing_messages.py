"""The messages of billing.v1, typed from the published numbers of their fields: no .proto is read, so that what the
server has compiled is held against something else."""

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

F = descriptor_pb2.FieldDescriptorProto
KINDS = {
    "string": F.TYPE_STRING,
    "double": F.TYPE_DOUBLE,
    "int32": F.TYPE_INT32,
    "int64": F.TYPE_INT64,
    "bool": F.TYPE_BOOL,
}

MESSAGES = {
    "GetAccountRequest": "string userId 1",
    "GetAccountReply": "string userId 1, double balance 2, repeated FreeQuota quotas 3, string exactBalance 16",
    "FreeQuota": "string serviceName 1, int32 totalQuota 2, int32 usedQuota 3, string resetMonth 4",
    "RechargeRequest": "string userId 1, double amount 2, string paymentMethod 3, string currency 4",
    "RechargeReply": "string rechargeOrderId 1, string paymentUrl 2",
    "ListRecordsRequest": "string userId 1, int32 page 2, int32 pageSize 3",
    "ListRecordsReply": "repeated BillingRecord records 1, int32 total 2",
    "BillingRecord": "string id 1, string serviceName 2, int32 type 3, double amount 4, int32 count 5,"
    " Timestamp createdAt 6",
    "CheckQuotaRequest": "string userId 1, string serviceName 2, int32 count 3, string requestId 16",
    "CheckQuotaReply": "bool allowed 1, string reason 2",
    "DeductQuotaRequest": "string userId 1, string serviceName 2, int32 count 3, double cost 4, string requestId 16,"
    " string exactCost 17",
    "DeductQuotaReply": "bool success 1, string recordId 2",
    "RechargeCallbackRequest": "string rechargeOrderId 1, string paymentId 2, double amount 3, string status 4",
    "RechargeCallbackReply": "bool success 1",
    "GetStatsTodayRequest": "string userId 1, string serviceName 2",
    "GetStatsMonthRequest": "string userId 1, string serviceName 2",
    "GetStatsReply": "string userId 1, string serviceName 2, int32 totalCount 3, double totalCost 4, int32 freeCount 5,"
    " int32 paidCount 6, string period 7",
    "GetStatsSummaryRequest": "string userId 1",
    "GetStatsSummaryReply": "string userId 1, int32 totalCount 2, double totalCost 3, repeated ServiceStats services 4",
    "ServiceStats": "string serviceName 1, int32 totalCount 2, double totalCost 3, int32 freeCount 4, int32 paidCount 5",
}

PAYMENT = {
    "CreatePaymentRequest": "string orderId 1, string userId 2, int64 amount 3, string currency 4, string method 5,"
    " string subject 6, string returnUrl 7, string notifyUrl 8, string clientIp 9",
    "CreatePaymentReply": "string paymentId 1, string status 2, string payUrl 3, string payCode 4",
    "QueryPaymentRequest": "string paymentId 1, string orderId 2",
    "QueryPaymentReply": "string paymentId 1, string orderId 2, string status 3, int64 amount 4, string currency 5,"
    " string method 6, int64 refundedAmount 7, string channelPaymentId 8",
    "RefundPaymentRequest": "string paymentId 1, string refundId 2, int64 amount 3, string reason 4",
    "RefundPaymentReply": "string refundId 1, string status 2, int64 refundedAmount 3",
}

METHODS = {
    "BillingService": {
        "GetAccount": "GetAccountReply",
        "Recharge": "RechargeReply",
        "ListRecords": "ListRecordsReply",
        "GetStatsToday": "GetStatsReply",
        "GetStatsMonth": "GetStatsReply",
        "GetStatsSummary": "GetStatsSummaryReply",
    },
    "BillingInternalService": {
        "CheckQuota": "CheckQuotaReply",
        "DeductQuota": "DeductQuotaReply",
        "RechargeCallback": "RechargeCallbackReply",
    },
}


def classes(package="billing.v1", messages=MESSAGES):
    """The class of each message, by its name."""
    file = descriptor_pb2.FileDescriptorProto(
        name="typed_by_hand.proto", package=package, syntax="proto3", dependency=["google/protobuf/timestamp.proto"]
    )
    for name, fields in messages.items():
        message = file.message_type.add(name=name)
        for text in fields.split(","):
            words = text.split()
            repeated = words[0] == "repeated"
            kind, field, number = words[1:] if repeated else words
            added = message.field.add(name=field, json_name=field, number=int(number))
            added.label = F.LABEL_REPEATED if repeated else F.LABEL_OPTIONAL
            if kind in KINDS:
                added.type = KINDS[kind]
            else:
                added.type = F.TYPE_MESSAGE
                added.type_name = ".google.protobuf.Timestamp" if kind == "Timestamp" else f".{package}.{kind}"
    from google.protobuf import timestamp_pb2

    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(timestamp_pb2.DESCRIPTOR.serialized_pb)
    pool.Add(file)
    return {
        name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{package}.{name}")) for name in messages
    }


class Caller:
    """Calls methods by their names, with a token in the metadata."""

    def __init__(self, channel, **metadata):
        self.channel = channel
        self.metadata = [(name.replace("_", "-"), value) for name, value in metadata.items()]
        self.classes = {**classes(), **classes("payment.v1", PAYMENT)}

    def call(self, service, method, /, timeout=20, package="billing.v1", **fields):
        ask = self.method(service, method, package)
        return ask(self.classes[method + "Request"](**fields), timeout=timeout, metadata=self.metadata)

    def future(self, service, method, /, timeout=20, package="billing.v1", **fields):
        """A call that is under way."""
        ask = self.method(service, method, package)
        return ask.future(self.classes[method + "Request"](**fields), timeout=timeout, metadata=self.metadata)

    def method(self, service, method, package):
        reply = METHODS.get(service, {}).get(method, method + "Reply")
        return self.channel.unary_unary(
            f"/{package}.{service}/{method}",
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=self.classes[reply].FromString,
        )

    def internal(self, method, **fields):
        return self.call("BillingInternalService", method, **fields)

    def open(self, method, /, **fields):
        return self.call("BillingService", method, **fields)

    def payment(self, method, /, **fields):
        return self.call("Payment", method, package="payment.v1", **fields)


def reflection_classes(version):
    """Request and response of server reflection, as far as they are used."""
    package = "grpc.reflection." + version
    file = descriptor_pb2.FileDescriptorProto(name=version + ".proto", package=package, syntax="proto3")

    def message(name, *fields):
        added = file.message_type.add(name=name)
        for field, number, kind, repeated in fields:
            one = added.field.add(name=field, number=number)
            one.label = F.LABEL_REPEATED if repeated else F.LABEL_OPTIONAL
            if isinstance(kind, str):
                one.type = F.TYPE_MESSAGE
                one.type_name = f".{package}.{kind}"
            else:
                one.type = kind

    message(
        "ServerReflectionRequest",
        ("file_containing_symbol", 4, F.TYPE_STRING, False),
        ("list_services", 7, F.TYPE_STRING, False),
    )
    message("ServiceResponse", ("name", 1, F.TYPE_STRING, False))
    message("ListServiceResponse", ("service", 1, "ServiceResponse", True))
    message("FileDescriptorResponse", ("file_descriptor_proto", 1, F.TYPE_BYTES, True))
    message(
        "ServerReflectionResponse",
        ("file_descriptor_response", 4, "FileDescriptorResponse", False),
        ("list_services_response", 6, "ListServiceResponse", False),
    )
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return tuple(
        message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{package}.ServerReflection{name}"))
        for name in ("Request", "Response")
    )
