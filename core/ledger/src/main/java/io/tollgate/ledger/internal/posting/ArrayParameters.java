package io.tollgate.ledger.internal.posting;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sets the arrays of a statement that unnests them, one parameter after another. */
final class ArrayParameters {
  private final Connection connection;
  private final PreparedStatement statement;
  private int parameter;

  /**
   * Sets what follows the parameters that are set already.
   *
   * @param parameters how many those are
   */
  ArrayParameters(Connection connection, PreparedStatement statement, int parameters) {
    this.connection = connection;
    this.statement = statement;
    this.parameter = parameters;
  }

  /** One column: a value of each row, as text of the PostgreSQL type; null where it has none. */
  <T> void add(String type, List<T> rows, Function<T, @Nullable Object> value) throws SQLException {
    @Nullable Object[] column = new @Nullable Object[rows.size()];
    for (int i = 0; i < column.length; i++) {
      column[i] = value.apply(rows.get(i));
    }
    statement.setArray(++parameter, connection.createArrayOf(type, column));
  }

  <T> void addBytes(List<T> rows, Function<T, byte[]> value) throws SQLException {
    byte[][] column = new byte[rows.size()][];
    for (int i = 0; i < column.length; i++) {
      column[i] = value.apply(rows.get(i));
    }
    statement.setArray(++parameter, connection.createArrayOf("bytea", column));
  }
}
