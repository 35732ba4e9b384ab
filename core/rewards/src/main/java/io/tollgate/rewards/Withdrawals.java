package io.tollgate.rewards;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Withdrawals from reward balances: 0 waiting, then 1 approved and 3 done, or 2 rejected. Any other
 * step is refused, so that of two administrators at once one is told. Runs in the caller's
 * transaction. Safe for use by many threads.
 */
public interface Withdrawals {
  /**
   * Asks for a withdrawal; the amount is held at once.
   *
   * @return the withdrawal; with an idempotency key used before, the first one
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when the amount is below the
   *     tenant's minimum, the network is not one of the tenant's, or the address is empty or longer
   *     than 128 characters; {@code USER_NOT_FOUND}; {@code INSUFFICIENT_MEANS}; {@code CONFLICT}
   *     when the tenant's limit of the day is passed or the address is too new; {@code
   *     IDEMPOTENCY_CONFLICT}
   */
  Withdrawal apply(Transaction transaction, WithdrawalOrder order);

  /**
   * Approves it; above the tenant's amount for two administrators the first only notes that, and
   * the second, another one, approves.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}; {@code CONFLICT} when it does not wait,
   *     or the same administrator has approved it already
   */
  Withdrawal approve(Transaction transaction, long withdrawal, AdminId admin);

  /**
   * Rejects it and gives the amount back.
   *
   * @param reason 1 to 200 characters
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}; {@code CONFLICT} when it does not wait;
   *     {@code INVALID_REQUEST}
   */
  Withdrawal reject(Transaction transaction, long withdrawal, AdminId admin, String reason);

  /**
   * It was paid: the fee goes to the tenant's revenue, the rest leaves the books.
   *
   * @param txHash of the payment, 1 to 200 characters
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}; {@code CONFLICT} when it is not approved;
   *     {@code INVALID_REQUEST}
   */
  Withdrawal complete(Transaction transaction, long withdrawal, AdminId admin, String txHash);

  Optional<Withdrawal> find(Transaction transaction, long withdrawal);

  /** Withdrawals under a filter, the newest first. */
  ListPage<Withdrawal> page(Transaction transaction, WithdrawalFilter filter, ListRequest page);

  /** Counts and sums by status. */
  WithdrawalStats stats(Transaction transaction, Optional<TenantId> tenant);

  /** Addresses that a user has named or used, the newest first; 100 at most. */
  List<PayoutAddress> addresses(Transaction transaction, TenantId tenant, UserId user);

  /**
   * Puts an address into a user's book; one that is there stays as it is. With the tenant's
   * cool-down an address can be paid to only some time after that, so an interface that gets a
   * withdrawal to an address that is not in the book notes it in a transaction of its own.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST}; {@code USER_NOT_FOUND}; {@code
   *     CONFLICT} when the book has 100 already
   */
  PayoutAddress note(
      Transaction transaction, TenantId tenant, UserId user, String network, String address);

  /** How far a withdrawal is. */
  enum WithdrawalStatus {
    WAITING,
    APPROVED,
    REJECTED,
    DONE;

    /** As interfaces write it. */
    public int number() {
      return ordinal();
    }

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The status of a number.
     *
     * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when it is not 0 to 3
     */
    public static WithdrawalStatus of(String field, long number) {
      if (number < 0 || number >= values().length) {
        throw GivenText.refused(field, Long.toString(number), "0 to 3");
      }
      return values()[(int) number];
    }
  }

  /**
   * A wish to be paid.
   *
   * @param key idempotency key, 1 to 128 characters
   */
  record WithdrawalOrder(
      TenantId tenant,
      UserId user,
      Amount amount,
      String network,
      String address,
      String remark,
      Optional<String> key) {
    public WithdrawalOrder {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
      amount = Points.requireMovable("amount", amount);
      requireNonNull(network, "network is null");
      requireNonNull(address, "address is null");
      requireNonNull(remark, "remark is null");
      requireNonNull(key, "key is null");
    }
  }

  /**
   * A withdrawal.
   *
   * @param fee of the amount
   * @param secondNeeded whether two administrators have to approve it
   * @param firstApproval by the first of two
   * @param audited by whom and when it was approved or rejected
   * @param completed by whom and when it was paid
   * @param addressFirstUsedAt when the user's book got the address
   */
  record Withdrawal(
      long id,
      TenantId tenant,
      UserId user,
      Amount amount,
      Amount fee,
      String network,
      String address,
      String remark,
      WithdrawalStatus status,
      boolean secondNeeded,
      Optional<Step> firstApproval,
      Optional<Step> audited,
      Optional<Step> completed,
      Optional<String> rejectReason,
      Optional<String> txHash,
      Instant addressFirstUsedAt,
      Instant createdAt) {
    public Withdrawal {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
      requireNonNull(amount, "amount is null");
      requireNonNull(fee, "fee is null");
      requireNonNull(network, "network is null");
      requireNonNull(address, "address is null");
      requireNonNull(remark, "remark is null");
      requireNonNull(status, "status is null");
      requireNonNull(firstApproval, "firstApproval is null");
      requireNonNull(audited, "audited is null");
      requireNonNull(completed, "completed is null");
      requireNonNull(rejectReason, "rejectReason is null");
      requireNonNull(txHash, "txHash is null");
      requireNonNull(addressFirstUsedAt, "addressFirstUsedAt is null");
      requireNonNull(createdAt, "createdAt is null");
    }

    /** What is paid out. */
    public Amount actualAmount() {
      return amount.minus(fee);
    }
  }

  /** What an administrator did, and when. */
  record Step(AdminId admin, Instant at) {
    public Step {
      requireNonNull(admin, "admin is null");
      requireNonNull(at, "at is null");
    }
  }

  /** Which are listed; what is empty does not filter. */
  record WithdrawalFilter(
      Optional<TenantId> tenant,
      Optional<UserId> user,
      Optional<WithdrawalStatus> status,
      Optional<Instant> from,
      Optional<Instant> until) {
    public WithdrawalFilter {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
      requireNonNull(status, "status is null");
      requireNonNull(from, "from is null");
      requireNonNull(until, "until is null");
    }
  }

  /** Counts and sums. */
  record WithdrawalStats(
      StatusSum waiting, StatusSum approved, StatusSum rejected, StatusSum done, Amount feesTaken) {
    public WithdrawalStats {
      requireNonNull(waiting, "waiting is null");
      requireNonNull(approved, "approved is null");
      requireNonNull(rejected, "rejected is null");
      requireNonNull(done, "done is null");
      requireNonNull(feesTaken, "feesTaken is null");
    }
  }

  /** Those of one status. */
  record StatusSum(long count, Amount amount) {
    public StatusSum {
      requireNonNull(amount, "amount is null");
    }
  }

  /**
   * An address of a user's book.
   *
   * @param usableFrom when it can be paid to
   */
  record PayoutAddress(String network, String address, Instant notedAt, Instant usableFrom) {
    public PayoutAddress {
      requireNonNull(network, "network is null");
      requireNonNull(address, "address is null");
      requireNonNull(notedAt, "notedAt is null");
      requireNonNull(usableFrom, "usableFrom is null");
    }
  }
}
