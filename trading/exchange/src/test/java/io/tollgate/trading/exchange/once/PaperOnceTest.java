package io.tollgate.trading.exchange.once;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.ExchangeStandIn;
import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.ExchangeSite;
import io.tollgate.trading.exchange.ExchangeTimes;
import io.tollgate.trading.exchange.Exchanges;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.OrderRequest;
import io.tollgate.trading.exchange.OrderStatus;
import io.tollgate.trading.exchange.PositionSide;
import io.tollgate.trading.exchange.Side;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.once.DyingOrders.Died;
import io.tollgate.trading.exchange.paper.PaperAccount;
import io.tollgate.trading.exchange.paper.PaperState;
import io.tollgate.trading.exchange.paper.PaperTerms;
import io.tollgate.trading.exchange.placing.CancelResult;
import io.tollgate.trading.exchange.placing.Intent;
import io.tollgate.trading.exchange.placing.OrderCancellation;
import io.tollgate.trading.exchange.placing.OrderPlacement;
import io.tollgate.trading.exchange.placing.Pace;
import io.tollgate.trading.exchange.placing.PlacementResult;
import io.tollgate.trading.exchange.placing.PlacementResult.NotPlaced;
import io.tollgate.trading.exchange.placing.PlacementResult.Placed;
import io.tollgate.trading.exchange.placing.PlacementResult.Refused;
import io.tollgate.trading.exchange.placing.PlacementResult.Unconfirmed;
import io.tollgate.trading.exchange.placing.PlacementRules;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * On paper too an order is booked once: whatever happens to the prices that it is booked at,
 * whether its state can be kept, and whenever the process dies, between a call and the next or
 * after the state was kept and before anybody heard of it. {@code -Dexchange.once.runs} and {@code
 * -Dexchange.once.seed} as with exchanges.
 */
@Tag("slow")
final class PaperOnceTest {
  private static final int RUNS = Integer.getInteger("exchange.once.runs", 40);
  private static final long SEED = Long.getLong("exchange.once.seed", 1);
  private static final int AT_ONE_TIME = 60;
  private static final int LIVES = 200;
  private static final Symbol BTC = Symbol.of("BTC/USDT");
  private static final BigDecimal QUANTITY = new BigDecimal("0.01");
  private static final PlacementRules RULES =
      new PlacementRules(Duration.ofSeconds(20), Duration.ofSeconds(90), 3);

  /** What goes wrong with prices, from the venue that they come from. */
  private static final List<String> FAULTS =
      List.of(
          "\"action\":\"drop_before\"",
          "\"action\":\"fail_5xx_before\",\"status\":502",
          "\"action\":\"accept_then_timeout\",\"hold_ms\":900",
          "\"action\":\"delay\",\"ms\":600",
          "\"action\":\"rate_limit\",\"retry_after\":1");

  /** What is on the disk, and outlives a process. */
  private static final class Disk {
    private final Random random;
    private PaperState state = PaperState.with(new BigDecimal("100000"));
    private Optional<Intent> intent = Optional.empty();

    private Disk(long seed) {
      this.random = new Random(seed);
    }

    /** Sometimes it fails, and sometimes nobody is left to hear that it did not. */
    private synchronized void keep(PaperState next) {
      int luck = random.nextInt(10);
      if (luck == 0) {
        throw new Died();
      }
      state = next;
      if (luck == 1) {
        throw new Died();
      }
    }
  }

  private record Ran(ClientOrderId id, Disk disk, boolean placed, boolean cancels) {}

