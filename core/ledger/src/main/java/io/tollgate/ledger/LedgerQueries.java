package io.tollgate.ledger;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Lists accounts and entries for people who look into the books. Safe for use by many threads. */
public interface LedgerQueries {
  /**
   * Accounts by id, the oldest first, shards added up.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when the cursor is not one of ours
   */
  ListPage<Account> accounts(Transaction transaction, AccountFilter filter, ListRequest page);

  /**
   * Accounts that are not hot, as they stand.
   *
   * @return by id; without those that are not there
   * @throws IllegalArgumentException when one of them is hot
   */
  Map<AccountId, Account> accounts(Transaction transaction, Collection<AccountId> ids);

  /**
   * What accounts are, hot ones too.
   *
   * @return by id; without those that are not there
   */
  Map<AccountId, AccountKey> keys(Transaction transaction, Collection<AccountId> ids);

  /** One account, its shards added up. */
  Optional<Account> account(Transaction transaction, AccountId id);

  /**
   * Entries, the newest first.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when the cursor is not one of ours
   */
  ListPage<LedgerEntry> entries(Transaction transaction, EntryFilter filter, ListRequest page);

  /**
   * What accounts have together, by kind and asset.
   *
   * @param tenant whose alone; empty: everybody's
   */
  List<AccountTotal> totals(Transaction transaction, Optional<TenantId> tenant);

  /** A transfer with what is known of it. */
  Optional<PostedTransfer> transfer(Transaction transaction, UUID id);

  /**
   * How what a user has came to be. To be asked in a snapshot: it is several readings.
   *
   * @param since from when on movements are told; empty: from the beginning
   */
  UserStatement statement(
      Transaction transaction, TenantId tenant, UserId user, Optional<Instant> since);

  /** What users owe, by account. */
  ListPage<OwedAccount> owed(Transaction transaction, OwedFilter filter, ListRequest page);

  /** Which debts are listed; what is empty does not filter. */
  record OwedFilter(Optional<TenantId> tenant, Optional<UserId> user) {}

  /** How far the books are sealed. */
  SealState sealing(Transaction transaction);
}
