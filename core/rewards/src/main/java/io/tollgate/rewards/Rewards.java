package io.tollgate.rewards;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** Reward balances of users, and every movement of them. Safe for use by many threads. */
public interface Rewards {
  /** What a user has and had. */
  RewardBalance balance(Transaction transaction, TenantId tenant, UserId user);

  /** The same for many users of a tenant; each of them is in the answer. */
  Map<UserId, RewardBalance> balances(
      Transaction transaction, TenantId tenant, Collection<UserId> users);

  /** Movements under a filter, the newest first. */
  ListPage<RewardRow> page(Transaction transaction, RewardFilter filter, ListRequest page);

  /** What moved a reward balance. */
  enum RewardType {
    /** To the inviter of the source. */
    DIRECT,
    /** To a market node above the source, by the difference of the levels' rates. */
    LEVEL_DIFF,
    /** To the nearest market node above of the source's own level. */
    PEER,
    /** To the root user, like all that follow: the share for technology. */
    TECH_TEAM,
    /** What the inviter does not get. */
    DIRECT_UNDIST,
    /** Where nobody above is of the source's level. */
    PEER_UNDIST,
    /** What is left of the share of the network. */
    NETWORK_UNDIST,
    /** The platform's share, with what rounding left. */
    PLATFORM_RETAIN,
    /** Held for a withdrawal. */
    WITHDRAW_FREEZE,
    /** Given back as the withdrawal was rejected. */
    WITHDRAW_REJECT_RETURN;

    /** What users and merchants are shown. */
    public static final Set<RewardType> SHOWN_TO_USERS = Set.of(DIRECT, LEVEL_DIFF, PEER);

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The type of a word.
     *
     * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when there is none
     */
    public static RewardType of(String field, String code) {
      for (RewardType type : values()) {
        if (type.code().equals(code)) {
          return type;
        }
      }
      throw GivenText.refused(field, code, "a type of reward, e.g. direct, level_diff or peer");
    }
  }

  /**
   * A user's rewards.
   *
   * @param available what is not held for a withdrawal
   * @param held for withdrawals that wait or are approved
   * @param earned all rewards ever got
   * @param withdrawn all withdrawals that were paid, fees included
   */
  record RewardBalance(Amount available, Amount held, Amount earned, Amount withdrawn) {
    public static final RewardBalance EMPTY =
        new RewardBalance(Points.ZERO, Points.ZERO, Points.ZERO, Points.ZERO);

    public RewardBalance {
      requireNonNull(available, "available is null");
      requireNonNull(held, "held is null");
      requireNonNull(earned, "earned is null");
      requireNonNull(withdrawn, "withdrawn is null");
    }
  }

  /**
   * Which movements are listed; what is empty does not filter.
   *
   * @param types empty: all
   */
  record RewardFilter(
      Optional<TenantId> tenant,
      Optional<UserId> user,
      Set<RewardType> types,
      Optional<UserId> source,
      OptionalLong pool,
      Optional<Instant> from,
      Optional<Instant> until) {
    public RewardFilter {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
      types = Set.copyOf(types);
      requireNonNull(source, "source is null");
      requireNonNull(pool, "pool is null");
      requireNonNull(from, "from is null");
      requireNonNull(until, "until is null");
    }
  }

  /**
   * A movement of what is available to one user.
   *
   * @param amount signed
   * @param before and after what was available, as the posting left it
   * @param source whose profit it comes from
   * @param rate share of the network's budget (of the pool for {@code tech_team} and {@code
   *     platform_retain}), 0 to 1; 0 for what is left and for withdrawals
   * @param pool it is a part of ({@code settle_batch})
   * @param withdrawal it belongs to
   */
  record RewardRow(
      long id,
      TenantId tenant,
      UserId user,
      RewardType type,
      Amount amount,
      Amount before,
      Amount after,
      Optional<UserId> source,
      BigDecimal rate,
      OptionalLong pool,
      OptionalLong withdrawal,
      Optional<UUID> transfer,
      String remark,
      Instant createdAt) {
    public RewardRow {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
      requireNonNull(type, "type is null");
      requireNonNull(amount, "amount is null");
      requireNonNull(before, "before is null");
      requireNonNull(after, "after is null");
      requireNonNull(source, "source is null");
      requireNonNull(rate, "rate is null");
      requireNonNull(pool, "pool is null");
      requireNonNull(withdrawal, "withdrawal is null");
      requireNonNull(transfer, "transfer is null");
      requireNonNull(remark, "remark is null");
      requireNonNull(createdAt, "createdAt is null");
    }
  }
}
