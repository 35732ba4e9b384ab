package io.tollgate.metering.internal.shard;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of the database when a user has more grants than one request can name: to bring
 * what some of them have into one.
 */
public final class GrantGathering {
  private GrantGathering() {}

  /**
   * The wish.
   *
   * @param number tells the answer to it from others
   * @param at when it is wanted
   * @param asset of the grants
   * @param without grants that the request names already
   * @param units how much is needed; as far as it is there
   */
  public record Wish(
      long number,
      UserWallet.Owner owner,
      Instant at,
      Asset asset,
      List<AccountId> without,
      long units) {
    public Wish {
      without = List.copyOf(without);
    }
  }

  /**
   * The answer.
   *
   * @param account the grant that has it now, the last of those it was taken from; empty when none
   *     has anything
   * @param calledBack whether something lies in leases of others that was called back
   */
  public record Answer(long number, Optional<AccountId> account, boolean calledBack) {}
}
