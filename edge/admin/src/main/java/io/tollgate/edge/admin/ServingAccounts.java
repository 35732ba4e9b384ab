package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.relay.accounts.AccountFilter;
import io.tollgate.relay.accounts.AccountStanding;
import io.tollgate.relay.accounts.ProviderAccounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Accounts that an operator lets serve, whether or not they can just now. */
record ServingAccounts(ProviderAccounts accounts) {
  private static final int ROWS = 500;

  ServingAccounts {
    requireNonNull(accounts, "accounts is null");
  }

  List<AccountStanding> read(Transaction transaction) {
    List<AccountStanding> all = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      ListPage<AccountStanding> page =
          accounts.list(transaction, AccountFilter.ALL, new ListRequest(1, ROWS, cursor, false));
      page.rows().stream()
          .filter(each -> each.settings().enabled() && each.providerEnabled())
          .forEach(all::add);
      cursor = page.next();
    } while (cursor.isPresent());
    return all;
  }

  /** Those of them that may serve a model. */
  static List<AccountStanding> of(List<AccountStanding> all, String model) {
    return all.stream().filter(each -> each.settings().models().serves(model)).toList();
  }
}
