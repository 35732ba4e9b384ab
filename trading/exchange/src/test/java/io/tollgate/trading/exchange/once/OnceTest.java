package io.tollgate.trading.exchange.once;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.ExchangeStandIn;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.ExchangeSite;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.once.OnceRun.Ending;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Orders at the exchange are the orders that were meant: none twice, none lost, whatever fault hits
 * whatever call, and whenever processes of ours die. {@code -Dexchange.once.runs=10000} and {@code
 * -Dexchange.once.seed=N} for more and others than the suite has.
 */
@Tag("slow")
final class OnceTest {
  private static final int RUNS = Integer.getInteger("exchange.once.runs", 80);
  private static final long SEED = Long.getLong("exchange.once.seed", 1);
  private static final int WORKERS = 60;
  private static final int BATCH = 600;

  @TempDir private Path folder;

  private record Ran(Plan plan, Future<Ending> ending) {}

  @Test
  void binance_has_each_order_that_was_meant_once() throws Exception {
    try (ExchangeSite site = ExchangeSite.binance(folder)) {
      site.post("limits", "{\"scale\":1000}");
      prove(
          site,
          Exchange.BINANCE,
          List.of("/api/v3/time", "/fapi/v1/time"),
          List.of("/api/v3/openOrders", "/fapi/v1/openOrders", "/api/v3/myTrades"),
          new BigDecimal("40000"));
    }
  }

  @Test
  void okx_has_each_order_that_was_meant_once() throws Exception {
    try (ExchangeSite site = ExchangeSite.standIn(ExchangeStandIn.okx(0))) {
      prove(
          site,
          Exchange.OKX,
          List.of("/api/v5/public/time"),
          List.of(
              "/api/v5/trade/orders-pending",
              "/api/v5/trade/orders-history",
              "/api/v5/trade/fills"),
          new BigDecimal("40000"));
    }
  }

  @Test
  void gate_has_each_order_that_was_meant_once() throws Exception {
    try (ExchangeSite site = ExchangeSite.standIn(ExchangeStandIn.gate(0))) {
      prove(
          site,
          Exchange.GATE,
          List.of("/api/v4/spot/time"),
          List.of("/api/v4/spot/orders", "/api/v4/futures/usdt/orders", "/api/v4/spot/my_trades"),
          new BigDecimal("40000"));
    }
  }

  private static void prove(
      ExchangeSite site,
      Exchange exchange,
      List<String> times,
      List<String> lists,
      BigDecimal restingPrice)
      throws Exception {
    BlockingQueue<ExchangeSite.Keys> workers = new LinkedBlockingQueue<>();
    workers.addAll(site.accounts(WORKERS));
    Tally tally = new Tally();
    for (int first = 0; first < RUNS; first += BATCH) {
      // now and then the exchange's clock is wrong by much, whoever asks for it
      for (String time : times) {
        site.post(
            "faults",
            "{\"match\":{\"method\":\"GET\",\"path\":\""
                + time
                + "\"},\"action\":\"clock_skew\",\"ms\":5000,\"probability\":0.05,\"seed\":"
                + (SEED + first)
                + "}");
      }
      List<Ran> batch = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int number = first; number < Math.min(RUNS, first + BATCH); number++) {
          ExchangeSite.Keys keys = workers.take();
          Plan plan = Plan.of(SEED, number, keys.apiKey(), lists);
          OnceRun run = new OnceRun(site, exchange, keys, address(number), plan, restingPrice);
          batch.add(
              new Ran(
                  plan,
                  threads.submit(
                      () -> {
                        try {
                          return run.run();
                        } finally {
                          workers.add(keys);
                        }
                      })));
        }
      }
      for (Ran ran : batch) {
        tally.compare(ran, site.witness(ran.plan().id().text()));
      }
      site.clearFaults();
    }
    System.out.println(exchange + ", seed " + SEED + ": " + tally);
    assertThat(tally.placed).isPositive();
  }

  /** One of its own for each order: exchanges count by address. */
  private static String address(int number) {
    return "127." + (2 + number / 62_500) + "." + number / 250 % 250 + "." + (number % 250 + 1);
  }

  /** What the exchange has beside what we know. */
  private static final class Tally {
    private int runs;
    private int placed;
    private int notPlaced;
    private long received;
    private int lives;

    private void compare(Ran ran, JsonNode witness) throws Exception {
      Ending ending = ran.ending().get();
      JsonNode seen = witness.path("by_client_order_id").path(ran.plan().id().text());
      long accepted = seen.path("accepted").asLong(0);
      assertThat(accepted)
          .as("accepted, of %s which we know as %s", ran.plan(), ending)
          .isEqualTo(ending.placed() ? 1 : 0);
      if (ending.state().filter(state -> state.status().ended()).isPresent()) {
        OrderState state = ending.state().get();
        assertThat(new BigDecimal(seen.path("filled_qty").asString()))
            .as("filled, of %s which we know as %s", ran.plan(), ending)
            .isEqualByComparingTo(state.filled());
      }
      runs++;
      placed += ending.placed() ? 1 : 0;
      notPlaced += ending.placed() ? 0 : 1;
      received += seen.path("received").asLong(0);
      lives += ending.lives();
    }

    @Override
    public String toString() {
      return runs
          + " orders, "
          + placed
          + " placed, "
          + notPlaced
          + " not, sent "
          + received
          + " times by "
          + lives
          + " processes";
    }
  }
}
