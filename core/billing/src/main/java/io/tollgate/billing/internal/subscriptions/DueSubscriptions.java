package io.tollgate.billing.internal.subscriptions;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.Transactions;
import io.tollgate.ground.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is due of subscriptions, each in a transaction of its own; several processes may do so
 * at once. One that cannot be dealt with is left for later and does not keep the others waiting.
 */
public final class DueSubscriptions implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(DueSubscriptions.class);
  private static final int BATCH = 200;

  private final Transactions transactions;
  private final StoredSubscriptions subscriptions;
  private final SubscriptionRules rules;
  private final InstantSource clock;
  private final Counter done;
  private final Counter failed;

  public DueSubscriptions(
      Transactions transactions,
      StoredSubscriptions subscriptions,
      SubscriptionRules rules,
      InstantSource clock,
      MeterRegistry registry) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.subscriptions = requireNonNull(subscriptions, "subscriptions is null");
    this.rules = requireNonNull(rules, "rules is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.done =
        Counter.builder("tollgate_subscription_steps")
            .description("Windows, renewals, graces and ends of subscriptions that were due")
            .register(registry);
    this.failed =
        Counter.builder("tollgate_subscription_failures")
            .description("Subscriptions whose due step could not be made and waits")
            .register(registry);
  }

  @Override
  public void run() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<Long> due;
    do {
      due = transactions.read(transaction -> SubscriptionTable.due(transaction, now, BATCH));
      due.forEach(id -> goOn(id, now));
    } while (due.size() == BATCH);
  }

  private void goOn(long id, Instant now) {
    try {
      boolean made = subscriptions.goOn(id, now);
      if (made) {
        done.increment();
      }
    } catch (Refusal refusal) {
      LOG.atWarn()
          .addKeyValue("subscription", id)
          .addKeyValue("why", refusal.sentence())
          .log("subscription waits");
      postpone(id, now);
    } catch (RuntimeException e) {
      failed.increment();
      LOG.atError().setCause(e).addKeyValue("subscription", id).log("subscription did not go on");
      postpone(id, now);
    }
  }

  private void postpone(long id, Instant now) {
    int _ =
        transactions.write(
            transaction -> {
              SubscriptionTable.postpone(transaction, id, now.plus(rules.retry()));
              return 0;
            });
  }
}
