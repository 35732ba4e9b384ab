package io.tollgate.identity.internal.rates;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.Transactions;
import io.tollgate.identity.RateSharingConfig;
import io.tollgate.identity.internal.rates.RateTurn.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares the limits of keys with other gateways, in turns at the database and never for a request.
 *
 * <p>Each gateway has a share of a limit, and in its own window never more than that share; what it
 * gives up is lowered here first, and only as far as what is in its window, before others are told;
 * what it takes was nobody's. So the shares of all never sum to more than the limit, and neither
 * does what is in their windows. Beside its share each may use a slice without having asked, so
 * that a first request need not wait: all together use at most the limit and a slice each. One that
 * is alone uses the limits whole.
 */
public final class SharedRates implements Allowance {
  private static final Logger LOG = LoggerFactory.getLogger(SharedRates.class);

  /** Limits that are told of in one turn; the others' turn is the next one. */
  private static final int MAX_REPORTS = 5_000;

  private final Transactions transactions;
  private final KeyMeters keys;
  private final RateSharingConfig config;
  private final LongSupplier nanoTime;
  private RateTurn turn;
  private boolean joined;
  private int nextReport;
  private volatile boolean alone;
  private volatile long heardAt;
  private volatile boolean failing;

  /**
   * @param member names the gateway; the same after a restart, and no other's
   */
  public SharedRates(
      Transactions transactions,
      KeyMeters keys,
      UUID member,
      RateSharingConfig config,
      LongSupplier nanoTime) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.config = requireNonNull(config, "config is null");
    this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
    this.turn = new RateTurn(requireNonNull(member, "member is null"), UUID.randomUUID(), config);
    // until the first turn nobody counts with it
    this.heardAt = nanoTime.getAsLong() - config.away().toNanos();
  }

  @Override
  public long of(long limit, long share) {
    long slice = Math.min(limit, config.slice(limit));
    if (nanoTime.getAsLong() - heardAt >= config.away().toNanos()) {
      return slice;
    }
    return alone ? limit : Math.min(limit, Math.max(share, slice));
  }

  /** Shows whether limits are shared, and how long ago that was known. */
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("tollgate.rates.alone", this, rates -> rates.alone ? 1 : 0)
        .description("whether this gateway takes itself for the only one, and uses limits whole")
        .register(registry);
    Gauge.builder("tollgate.rates.failing", this, rates -> rates.failing ? 1 : 0)
        .description("whether limits could not be shared with other gateways the last time")
        .register(registry);
    Gauge.builder("tollgate.rates.meters", this, rates -> rates.keys.meters().size())
        .description("limits of keys that are counted")
        .register(registry);
  }

  /** Whether it takes itself for the only gateway. */
  public boolean alone() {
    return alone;
  }

  /**
   * Takes a turn. Blocking; on one thread at a time. Where the database does not answer, it goes on
   * with what it has.
   */
  public void turn() {
    long began = nanoTime.getAsLong();
    try {
      take(began);
      if (failing) {
        LOG.atInfo().log("keys' limits are shared with other gateways again");
      }
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        LOG.atWarn()
            .setCause(e)
            .addKeyValue("seconds", config.away().toSeconds())
            .log("keys' limits cannot be shared; what was handed out is used for so long");
      }
      failing = true;
    }
    keys.meters().dropIdle();
  }

  private void take(long began) {
    if (!joined) {
      heard(began, transactions.write(turn::join));
      joined = true;
      return;
    }
    if (alone) {
      heard(began, transactions.write(turn::stillAlone));
      return;
    }
    among(began);
  }

  private void among(long began) {
    List<RateReport> reports = reports();
    heard(began, transactions.write(transaction -> turn.among(transaction, reports)));
  }

  private void heard(long began, Outcome outcome) {
    switch (outcome) {
      case Outcome.Alone _ -> {
        alone = true;
        heardAt = began;
      }
      case Outcome.Company _ -> {
        keys.meters().all().forEach(RateMeter::claim);
        alone = false;
        // those that came in between
        keys.meters().all().forEach(RateMeter::claim);
        heardAt = began;
        among(began);
      }
      case Outcome.Forgotten _ -> {
        alone = false;
        keys.meters().all().forEach(meter -> meter.handedOut(0));
        // as another: who has this one's name now may have started in its place
        turn = new RateTurn(UUID.randomUUID(), UUID.randomUUID(), config);
        heard(began, transactions.write(turn::join));
      }
      case Outcome.Shared shared -> {
        for (RateMeter meter : keys.meters().all()) {
          Long share = shared.shares().get(meter.id());
          Long target = shared.targets().get(meter.id());
          if (share != null) {
            meter.handedOut(share);
          } else if (target != null) {
            meter.lower(target);
          }
        }
        alone = false;
        heardAt = began;
      }
    }
  }

  private List<RateReport> reports() {
    List<RateMeter> all = keys.meters().all();
    List<RateReport> reports = new ArrayList<>();
    int at = all.isEmpty() ? 0 : nextReport % all.size();
    for (int i = 0; i < all.size() && reports.size() < MAX_REPORTS; i++) {
      RateMeter meter = all.get((at + i) % all.size());
      RateReport report = meter.report(config.slice(meter.limit()));
      if (report != null) {
        reports.add(report);
      }
      nextReport = at + i + 1;
    }
    return reports;
  }

  /** The last turn: gives back what is not used. */
  public void leave() {
    if (!joined) {
      return;
    }
    List<RateReport> used =
        keys.meters().all().stream()
            .filter(meter -> meter.id().kind() != RateKind.RUNNING)
            .map(RateMeter::last)
            .filter(report -> report.share() > 0)
            .toList();
    try {
      var _ =
          transactions.write(
              transaction -> {
                turn.leave(transaction, used);
                return true;
              });
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("keys' limits were not given back; others wait for them");
    }
  }
}
