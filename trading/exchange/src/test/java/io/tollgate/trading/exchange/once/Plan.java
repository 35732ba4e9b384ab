package io.tollgate.trading.exchange.once;

import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.MarketType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What happens to one order: which faults hit which calls, and when processes of ours die. The same
 * for the same seed.
 *
 * @param faults as the exchange is told
 * @param deaths calls after which one process after the other dies
 * @param cancels whether the order rests and is cancelled again
 */
record Plan(
    ClientOrderId id, MarketType market, List<String> faults, List<Death> deaths, boolean cancels) {
  /** How one process ends. */
  record Death(int call, boolean before) {}

  /**
   * More than any exchange lets a signature's time be off (Binance 5 s, OKX 30 s, Gate 60 s); with
   * 5 s, an order comes too late at those that take the time of signing for right.
   */
  private static final int WRONG_MS = 70_000;

  /** Faults of a call that places an order, with their parameters. */
  private static final List<String> PLACING =
      List.of(
          "\"action\":\"accept_then_timeout\",\"hold_ms\":900",
          "\"action\":\"accept_then_5xx\",\"status\":503",
          "\"action\":\"accept_then_5xx\",\"status\":502,\"msg\":\"Bad Gateway\"",
          "\"action\":\"accept_then_drop\"",
          "\"action\":\"drop_before\"",
          "\"action\":\"fail_5xx_before\",\"status\":503",
          "\"action\":\"fail_5xx_before\",\"status\":500,\"msg\":\"Internal error\"",
          "\"action\":\"delay\",\"ms\":600",
          "\"action\":\"delay\",\"ms\":1500",
          "\"action\":\"delay\",\"ms\":600,\"when\":\"after\"",
          "\"action\":\"clock_skew\",\"ms\":5000",
          "\"action\":\"clock_skew\",\"ms\":-5000",
          "\"action\":\"clock_skew\",\"ms\":" + WRONG_MS,
          "\"action\":\"clock_skew\",\"ms\":-" + WRONG_MS,
          "\"action\":\"rate_limit\",\"retry_after\":1",
          "\"action\":\"ban\",\"retry_after\":1",
          "\"action\":\"reject\"",
          "\"action\":\"partial\",\"fraction\":0.5,\"then\":\"rest\"",
          "\"action\":\"stale_query\",\"ms\":900");

  /** Of one that asks or cancels. */
  private static final List<String> ASKING =
      List.of(
          "\"action\":\"drop_before\"",
          "\"action\":\"accept_then_drop\"",
          "\"action\":\"fail_5xx_before\",\"status\":502",
          "\"action\":\"accept_then_5xx\",\"status\":503",
          "\"action\":\"accept_then_timeout\",\"hold_ms\":900",
          "\"action\":\"delay\",\"ms\":600",
          "\"action\":\"clock_skew\",\"ms\":5000",
          "\"action\":\"clock_skew\",\"ms\":" + WRONG_MS,
          "\"action\":\"clock_skew\",\"ms\":-" + WRONG_MS,
          "\"action\":\"rate_limit\",\"retry_after\":1");

  static int kinds() {
    return PLACING.size();
  }

  static Plan of(long seed, int number, String apiKey, List<String> lists) {
    Random random = new Random(seed * 1_000_003 + number);
    MarketType market = MarketType.values()[random.nextInt(2)];
    ClientOrderId id = ClientOrderId.ofTask("once " + seed + " " + number);
    List<String> faults = new ArrayList<>();
    // every fault in turn, and one run of each round without any; sometimes several of them
    int kind = number % (kinds() + 1);
    if (kind < kinds()) {
      int times = 1 + (random.nextInt(4) == 0 ? 1 : 0);
      faults.add(rule("POST", id, PLACING.get(kind), times));
    }
    if (random.nextInt(4) == 0) {
      faults.add(rule("POST", id, PLACING.get(random.nextInt(kinds())), 1));
    }
    if (random.nextInt(2) == 0) {
      faults.add(rule("GET", id, asking(random), 1 + random.nextInt(2)));
    }
    if (!lists.isEmpty() && random.nextInt(3) == 0) {
      faults.add(
          "{\"match\":{\"method\":\"GET\",\"path\":\""
              + lists.get(random.nextInt(lists.size()))
              + "\",\"api_key\":\""
              + apiKey
              + "\"},\"times\":1,"
              + asking(random)
              + "}");
    }
    boolean cancels = random.nextInt(2) == 0;
    if (cancels && random.nextInt(2) == 0) {
      String fault = random.nextInt(4) == 0 ? "\"action\":\"late_fill\"" : asking(random);
      faults.add(rule("DELETE", id, fault, 1));
    }
    List<Death> deaths = new ArrayList<>();
    while (deaths.size() < 3 && random.nextInt(5) < 2) {
      deaths.add(new Death(1 + random.nextInt(4), random.nextBoolean()));
    }
    return new Plan(id, market, List.copyOf(faults), List.copyOf(deaths), cancels);
  }

  private static String asking(Random random) {
    return ASKING.get(random.nextInt(ASKING.size()));
  }

  private static String rule(String method, ClientOrderId id, String fault, int times) {
    return "{\"match\":{\"method\":\""
        + method
        + "\",\"client_order_id_prefix\":\""
        + id.text()
        + "\"},\"times\":"
        + times
        + ","
        + fault
        + "}";
  }
}
