package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.RecurringJob;
import io.tollgate.payments.ChannelBill;
import io.tollgate.payments.ChannelFault;
import io.tollgate.payments.PaymentChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares each channel's bill of a day with what we booked, once the day is over: what differs
 * becomes a case. Days that were missed are caught up with; a bill that is not there yet is asked
 * for again.
 */
final class BillComparison {
  private static final Logger LOG = LoggerFactory.getLogger(BillComparison.class);

  /** How many days are compared in one run. */
  private static final int MAX_DAYS = 31;

  private final RechargeWing.Ground ground;
  private final ComparisonTable table;
  private final BillDifferences differences;

  BillComparison(RechargeWing.Ground ground, ComparisonTable table, BillDifferences differences) {
    this.ground = requireNonNull(ground, "ground is null");
    this.table = requireNonNull(table, "table is null");
    this.differences = requireNonNull(differences, "differences is null");
  }

  RecurringJob job() {
    Duration every = Duration.ofMinutes(ground.terms().comparisonMinutes());
    return new RecurringJob("billing.recharge_comparison", every, this::run);
  }

  void run() {
    for (PaymentChannel channel : ground.channels().all()) {
      LocalDate today = ground.clock().instant().atZone(channel.billZone()).toLocalDate();
      Optional<LocalDate> next =
          ground.transactions().read(tx -> table.nextDay(tx, channel.method(), channel.billZone()));
      for (int days = 0; days < MAX_DAYS && next.isPresent(); days++) {
        LocalDate day = next.get();
        if (!day.isBefore(today) || !compare(channel, day)) {
          break;
        }
        next = Optional.of(day.plusDays(1));
      }
    }
  }

  /** Whether the day is done with. */
  private boolean compare(PaymentChannel channel, LocalDate day) {
    long run =
        ground
            .transactions()
            .write(tx -> table.begin(tx, channel.method(), day, ground.clock().instant()));
    ChannelBill bill;
    try {
      bill = channel.bill(day);
    } catch (ChannelFault fault) {
      LOG.atWarn()
          .addKeyValue("method", channel.method().code())
          .addKeyValue("day", day)
          .addKeyValue("reason", fault.kind())
          .log("a channel's bill cannot be had; it is asked for again");
      boolean _ =
          ground
              .transactions()
              .write(
                  tx -> {
                    table.failed(tx, run, String.valueOf(fault.getMessage()));
                    return true;
                  });
      return false;
    }
    Instant now = ground.clock().instant();
    return ground
        .transactions()
        .write(
            tx -> {
              if (table.lockWaiting(tx, run)) {
                table.finish(tx, run, differences.find(tx, run, channel, bill, now), now);
              }
              return true;
            });
  }
}
