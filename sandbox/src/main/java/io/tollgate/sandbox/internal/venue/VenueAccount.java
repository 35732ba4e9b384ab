package io.tollgate.sandbox.internal.venue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Somebody's coins, positions, orders and trades. Confined to the event loop. */
public final class VenueAccount {
  private static final String USDT = "USDT";

  private final long number;
  private final String apiKey;
  private final String secret;
  private final Map<String, BigDecimal> coins = new TreeMap<>();
  private final Map<String, VenuePosition> positions = new TreeMap<>();
  private final Map<String, Integer> leverages = new HashMap<>();
  private final List<VenueOrder> orders = new ArrayList<>();
  private final List<VenueTrade> trades = new ArrayList<>();
  private final List<VenuePayment> payments = new ArrayList<>();
  private final List<VenueConditional> conditionals = new ArrayList<>();
  private boolean hedges;

  VenueAccount(long number, String apiKey, String secret, BigDecimal usdt) {
    this.number = number;
    this.apiKey = apiKey;
    this.secret = secret;
    coins.put(USDT, usdt);
  }

  /** What the exchange knows its owner by. */
  public long number() {
    return number;
  }

  public String apiKey() {
    return apiKey;
  }

  public String secret() {
    return secret;
  }

  /** Coins by name. */
  public Map<String, BigDecimal> coins() {
    return coins;
  }

  /** Open ones. */
  public List<VenuePosition> positions() {
    return positions.values().stream().filter(one -> one.size().signum() != 0).toList();
  }

  /** All that were ever accepted, oldest first. */
  public List<VenueOrder> orders() {
    return orders;
  }

  /** All fills, oldest first. */
  public List<VenueTrade> trades() {
    return trades;
  }

  /** Orders that wait or waited for a price, oldest first. */
  public List<VenueConditional> conditionals() {
    return conditionals;
  }

  /** What was paid for holding contracts, oldest first. */
  public List<VenuePayment> payments() {
    return payments;
  }

  public boolean hedges() {
    return hedges;
  }

  public void hedges(boolean apart) {
    hedges = apart;
  }

  public int leverage(Listed listed) {
    return leverages.getOrDefault(listed.name(), 10);
  }

  public void leverage(Listed listed, int times) {
    leverages.put(listed.name(), times);
  }

  /** What is tied up in resting orders. */
  public BigDecimal locked(String coin) {
    return orders.stream()
        .filter(
            order -> order.state() == VenueOrder.State.OPEN && !order.wish().listed().contract())
        .map(order -> locked(order, coin))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal locked(VenueOrder order, String coin) {
    VenueOrder.Wish wish = order.wish();
    if (wish.buys() && coin.equals(USDT)) {
      return order.rest().multiply(wish.price().orElse(BigDecimal.ZERO));
    }
    return !wish.buys() && coin.equals(wish.listed().base()) ? order.rest() : BigDecimal.ZERO;
  }

  /** Margin of open positions. */
  public BigDecimal margin() {
    return positions().stream()
        .map(
            one ->
                one.size()
                    .abs()
                    .multiply(one.entry())
                    .divide(BigDecimal.valueOf(leverage(one.listed())), MathContext.DECIMAL64))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** One of a side (LONG, SHORT, or empty in one-way mode), open or not. */
  public VenuePosition position(Listed listed, String side) {
    return positions.computeIfAbsent(listed.name() + side, made -> new VenuePosition(listed, side));
  }

  void add(String coin, BigDecimal amount) {
    coins.merge(coin, amount, BigDecimal::add);
  }
}
