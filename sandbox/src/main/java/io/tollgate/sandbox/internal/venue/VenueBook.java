package io.tollgate.sandbox.internal.venue;

import io.tollgate.sandbox.internal.venue.Refused.Reason;
import io.tollgate.sandbox.internal.venue.VenueOrder.Lasts;
import io.tollgate.sandbox.internal.venue.VenueOrder.State;
import io.tollgate.sandbox.internal.venue.VenueOrder.Wish;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * All accounts, and their orders against a price that is steered: what crosses it fills whole and
 * at it, what does not rests until it is touched, and fills at its own price. Confined to the event
 * loop.
 */
public final class VenueBook {
  private static final BigDecimal SPOT_FEE = new BigDecimal("0.001");
  private static final BigDecimal CONTRACT_FEE = new BigDecimal("0.0005");
  private static final int MOST_ACCOUNTS = 20_000;
  private static final int MOST_ORDERS = 5_000;

  private final Map<String, VenueAccount> accounts = new HashMap<>();
  private final Map<String, Listed> listed = new LinkedHashMap<>();
  private final Map<String, BigDecimal> prices = new HashMap<>();
  private final Random random = new Random();
  private final boolean ownIdsOnce;
  private BookListener listener = (account, order, trade, now) -> {};
  private long number = 1_000_000;

  /** What faults make of an order. */
  public record Twist(long hiddenMillis, BigDecimal fraction) {
    public static final Twist NONE = new Twist(0, BigDecimal.ONE);
  }

  /**
   * @param ownIdsOnce whether an own id that any order has is refused
   */
  public VenueBook(List<Listed> listed, boolean ownIdsOnce) {
    this.ownIdsOnce = ownIdsOnce;
    listed.forEach(one -> this.listed.put(one.name(), one));
    prices.put("BTC", new BigDecimal("50000"));
    prices.put("ETH", new BigDecimal("2500"));
  }

  /** Tells somebody of what happens to orders. */
  void listen(BookListener to) {
    listener = to;
  }

  public VenueAccount open(BigDecimal usdt) {
    if (accounts.size() >= MOST_ACCOUNTS) {
      throw new Refused(Reason.BAD_PARAMETER, "accounts: " + MOST_ACCOUNTS + " already");
    }
    byte[] bytes = new byte[40];
    random.nextBytes(bytes);
    String text = HexFormat.of().formatHex(bytes);
    VenueAccount account =
        new VenueAccount(++number, text.substring(0, 32), text.substring(32), usdt);
    accounts.put(account.apiKey(), account);
    return account;
  }

  public Optional<VenueAccount> account(String apiKey) {
    return Optional.ofNullable(accounts.get(apiKey));
  }

  public List<Listed> listed() {
    return List.copyOf(listed.values());
  }

  public Optional<Listed> listed(String base, boolean contract) {
    return listed.values().stream()
        .filter(one -> one.base().equals(base) && one.contract() == contract)
        .findFirst();
  }

  public BigDecimal price(Listed one) {
    return prices.getOrDefault(one.base(), BigDecimal.ONE);
  }

  /** The next number of an order. */
  long number() {
    return ++number;
  }

  /** Moves a price, fills what it touches, and lets become orders what waited for it. */
  public void price(String base, BigDecimal price, long now) {
    prices.put(base, price);
    for (VenueAccount account : accounts.values()) {
      for (VenueOrder order : List.copyOf(account.orders())) {
        if (order.state() == State.OPEN
            && order.wish().listed().base().equals(base)
            && crosses(order.wish(), price)) {
          fill(account, order, order.rest(), order.wish().price().orElse(price), now);
        }
      }
      VenueConditionals.reached(this, account, base, now);
    }
  }

  /** Lets longs pay shorts a share of their contracts' value, or the reverse. */
  void fund(String base, BigDecimal rate, long now) {
    for (VenueAccount account : accounts.values()) {
      for (VenuePosition position : account.positions()) {
        if (position.listed().base().equals(base)) {
          BigDecimal amount =
              position.size().multiply(price(position.listed())).multiply(rate).negate();
          account.add("USDT", amount);
          account.payments().add(new VenuePayment(++number, position.listed(), amount, now));
        }
      }
    }
  }

  /** Takes an order, or refuses it. */
  public VenueOrder place(VenueAccount account, Wish wish, Twist twist, long now) {
    check(account, wish);
    VenueOrder order = new VenueOrder(++number, wish, now, now + twist.hiddenMillis());
    account.orders().add(order);
    if (account.orders().size() > MOST_ORDERS) {
      account.orders().removeFirst();
    }
    listener.changed(account, order, Optional.empty(), now);
    BigDecimal price = price(wish.listed());
    if (wish.price().isEmpty() || crosses(wish, price)) {
      BigDecimal part =
          wish.quantity()
              .multiply(twist.fraction())
              .divide(wish.listed().step(), 0, RoundingMode.FLOOR)
              .multiply(wish.listed().step());
      fill(account, order, part, price, now);
    }
    boolean stays =
        wish.price().isPresent() && (wish.lasts() == Lasts.GTC || wish.lasts() == Lasts.POST_ONLY);
    if (order.state() == State.OPEN && !stays) {
      order.end(State.EXPIRED, now);
      listener.changed(account, order, Optional.empty(), now);
    }
    return order;
  }

