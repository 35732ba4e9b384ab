package io.tollgate.ledger.internal.lists;

import static io.tollgate.schema.ledger.Tables.ACCOUNT;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountFilter;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountTotal;
import io.tollgate.ledger.EntryFilter;
import io.tollgate.ledger.LedgerEntry;
import io.tollgate.ledger.LedgerQueries;
import io.tollgate.ledger.OwedAccount;
import io.tollgate.ledger.PostedTransfer;
import io.tollgate.ledger.SealState;
import io.tollgate.ledger.UserStatement;
import io.tollgate.ledger.internal.accounts.AccountKinds;
import io.tollgate.ledger.internal.accounts.PlainAccounts;
import io.tollgate.ledger.internal.seals.SealHeads;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** The lists, each in a class of its own. */
public final class PostgresQueries implements LedgerQueries {
  @Override
  public ListPage<Account> accounts(
      Transaction transaction, AccountFilter filter, ListRequest page) {
    return new AccountList(transaction.sql()).page(filter, page);
  }

  @Override
  public Map<AccountId, Account> accounts(Transaction transaction, Collection<AccountId> ids) {
    return transaction.sql().connectionResult(c -> PlainAccounts.read(c, ids));
  }

  @Override
  public Map<AccountId, AccountKey> keys(Transaction transaction, Collection<AccountId> ids) {
    return new AccountList(transaction.sql()).keys(ids);
  }

  @Override
  public Optional<Account> account(Transaction transaction, AccountId id) {
    return new AccountList(transaction.sql()).find(id);
  }

  @Override
  public ListPage<LedgerEntry> entries(
      Transaction transaction, EntryFilter filter, ListRequest page) {
    return new EntryList(transaction.sql()).page(filter, page);
  }

  @Override
  public List<AccountTotal> totals(Transaction transaction, Optional<TenantId> tenant) {
    Condition of = tenant.map(id -> ACCOUNT.TENANT_ID.eq(id.value())).orElse(DSL.noCondition());
    Field<BigDecimal> units = DSL.sum(ACCOUNT.BALANCE);
    return transaction
        .sql()
        .select(ACCOUNT.KIND, ACCOUNT.ASSET, ACCOUNT.SCALE, units)
        .from(ACCOUNT)
        .where(of)
        .groupBy(ACCOUNT.KIND, ACCOUNT.ASSET, ACCOUNT.SCALE)
        .orderBy(ACCOUNT.KIND, ACCOUNT.ASSET)
        .fetch(
            row ->
                new AccountTotal(
                    AccountKinds.parse(row.value1()),
                    new Asset(row.value2(), row.value3()),
                    row.value4().toBigIntegerExact()));
  }

  @Override
  public Optional<PostedTransfer> transfer(Transaction transaction, UUID id) {
    return TransferFacts.find(transaction, id);
  }

  @Override
  public UserStatement statement(
      Transaction transaction, TenantId tenant, UserId user, Optional<Instant> since) {
    return StatementReading.read(transaction, tenant, user, since);
  }

  @Override
  public ListPage<OwedAccount> owed(Transaction transaction, OwedFilter filter, ListRequest page) {
    return OwedList.page(transaction, filter, page);
  }

  @Override
  public SealState sealing(Transaction transaction) {
    return transaction.sql().connectionResult(SealHeads::read);
  }
}
