package io.tollgate.trading.engine.execution;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.OrderStatus;
import io.tollgate.trading.exchange.placing.PlacementResult;
import io.tollgate.trading.exchange.placing.PlacementResult.NotPlaced;
import io.tollgate.trading.exchange.placing.PlacementResult.Placed;
import io.tollgate.trading.exchange.placing.PlacementResult.Refused;
import io.tollgate.trading.exchange.placing.PlacementResult.Unconfirmed;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How an order stands, and what may become of it. Immutable. What an exchange shows of an order
 * counts from whomever it comes and in whichever order; that an order is nowhere counts only from
 * who works on it now.
 *
 * @param quantity that was ordered, of the base coin
 * @param sent empty: nothing of it ever was
 * @param exchangeOrderId once it was seen at the exchange
 * @param filled as much as the exchange ever showed
 * @param booked as much as there are fills of in the books
 */
public record OrderLife(
    BookedStatus status,
    BigDecimal quantity,
    Claim claim,
    Optional<Sent> sent,
    Optional<String> exchangeOrderId,
    BigDecimal filled,
    BigDecimal booked,
    Optional<OrderFault> fault) {
  public OrderLife {
    requireNonNull(status, "status is null");
    requireNonNull(quantity, "quantity is null");
    requireNonNull(claim, "claim is null");
    requireNonNull(sent, "sent is null");
    requireNonNull(exchangeOrderId, "exchangeOrderId is null");
    requireNonNull(fault, "fault is null");
    if (booked.compareTo(quantity) > 0 || booked.signum() < 0) {
      throw new IllegalArgumentException(
          "booked: " + booked + " (expected: 0 to " + quantity + ", which was ordered)");
    }
    if (filled.compareTo(booked) < 0) {
      throw new IllegalArgumentException(
          "filled: " + filled + " (expected: at least " + booked + ", which is booked)");
    }
  }

  /** Of an order that was reserved just now. */
  public static OrderLife reserved(BigDecimal quantity) {
    return new OrderLife(
        BookedStatus.PENDING,
        quantity,
        Claim.NONE,
        Optional.empty(),
        Optional.empty(),
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        Optional.empty());
  }

  /** What is to be done next. */
  public OrderWork work() {
    return switch (status) {
      case PENDING, SUBMITTED ->
          sent.<OrderWork>map(OrderWork.Resume::new).orElseGet(OrderWork.Place::new);
      case OPEN, PARTIAL -> new OrderWork.Follow();
      case FILLED, CANCELLED, REJECTED, EXPIRED, FAILED ->
          booked.compareTo(filled) < 0 ? new OrderWork.Collect() : new OrderWork.Nothing();
    };
  }

  /** Whether nothing is to be done any more. */
  public boolean settled() {
    return work() instanceof OrderWork.Nothing;
  }

  /** Somebody sets to work on it; empty while another does, or when there is nothing to do. */
  public Optional<OrderLife> claimed(String holder, Instant now, Duration lease) {
    return claim.held(now) || settled()
        ? Optional.empty()
        : Optional.of(with(claim.by(holder, now.plus(lease))));
  }

  /** Whoever had this claim is done with it for now; of a former claim nothing changes. */
  public OrderLife released(long epoch) {
    return epoch == claim.epoch() ? with(claim.released()) : this;
  }

  /**
   * It is about to be sent: to be on disk before it is.
   *
   * @throws StaleClaim when another works on it meanwhile, or it has come further: it must not be
   *     sent
   */
  public OrderLife sending(long epoch, Sent next) {
    boolean placed = status != BookedStatus.PENDING && status != BookedStatus.SUBMITTED;
    if (epoch != claim.epoch() || placed) {
      throw new StaleClaim(epoch, claim.epoch(), status);
    }
    return new OrderLife(
        BookedStatus.SUBMITTED,
        quantity,
        claim,
        Optional.of(sent.map(before -> before.with(next)).orElse(next)),
        exchangeOrderId,
        filled,
        booked,
        fault);
  }

  /** What came of placing it, under a claim which ends with that. */
  public OrderLife placed(long epoch, PlacementResult result) {
    OrderLife next =
        switch (result) {
          case Placed(OrderState order) -> seen(order);
          case Refused(var code, String said) ->
              nowhere(epoch, BookedStatus.REJECTED, new OrderFault(code.name(), said));
          case NotPlaced(String code, String said) ->
              nowhere(epoch, BookedStatus.FAILED, new OrderFault(code, said));
          case Unconfirmed(_, String said) ->
              status.ended()
                  ? this
                  : with(Optional.of(new OrderFault(OrderFault.UNCONFIRMED, said)));
        };
    return next.released(epoch);
  }

  /** The exchange shows it so. What it showed before, and comes late, changes nothing. */
  public OrderLife seen(OrderState order) {
    BigDecimal most = order.filled().min(quantity).max(filled);
    return new OrderLife(
        next(shown(order.status(), most)),
        quantity,
        claim,
        sent,
        Optional.of(order.exchangeOrderId()),
        most,
        booked,
        order.status() == OrderStatus.REJECTED
            ? Optional.of(new OrderFault("REJECTED", "taken and then rejected by the exchange"))
            : Optional.empty());
  }

  private BookedStatus next(BookedStatus shown) {
    if (exchangeOrderId.isEmpty()) {
      // the first sight of it is news, also where it was taken for nowhere
      return shown;
    }
    if (status == BookedStatus.FILLED) {
      return status;
    }
    boolean further = shown.ended() || !status.ended() && shown.compareTo(status) >= 0;
    return further ? shown : status;
  }

  /** The exchange had it once and does not show it any more: nothing more of it will fill. */
  public OrderLife gone() {
    return status.ended() || exchangeOrderId.isEmpty()
        ? this
        : new OrderLife(
            BookedStatus.CANCELLED,
            quantity,
            claim,
            sent,
            exchangeOrderId,
            filled,
            booked,
            Optional.empty());
  }

  /**
   * A fill of it came into the books.
   *
   * @throws IllegalArgumentException when that is more than was ordered
   */
  public OrderLife booked(BigDecimal more) {
    BigDecimal all = booked.add(more);
    BigDecimal most = filled.max(all);
    BookedStatus next =
        most.compareTo(quantity) == 0
            ? BookedStatus.FILLED
            : status.ended() ? status : BookedStatus.PARTIAL;
    return new OrderLife(next, quantity, claim, sent, exchangeOrderId, most, all, fault);
  }

  private OrderLife nowhere(long epoch, BookedStatus end, OrderFault why) {
    boolean current = epoch == claim.epoch() && exchangeOrderId.isEmpty() && !status.ended();
    return current
        ? new OrderLife(
            end, quantity, claim, sent, exchangeOrderId, filled, booked, Optional.of(why))
        : this;
  }

  private BookedStatus shown(OrderStatus of, BigDecimal most) {
    return switch (of) {
      case OPEN, PARTIAL ->
          most.compareTo(quantity) == 0
              ? BookedStatus.FILLED
              : most.signum() > 0 ? BookedStatus.PARTIAL : BookedStatus.OPEN;
      case FILLED -> BookedStatus.FILLED;
      case CANCELLED -> BookedStatus.CANCELLED;
      case REJECTED -> BookedStatus.REJECTED;
      case EXPIRED -> BookedStatus.EXPIRED;
    };
  }

  private OrderLife with(Claim next) {
    return new OrderLife(status, quantity, next, sent, exchangeOrderId, filled, booked, fault);
  }

  private OrderLife with(Optional<OrderFault> next) {
    return new OrderLife(status, quantity, claim, sent, exchangeOrderId, filled, booked, next);
  }
}
