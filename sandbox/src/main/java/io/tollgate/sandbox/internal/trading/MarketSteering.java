package io.tollgate.sandbox.internal.trading;

import io.tollgate.sandbox.ExchangeKeys;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.trading.book.AccountOpening;
import io.tollgate.sandbox.internal.trading.book.Changes;
import io.tollgate.sandbox.internal.trading.book.FundingRates;
import io.tollgate.sandbox.internal.trading.book.TradingAccount;
import io.tollgate.sandbox.internal.trading.market.MarketClock;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The market moved by hand; what outlives the process is in the journal. */
public final class MarketSteering {
  /** As long as an exchange's. */
  private static final int KEY_CHARS = 64;

  private static final String KEY_ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int MOST_ACCOUNTS = 20_000;
  private static final long LONGEST_JUMP = 400 * 86_400_000L;
  private static final int MOST_SPREAD = 1_000_000;
  private static final BigDecimal MOST_PRICE = BigDecimal.valueOf(10_000_000);
  private static final BigDecimal MOST_MONEY = new BigDecimal("1000000000000");

  private final Floor floor;

  public MarketSteering(Floor floor) {
    this.floor = floor;
  }

  /** Gives a price by hand, or back to the process; what it does to accounts is done. */
  public ObjectNode price(JsonNode asked) {
    String symbol = symbol(asked);
    NavigableMap<Long, BigDecimal> points = new TreeMap<>();
    JsonNode path = asked.path("path");
    if (path.isArray()) {
      for (JsonNode point : path) {
        if (!point.isArray() || point.size() != 2 || !point.path(0).isNumber()) {
          throw Problem.invalid("path", "path: a point is no pair (expected: [time, price])");
        }
        points.put(point.path(0).longValue(), price(point.path(1), "path"));
      }
      if (points.isEmpty()) {
        throw Problem.invalid("path", "path: empty (expected: [[time, price], …])");
      }
    } else if (!asked.path("price").isNull() && asked.has("price")) {
      points.put(0L, price(asked.path("price"), "price"));
    }
    JsonNode spread = asked.path("spread_ticks");
    int ticks = spread.isInt() ? spread.intValue() : 0;
    if (ticks < 0 || ticks > MOST_SPREAD) {
      throw Problem.invalid("spread_ticks", "spread_ticks: " + spread + " (expected: 0..1000000)");
    }
    floor.settleAll();
    long now = floor.now();
    apply(() -> floor.prices().steer(symbol, now, points, ticks));
    ObjectNode line = JsonBody.object();
    line.put("symbol", symbol);
    line.put("from", now);
    line.put("spread", ticks);
    ObjectNode written = line.putObject("points");
    points.forEach((time, price) -> written.put(Long.toString(time), price.toPlainString()));
    floor.log().steered("price", line);
    floor.settleAll();
    return line;
  }

  /** Sets market time and speed; what is not given stays. */
  public ObjectNode clock(JsonNode asked) {
    floor.settleAll();
    MarketClock clock = floor.clock();
    long now = asked.has("now") ? time(asked.path("now")) : clock.millis();
    if (now - floor.now() > LONGEST_JUMP && floor.exposed() > 0) {
      throw Problem.invalid(
          "now", "now: " + now + " (expected: at most 400 days on, while there are positions)");
    }
    double speed =
        asked.path("speed").isNumber()
            ? asked.path("speed").doubleValue()
            : clock.setting().speed();
    apply(() -> clock.set(new MarketClock.Setting(now, clock.realMillis(), speed)));
    ObjectNode line = JsonBody.object();
    line.put("now", now);
    line.put("real", clock.setting().real());
    line.put("speed", speed);
    floor.log().steered("clock", line);
    floor.settleAll();
    return line;
  }

  /** Milliseconds, or ISO 8601. */
  private static long time(JsonNode given) {
    if (given.isIntegralNumber() && given.canConvertToLong()) {
      return given.longValue();
    }
    try {
      return Instant.parse(given.asString("")).toEpochMilli();
    } catch (DateTimeParseException e) {
      throw Problem.invalid(
          "now", "now: " + given + " (expected: milliseconds, or 2026-01-01T00:00:00Z)");
    }
  }

  /** Charges funding of a symbol now. */
  public ObjectNode funding(JsonNode asked) {
    String symbol = symbol(asked);
    JsonNode given = asked.path("rate");
    if (!given.isNumber() && !given.isString()) {
      throw Problem.invalid("rate", "rate: " + given + " (expected: a number)");
    }
    BigDecimal rate = decimal(given, "rate");
    if (rate.abs().compareTo(BigDecimal.ONE) > 0) {
      throw Problem.invalid("rate", "rate: " + rate + " (expected: -1..1)");
    }
    floor.settleAll();
    long now = floor.now();
    floor.funding().add(new FundingRates.Charged(symbol, rate, now));
    for (TradingAccount account : floor.accounts()) {
      floor.settlement().fund(account, symbol, rate, now);
    }
    return JsonBody.object().put("symbol", symbol).put("rate", rate.toPlainString());
  }

