package io.tollgate.trading.engine.internal.monitor;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.trading.engine.SignalNotices;
import io.tollgate.trading.engine.Signals;
import io.tollgate.trading.engine.execution.SignalDraft;
import io.tollgate.trading.engine.internal.monitor.ScanRound.Series;
import io.tollgate.trading.engine.internal.monitor.StoredScans.Look;
import io.tollgate.trading.engine.scan.Heard;
import io.tollgate.trading.engine.scan.Said;
import io.tollgate.trading.engine.scan.ScanSubject;
import io.tollgate.trading.engine.scan.SignalRule;
import io.tollgate.trading.engine.scan.StrategyScan;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Outcome.Banned;
import io.tollgate.trading.exchange.Outcome.RateLimited;
import io.tollgate.trading.strategies.Bar;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a pair: asks for its bars, has its strategies see them, and keeps what they say with how
 * far they have come, in one transaction. Safe for use by many threads, each with another pair.
 */
final class PairLook {
  private static final Logger LOG = LoggerFactory.getLogger(PairLook.class);

  /** Further back nothing is caught up: the strategy begins anew. */
  private static final int CAUGHT_UP_MOST = 3_000;

  private final Transactions transactions;
  private final StoredMonitor monitor;
  private final Signals signals;
  private final MarketAccess markets;
  private final MarketTimes times;
  private final SignalRule rule;
  private final ScanMeters meters;
  private final LongSupplier nanoTime;

