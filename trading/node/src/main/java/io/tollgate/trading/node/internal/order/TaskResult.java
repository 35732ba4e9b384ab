package io.tollgate.trading.node.internal.order;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Refusal;
import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.OrderStatus;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a task ended, as it is answered. Each pair of names carries one value.
 *
 * @param orderId the exchange's, as exchangeOrderId
 * @param filledPrice the mean of what is filled
 * @param fee in the coin of feeCurrency; null where there are several, which the fills tell
 * @param status FILLED, PARTIAL, OPEN, CANCELLED, EXPIRED, REJECTED; FAILED: nothing was placed;
 *     SUBMITTED: not known yet, to be asked for again by the same task id
 * @param fills trades of the order, as far as the exchange told them
 * @param fillsComplete whether they come to the filled quantity
 */
public record TaskResult(
    Optional<String> taskId,
    Optional<Long> accountId,
    boolean success,
    Optional<String> orderId,
    Optional<String> exchangeOrderId,
    Optional<String> clientOrderId,
    Optional<BigDecimal> filledPrice,
    BigDecimal filledQuantity,
    Optional<BigDecimal> fee,
    Optional<String> feeCurrency,
    Optional<BigDecimal> commission,
    Optional<String> commissionAsset,
    String status,
    Optional<String> errorCode,
    Optional<String> error,
    List<FillRow> fills,
    boolean fillsComplete) {
  /** Status of a task of which nothing was placed. */
  static final String FAILED = "FAILED";

  private static final String UNCONFIRMED = "UNCONFIRMED";

  public TaskResult {
    requireNonNull(taskId, "taskId is null");
    requireNonNull(accountId, "accountId is null");
    requireNonNull(filledQuantity, "filledQuantity is null");
    requireNonNull(status, "status is null");
    fills = List.copyOf(fills);
  }

  /** A trade. */
  public record FillRow(
      String exchangeTradeId,
      BigDecimal quantity,
      BigDecimal price,
      BigDecimal fee,
      String feeCurrency,
      Instant filledAt) {
    static FillRow of(Fill fill) {
      return new FillRow(
          fill.tradeId(), fill.quantity(), fill.price(), fill.fee(), fill.feeCurrency(), fill.at());
    }
  }

  /** The exchange has the order, or had it. */
  static TaskResult placed(
      String task, long account, ClientOrderId id, OrderState order, List<Fill> fills) {
    BigDecimal told = fills.stream().map(Fill::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    List<String> currencies = fills.stream().map(Fill::feeCurrency).distinct().toList();
    Optional<String> currency =
        currencies.size() == 1 ? Optional.of(currencies.getFirst()) : Optional.empty();
    Optional<BigDecimal> fee =
        currency.map(_ -> fills.stream().map(Fill::fee).reduce(BigDecimal.ZERO, BigDecimal::add));
    boolean nothing = order.status().ended() && order.filled().signum() == 0;
    Optional<String> exchangeId = Optional.of(order.exchangeOrderId());
    return new TaskResult(
        Optional.of(task),
        Optional.of(account),
        !nothing,
        exchangeId,
        exchangeId,
        Optional.of(id.text()),
        order.averagePrice().or(() -> mean(fills, told)),
        order.filled(),
        fee,
        currency,
        fee,
        currency,
        order.status().name(),
        nothing ? Optional.of(order.status().name()) : Optional.empty(),
        nothing ? Optional.of("ended with nothing filled") : Optional.empty(),
        fills.stream().map(FillRow::of).toList(),
        told.compareTo(order.filled()) == 0);
  }

  private static Optional<BigDecimal> mean(List<Fill> fills, BigDecimal quantity) {
    if (quantity.signum() == 0) {
      return Optional.empty();
    }
    BigDecimal value =
        fills.stream()
            .map(fill -> fill.price().multiply(fill.quantity()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return Optional.of(value.divide(quantity, MathContext.DECIMAL64));
  }

  /** It is not known whether the exchange has the order. */
  static TaskResult unconfirmed(String task, long account, ClientOrderId id, String said) {
    return without(
        Optional.of(task), Optional.of(account), Optional.of(id), "SUBMITTED", UNCONFIRMED, said);
  }

  /** The exchange refused it for good. */
  static TaskResult rejected(
      String task, long account, ClientOrderId id, String errorCode, String said) {
    return without(
        Optional.of(task),
        Optional.of(account),
        Optional.of(id),
        OrderStatus.REJECTED.name(),
        errorCode,
        said);
  }

  /** Nothing was placed, and nothing will be. */
  static TaskResult failed(String task, long account, String errorCode, String said) {
    return without(
        Optional.of(task), Optional.of(account), Optional.empty(), FAILED, errorCode, said);
  }

  /** A task without an id, of which nothing was sent; asked again, it is tried anew. */
  public static TaskResult notTried(long account, String errorCode, String said) {
    return without(
        Optional.empty(), Optional.of(account), Optional.empty(), FAILED, errorCode, said);
  }

  /** The task says nothing that can be worked on. */
  public static TaskResult bad(Optional<String> task, Optional<Long> account, Refusal why) {
    return without(task, account, Optional.empty(), FAILED, why.code().name(), why.sentence());
  }

  private static TaskResult without(
      Optional<String> task,
      Optional<Long> account,
      Optional<ClientOrderId> id,
      String status,
      String errorCode,
      String said) {
    return new TaskResult(
        task,
        account,
        false,
        Optional.empty(),
        Optional.empty(),
        id.map(ClientOrderId::text),
        Optional.empty(),
        BigDecimal.ZERO,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        status,
        Optional.of(errorCode),
        Optional.of(said),
        List.of(),
        true);
  }
}
