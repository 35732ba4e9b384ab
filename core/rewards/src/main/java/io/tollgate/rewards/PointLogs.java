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
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Every movement of a point card, the newest first, as the postings left the balances. */
public interface PointLogs {
  /**
   * Rows under a filter.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when the cursor is not one of ours
   */
  ListPage<PointLogRow> page(Transaction transaction, PointLogFilter filter, ListRequest page);

  /** What came in and went out under a filter. */
  PointFlow flow(Transaction transaction, PointLogFilter filter);

  /** Whose movements are listed. */
  enum Owner {
    /** Those of users. */
    USERS,
    /** Those of tenants' own cards. */
    TENANTS
  }

  /**
   * What moved a card.
   *
   * <p>Merchants' interfaces number them by whose card it is: of users 1 to 5, of tenants 1 to 3.
   */
  enum ChangeType {
    /** Self points given: to a user by the tenant, to a tenant by the operator. */
    RECHARGE(1, 1),
    /** Gift points given, likewise. */
    GIFT(2, 2),
    /** Given by a user to another. */
    OUT(3, 0),
    /** Got by a user from another. */
    IN(4, 0),
    /** Profit share, also where what was owed is paid later. */
    PROFIT_CHARGE(5, 0),
    /** Given by a tenant to a user. */
    GIVEN(0, 3);

    private final int ofUsers;
    private final int ofTenants;

    ChangeType(int ofUsers, int ofTenants) {
      this.ofUsers = ofUsers;
      this.ofTenants = ofTenants;
    }

    /** The number in the log of that owner. */
    public int number(Owner owner) {
      return switch (owner) {
        case USERS -> ofUsers;
        case TENANTS -> ofTenants;
      };
    }

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The type of a number in the log of that owner.
     *
     * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when it has none of this number
     */
    public static ChangeType of(Owner owner, long number) {
      for (ChangeType type : values()) {
        if (number > 0 && type.number(owner) == number) {
          return type;
        }
      }
      throw GivenText.refused(
          "change_type", Long.toString(number), owner == Owner.USERS ? "1 to 5" : "1 to 3");
    }
  }

  /**
   * Which rows are listed; what is empty does not filter.
   *
   * @param owner empty: those of users and of tenants
   * @param user the user whose card it is
   * @param from the earliest time, included
   * @param until the latest time, excluded
   */
  record PointLogFilter(
      Optional<TenantId> tenant,
      Optional<Owner> owner,
      Optional<UserId> user,
      Optional<ChangeType> type,
      Optional<Instant> from,
      Optional<Instant> until) {
    public PointLogFilter {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(owner, "owner is null");
      requireNonNull(user, "user is null");
      requireNonNull(type, "type is null");
      requireNonNull(from, "from is null");
      requireNonNull(until, "until is null");
    }
  }

  /**
   * A movement of one card.
   *
   * @param user whose card; empty: the tenant's own
   * @param cardType which balance moved; of a profit charge that took from both: self
   * @param amount by which the card moved, signed: self and gift together; 0 of a profit charge
   *     that nothing covered
   * @param before and after what the card had, as the posting left it
   * @param other the user on the other side, where there is one
   * @param transfer in the ledger; empty where nothing was posted
   */
  record PointLogRow(
      long id,
      TenantId tenant,
      Optional<UserId> user,
      ChangeType type,
      CardType cardType,
      Amount amount,
      Balances before,
      Balances after,
      Optional<UserId> other,
      Optional<UUID> transfer,
      String remark,
      Instant createdAt) {
    public PointLogRow {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
      requireNonNull(type, "type is null");
      requireNonNull(cardType, "cardType is null");
      requireNonNull(amount, "amount is null");
      requireNonNull(before, "before is null");
      requireNonNull(after, "after is null");
      requireNonNull(other, "other is null");
      requireNonNull(transfer, "transfer is null");
      requireNonNull(remark, "remark is null");
      requireNonNull(createdAt, "createdAt is null");
    }

    /** Whose log it stands in. */
    public Owner owner() {
      return user.isPresent() ? Owner.USERS : Owner.TENANTS;
    }
  }

  /** Both balances of a card at one moment. */
  record Balances(Amount self, Amount gift) {
    public Balances {
      requireNonNull(self, "self is null");
      requireNonNull(gift, "gift is null");
    }
  }

  /**
   * Sums over rows, in points: over a long time they may be more than one account can hold.
   *
   * @param out not below 0
   */
  record PointFlow(BigDecimal in, BigDecimal out) {
    public PointFlow {
      requireNonNull(in, "in is null");
      requireNonNull(out, "out is null");
    }
  }
}
