package io.tollgate.ledger.internal.posting;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.ChargeBatch;
import io.tollgate.ledger.ExpiredGrant;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.LockedMeans;
import io.tollgate.ledger.LockedUsers;
import io.tollgate.ledger.Posting;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.ledger.internal.PostingClock;
import io.tollgate.ledger.internal.accounts.AccountTable;
import io.tollgate.ledger.internal.accounts.AccountsOfUsers;
import io.tollgate.ledger.internal.accounts.LockedAccounts;
import io.tollgate.ledger.internal.accounts.LockedOfUsers;
import io.tollgate.ledger.internal.accounts.PlainAccounts;
import io.tollgate.ledger.internal.seals.SealWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jooq.ConnectionRunnable;

/** The ledger in PostgreSQL. Holds no state but its clock. */
public final class PostgresLedger implements Ledger {
  private final AccountTable accounts;
  private final AccountsOfUsers accountsOfUsers;
  private final LockedOfUsers lockedOfUsers;
  private final TransferPoster poster;
  private final ChargePoster charges;
  private final HoldWriter holds;
  private final ReversalDrafts reversals;
  private final GrantExpiry expiry;
  private final SealWriter sealer;

  public PostgresLedger(InstantSource time, RandomGenerator random) {
    PostingClock clock = new PostingClock(time, random);
    this.accounts = new AccountTable(clock);
    this.accountsOfUsers = new AccountsOfUsers(clock);
    this.lockedOfUsers = new LockedOfUsers(clock);
    this.poster = new TransferPoster(clock);
    this.charges = new ChargePoster(clock);
    this.holds = new HoldWriter(clock);
    this.reversals = new ReversalDrafts(clock);
    this.expiry = new GrantExpiry(accounts, poster);
    this.sealer = new SealWriter(clock);
  }

  @Override
  public void define(Transaction transaction, Asset asset) {
    run(transaction, connection -> accounts.define(connection, asset));
  }

  @Override
  public AccountId open(Transaction transaction, AccountKey key, AccountTerms terms) {
    return transaction.sql().connectionResult(c -> accounts.open(c, key, terms));
  }

  @Override
  public Optional<Account> find(Transaction transaction, AccountKey key) {
    return transaction.sql().connectionResult(c -> accounts.find(c, key));
  }

  @Override
  public Map<AccountKey, Account> find(Transaction transaction, Collection<AccountKey> keys) {
    return transaction
        .sql()
        .connectionResult(connection -> accounts.find(connection, List.copyOf(keys)));
  }

  @Override
  public List<Account> ofUser(Transaction transaction, TenantId tenant, UserId user) {
    return transaction.sql().connectionResult(c -> accounts.ofUser(c, tenant, user, false));
  }

  @Override
  public Map<UserOfTenant, List<Account>> ofUsers(
      Transaction transaction, Collection<UserOfTenant> users) {
    return transaction.sql().connectionResult(c -> accountsOfUsers.read(c, users));
  }

  @Override
  public List<Account> lockOfUser(Transaction transaction, TenantId tenant, UserId user) {
    return transaction.sql().connectionResult(c -> accounts.ofUser(c, tenant, user, true));
  }

  @Override
  public Map<AccountId, Account> lock(Transaction transaction, Collection<AccountId> ids) {
    return lockMeans(transaction, ids).accounts();
  }

  @Override
  public LockedMeans lockMeans(Transaction transaction, Collection<AccountId> ids) {
    return transaction.sql().connectionResult(c -> PlainAccounts.lock(c, ids));
  }

  @Override
  public LockedMeans lockFree(Transaction transaction, Collection<AccountId> ids) {
    return transaction.sql().connectionResult(c -> PlainAccounts.lockFree(c, ids));
  }

  @Override
  public LockedUsers lockOfUsers(
      Transaction transaction,
      Collection<UserOfTenant> users,
      Collection<Asset> assets,
      Collection<AccountId> others) {
    return transaction.sql().connectionResult(c -> lockedOfUsers.lock(c, users, assets, others));
  }

  @Override
  public void moveHeld(Transaction transaction, List<Leg> changes) {
    run(transaction, connection -> HeldMoves.move(connection, changes));
  }

  @Override
  public void moveHeld(Transaction transaction, LockedMeans locked, List<Leg> changes) {
    LockedAccounts accounts = PlainAccounts.of(locked);
    run(transaction, connection -> HeldMoves.move(connection, accounts, changes));
  }

  @Override
  public Posting charge(Transaction transaction, ChargeBatch batch) {
    return charge(transaction, new LockedAccounts(), batch);
  }

  @Override
  public Posting charge(Transaction transaction, LockedMeans locked, ChargeBatch batch) {
    return charge(transaction, PlainAccounts.of(locked), batch);
  }

  private Posting charge(Transaction transaction, LockedAccounts locked, ChargeBatch batch) {
    requireForeign(batch.operation());
    return transaction
        .sql()
        .connectionResult(c -> charges.post(c, locked, batch, transaction::changed));
  }

  @Override
  public Posting post(Transaction transaction, TransferRequest request) {
    requireForeign(request.operation());
    return poster.post(transaction, TransferDraft.plain(request));
  }

  @Override
  public Optional<Posting> posted(
      Transaction transaction,
      TenantId tenant,
      String operation,
      String idempotencyKey,
      byte[] requestHash) {
    return poster.posted(
        transaction,
        new StoredTransfers.Key(tenant.value(), operation, idempotencyKey),
        requestHash);
  }

  @Override
  public Posting reverse(Transaction transaction, TenantId tenant, UUID transfer, String reason) {
    TransferDraft draft =
        transaction.sql().connectionResult(c -> reversals.draft(c, tenant, transfer, reason));
    return poster.post(transaction, draft);
  }

  @Override
  public void hold(
      Transaction transaction, TenantId tenant, UUID hold, String purpose, List<Leg> legs) {
    run(transaction, connection -> holds.open(connection, tenant, hold, purpose, legs));
  }

  @Override
  public void extendHold(Transaction transaction, TenantId tenant, UUID hold, List<Leg> legs) {
    run(transaction, connection -> holds.extend(connection, tenant, hold, legs));
  }

  @Override
  public void release(Transaction transaction, TenantId tenant, UUID hold) {
    run(transaction, connection -> holds.release(connection, tenant, hold));
  }

  @Override
  public List<Leg> heldBy(Transaction transaction, TenantId tenant, UUID hold) {
    return transaction.sql().connectionResult(c -> holds.read(c, tenant, hold));
  }

  @Override
  public int expireGrants(Transaction transaction, Instant now, Consumer<List<ExpiredGrant>> lost) {
    return expiry.run(transaction, now, lost);
  }

  @Override
  public boolean seal(Transaction transaction) {
    return transaction.sql().connectionResult(sealer::seal);
  }

  private static void requireForeign(String operation) {
    if (operation.startsWith("ledger.")) {
      throw new IllegalArgumentException(
          "operation: " + operation + " (expected: not one of the ledger's own)");
    }
  }

  private static void run(Transaction transaction, ConnectionRunnable work) {
    transaction.sql().connection(work);
  }
}