  private void check(VenueAccount account, Wish wish) {
    Listed one = wish.listed();
    if (wish.quantity().remainder(one.step()).signum() != 0
        || wish.price().filter(price -> price.remainder(one.tick()).signum() != 0).isPresent()) {
      throw new Refused(Reason.BAD_PRECISION, "not a multiple of the step or tick");
    }
    if (wish.quantity().compareTo(one.least()) < 0) {
      throw new Refused(Reason.TOO_SMALL, "less than " + one.least());
    }
    if (ownIdsOnce
        && !wish.ownId().isEmpty()
        && account.orders().stream().anyMatch(order -> order.wish().ownId().equals(wish.ownId()))) {
      throw new Refused(Reason.DUPLICATE, "an order has this id");
    }
    BigDecimal price = price(one);
    if (wish.lasts() == Lasts.POST_ONLY && crosses(wish, price)) {
      throw new Refused(Reason.BAD_PARAMETER, "it would fill at once");
    }
    if (one.contract()) {
      checkContract(account, wish, price);
    } else {
      checkCoins(account, wish, price);
    }
  }

  private static void checkCoins(VenueAccount account, Wish wish, BigDecimal price) {
    String coin = wish.buys() ? "USDT" : wish.listed().base();
    BigDecimal needed =
        wish.buys() ? wish.quantity().multiply(wish.price().orElse(price)) : wish.quantity();
    BigDecimal has =
        account
            .coins()
            .getOrDefault(coin, BigDecimal.ZERO)
            .subtract(account.locked(coin))
            .subtract(account.margin());
    if (has.compareTo(needed) < 0) {
      throw new Refused(Reason.NO_FUNDS, "not enough " + coin);
    }
  }

  private static void checkContract(VenueAccount account, Wish wish, BigDecimal price) {
    BigDecimal size = account.position(wish.listed(), wish.position()).size();
    boolean reduces = size.signum() != 0 && (size.signum() > 0) != wish.buys();
    if (wish.reduceOnly() && (!reduces || size.abs().compareTo(wish.quantity()) < 0)) {
      throw new Refused(Reason.NOTHING_TO_REDUCE, "no such position to reduce");
    }
    BigDecimal margin =
        wish.quantity()
            .multiply(price)
            .divide(BigDecimal.valueOf(account.leverage(wish.listed())), MathContext.DECIMAL64);
    BigDecimal free =
        account.coins().getOrDefault("USDT", BigDecimal.ZERO).subtract(account.margin());
    if (!reduces && free.compareTo(margin) < 0) {
      throw new Refused(Reason.NO_FUNDS, "not enough margin");
    }
  }

  private static boolean crosses(Wish wish, BigDecimal price) {
    return wish.price()
        .map(limit -> wish.buys() ? limit.compareTo(price) >= 0 : limit.compareTo(price) <= 0)
        .orElse(true);
  }

  private void fill(
      VenueAccount account, VenueOrder order, BigDecimal quantity, BigDecimal price, long now) {
    if (quantity.signum() == 0) {
      return;
    }
    Wish wish = order.wish();
    BigDecimal value = quantity.multiply(price);
    order.fill(quantity, price, now);
    BigDecimal fee = value.multiply(CONTRACT_FEE);
    String feeCoin = "USDT";
    if (wish.listed().contract()) {
      BigDecimal change = wish.buys() ? quantity : quantity.negate();
      BigDecimal gain = account.position(wish.listed(), wish.position()).trade(change, price);
      account.add("USDT", gain.subtract(fee));
    } else {
      feeCoin = wish.buys() ? wish.listed().base() : "USDT";
      fee = (wish.buys() ? quantity : value).multiply(SPOT_FEE);
      account.add(wish.listed().base(), wish.buys() ? quantity : quantity.negate());
      account.add("USDT", wish.buys() ? value.negate() : value);
      account.add(feeCoin, fee.negate());
    }
    VenueTrade trade = new VenueTrade(++number, order, quantity, price, fee, feeCoin, now);
    account.trades().add(trade);
    listener.changed(account, order, Optional.of(trade), now);
  }

  /** Cancels one, unless it has ended. */
  public VenueOrder cancel(VenueAccount account, VenueOrder order, boolean filledFirst, long now) {
    if (filledFirst && order.state() == State.OPEN) {
      fill(account, order, order.rest(), price(order.wish().listed()), now);
    }
    if (order.state() != State.OPEN) {
      throw new Refused(Reason.ENDED, "it has ended");
    }
    order.end(State.CANCELLED, now);
    listener.changed(account, order, Optional.empty(), now);
    return order;
  }

  /** The newest visible one of an own id. */
  public Optional<VenueOrder> byOwnId(VenueAccount account, String ownId, long now) {
    return visible(account, now).reversed().stream()
        .filter(order -> order.wish().ownId().equals(ownId))
        .findFirst();
  }

  public Optional<VenueOrder> byId(VenueAccount account, String id, long now) {
    return visible(account, now).stream()
        .filter(order -> Long.toString(order.id()).equals(id))
        .findFirst();
  }

  /** Orders that questions are answered with, oldest first. */
  public List<VenueOrder> visible(VenueAccount account, long now) {
    return account.orders().stream().filter(order -> order.isVisible(now)).toList();
  }

  /** Fills of orders that are visible, newest first. */
  public List<VenueTrade> trades(VenueAccount account, Listed one, long now) {
    List<VenueTrade> newest = new ArrayList<>();
    for (VenueTrade trade : account.trades().reversed()) {
      if (trade.order().isVisible(now) && trade.order().wish().listed().equals(one)) {
        newest.add(trade);
      }
    }
    return newest;
  }
}
