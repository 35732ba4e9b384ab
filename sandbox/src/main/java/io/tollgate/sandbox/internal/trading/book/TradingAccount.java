package io.tollgate.sandbox.internal.trading.book;

import io.tollgate.sandbox.internal.trading.market.Market;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A customer of the exchange, with wallets on both markets. Confined to the event loop. */
public final class TradingAccount {
  private static final int MOST_REMEMBERED = 10_000;
  static final int MOST_ALGOS = 200;

  private final long number;
  private final String apiKey;
  private final String apiSecret;
  private final SpotWallet spot = new SpotWallet();
  private final FuturesWallet futures = new FuturesWallet();
  private final Orders spotOrders = new Orders();
  private final Orders futuresOrders = new Orders();
  private final Newest<Trade> spotTrades = new Newest<>(MOST_REMEMBERED);
  private final Newest<Trade> futuresTrades = new Newest<>(MOST_REMEMBERED);
  private final Newest<Income> income = new Newest<>(MOST_REMEMBERED);
  private final Map<Long, AlgoOrder> openAlgos = new LinkedHashMap<>();
  private final Newest<AlgoOrder> endedAlgos = new Newest<>(MOST_REMEMBERED);
  private long settledTo;
  private long fundedTo;

  /**
   * A new account with nothing in it.
   *
   * @param settledTo market time from which the market moves its orders
   */
  public TradingAccount(long number, String apiKey, String apiSecret, long settledTo) {
    this.number = number;
    this.apiKey = apiKey;
    this.apiSecret = apiSecret;
    this.settledTo = settledTo;
    this.fundedTo = settledTo;
  }

  public long number() {
    return number;
  }

  public String apiKey() {
    return apiKey;
  }

  public String apiSecret() {
    return apiSecret;
  }

  public SpotWallet spot() {
    return spot;
  }

  public FuturesWallet futures() {
    return futures;
  }

  public Orders orders(Market market) {
    return market == Market.SPOT ? spotOrders : futuresOrders;
  }

  public Newest<Trade> trades(Market market) {
    return market == Market.SPOT ? spotTrades : futuresTrades;
  }

  void remember(Market market, Trade trade) {
    var _ = trades(market).add(trade);
  }

  void remember(Income one) {
    var _ = income.add(one);
  }

  void remember(AlgoOrder order) {
    if (order.open()) {
      openAlgos.put(order.id(), order);
    } else {
      openAlgos.remove(order.id());
      var _ = endedAlgos.add(order);
    }
  }

  public Newest<Income> income() {
    return income;
  }

  /** Conditional orders that wait. */
  public Map<Long, AlgoOrder> openAlgos() {
    return openAlgos;
  }

  /** Conditional orders that have ended. */
  public Newest<AlgoOrder> endedAlgos() {
    return endedAlgos;
  }

  /** The open conditional order of an own id, else the newest ended one. */
  public Optional<AlgoOrder> algo(String clientId) {
    return openAlgos.values().stream()
        .filter(order -> order.clientId().equals(clientId))
        .findFirst()
        .or(
            () ->
                endedAlgos.stream()
                    .filter(order -> order.clientId().equals(clientId))
                    .reduce((first, second) -> second));
  }

  /** Market time to which everything that the market did to it is booked. */
  public long settledTo() {
    return settledTo;
  }

  void settled(long to) {
    settledTo = to;
  }

  /** The latest market time for which funding was charged. */
  public long fundedTo() {
    return fundedTo;
  }

  void funded(long to) {
    fundedTo = to;
  }

  /** Whether the market can do anything to it. */
  public boolean exposed() {
    return !spotOrders.isEmpty()
        || !futuresOrders.isEmpty()
        || !openAlgos.isEmpty()
        || !futures.flat();
  }

  @Override
  public String toString() {
    return "account " + number;
  }
}
