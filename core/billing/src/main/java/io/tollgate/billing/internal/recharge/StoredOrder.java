package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.RechargeOrder;
import io.tollgate.billing.RechargeStatus;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.payments.PaymentMethod;
import io.tollgate.payments.PaymentReference;
import io.tollgate.schema.billing.tables.records.RechargeOrderRecord;
import io.tollgate.web.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jooq.JSONB;

/** A row of the table of orders, with what only we know of it. */
record StoredOrder(
    RechargeOrder order,
    String channelOrder,
    Optional<String> checkout,
    String subject,
    Optional<String> returnUrl,
    Optional<String> notifyUrl,
    Optional<String> clientIp,
    byte[] requestHash,
    int transitions) {
  StoredOrder {
    requireNonNull(order, "order is null");
    requireNonNull(channelOrder, "channelOrder is null");
    requireNonNull(checkout, "checkout is null");
    requireNonNull(subject, "subject is null");
    requireNonNull(returnUrl, "returnUrl is null");
    requireNonNull(notifyUrl, "notifyUrl is null");
    requireNonNull(clientIp, "clientIp is null");
    requireNonNull(requestHash, "requestHash is null");
  }

  long id() {
    return order.id();
  }

  TenantId tenant() {
    return order.tenant();
  }

  RechargeStatus status() {
    return order.status();
  }

  Amount amount() {
    return order.amount();
  }

  PaymentMethod method() {
    return order.method();
  }

  PaymentReference reference() {
    return new PaymentReference(channelOrder, checkout);
  }

  static StoredOrder read(RechargeOrderRecord row) {
    Asset currency = Asset.money(row.getCurrency());
    RechargeOrder order =
        new RechargeOrder(
            row.getId(),
            new TenantId(row.getTenantId()),
            new UserId(row.getUserId()),
            row.getExternalId(),
            row.getOrderId(),
            method(row.getMethod()),
            new Amount(currency, row.getAmount()),
            new Amount(currency, row.getRefunded()),
            status(row.getStatus()),
            Optional.ofNullable(row.getPaymentId()),
            Optional.ofNullable(row.getPayUrl()),
            Optional.ofNullable(row.getPayCode()),
            params(row.getPayParams()),
            Optional.ofNullable(row.getPlanId())
                .map(
                    plan ->
                        new RechargeOrder.Purchase(
                            plan,
                            Optional.ofNullable(row.getSubscriptionId()),
                            Optional.ofNullable(row.getPlanRefused()))),
            row.getCreatedAt(),
            row.getUpdatedAt(),
            row.getExpiresAt());
    return new StoredOrder(
        order,
        row.getChannelOrder(),
        Optional.ofNullable(row.getCheckoutId()),
        row.getSubject(),
        Optional.ofNullable(row.getReturnUrl()),
        Optional.ofNullable(row.getNotifyUrl()),
        Optional.ofNullable(row.getClientIp()),
        row.getRequestHash(),
        row.getTransitions());
  }

  static PaymentMethod method(String code) {
    return PaymentMethod.find(code)
        .orElseThrow(() -> new IllegalStateException("payment method: " + code));
  }

  static RechargeStatus status(String code) {
    return RechargeStatus.find(code)
        .orElseThrow(() -> new IllegalStateException("status of an order: " + code));
  }

  private static Map<String, String> params(JSONB json) {
    Map<String, String> params = new LinkedHashMap<>();
    Json.MAPPER
        .readTree(json.data())
        .properties()
        .forEach(entry -> params.put(entry.getKey(), entry.getValue().asString()));
    return params;
  }
}
