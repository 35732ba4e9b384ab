package io.tollgate.edge.portal;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.UserAlerts;
import io.tollgate.billing.UserAlerts.Watched;
import io.tollgate.billing.UserStanding;
import io.tollgate.billing.UserStandings;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.Asset;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.UserNotices;
import io.tollgate.identity.UserNotices.About;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.List;

/**
 * Looks whether what users want to be told of has come to be. Each is told once, with the note of
 * it in one transaction, and again only after it was otherwise in between.
 */
final class AlertRun implements Runnable {
  private static final int PER_READ = 200;

  private final Transactions transactions;
  private final Tenants tenants;
  private final UserAlerts alerts;
  private final UserStandings standings;
  private final UserNotices notices;
  private final InstantSource clock;

  AlertRun(
      Transactions transactions,
      Tenants tenants,
      UserAlerts alerts,
      UserStandings standings,
      UserNotices notices,
      InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.alerts = requireNonNull(alerts, "alerts is null");
    this.standings = requireNonNull(standings, "standings is null");
    this.notices = requireNonNull(notices, "notices is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public void run() {
    if (!notices.reach()) {
      return;
    }
    long after = 0;
    List<Watched> watched;
    do {
      long from = after;
      watched = transactions.read(transaction -> alerts.watched(transaction, from, PER_READ));
      for (Watched one : watched) {
        var _ =
            transactions.write(
                transaction -> {
                  look(transaction, one);
                  return one;
                });
        after = one.user().value();
      }
    } while (watched.size() == PER_READ);
  }

  private void look(Transaction transaction, Watched one) {
    Asset currency = tenants.find(transaction, one.tenant()).orElseThrow().currency();
    UserStanding standing =
        standings.of(transaction, one.tenant(), one.user(), currency, clock.instant());
    boolean balance = one.balanceBelow() > 0 && standing.balance().units() < one.balanceBelow();
    boolean quota = one.quotaPercent() > 0 && isUsed(standing, one.quotaPercent());
    if (balance && !one.balanceTold()) {
      notices.tell(transaction, one.user(), About.BALANCE_LOW, standing.balance().toString());
    }
    if (quota && !one.quotaTold()) {
      notices.tell(transaction, one.user(), About.QUOTA_LOW, one.quotaPercent() + "%");
    }
    if (balance != one.balanceTold() || quota != one.quotaTold()) {
      alerts.told(transaction, one.user(), balance, quota, clock.instant());
    }
  }

  private static boolean isUsed(UserStanding standing, int percent) {
    BigInteger used = BigInteger.valueOf(standing.quotaUsed()).multiply(BigInteger.valueOf(100));
    BigInteger wanted =
        BigInteger.valueOf(standing.quotaLimit()).multiply(BigInteger.valueOf(percent));
    return standing.quotaLimit() > 0 && used.compareTo(wanted) >= 0;
  }
}
