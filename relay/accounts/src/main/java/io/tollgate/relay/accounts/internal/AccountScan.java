package io.tollgate.relay.accounts.internal;

import io.tollgate.relay.accounts.AccountQuery;
import io.tollgate.relay.accounts.ProviderAccountId;
import io.tollgate.relay.accounts.RoutingStrategy;
import io.tollgate.relay.accounts.internal.Health.Availability;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One look at all accounts for one request. For one thread. */
final class AccountScan {
  private final AccountQuery query;
  private final Set<ProviderAccountId> tried;
  private final RoutingStrategy strategy;
  private final int protocols;
  private final long sticky;
  private final long now;
  private @Nullable RoutedAccount stuck;
  private @Nullable RoutedAccount best;
  private @Nullable RoutedAccount doubtful;
  private long soonestNanos = Long.MAX_VALUE;

  /**
   * @param sticky number of the account that served the conversation before; 0 for none
   */
  AccountScan(
      AccountQuery query,
      Set<ProviderAccountId> tried,
      RoutingStrategy strategy,
      long sticky,
      long now) {
    this.query = query;
    this.tried = tried;
    this.strategy = strategy;
    this.sticky = sticky;
    this.now = now;
    protocols = RoutedAccount.mask(query.protocols());
  }

  /**
   * The account to take; nothing where none can serve.
   *
   * @param start where to begin: another place each time lets equal accounts take turns
   * @param passed accounts that turned out to be full meanwhile
   */
  @Nullable RoutedAccount find(List<RoutedAccount> all, int start, Set<RoutedAccount> passed) {
    stuck = null;
    best = null;
    doubtful = null;
    for (int i = 0; i < all.size(); i++) {
      RoutedAccount account = all.get((start + i) % all.size());
      if (account.suits(query, protocols)
          && !tried.contains(account.id())
          && !passed.contains(account)) {
        look(account);
      }
    }
    if (stuck != null) {
      return stuck;
    }
    if (best == null) {
      return doubtful;
    }
    return query.session() == 0 ? best : ofSession(all, best, passed);
  }

  /** When the first of those that rest can serve again. */
  long soonestNanos() {
    return soonestNanos;
  }

  private void look(RoutedAccount account) {
    Availability availability = account.availability(now);
    if (availability == Availability.RESTING) {
      soonestNanos = Math.min(soonestNanos, account.restNanos(now));
      return;
    }
    long limitedNanos = account.limitedNanos(query.tokens(), now);
    if (limitedNanos > 0) {
      soonestNanos = Math.min(soonestNanos, limitedNanos);
    } else if (availability == Availability.DOUBTFUL) {
      doubtful = better(doubtful, account);
    } else {
      best = better(best, account);
      if (account.id().value() == sticky) {
        stuck = account;
      }
    }
  }

  /** Of those that are as good as the best, the one that the conversation belongs to. */
  private RoutedAccount ofSession(
      List<RoutedAccount> all, RoutedAccount lightest, Set<RoutedAccount> passed) {
    RoutedAccount nearest = lightest;
    double nearestAffinity = lightest.affinity(query.session());
    for (RoutedAccount account : all) {
      if (account != lightest
          && account.priority() == lightest.priority()
          && account.suits(query, protocols)
          && account.rank(strategy, now) == lightest.rank(strategy, now)
          && account.availability(now) == Availability.READY
          && account.limitedNanos(query.tokens(), now) == 0
          && !tried.contains(account.id())
          && !passed.contains(account)) {
        double affinity = account.affinity(query.session());
        if (affinity > nearestAffinity) {
          nearest = account;
          nearestAffinity = affinity;
        }
      }
    }
    return nearest.overloadedBeside(lightest) ? lightest : nearest;
  }

  private RoutedAccount better(@Nullable RoutedAccount one, RoutedAccount other) {
    if (one == null) {
      return other;
    }
    if (one.priority() != other.priority()) {
      return other.priority() < one.priority() ? other : one;
    }
    long rankOfOne = one.rank(strategy, now);
    long rankOfOther = other.rank(strategy, now);
    if (rankOfOne != rankOfOther) {
      return rankOfOther < rankOfOne ? other : one;
    }
    return other.lighterThan(one) ? other : one;
  }
}
