package io.tollgate.sandbox.internal.trading.rest;

import io.tollgate.sandbox.internal.trading.book.Refusal;
import io.tollgate.sandbox.internal.trading.market.Market;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much an address may ask and an account may order, by real time. Who goes on after a 429 is
 * banned: two minutes, and each time twice as long. Confined to the event loop.
 */
public final class RateLimits {
  private static final long MINUTE = 60_000;
  private static final long TEN_SECONDS = 10_000;
  private static final long DAY = 86_400_000;
  private static final int MOST_REMEMBERED = 10_000;
  private static final int PATIENCE = 10;
  private static final long FIRST_BAN = 2 * MINUTE;
  private static final long LONGEST_BAN = 3 * DAY;

  private final Map<String, Count> counts = bounded();
  private final Map<String, Ban> bans = bounded();
  private int scale = 1;

  private static final class Count {
    private long window;
    private long used;
    private int refused;
  }

  private static final class Ban {
    private long until;
    private long length = FIRST_BAN;
  }

  /** That nothing more is taken for a while. */
  static final class Limited extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Refusal refusal;
    private final long retryAfterSeconds;

    Limited(Refusal refusal, long retryAfterMillis) {
      super(refusal.message(), null, false, false);
      this.refusal = refusal;
      this.retryAfterSeconds = Math.max(1, Math.ceilDiv(retryAfterMillis, 1000));
    }

    Refusal refusal() {
      return refusal;
    }

    long retryAfterSeconds() {
      return retryAfterSeconds;
    }
  }

  private static <V> Map<String, V> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MOST_REMEMBERED;
      }
    };
  }

  /** Lets everybody do so many times as much. */
  public void scale(int to) {
    scale = to;
  }

  /** Weight that an address may use in a minute. */
  static int weights(Market market) {
    return market == Market.SPOT ? 6_000 : 2_400;
  }

  static int ordersInTenSeconds(Market market) {
    return market == Market.SPOT ? 100 : 300;
  }

  /** Orders of an account in a minute on futures, in a day on the spot market. */
  static int orders(Market market) {
    return market == Market.SPOT ? 200_000 : 1_200;
  }

  /**
   * Counts a request, and tells the answer's headers what is used.
   *
   * @throws Limited when it was one too many
   */
  void request(Call call, Market market, int weight, long now) {
    String address = market + call.address();
    Ban ban = bans.get(address);
    if (ban != null && ban.until > now) {
      throw new Limited(
          new Refusal(
              418,
              -1003,
              "Way too many requests; IP banned until "
                  + ban.until
                  + ". Please use the websocket for live updates to avoid bans."),
          ban.until - now);
    }
    Count count = count("weight" + address, MINUTE, now);
    count.used += weight;
    call.headers().put("X-MBX-USED-WEIGHT-1M", Long.toString(count.used));
    long most = (long) weights(market) * scale;
    if (count.used > most) {
      count.refused++;
      if (count.refused > PATIENCE) {
        Ban longer = bans.computeIfAbsent(address, made -> new Ban());
        longer.until = now + longer.length;
        longer.length = Math.min(LONGEST_BAN, longer.length * 2);
      }
      throw new Limited(
          new Refusal(
              429,
              -1003,
              "Too many requests; current limit is " + most + " request weight per 1 MINUTE."),
          (count.window + 1) * MINUTE - now);
    }
  }

  /**
   * Counts an order.
   *
   * @throws Limited when it was one too many
   */
  void order(Call call, Market market, long now) {
    String who = market + call.apiKey();
    boolean spot = market == Market.SPOT;
    Count few = count("10s" + who, TEN_SECONDS, now);
    Count many = count("long" + who, spot ? DAY : MINUTE, now);
    few.used++;
    many.used++;
    call.headers().put("X-MBX-ORDER-COUNT-10S", Long.toString(few.used));
    call.headers()
        .put(spot ? "X-MBX-ORDER-COUNT-1D" : "X-MBX-ORDER-COUNT-1M", Long.toString(many.used));
    long most = (long) ordersInTenSeconds(market) * scale;
    if (few.used > most) {
      throw tooMany(most + " orders per 10 SECOND", (few.window + 1) * TEN_SECONDS - now);
    }
    long mostLong = (long) orders(market) * scale;
    if (many.used > mostLong) {
      long length = spot ? DAY : MINUTE;
      throw tooMany(
          mostLong + (spot ? " orders per 1 DAY" : " orders per 1 MINUTE"),
          (many.window + 1) * length - now);
    }
  }

  private static Limited tooMany(String limit, long retryAfter) {
    return new Limited(
        new Refusal(429, -1015, "Too many new orders; current limit is " + limit + "."),
        retryAfter);
  }

  private Count count(String name, long length, long now) {
    Count count = counts.computeIfAbsent(name, made -> new Count());
    long window = now / length;
    if (count.window != window) {
      count.window = window;
      count.used = 0;
      count.refused = 0;
    }
    return count;
  }
}
