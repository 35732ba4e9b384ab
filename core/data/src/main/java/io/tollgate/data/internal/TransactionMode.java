package io.tollgate.data.internal;

import java.sql.Connection;
import java.util.Locale;

/** What a transaction may do and see. */
enum TransactionMode {
  WRITE(false, Connection.TRANSACTION_READ_COMMITTED),
  READ(true, Connection.TRANSACTION_READ_COMMITTED),
  SNAPSHOT(true, Connection.TRANSACTION_REPEATABLE_READ);

  private final boolean readOnly;
  private final int isolation;

  TransactionMode(boolean readOnly, int isolation) {
    this.readOnly = readOnly;
    this.isolation = isolation;
  }

  boolean readOnly() {
    return readOnly;
  }

  int isolation() {
    return isolation;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
