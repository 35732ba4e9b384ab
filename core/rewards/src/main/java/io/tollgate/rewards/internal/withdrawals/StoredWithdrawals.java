package io.tollgate.rewards.internal.withdrawals;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.Tenant;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.Posting;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.RewardTerms.WithdrawalTerms;
import io.tollgate.rewards.Rewards.RewardType;
import io.tollgate.rewards.Withdrawals;
import io.tollgate.rewards.internal.PointEvents;
import io.tollgate.rewards.internal.RewardMeters;
import io.tollgate.rewards.internal.UsersOfTenants;
import io.tollgate.rewards.internal.crash.RewardStep;
import io.tollgate.rewards.internal.crash.RewardSteps;
import io.tollgate.rewards.internal.pools.RewardAccounts;
import io.tollgate.rewards.internal.pools.RewardLogTable;
import io.tollgate.rewards.internal.terms.StoredTerms;
import java.math.RoundingMode;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Withdrawals: who asks has their reward account locked, who decides the withdrawal's row and then
 * the account. What is asked for is held in the ledger until it is paid or rejected.
 */
public final class StoredWithdrawals implements Withdrawals {
  private static final String OPERATION = "rewards.withdrawal";

  /** What the ledger's holds are for. */
  public static final String PURPOSE = "withdrawal";

  private static final int FEE_DECIMALS = 2;
  private static final int ADDRESS_MAX = 128;
  private static final int TEXT_MAX = 200;

  private final Ledger ledger;
  private final UsersOfTenants users;
  private final RewardAccounts accounts;
  private final RewardMeters meters;
  private final RewardSteps steps;
  private final InstantSource clock;
  private final RandomGenerator random;

