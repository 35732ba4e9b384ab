package io.tollgate.metering.internal.database.bank;

import io.tollgate.data.Notifications;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.metering.internal.database.tables.ArrayColumns;
import io.tollgate.metering.internal.lease.HolderId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Consumer;

/** Tells holders of other processes that somebody is short, and hears it from them. */
final class LeaseRecalls implements Notifications.Listener {
  static final String CHANNEL = "tollgate_recall";

  private static final String SEND =
      "SELECT count(pg_notify('" + CHANNEL + "', message)) FROM unnest(?::text[]) AS m (message)";

  private final Consumer<Recall> recalled;

  LeaseRecalls(Consumer<Recall> recalled) {
    this.recalled = recalled;
  }

  /** A holder is asked to give back what is free of an account. */
  record Recall(HolderId holder, AccountId account) {
    String message() {
      return holder + ":" + account;
    }
  }

  /** Sends them with the transaction's commit. */
  static void send(Transaction transaction, Collection<Recall> recalls) {
    if (!recalls.isEmpty()) {
      transaction
          .sql()
          .connection(
              connection -> {
                try (PreparedStatement statement = connection.prepareStatement(SEND)) {
                  var unused = new ArrayColumns(statement).texts(recalls, Recall::message);
                  execute(statement);
                }
              });
    }
  }

  private static void execute(PreparedStatement statement) throws SQLException {
    boolean _ = statement.execute();
  }

  @Override
  public void notified(String payload) {
    int colon = payload.indexOf(':');
    recalled.accept(
        new Recall(
            new HolderId(UUID.fromString(payload.substring(0, colon))),
            new AccountId(Long.parseLong(payload.substring(colon + 1)))));
  }

  /** Whoever is short asks again, and recalls again. */
  @Override
  public void missed() {}
}
