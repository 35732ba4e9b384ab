package io.tollgate.billing.internal.grants;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.GrantOrder;
import io.tollgate.billing.GrantReceipt;
import io.tollgate.billing.Grants;
import io.tollgate.billing.HandPostings;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.LedgerQueries;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.Posting;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.ledger.UserOfTenant;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Postings by hand in the ledger, each with a row that says who, why and under which key. */
public final class StoredHandPostings implements HandPostings {
  /** Namespace of the idempotency keys. */
  static final String OPERATION = "billing.owed.forgive";

  private static final String KIND = "owed_forgiven";
  private static final String BY_ADMIN = "admin:";
  private static final int KEY_MAX = 100;
  private static final int REASON_MAX = 200;

  private final Grants grants;
  private final Ledger ledger;
  private final LedgerQueries queries;
  private final InstantSource clock;

  public StoredHandPostings(
      Grants grants, Ledger ledger, LedgerQueries queries, InstantSource clock) {
    this.grants = requireNonNull(grants, "grants is null");
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.queries = requireNonNull(queries, "queries is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public GrantReceipt give(Transaction transaction, UserId user, GrantOrder order, By by) {
    check(by);
    GrantOrder own =
        new GrantOrder(
            order.tenant(),
            order.externalId(),
            order.amount(),
            order.expiresAt(),
            order.priority(),
            BY_ADMIN + by.key());
    GrantReceipt receipt = grants.give(transaction, own);
    HandPostingTable.insert(
        transaction,
        "grant",
        order.tenant(),
        user,
        by,
        RequestHash.of("grant", by.key()),
        new HandPostingTable.Done(
            receipt.transfer(),
            receipt.amount(),
            Math.max(0, receipt.balance().units()),
            clock.instant()));
    return receipt;
  }

  @Override
  public Forgiven forgive(
      Transaction transaction,
      UserOfTenant user,
      Asset currency,
      Optional<BigDecimal> amount,
      By by) {
    check(by);
    Optional<Amount> wanted = amount.map(given -> Amount.of(currency, given));
    wanted
        .filter(each -> !each.isPositive())
        .ifPresent(
            each -> {
              throw GivenText.refused("amount", each.toPlainString(), "more than 0");
            });
    byte[] hash =
        RequestHash.of(
            OPERATION,
            user.user().toString(),
            currency.code(),
            wanted.map(each -> Long.toString(each.units())).orElse("all"));
    AccountKey key = AccountKey.ofUser(user.tenant(), user.user(), AccountKind.OWED, currency);
    Optional<Account> account =
        ledger
            .find(transaction, key)
            .flatMap(
                found ->
                    Optional.ofNullable(
                        ledger.lock(transaction, List.of(found.id())).get(found.id())));
    // the account is locked: of two at once the second finds the first one's row
    Optional<HandPostingTable.Row> before =
        HandPostingTable.find(transaction, KIND, user.tenant(), by.key());
    if (before.isPresent()) {
      return repeated(before.get(), hash);
    }
    long owed = account.map(found -> Math.max(0, Math.negateExact(found.balance()))).orElse(0L);
    if (owed == 0) {
      return new Forgiven(
          Optional.empty(),
          user.tenant(),
          user.user(),
          Amount.zero(currency),
          Amount.zero(currency),
          clock.instant(),
          false);
    }
    Amount forgiven = wanted.orElseGet(() -> new Amount(currency, owed));
    if (forgiven.units() > owed) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "amount: "
              + forgiven
              + " (expected: at most what is owed, "
              + new Amount(currency, owed)
              + ")");
    }
    Posting posting = post(transaction, account.orElseThrow(), forgiven, by, hash);
    HandPostingTable.Done done =
        new HandPostingTable.Done(
            posting.transfer(), forgiven, owed - forgiven.units(), posting.postedAt());
    HandPostingTable.insert(transaction, KIND, user.tenant(), user.user(), by, hash, done);
    transaction.changed(user.user());
    return answer(new HandPostingTable.Row(user.tenant(), user.user(), hash, done), false);
  }

  private Posting post(
      Transaction transaction, Account account, Amount forgiven, By by, byte[] hash) {
    TenantId tenant = account.key().tenant();
    AccountId world =
        ledger.open(
            transaction,
            AccountKey.world(tenant, AccountKind.WORLD_GRANTS, forgiven.asset()),
            AccountTerms.PLAIN);
    return ledger.post(
        transaction,
        new TransferRequest(
            KIND,
            tenant,
            OPERATION,
            by.key(),
            hash,
            "",
            clock.instant(),
            List.of(new Leg(account.id(), forgiven.units()), new Leg(world, -forgiven.units())),
            List.of()));
  }

  private static Forgiven repeated(HandPostingTable.Row row, byte[] hash) {
    if (!MessageDigest.isEqual(row.hash(), hash)) {
      throw new Refusal(
          ErrorCode.IDEMPOTENCY_CONFLICT,
          "the Idempotency-Key was used for another request (expected: a new key, or the same"
              + " request)");
    }
    return answer(row, true);
  }

  private static Forgiven answer(HandPostingTable.Row row, boolean repeated) {
    return new Forgiven(
        Optional.of(row.done().transfer()),
        row.tenant(),
        row.user(),
        row.done().amount(),
        new Amount(row.done().amount().asset(), row.done().remaining()),
        row.done().postedAt(),
        repeated);
  }

  @Override
  public ListPage<ListedGrant> grants(
      Transaction transaction, GrantFilter filter, ListRequest page) {
    return GrantList.page(transaction, queries, filter, page);
  }

  private static void check(By by) {
    if (by.key().isBlank() || by.key().length() > KEY_MAX) {
      throw GivenText.refused("Idempotency-Key", by.key(), "1 to " + KEY_MAX + " characters");
    }
    if (by.reason().isBlank() || by.reason().length() > REASON_MAX) {
      throw GivenText.refused("reason", by.reason(), "1 to " + REASON_MAX + " characters");
    }
  }
}
