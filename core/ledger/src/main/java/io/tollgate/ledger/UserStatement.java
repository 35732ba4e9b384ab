package io.tollgate.ledger;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * How what a user has came to be: of each account what it began with, and each kind of movement
 * since. Both are added up from entries; that they come to the balance is for the reader to see.
 *
 * @param accounts by id, those of limits left out
 * @param holds what open holds reserve of them
 */
public record UserStatement(List<OfAccount> accounts, List<HeldForHolds> holds) {
  public UserStatement {
    accounts = List.copyOf(accounts);
    holds = List.copyOf(holds);
  }

  /**
   * One account.
   *
   * @param opening sum of the entries before the time that was asked for
   */
  public record OfAccount(Account account, long opening, List<Movement> movements) {
    public OfAccount {
      requireNonNull(account, "account is null");
      movements = List.copyOf(movements);
    }

    /** What opening and movements come to. */
    public long closing() {
      long sum = opening;
      for (Movement movement : movements) {
        sum = Math.addExact(sum, movement.units());
      }
      return sum;
    }
  }

  /**
   * Entries of transfers of one kind, together.
   *
   * @param units their signed sum
   */
  public record Movement(String kind, long entries, long units) {
    public Movement {
      requireNonNull(kind, "kind is null");
    }
  }

  /**
   * What open holds of one purpose reserve of an account.
   *
   * @param oldest one of them
   * @param since when that was opened
   */
  public record HeldForHolds(
      AccountId account, String purpose, long holds, long units, UUID oldest, Instant since) {
    public HeldForHolds {
      requireNonNull(account, "account is null");
      requireNonNull(purpose, "purpose is null");
      requireNonNull(oldest, "oldest is null");
      requireNonNull(since, "since is null");
    }
  }
}