  PairLook(
      Transactions transactions,
      StoredMonitor monitor,
      Signals signals,
      MarketAccess markets,
      MarketTimes times,
      SignalRule rule,
      ScanMeters meters,
      LongSupplier nanoTime) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.monitor = requireNonNull(monitor, "monitor is null");
    this.signals = requireNonNull(signals, "signals is null");
    this.markets = requireNonNull(markets, "markets is null");
    this.times = requireNonNull(times, "times is null");
    this.rule = requireNonNull(rule, "rule is null");
    this.meters = requireNonNull(meters, "meters is null");
    this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
  }

  /**
   * Looks at a pair for some strategies.
   *
   * @return how many of them it failed for
   */
  long at(Series series, List<ScanSlot> slots) {
    Optional<Instant> passed;
    Outcome<List<Bar>> answer;
    try {
      passed = times.passed(series.place(), series.symbol());
      if (passed.isEmpty()) {
        return failed(slots, "the exchange does not tell the price", Duration.ZERO);
      }
      long from = from(slots, passed.get());
      answer =
          BarHistory.since(
              markets.market(series.place().exchange(), series.place().type()),
              series.symbol(),
              series.timeframe(),
              Instant.ofEpochMilli(from),
              passed.get());
    } catch (RuntimeException e) {
      LOG.warn("the bars of {} cannot be had", series, e);
      return failed(
          slots, "the bars cannot be had: " + e.getClass().getSimpleName(), Duration.ZERO);
    }
    if (!(answer instanceof Accepted<List<Bar>>(List<Bar> bars))) {
      return failed(slots, "the exchange answers " + answer.errorCode(), pause(answer));
    }
    long errors = 0;
    for (ScanSlot slot : slots) {
      try {
        see(slot, series, bars, passed.get());
      } catch (RuntimeException e) {
        LOG.warn("{} on {} cannot be looked at", slot.subject().code(), series, e);
        slot.forget();
        errors +=
            failed(List.of(slot), "it failed: " + e.getClass().getSimpleName(), Duration.ZERO);
      }
    }
    return errors;
  }

  private static Duration pause(Outcome<?> answer) {
    return switch (answer) {
      case RateLimited<?>(Duration after, String _) -> after;
      case Banned<?>(Duration after, String _) -> after;
      case Outcome<?> _ -> Duration.ZERO;
    };
  }

  /** The first bar that one of them wants to see. */
  private long from(List<ScanSlot> slots, Instant passed) {
    long from = Long.MAX_VALUE;
    for (ScanSlot slot : slots) {
      StrategyScan scan = slot.scan().orElseGet(() -> load(slot));
      long oldest = opened(slot.subject(), passed, CAUGHT_UP_MOST);
      if (scan.last().filter(bar -> bar.openTime() < oldest).isPresent()) {
        slot.revise();
        scan = load(slot);
      }
      long wanted =
          scan.last()
              .map(Bar::openTime)
              .orElseGet(() -> opened(slot.subject(), passed, slot.subject().history()));
      from = Math.min(from, wanted);
    }
    return Math.max(0, from);
  }

  private StrategyScan load(ScanSlot slot) {
    return slot.load(transactions.write(transaction -> StoredScans.load(transaction, slot.key())));
  }

  /** When the bar opened that is so many before the one that is open. */
  private static long opened(ScanSubject subject, Instant passed, int bars) {
    return subject.timeframe().openTimeOf(passed.toEpochMilli())
        - bars * subject.timeframe().lengthMs();
  }

  private void see(ScanSlot slot, Series series, List<Bar> all, Instant passed) {
    ScanSubject subject = slot.subject();
    StrategyScan scan = slot.scan().orElseThrow();
    boolean begins = scan.last().isEmpty();
    long first =
        scan.last().map(Bar::openTime).orElseGet(() -> opened(subject, passed, subject.history()));
    List<Bar> bars = all.stream().filter(bar -> bar.openTime() >= first).toList();
    if (scan.contradicted(bars)) {
      meters.revision();
      slot.revise();
      slot.hit(nanoTime.getAsLong());
      return;
    }
    long before = scan.last().map(Bar::openTime).orElse(Long.MIN_VALUE);
    List<Said> said = scan.take(bars);
    long last = scan.last().map(Bar::openTime).orElse(Long.MIN_VALUE);
    if (last == before) {
      // it should have closed by now, or nothing is told: what time it is there may be wrong
      times.doubt(series.place());
      slot.miss(nanoTime.getAsLong(), Duration.ZERO);
      return;
    }
    Judged judged = judge(slot, said, begins, times.now(series.place()).orElse(passed));
    if (!keep(slot, scan, judged, last)) {
      // another process has looked since this one did: what it found is gone on from
      slot.forget();
      return;
    }
    if (!begins) {
      times
          .now(series.place())
          .ifPresent(
              now ->
                  meters.bar(
                      Duration.between(
                          Instant.ofEpochMilli(last + subject.timeframe().lengthMs()), now)));
    }
    judged.words().forEach(meters::output);
    meters.signals(judged.drafts().size());
    slot.hit(nanoTime.getAsLong());
  }

  /**
   * What became of what was said.
   *
   * @param words for each output
   */
  private record Judged(
      List<SignalDraft> drafts, Optional<Instant> cooling, List<String> words, int late) {}

  private Judged judge(ScanSlot slot, List<Said> said, boolean begins, Instant now) {
    List<SignalDraft> drafts = new ArrayList<>();
    List<String> words = new ArrayList<>();
    Optional<Instant> cooling = slot.coolingUntil();
    int late = 0;
    for (Said each : said) {
      Instant closed = SignalRule.closed(slot.subject(), each);
      // of a bar that was spoken of nothing more is said; of history only what is still good
      boolean over = each.bar().openTime() <= slot.seenBefore();
      if (over || begins && Duration.between(closed, now).compareTo(rule.maxAge()) > 0) {
        continue;
      }
      switch (rule.judge(slot.subject(), each, cooling, now)) {
        case Heard.Signalled signalled -> {
          drafts.addAll(signalled.drafts());
          words.add("signalled");
          if (signalled.enters()) {
            cooling = Optional.of(SignalRule.coolingUntil(slot.subject(), each));
          }
        }
        case Heard.Silent(Heard.Why why) -> {
          words.add(why.name().toLowerCase(Locale.ROOT));
          late += why == Heard.Why.LATE ? 1 : 0;
        }
      }
    }
    return new Judged(drafts, cooling, words, late);
  }

  /** False: what was loaded is not what is kept any more. */
  private boolean keep(ScanSlot slot, StrategyScan scan, Judged judged, long last) {
    Look look =
        new Look(
            scan.state().orElseThrow(),
            judged.cooling(),
            judged.words().isEmpty() ? "nothing" : judged.words().getLast(),
            judged.late(),
            !judged.drafts().isEmpty(),
            slot.revised());
    boolean kept =
        transactions.write(
            transaction -> {
              if (!StoredScans.save(transaction, slot.key(), slot.version(), look, monitor.now())) {
                return false;
              }
              for (SignalDraft draft : judged.drafts()) {
                String _ = signals.accept(transaction, draft);
              }
              if (!judged.drafts().isEmpty()) {
                monitor.signalled(transaction, judged.drafts().size());
                if (monitor.terms(transaction).notifyOnSignal()) {
                  judged.drafts().forEach(draft -> tell(transaction, slot, draft));
                }
              }
              return true;
            });
    if (kept) {
      slot.kept(last, judged.cooling());
    }
    return kept;
  }

  private static void tell(Transaction transaction, ScanSlot slot, SignalDraft draft) {
    SignalNotices.tell(
        transaction,
        slot.subject().code()
            + ": "
            + draft.intent()
            + " "
            + draft.side()
            + " "
            + draft.symbol()
            + draft.entry().map(price -> " at " + price.toPlainString()).orElse(""));
  }

  private long failed(List<ScanSlot> slots, String sentence, Duration pause) {
    for (ScanSlot slot : slots) {
      slot.miss(nanoTime.getAsLong(), pause);
      failed(slot.key(), sentence);
    }
    return slots.size();
  }

  /** Notes that a strategy cannot be looked at on a pair. */
  void failed(StoredScans.Key key, String sentence) {
    meters.error();
    try {
      boolean _ =
          transactions.write(
              transaction -> {
                StoredScans.failed(transaction, key, sentence, monitor.now());
                return true;
              });
    } catch (RuntimeException e) {
      LOG.warn("what failed cannot be noted", e);
    }
  }
}
