package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Who has invited whom. Invitations have no circle and stay within a tenant, and an inviter once
 * there stays. Runs in the caller's transaction. Safe for use by many threads.
 */
public interface InvitationTree {
  /** The inviter of each of these users, and of everybody above them, where there is one. */
  Map<UserId, UserId> inviters(Transaction transaction, Collection<UserId> users);

  /** Everybody above a user, the nearest first. */
  default List<UserId> above(Transaction transaction, UserId user) {
    Map<UserId, UserId> inviters = inviters(transaction, List.of(user));
    List<UserId> above = new ArrayList<>();
    for (UserId next = inviters.get(user); next != null; next = inviters.get(next)) {
      above.add(next);
      if (above.size() > inviters.size()) {
        throw new IllegalStateException("user " + user + " is above themselves");
      }
    }
    return above;
  }

  /** Whether one of them has invited the other, directly or through others. */
  default boolean isOneLine(Transaction transaction, UserId one, UserId other) {
    return above(transaction, one).contains(other) || above(transaction, other).contains(one);
  }

  /** How many each of these users has invited; each of them is in the answer. */
  Map<UserId, TeamSize> sizes(Transaction transaction, Collection<UserId> users);

  /** Tells of every user of a tenant who was invited by somebody, in no order. */
  void each(Transaction transaction, TenantId tenant, Invited told);

  /** Hears who was invited by whom. */
  @FunctionalInterface
  interface Invited {
    /** A user and their inviter, by number. */
    void by(long user, long inviter);
  }

  /**
   * How many somebody has invited.
   *
   * @param direct by themselves
   * @param total by themselves and through others
   */
  record TeamSize(long direct, long total) {
    public static final TeamSize NONE = new TeamSize(0, 0);

    public TeamSize {
      if (direct < 0 || total < direct) {
        throw new IllegalArgumentException(
            "team: " + direct + " of " + total + " (expected: 0 to " + total + ")");
      }
    }

    /** The same of a user. */
    public static TeamSize of(Map<UserId, TeamSize> sizes, UserId user) {
      return requireNonNull(sizes.get(user), "user was not asked for");
    }
  }
}