  @Test
  void paper_has_each_order_that_was_meant_once() throws Exception {
    try (ExchangeSite site = ExchangeSite.standIn(ExchangeStandIn.okx(0))) {
      int placed = 0;
      for (int first = 0; first < RUNS; first += AT_ONE_TIME) {
        for (int kind = 0; kind < FAULTS.size(); kind++) {
          site.post(
              "faults",
              "{\"match\":{\"path\":\"/api/v5/market/ticker\"},\"probability\":0.06,\"seed\":"
                  + (SEED + first + kind)
                  + ","
                  + FAULTS.get(kind)
                  + "}");
        }
        List<Future<Ran>> batch = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
          for (int number = first; number < Math.min(RUNS, first + AT_ONE_TIME); number++) {
            int run = number;
            batch.add(threads.submit(() -> run(site, run)));
          }
        }
        for (Future<Ran> ran : batch) {
          placed += compare(ran.get());
        }
        site.clearFaults();
      }
      System.out.println("PAPER, seed " + SEED + ": " + RUNS + " orders, " + placed + " placed");
      assertThat(placed).isPositive();
    }
  }

  private static int compare(Ran ran) {
    List<PaperState.Kept> kept =
        ran.disk().state.orders().stream()
            .filter(order -> order.request().id().equals(ran.id()))
            .toList();
    assertThat(kept).as("orders of %s", ran.id()).hasSize(ran.placed() ? 1 : 0);
    if (ran.placed()) {
      boolean fills = !ran.cancels();
      assertThat(kept.getFirst().state().status())
          .isEqualTo(fills ? OrderStatus.FILLED : OrderStatus.CANCELLED);
      assertThat(ran.disk().state.fills()).hasSize(fills ? 1 : 0);
    }
    return ran.placed() ? 1 : 0;
  }

  private static Ran run(ExchangeSite site, int number) {
    long seed = SEED * 1_000_003 + number;
    Random random = new Random(seed);
    Disk disk = new Disk(seed + 1);
    ClientOrderId id = ClientOrderId.ofTask("paper " + SEED + " " + number);
    MarketType type = MarketType.values()[random.nextInt(2)];
    boolean cancels = random.nextBoolean();
    OrderRequest order =
        cancels
            ? OrderRequest.limit(
                id, BTC, Side.BUY, QUANTITY, new BigDecimal("40000"), PositionSide.NONE)
            : OrderRequest.market(id, BTC, Side.BUY, QUANTITY, PositionSide.NONE);
    for (int life = 1; life <= LIVES; life++) {
      String address = "127.7." + number / 250 % 250 + "." + (number % 250 + 1);
      try (Exchanges process =
          site.process(
              address, new ExchangeTimes(Duration.ofMillis(400), Duration.ofMillis(700)))) {
        PaperAccount account =
            new PaperAccount(
                type,
                process.market(Exchange.OKX, type),
                type == MarketType.SPOT ? PaperTerms.SPOT : PaperTerms.FUTURES,
                disk.state,
                disk::keep,
                InstantSource.system());
        DyingOrders orders =
            random.nextInt(3) == 0
                ? new DyingOrders(account.orders(), 1 + random.nextInt(4), random.nextBoolean())
                : new DyingOrders(account.orders(), Integer.MAX_VALUE, false);
        switch (place(orders, disk, order)) {
          case Refused _, NotPlaced _ -> {
            return new Ran(id, disk, false, cancels);
          }
          case Unconfirmed _ -> {
            continue;
          }
          case Placed _ -> {
            if (!cancels) {
              return new Ran(id, disk, true, false);
            }
          }
        }
        CancelResult cancelled =
            new OrderCancellation(orders, Duration.ofSeconds(90), Pace.system()).cancel(BTC, id);
        if (cancelled instanceof CancelResult.Ended) {
          return new Ran(id, disk, true, true);
        }
      } catch (Died e) {
        // the next process goes on with what is on the disk
      }
    }
    throw new IllegalStateException("not known after " + LIVES + " processes: " + id);
  }

  private static PlacementResult place(DyingOrders orders, Disk disk, OrderRequest order) {
    OrderPlacement placement =
        new OrderPlacement(
            orders, intent -> disk.intent = Optional.of(intent), RULES, Pace.system());
    return disk.intent.map(placement::resume).orElseGet(() -> placement.place(order));
  }
}