  /** Opens accounts, each with so much USDT on both markets. */
  public List<TradingAccount> accounts(JsonNode asked) {
    int count = asked.path("count").isInt() ? asked.path("count").intValue() : 1;
    if (count < 1 || count + floor.accounts().size() > MOST_ACCOUNTS) {
      throw Problem.invalid(
          "count", "count: " + count + " (expected: 1.." + MOST_ACCOUNTS + " accounts in all)");
    }
    BigDecimal usdt =
        asked.has("usdt") ? decimal(asked.path("usdt"), "usdt") : BigDecimal.valueOf(10_000);
    if (usdt.signum() < 0 || usdt.compareTo(MOST_MONEY) > 0) {
      throw Problem.invalid("usdt", "usdt: " + usdt + " (expected: 0..1000000000000)");
    }
    String prefix = asked.path("prefix").isString() ? asked.path("prefix").stringValue() : "";
    if (!prefix.matches("[A-Za-z0-9_-]{0,32}")) {
      throw Problem.invalid("prefix", "prefix (expected: at most 32 of A-Z a-z 0-9 _ -)");
    }
    List<TradingAccount> opened = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      opened.add(open(random(prefix), usdt));
    }
    return opened;
  }

  private static ExchangeKeys random(String prefix) {
    return new ExchangeKeys(prefix + text(KEY_CHARS - prefix.length()), text(KEY_CHARS));
  }

  private static String text(int chars) {
    StringBuilder text = new StringBuilder(chars);
    for (int i = 0; i < chars; i++) {
      text.append(KEY_ALPHABET.charAt(RANDOM.nextInt(KEY_ALPHABET.length())));
    }
    return text.toString();
  }

  /** Opens an account with its keys, or finds it. */
  public TradingAccount account(ExchangeKeys keys, BigDecimal usdt) {
    return floor.account(keys.apiKey()).orElseGet(() -> open(keys, usdt));
  }

  private TradingAccount open(ExchangeKeys keys, BigDecimal usdt) {
    long now = floor.now();
    TradingAccount account =
        new TradingAccount(floor.numbering().next(), keys.apiKey(), keys.apiSecret(), now);
    Changes first = new Changes(account, now);
    AccountOpening.deposit(floor.venue(), usdt, first);
    floor.log().opened(first);
    floor.add(account);
    return account;
  }

  /** Steers again as the journal tells. */
  void again(String what, JsonNode how) {
    switch (what) {
      case "price" -> {
        NavigableMap<Long, BigDecimal> points = new TreeMap<>();
        how.path("points")
            .propertyStream()
            .forEach(
                one ->
                    points.put(
                        Long.parseLong(one.getKey()),
                        new BigDecimal(one.getValue().stringValue())));
        floor
            .prices()
            .steer(
                how.path("symbol").stringValue(),
                how.path("from").longValue(),
                points,
                how.path("spread").intValue());
      }
      case "clock" ->
          floor
              .clock()
              .set(
                  new MarketClock.Setting(
                      how.path("now").longValue(),
                      how.path("real").longValue(),
                      how.path("speed").doubleValue()));
      default -> {
        // of a newer sandbox
      }
    }
  }

  private String symbol(JsonNode asked) {
    JsonNode symbol = asked.path("symbol");
    if (!symbol.isString() || !floor.prices().symbols().contains(symbol.stringValue())) {
      throw Problem.invalid(
          "symbol", "symbol: " + symbol + " (expected: one of " + floor.prices().symbols() + ")");
    }
    return symbol.stringValue();
  }

  private static BigDecimal price(JsonNode given, String where) {
    BigDecimal price = decimal(given, where);
    if (price.signum() <= 0 || price.compareTo(MOST_PRICE) > 0) {
      throw Problem.invalid(
          where, where + ": " + given + " (expected: more than 0, at most " + MOST_PRICE + ")");
    }
    return price;
  }

  private static BigDecimal decimal(JsonNode given, String where) {
    String text = given.isString() ? given.stringValue() : given.toString();
    if (!text.matches("-?[0-9]{1,20}(\\.[0-9]{1,20})?([eE]-?[0-9]{1,2})?")) {
      throw Problem.invalid(where, where + ": " + given + " (expected: a number)");
    }
    return new BigDecimal(text);
  }

  private static void apply(Runnable step) {
    try {
      step.run();
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("", String.valueOf(e.getMessage()));
    }
  }
}