  public StoredWithdrawals(
      Ledger ledger,
      UsersOfTenants users,
      RewardMeters meters,
      RewardSteps steps,
      InstantSource clock,
      RandomGenerator random) {
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.users = requireNonNull(users, "users is null");
    this.accounts = new RewardAccounts(ledger);
    this.meters = requireNonNull(meters, "meters is null");
    this.steps = requireNonNull(steps, "steps is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.random = requireNonNull(random, "random is null");
  }

  @Override
  public Withdrawal apply(Transaction transaction, WithdrawalOrder order) {
    UsersOfTenants.checkKey(order.key());
    UsersOfTenants.checkRemark(order.remark());
    var _ = users.require(transaction, order.tenant(), order.user());
    Optional<Account> account = accounts.lock(transaction, order.tenant(), order.user());
    byte[] hash = hash(order);
    // the account is locked: of two under one key the second finds the first
    Optional<Withdrawal> before =
        order.key().flatMap(key -> before(transaction, order.tenant(), key, hash));
    if (before.isPresent()) {
      return before.get();
    }
    Instant now = clock.instant();
    WithdrawalTerms terms = StoredTerms.read(transaction, order.tenant()).terms().withdrawals();
    check(order, terms);
    Account from =
        account
            .filter(found -> found.available() >= order.amount().units())
            .orElseThrow(() -> insufficient(account, order.amount()));
    checkDay(transaction, order, terms, now);
    Instant noted = checkAddress(transaction, order, terms, now);
    UUID hold = new UUID(random.nextLong(), random.nextLong());
    ledger.hold(
        transaction,
        order.tenant(),
        hold,
        PURPOSE,
        List.of(new Leg(from.id(), order.amount().units())));
    Withdrawal made =
        WithdrawalTable.insert(
                transaction,
                order,
                fee(order.amount(), terms),
                hold,
                terms
                    .secondAdminFrom()
                    .filter(least -> order.amount().compareTo(least) >= 0)
                    .isPresent(),
                noted,
                hash,
                now)
            .orElseThrow(StoredWithdrawals::otherRequest);
    log(transaction, made, RewardType.WITHDRAW_FREEZE, -made.amount().units(), from, now);
    return told(transaction, made);
  }

  @Override
  public Withdrawal approve(Transaction transaction, long withdrawal, AdminId admin) {
    Withdrawal there = lock(transaction, withdrawal, WithdrawalStatus.WAITING).withdrawal();
    if (there.secondNeeded()) {
      Optional<AdminId> first = there.firstApproval().map(Step::admin);
      if (first.isEmpty()) {
        Withdrawal noted =
            WithdrawalTable.firstApproval(transaction, withdrawal, admin, clock.instant());
        booked(transaction);
        return noted;
      }
      if (first.get().equals(admin)) {
        throw new Refusal(
            ErrorCode.CONFLICT,
            "withdrawal "
                + withdrawal
                + " was approved by the same administrator (expected: another one as the second)");
      }
    }
    return told(
        transaction, WithdrawalTable.approved(transaction, withdrawal, admin, clock.instant()));
  }

  @Override
  public Withdrawal reject(Transaction transaction, long withdrawal, AdminId admin, String reason) {
    String why = text("reason", reason);
    WithdrawalTable.Locked locked = lock(transaction, withdrawal, WithdrawalStatus.WAITING);
    Withdrawal there = locked.withdrawal();
    Account account = account(transaction, there);
    ledger.release(transaction, there.tenant(), locked.hold());
    Instant now = clock.instant();
    Withdrawal rejected = WithdrawalTable.rejected(transaction, withdrawal, admin, why, now);
    log(
        transaction,
        rejected,
        RewardType.WITHDRAW_REJECT_RETURN,
        rejected.amount().units(),
        account,
        now);
    return told(transaction, rejected);
  }

  @Override
  public Withdrawal complete(
      Transaction transaction, long withdrawal, AdminId admin, String txHash) {
    String payment = text("tx_hash", txHash);
    WithdrawalTable.Locked locked = lock(transaction, withdrawal, WithdrawalStatus.APPROVED);
    Withdrawal there = locked.withdrawal();
    Account account = account(transaction, there);
    Posting posting = pay(transaction, there, account, locked.hold());
    RewardLogTable.withdrawn(transaction, there.user(), there.amount().units());
    return told(
        transaction,
        WithdrawalTable.done(
            transaction, withdrawal, admin, payment, posting.transfer(), clock.instant()));
  }

  private Posting pay(Transaction transaction, Withdrawal withdrawal, Account account, UUID hold) {
    TenantId tenant = withdrawal.tenant();
    List<Leg> legs = new ArrayList<>();
    legs.add(new Leg(account.id(), -withdrawal.amount().units()));
    if (withdrawal.actualAmount().isPositive()) {
      legs.add(
          new Leg(
              ledger.open(
                  transaction,
                  AccountKey.world(tenant, AccountKind.WORLD_PAYMENTS, Points.ASSET),
                  AccountTerms.PLAIN),
              withdrawal.actualAmount().units()));
    }
    if (withdrawal.fee().isPositive()) {
      legs.add(
          new Leg(
              ledger.open(
                  transaction,
                  AccountKey.ofTenant(tenant, AccountKind.REVENUE, Points.ASSET),
                  AccountTerms.PLAIN),
              withdrawal.fee().units()));
    }
    String key = Long.toString(withdrawal.id());
    return ledger.post(
        transaction,
        new TransferRequest(
            "withdrawal",
            tenant,
            OPERATION,
            key,
            RequestHash.of(OPERATION, key),
            "withdrawal:" + key,
            clock.instant(),
            legs,
            List.of(hold)));
  }

  @Override
  public Optional<Withdrawal> find(Transaction transaction, long withdrawal) {
    return WithdrawalTable.find(transaction, withdrawal);
  }

  @Override
  public ListPage<Withdrawal> page(
      Transaction transaction, WithdrawalFilter filter, ListRequest page) {
    return WithdrawalTable.page(transaction, filter, page);
  }

  @Override
  public WithdrawalStats stats(Transaction transaction, Optional<TenantId> tenant) {
    return WithdrawalTable.stats(transaction, tenant);
  }

  @Override
  public List<PayoutAddress> addresses(Transaction transaction, TenantId tenant, UserId user) {
    return AddressTable.newest(
        transaction,
        tenant,
        user,
        StoredTerms.read(transaction, tenant).terms().withdrawals().addressCoolDown());
  }

  @Override
  public PayoutAddress note(
      Transaction transaction, TenantId tenant, UserId user, String network, String address) {
    var _ = users.require(transaction, tenant, user);
    WithdrawalTerms terms = StoredTerms.read(transaction, tenant).terms().withdrawals();
    checkPlace(network, address, terms);
    Optional<Instant> there = AddressTable.notedAt(transaction, user, network, address);
    if (there.isEmpty() && AddressTable.count(transaction, user) >= AddressTable.MOST) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "the book of addresses is full (expected: fewer than " + AddressTable.MOST + ")");
    }
    Instant noted =
        there.orElseGet(
            () -> AddressTable.note(transaction, tenant, user, network, address, clock.instant()));
    return new PayoutAddress(network, address, noted, noted.plus(terms.addressCoolDown()));
  }

  private static void check(WithdrawalOrder order, WithdrawalTerms terms) {
    if (order.amount().compareTo(terms.minimum()) < 0) {
      throw GivenText.refused(
          "amount", order.amount().toPlainString(), "at least " + terms.minimum().toPlainString());
    }
    checkPlace(order.network(), order.address(), terms);
  }

  private static void checkPlace(String network, String address, WithdrawalTerms terms) {
    if (!terms.networks().contains(network)) {
      throw GivenText.refused(
          "wallet_network", network, "one of " + String.join(", ", terms.networks()));
    }
    boolean plain = address.chars().allMatch(each -> each > ' ' && each <= '~');
    if (address.isEmpty() || address.length() > ADDRESS_MAX || !plain) {
      throw GivenText.refused(
          "wallet_address", address, "1 to " + ADDRESS_MAX + " letters, digits and signs");
    }
  }

  private void checkDay(
      Transaction transaction, WithdrawalOrder order, WithdrawalTerms terms, Instant now) {
    if (terms.dailyLimit().isEmpty()) {
      return;
    }
    Tenant tenant = users.require(transaction, order.tenant());
    Instant dayBegan =
        LocalDate.ofInstant(now, tenant.zone()).atStartOfDay(tenant.zone()).toInstant();
    long asked = WithdrawalTable.asked(transaction, order.user(), dayBegan);
    long left = terms.dailyLimit().get().units() - asked;
    if (order.amount().units() > left) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "amount: "
              + order.amount().toPlainString()
              + " (expected: at most "
              + points(Math.max(0, left)).toPlainString()
              + ", which is left of today's limit)");
    }
  }

  /** When the address was noted; a new one is noted now where it may be used at once. */
  private static Instant checkAddress(
      Transaction transaction, WithdrawalOrder order, WithdrawalTerms terms, Instant now) {
    Optional<Instant> noted =
        AddressTable.notedAt(transaction, order.user(), order.network(), order.address());
    if (terms.addressCoolDown().isZero()) {
      return noted.orElseGet(
          () ->
              AddressTable.count(transaction, order.user()) >= AddressTable.MOST
                  ? now
                  : AddressTable.note(
                      transaction,
                      order.tenant(),
                      order.user(),
                      order.network(),
                      order.address(),
                      now));
    }
    Instant usable = noted.orElse(now).plus(terms.addressCoolDown());
    if (usable.isAfter(now)) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          noted.isPresent()
              ? "the address is new and can be paid to from " + usable
              : "the address is not in the user's book (expected: noted "
                  + terms.addressCoolDown()
                  + " before)");
    }
    return noted.orElse(now);
  }

  private static Amount fee(Amount amount, WithdrawalTerms terms) {
    return Points.of(
        amount
            .toDecimal()
            .multiply(terms.feeRate())
            .setScale(FEE_DECIMALS, RoundingMode.HALF_EVEN)
            .min(amount.toDecimal()));
  }

  private static Optional<Withdrawal> before(
      Transaction transaction, TenantId tenant, String key, byte[] hash) {
    Optional<WithdrawalTable.Keyed> found = WithdrawalTable.find(transaction, tenant, key);
    if (found.isPresent() && !MessageDigest.isEqual(found.get().hash(), hash)) {
      throw otherRequest();
    }
    return found.map(WithdrawalTable.Keyed::withdrawal);
  }

  private static Refusal otherRequest() {
    return new Refusal(
        ErrorCode.IDEMPOTENCY_CONFLICT,
        "the Idempotency-Key was used for another request (expected: a new key, or the same"
            + " request)");
  }

  private static byte[] hash(WithdrawalOrder order) {
    return RequestHash.of(
        OPERATION,
        order.user().toString(),
        Long.toString(order.amount().units()),
        order.network(),
        order.address(),
        order.remark());
  }

  private static WithdrawalTable.Locked lock(
      Transaction transaction, long id, WithdrawalStatus wanted) {
    WithdrawalTable.Locked locked =
        WithdrawalTable.lock(transaction, id)
            .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "there is no withdrawal " + id));
    WithdrawalStatus status = locked.withdrawal().status();
    if (status != wanted) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "withdrawal "
              + id
              + " is "
              + status.code()
              + locked
                  .withdrawal()
                  .audited()
                  .map(step -> " by administrator " + step.admin())
                  .orElse("")
              + " (expected: "
              + wanted.code()
              + ")");
    }
    return locked;
  }

  private Account account(Transaction transaction, Withdrawal withdrawal) {
    return accounts
        .lock(transaction, withdrawal.tenant(), withdrawal.user())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "withdrawal " + withdrawal.id() + " holds of an account that is not there"));
  }

  private static void log(
      Transaction transaction,
      Withdrawal withdrawal,
      RewardType type,
      long units,
      Account before,
      Instant now) {
    RewardLogTable.write(
        transaction,
        List.of(
            new RewardLogTable.Entry(
                withdrawal.tenant(),
                withdrawal.user(),
                type,
                units,
                before.available(),
                Optional.empty(),
                0,
                OptionalLong.empty(),
                OptionalLong.of(withdrawal.id()),
                Optional.empty(),
                "")),
        now);
    transaction.changed(withdrawal.user());
    PointEvents.reward(
        transaction,
        withdrawal.tenant(),
        withdrawal.user(),
        points(before.available()),
        points(before.available() + units),
        PointEvents.Reason.WITHDRAWAL,
        Long.toString(withdrawal.id()));
  }

  private Withdrawal told(Transaction transaction, Withdrawal withdrawal) {
    transaction.afterCommit(() -> meters.withdrawal(withdrawal.status()));
    booked(transaction);
    return withdrawal;
  }

  private void booked(Transaction transaction) {
    transaction.afterCommit(() -> steps.reach(RewardStep.WITHDRAWAL_BOOKED));
    steps.reach(RewardStep.WITHDRAWAL_BOOKING);
  }

  private static String text(String field, String given) {
    String text = given.strip();
    if (text.isEmpty() || text.length() > TEXT_MAX || text.indexOf('\0') >= 0) {
      throw GivenText.refused(field, given, "1 to " + TEXT_MAX + " characters");
    }
    return text;
  }

  private static Refusal insufficient(Optional<Account> account, Amount wanted) {
    return new Refusal(
        ErrorCode.INSUFFICIENT_MEANS,
        points(account.map(Account::available).orElse(0L))
            + " available (expected: at least "
            + wanted
            + ")");
  }

  private static Amount points(long units) {
    return new Amount(Points.ASSET, units);
  }
}
