package io.tollgate.metering.internal.doubt;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.contracts.UsagePart;
import io.tollgate.contracts.UsageUnit;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.metering.InDoubtRule;
import io.tollgate.metering.PassageResult;
import io.tollgate.metering.QuoteBook;
import io.tollgate.metering.UsageRecord.Outcome;
import io.tollgate.metering.internal.database.register.IncarnationTable;
import io.tollgate.schema.metering.tables.records.PassageRecord;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Decides, by the tenant's rule, on requests whose process ended before their result was recorded:
 * nobody knows what the upstream did. Each is a transaction of its own; a recovery that is killed
 * is simply run again.
 */
public final class DoubtRecovery {
  private static final int BATCH = 500;

  private final Transactions transactions;
  private final PassageStore store;
  private final IncarnationTable incarnations;
  private final PassageSettler settler;
  private final QuoteBook quotes;
  private final InDoubtRule.Source rules;
  private final Clock clock;

  public DoubtRecovery(
      Transactions transactions,
      PassageStore store,
      IncarnationTable incarnations,
      PassageSettler settler,
      QuoteBook quotes,
      InDoubtRule.Source rules,
      Clock clock) {
    this.transactions = transactions;
    this.store = store;
    this.incarnations = incarnations;
    this.settler = settler;
    this.quotes = quotes;
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * Resolves everything that ended incarnations left, on whatever data directory: several processes
   * may do so at once, and the first to decide decides.
   *
   * @return how many passages were in doubt
   */
  int run() {
    List<UUID> ended = transactions.read(incarnations::endedInDoubt);
    if (ended.isEmpty()) {
      return 0;
    }
    int resolved = 0;
    while (true) {
      List<PassageStore.LeftOpen> batch =
          transactions.read(transaction -> store.leftOpen(transaction, ended, BATCH));
      for (PassageStore.LeftOpen passage : batch) {
        resolve(passage);
        resolved++;
      }
      if (batch.size() < BATCH) {
        return resolved;
      }
    }
  }

  /** Decides on one of which nobody will tell how it ended. */
  public void decide(Transaction transaction, PassageRecord row) {
    decide(transaction, PassageStore.leftOpen(row));
  }

  private void resolve(PassageStore.LeftOpen passage) {
    transactions.write(
        transaction -> {
          decide(transaction, passage);
          return true;
        });
  }

  private void decide(Transaction transaction, PassageStore.LeftOpen passage) {
    switch (rules.of(transaction, passage.tenant())) {
      case CHARGE_INPUT -> {
        var unused =
            settler.settle(
                transaction, passage.request(quotes), result(atLeast(passage)), Outcome.IN_DOUBT);
      }
      case FREE -> {
        var unused =
            settler.settle(
                transaction, passage.request(quotes), result(TokenUsage.NONE), Outcome.IN_DOUBT);
      }
      case MANUAL -> store.markInDoubt(transaction, passage.charge(), clock.instant());
    }
  }

  /**
   * What was sent, as estimated or as progress showed where that is more, and what came back as far
   * as progress showed.
   */
  static TokenUsage atLeast(PassageStore.LeftOpen passage) {
    TokenUsage estimate = passage.estimate();
    TokenUsage progress = passage.progress();
    // tokens of one of them only: the same ones may be of another kind in the other
    TokenUsage sent = estimate.input() > progress.input() ? estimate : progress;
    TokenUsage.Builder usage = TokenUsage.builder();
    for (UsageKind kind : UsageKind.all()) {
      boolean input = kind.part().side() == UsagePart.Side.INPUT;
      long soFar = progress.count(kind);
      usage.add(
          kind,
          !input
              ? soFar
              : kind.unit() == UsageUnit.TOKEN
                  ? sent.count(kind)
                  : Math.max(estimate.count(kind), soFar));
    }
    return usage.build();
  }

  static PassageResult result(TokenUsage usage) {
    return new PassageResult(
        usage,
        false,
        0,
        Optional.of("in_doubt"),
        OptionalLong.empty(),
        "",
        0,
        0,
        OptionalLong.empty());
  }
}
