package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.RechargeOrder;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.Tenants.MerchantKeys;
import io.tollgate.web.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Calls the addresses that orders were made with, once for each change: signed, and again with ever
 * longer pauses until it is taken. What it says is how the order stands when it is said, so one
 * that comes late or twice does no harm.
 */
final class OrderCalls {
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final int DOUBLINGS_MAX = 12;
  private static final int MAX = 200;
  private static final int AT_ONCE = 16;

  private final Transactions transactions;
  private final Tenants tenants;
  private final OrderTable orders;
  private final CaseTable cases;
  private final RechargeTerms.Calls terms;
  private final RechargeMeters meters;
  private final InstantSource clock;

  OrderCalls(
      Transactions transactions,
      Tenants tenants,
      OrderTable orders,
      CaseTable cases,
      RechargeTerms.Calls terms,
      RechargeMeters meters,
      InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.orders = requireNonNull(orders, "orders is null");
    this.cases = requireNonNull(cases, "cases is null");
    this.terms = requireNonNull(terms, "terms is null");
    this.meters = requireNonNull(meters, "meters is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  RecurringJob job() {
    return new RecurringJob("billing.recharge_calls", EVERY, this::run);
  }

  private void run() {
    Instant now = clock.instant();
    List<UUID> due = transactions.read(transaction -> OrderCallTable.due(transaction, now, MAX));
    if (due.isEmpty()) {
      return;
    }
    Semaphore places = new Semaphore(AT_ONCE);
    // closing it waits for all; each has a deadline
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (UUID id : due) {
        places.acquireUninterruptibly();
        threads.execute(
            () -> {
              try {
                call(id, now);
              } finally {
                places.release();
              }
            });
      }
    }
  }

  private void call(UUID id, Instant now) {
    Optional<OrderCallTable.Due> taken =
        transactions.write(
            transaction ->
                OrderCallTable.take(
                    transaction, id, now, clock.instant().plus(terms.timeout().multipliedBy(4))));
    if (taken.isEmpty()) {
      return;
    }
    OrderCallTable.Due due = taken.get();
    StoredOrder order =
        transactions
            .read(transaction -> orders.find(transaction, due.order()))
            .orElseThrow(() -> new IllegalStateException("a call's order is gone"));
    PinnedCall.Answer answer = ask(order, due);
    boolean good = answer.status() >= 200 && answer.status() < 300;
    boolean over = !good && due.attempts() >= terms.triesMax();
    boolean _ =
        transactions.write(
            transaction -> {
              Instant then = clock.instant();
              if (!good && !over) {
                OrderCallTable.later(
                    transaction, id, answer.detail(), then, then.plus(pause(due.attempts())));
                return true;
              }
              OrderCallTable.end(transaction, id, good, answer.detail(), then);
              return over
                  && cases.open(
                      transaction,
                      CaseKind.NOT_TOLD,
                      order,
                      "change " + due.seq(),
                      "its maker was called "
                          + due.attempts()
                          + " times in vain; the last time: "
                          + answer.detail(),
                      then);
            });
    meters.call(good ? "taken" : over ? "given_up" : "failed");
  }

  private static Duration pause(int attempts) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, DOUBLINGS_MAX));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  private PinnedCall.Answer ask(StoredOrder order, OrderCallTable.Due due) {
    byte[] body = body(order.order(), due);
    MerchantKeys keys =
        transactions
            .read(transaction -> tenants.merchantKeys(transaction, order.tenant()))
            .orElseThrow(() -> new IllegalStateException("an order's tenant has no keys"));
    String time = Long.toString(clock.instant().getEpochSecond());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "Tollgate");
    headers.put("X-Tollgate-Timestamp", time);
    headers.put("X-Tollgate-Signature", CallSignature.of(keys.appSecret(), time, body));
    return new PinnedCall(terms.privateAddresses(), terms.timeout())
        .post(URI.create(order.notifyUrl().orElseThrow()), headers, body);
  }

  private static byte[] body(RechargeOrder order, OrderCallTable.Due due) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", due.id().toString());
    body.put("order_id", order.orderId());
    body.put("user_id", order.externalId());
    body.put("status", order.status().code());
    body.put("amount", order.amount().toDecimal());
    body.put("refunded_amount", order.refunded().toDecimal());
    body.put("currency", order.amount().asset().code());
    body.put("payment_method", order.method().code());
    body.put("payment_order_id", order.paymentId().orElse(null));
    body.put("updated_at", order.updatedAt().toString());
    return Json.MAPPER.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
  }
}
