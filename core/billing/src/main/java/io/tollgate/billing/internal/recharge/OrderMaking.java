package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.RechargeRequest;
import io.tollgate.billing.RechargeStatus;
import io.tollgate.billing.Subscriptions;
import io.tollgate.billing.internal.crash.BillingStep;
import io.tollgate.billing.internal.crash.BillingSteps;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.Users;
import io.tollgate.payments.ChannelFault;
import io.tollgate.payments.CreatedPayment;
import io.tollgate.payments.PaymentChannel;
import io.tollgate.payments.PaymentRequest;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Makes orders: stored first, then the channel is asked, then how it is paid is stored too. */
final class OrderMaking {
  /** More orders of a user than this in one second are refused. */
  private static final int MAX_IN_A_SECOND = 1_000;

  private final Transactions transactions;
  private final Tenants tenants;
  private final Users users;
  private final OrderTable orders;
  private final Subscriptions subscriptions;
  private final RequestReading reading;
  private final RechargeTerms terms;
  private final RechargeSignals signals;
  private final BillingSteps steps;
  private final ChannelDesk desk;
  private final ChannelAddresses addresses;
  private final OrderNumbers numbers;
  private final InstantSource clock;

  OrderMaking(
      Transactions transactions,
      Tenants tenants,
      Users users,
      OrderTable orders,
      Subscriptions subscriptions,
      RequestReading reading,
      RechargeTerms terms,
      RechargeSignals signals,
      BillingSteps steps,
      ChannelDesk desk,
      ChannelAddresses addresses,
      OrderNumbers numbers,
      InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.users = requireNonNull(users, "users is null");
    this.orders = requireNonNull(orders, "orders is null");
    this.subscriptions = requireNonNull(subscriptions, "subscriptions is null");
    this.reading = requireNonNull(reading, "reading is null");
    this.terms = requireNonNull(terms, "terms is null");
    this.signals = requireNonNull(signals, "signals is null");
    this.steps = requireNonNull(steps, "steps is null");
    this.desk = requireNonNull(desk, "desk is null");
    this.addresses = requireNonNull(addresses, "addresses is null");
    this.numbers = requireNonNull(numbers, "numbers is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  StoredOrder make(RechargeRequest request) {
    PaymentChannel channel = reading.channel(request);
    StoredOrder order = transactions.write(transaction -> store(transaction, channel, request));
    steps.reach(BillingStep.ORDER_STORED);
    boolean answered = order.order().payUrl().isPresent();
    if (answered || order.status() != RechargeStatus.PENDING) {
      return order;
    }
    CreatedPayment payment = checkout(channel, order);
    steps.reach(BillingStep.CHECKOUT_MADE);
    return transactions.write(
        transaction -> {
          StoredOrder locked = orders.lock(transaction, order.id());
          orders.keepPayment(transaction, locked.id(), payment, clock.instant());
          return orders.lock(transaction, order.id());
        });
  }

  private CreatedPayment checkout(PaymentChannel channel, StoredOrder order) {
    try {
      return channel.create(
          new PaymentRequest(
              order.channelOrder(),
              order.amount(),
              order.subject(),
              addresses.notifyUrl(order.method()),
              order.returnUrl().orElseGet(addresses::returnUrl),
              order.clientIp(),
              order.order().createdAt(),
              order.order().expiresAt()));
    } catch (ChannelFault fault) {
      throw refusal(order, fault);
    }
  }

  private Refusal refusal(StoredOrder order, ChannelFault fault) {
    String orderId = order.order().orderId();
    if (fault.kind() == ChannelFault.Kind.REFUSED) {
      var unused =
          transactions.write(
              transaction -> {
                StoredOrder locked = orders.lock(transaction, order.id());
                return locked.status() == RechargeStatus.PENDING
                    ? desk.end(
                        transaction,
                        locked,
                        RechargeStatus.FAILED,
                        "channel",
                        String.valueOf(fault.getMessage()))
                    : locked;
              });
      return new Refusal(
          ErrorCode.UPSTREAM_FAILED,
          "order " + orderId + ": the payment channel refused it",
          fault);
    }
    return new Refusal(
            ErrorCode.UPSTREAM_TIMEOUT,
            "order " + orderId + ": the payment channel has not answered",
            fault)
        .withDetails("ask again with the same Idempotency-Key");
  }

  private StoredOrder store(
      Transaction transaction, PaymentChannel channel, RechargeRequest request) {
    Tenant tenant =
        tenants
            .find(transaction, request.tenant())
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.NOT_FOUND, "tenant " + request.tenant() + " is not there"));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    RequestReading.Terms asked = reading.terms(request, channel, tenant);
    var user = users.findOrCreate(transaction, tenant.id(), request.externalId());
    byte[] hash = asked.hash();
    Optional<StoredOrder> earlier = earlier(transaction, request, user.id(), hash);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    RequestReading.Read read =
        reading.read(
            asked,
            request.plan().map(id -> subscriptions.offer(transaction, tenant.id(), user.id(), id)));
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    String base = "recharge_" + user.externalId() + "_" + second.getEpochSecond();
    NewOrder order =
        new NewOrder(
            tenant.id(),
            user,
            request.orderId().orElse(base),
            numbers.next(),
            channel.method(),
            read.amount(),
            request.idempotencyKey(),
            hash,
            read.subject(),
            request.returnUrl(),
            request.notifyUrl(),
            request.clientIp(),
            request.plan(),
            now.plus(terms.expiry()));
    for (int number = 0; number <= MAX_IN_A_SECOND; number++) {
      Optional<StoredOrder> made = orders.insert(transaction, order, now);
      if (made.isPresent()) {
        signals.made(transaction, made.get());
        return made.get();
      }
      Optional<StoredOrder> faster = earlier(transaction, request, user.id(), hash);
      if (faster.isPresent()) {
        return faster.get();
      }
      if (request.orderId().isPresent()) {
        throw new Refusal(
            ErrorCode.CONFLICT, "order_id: " + order.orderId() + " is taken (expected: a new one)");
      }
      number = Math.max(number, orders.madeIn(transaction, user.id(), second) - 1);
      order = order.named(base + "_" + (number + 1));
    }
    throw new Refusal(
        ErrorCode.RATE_LIMITED,
        "more than " + MAX_IN_A_SECOND + " orders in a second (expected: fewer)");
  }

  /** The order that was made with the same key. */
  private Optional<StoredOrder> earlier(
      Transaction transaction, RechargeRequest request, UserId user, byte[] hash) {
    Optional<StoredOrder> found =
        request
            .idempotencyKey()
            .flatMap(key -> orders.findByKey(transaction, request.tenant(), user, key));
    found
        .filter(order -> !MessageDigest.isEqual(order.requestHash(), hash))
        .ifPresent(
            order -> {
              throw new Refusal(
                  ErrorCode.IDEMPOTENCY_CONFLICT,
                  "Idempotency-Key: was used for order "
                      + order.order().orderId()
                      + " (expected: a new key, or the same order)");
            });
    return found;
  }
}
