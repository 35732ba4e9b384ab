package io.tollgate.billing.internal.charges;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers checks that reserve nothing over what the books say at one moment: it locks nothing, and
 * waits neither for deducts nor for the disk. Checks that it cannot answer like that, those short
 * of means above all, are dealt with like everything else. Safe for use by many threads.
 */
final class CheckWork implements LaneWork {
  private static final Logger LOG = LoggerFactory.getLogger(CheckWork.class);

  private final Transactions transactions;
  private final CallPreparation preparation;
  private final CheckBatch batch;
  private final LaneWork others;

  /**
   * Makes it.
   *
   * @param others deals with the checks that are left
   */
  CheckWork(
      Transactions transactions, CallPreparation preparation, CheckBatch batch, LaneWork others) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.preparation = requireNonNull(preparation, "preparation is null");
    this.batch = requireNonNull(batch, "batch is null");
    this.others = requireNonNull(others, "others is null");
  }

  @Override
  public List<WaitingCall> run(List<WaitingCall> calls) {
    List<WaitingCall> left = new ArrayList<>();
    try {
      decide(calls).forEach((ready, decision) -> answer(ready.waiting(), decision, left));
    } catch (RuntimeException e) {
      LOG.debug("checks were not answered together", e);
      left.clear();
      calls.stream().filter(each -> !each.answer.isDone()).forEach(left::add);
    }
    return left.isEmpty() ? List.of() : others.run(left);
  }

  private Map<ReadyCall, CallDecision> decide(List<WaitingCall> calls) {
    List<WaitingCall> open = calls.stream().filter(each -> !each.answer.isDone()).toList();
    if (open.isEmpty()) {
      return Map.of();
    }
    ReadyCalls ready = preparation.prepare(open);
    return ready.calls().isEmpty()
        ? Map.of()
        : transactions.read(transaction -> batch.decide(transaction, ready));
  }

  private static void answer(WaitingCall waiting, CallDecision decision, List<WaitingCall> left) {
    switch (decision) {
      case CallDecision.Answered(CallAnswer answer) -> waiting.answer.complete(answer);
      case CallDecision.Refused _, CallDecision.Short _ -> left.add(waiting);
    }
  }
}
