package io.tollgate.ledger.internal.lists;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountFilter;
import io.tollgate.ledger.EntryFilter;
import io.tollgate.ledger.LedgerEntry;
import io.tollgate.ledger.LedgerQueries;
import io.tollgate.ledger.SealState;
import io.tollgate.ledger.internal.accounts.PlainAccounts;
import io.tollgate.ledger.internal.seals.SealHeads;
import java.util.Collection;
import java.util.Map;

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
  public ListPage<LedgerEntry> entries(
      Transaction transaction, EntryFilter filter, ListRequest page) {
    return new EntryList(transaction.sql()).page(filter, page);
  }

  @Override
  public SealState sealing(Transaction transaction) {
    return transaction.sql().connectionResult(SealHeads::read);
  }
}
