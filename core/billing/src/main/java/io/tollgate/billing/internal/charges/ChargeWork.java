package io.tollgate.billing.internal.charges;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.CommitUnknownException;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCategory;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Deals with the calls of one batch: all are answered but those that are short of means and may
 * still get them. A call that makes its batch fail fails alone. Safe for use by many threads.
 */
final class ChargeWork implements LaneWork {
  private static final int RACES_MAX = 20;

  private final Transactions transactions;
  private final CallPreparation preparation;
  private final BatchParts parts;
  private final ShortCalls shortCalls;

  ChargeWork(
      Transactions transactions,
      CallPreparation preparation,
      BatchParts parts,
      ShortCalls shortCalls) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.preparation = requireNonNull(preparation, "preparation is null");
    this.parts = requireNonNull(parts, "parts is null");
    this.shortCalls = requireNonNull(shortCalls, "shortCalls is null");
  }

  @Override
  public List<WaitingCall> run(List<WaitingCall> calls) {
    List<WaitingCall> open = calls.stream().filter(each -> !each.answer.isDone()).toList();
    if (open.isEmpty()) {
      return List.of();
    }
    try {
      return answer(decide(open));
    } catch (CommitUnknownException e) {
      // it may be charged: whoever asks again with the same request id gets its answer
      return fail(
          open,
          new Refusal(
              ErrorCode.UNAVAILABLE,
              "whether it was charged is not known, as the database was lost (expected: the same"
                  + " request id again)",
              e));
    } catch (RuntimeException e) {
      boolean everybodys =
          e instanceof Refusal refusal && refusal.code().category() == ErrorCategory.UNAVAILABLE;
      if (everybodys || open.size() == 1) {
        return fail(open, e);
      }
      List<WaitingCall> again = new ArrayList<>(run(open.subList(0, open.size() / 2)));
      again.addAll(run(open.subList(open.size() / 2, open.size())));
      return again;
    }
  }

  private Map<ReadyCall, CallDecision> decide(List<WaitingCall> open) {
    boolean settled = false;
    for (int races = 0; ; races++) {
      ReadyCalls ready = preparation.prepare(open);
      if (ready.calls().isEmpty()) {
        return new LinkedHashMap<>();
      }
      try {
        boolean windowsSettled = settled;
        return transactions.write(tx -> new CallBatch(parts).run(tx, ready, windowsSettled));
      } catch (WindowsUnsettledException e) {
        Instant now = parts.clock().instant();
        transactions.write(
            tx -> {
              parts.limits().settle(tx, e.users(), now);
              return e.users();
            });
        settled = true;
      } catch (BatchRaceException e) {
        if (races == RACES_MAX) {
          throw new Refusal(
              ErrorCode.UNAVAILABLE, "others were faster each time (expected: a later try)", e);
        }
      }
    }
  }

  private List<WaitingCall> answer(Map<ReadyCall, CallDecision> decided) {
    Map<ReadyCall, CallDecision.Short> wanting = new LinkedHashMap<>();
    decided.forEach(
        (ready, decision) -> {
          switch (decision) {
            case CallDecision.Answered(CallAnswer answer) ->
                ready.waiting().answer.complete(answer);
            case CallDecision.Refused(Refusal refusal) ->
                ready.waiting().answer.completeExceptionally(refusal);
            case CallDecision.Short shortOf -> wanting.put(ready, shortOf);
          }
        });
    return wanting.isEmpty() ? List.of() : shortCalls.tryAgain(wanting);
  }

  private static List<WaitingCall> fail(List<WaitingCall> calls, RuntimeException failure) {
    calls.forEach(each -> each.answer.completeExceptionally(failure));
    return List.of();
  }
}
