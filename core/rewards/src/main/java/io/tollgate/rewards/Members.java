package io.tollgate.rewards;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What users hold, their teams and their levels. A team is all who were invited by somebody,
 * directly or through others. Runs in the caller's transaction. Safe for use by many threads.
 */
public interface Members {
  /** Levels are S0 to S7. */
  int HIGHEST_LEVEL = 7;

  /** How a user stands; of one who never held anything too. */
  Standing standing(Transaction transaction, TenantId tenant, UserId user);

  /** The same for many users of a tenant; each of them is in the answer. */
  Map<UserId, Standing> standings(
      Transaction transaction, TenantId tenant, Collection<UserId> users);

  /**
   * What a user holds over all accounts, as a backend tells it; it takes the place of whatever was
   * told before, of accounts too. Levels of the user and of all above follow at once.
   *
   * @param holding futures balance, not below 0
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when it is below 0; {@code
   *     USER_NOT_FOUND} when the tenant has no such user
   */
  Standing tellTotal(Transaction transaction, TenantId tenant, UserId user, Amount holding);

  /**
   * What exchange accounts hold after a balance sync, each in the place of what was told of it
   * before; a user's holding is the sum over the accounts. A total that was told of such a user
   * before is forgotten. Give all of a sync at once, up to 10,000: those above are then updated
   * once for all. An account that is gone is told with 0.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when one is below 0 or there are too
   *     many; {@code USER_NOT_FOUND} when the tenant has not all of the users
   */
  void tellAccounts(Transaction transaction, TenantId tenant, List<AccountHolding> holdings);

  /**
   * Makes a user a market node, or no more. Pools that are open keep the chain they were opened
   * with.
   *
   * @throws io.tollgate.ground.Refusal {@code USER_NOT_FOUND} when the tenant has no such user
   */
  void setMarketNode(Transaction transaction, TenantId tenant, UserId user, boolean node);

  /**
   * Those whom a user has invited directly, the newest first.
   *
   * @throws io.tollgate.ground.Refusal {@code USER_NOT_FOUND} when the tenant has no such user
   */
  ListPage<TeamMember> team(
      Transaction transaction, TenantId tenant, UserId user, ListRequest page);

  /**
   * Computes teams' performance and all levels of a tenant anew, from holdings and invitations, and
   * puts right what differs. Holdings that are told meanwhile wait.
   *
   * @return how many users were put right; 0 unless the level table was changed
   */
  int recompute(Transaction transaction, TenantId tenant);

  /**
   * What one exchange account holds.
   *
   * @param account as trading calls it; 1 to 64 characters
   */
  record AccountHolding(UserId user, String account, Amount holding, AccountNature nature) {
    public AccountHolding {
      requireNonNull(user, "user is null");
      requireNonNull(account, "account is null");
      holding = Points.requirePoints("holding", holding);
      requireNonNull(nature, "nature is null");
    }
  }

  /**
   * How a user stands.
   *
   * @param level 0 to 7
   * @param selfHold own holding
   * @param directCount whom they have invited
   * @param totalCount their whole team
   * @param teamPerformance what the team holds, without themselves
   */
  record Standing(
      UserId user,
      int level,
      boolean marketNode,
      Amount selfHold,
      long directCount,
      long totalCount,
      Amount teamPerformance) {
    public Standing {
      requireNonNull(user, "user is null");
      requireNonNull(selfHold, "selfHold is null");
      requireNonNull(teamPerformance, "teamPerformance is null");
    }

    /** {@code S0} to {@code S7}. */
    public String levelName() {
      return "S" + level;
    }
  }

  /** A member of somebody's team, with their own. */
  record TeamMember(
      UserId user,
      String externalId,
      Optional<String> email,
      Standing standing,
      Instant createdAt) {
    public TeamMember {
      requireNonNull(user, "user is null");
      requireNonNull(externalId, "externalId is null");
      requireNonNull(email, "email is null");
      requireNonNull(standing, "standing is null");
      requireNonNull(createdAt, "createdAt is null");
    }
  }
}
