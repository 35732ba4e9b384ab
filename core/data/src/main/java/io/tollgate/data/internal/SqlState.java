package io.tollgate.data.internal;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an error of PostgreSQL means for a transaction
 * (https://www.postgresql.org/docs/18/errcodes-appendix.html).
 */
enum SqlState {
  /** Deadlock or serialization: rolled back, and may well succeed when run again. */
  TRY_AGAIN,
  /** The connection is gone, or the server takes none. */
  UNREACHABLE,
  /** Anything else. */
  OTHER;

  static SqlState of(SQLException e) {
    if (e instanceof SQLTransientConnectionException) {
      return UNREACHABLE;
    }
    String state = e.getSQLState();
    if (state == null) {
      return OTHER;
    }
    return switch (state) {
      case "40001", "40P01" -> TRY_AGAIN;
      // ended by an administrator, a crash or a shutdown; still starting; no connections left
      case "57P01", "57P02", "57P03", "57P05", "53300" -> UNREACHABLE;
      // ended because this process stood still inside the transaction, which was rolled back
      case "25P03", "25P04" -> UNREACHABLE;
      default -> state.startsWith("08") ? UNREACHABLE : OTHER;
    };
  }

  /** The SQL error behind an exception of whatever library. */
  static Optional<SQLException> find(@Nullable Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 20; depth++, cause = cause.getCause()) {
      if (cause instanceof SQLException found) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }
}
