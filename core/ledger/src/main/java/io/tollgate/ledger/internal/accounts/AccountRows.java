package io.tollgate.ledger.internal.accounts;

import io.tollgate.ground.AccountId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads an account from the current row of a result. */
final class AccountRows {
  private AccountRows() {}

  static Account read(ResultSet rows, AccountKey key) throws SQLException {
    long floor = rows.getLong("floor");
    boolean floored = !rows.wasNull();
    return new Account(
        new AccountId(rows.getLong("id")),
        key,
        rows.getLong("balance"),
        rows.getLong("held"),
        floored ? OptionalLong.of(floor) : OptionalLong.empty(),
        Optional.ofNullable(rows.getObject("expires_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        rows.getInt("priority"),
        rows.getObject("created_at", OffsetDateTime.class).toInstant(),
        rows.getLong("version"));
  }
}
