package io.tollgate.billing.internal.charges;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Sets the arrays of a statement that unnests them, one parameter after another. */
final class Columns {
  private final Connection connection;
  private final PreparedStatement statement;
  private int parameter;

  Columns(Connection connection, PreparedStatement statement) {
    this.connection = connection;
    this.statement = statement;
  }

  <T> Columns longs(Collection<T> rows, ToLongFunction<T> value) throws SQLException {
    statement.setObject(++parameter, rows.stream().mapToLong(value).toArray());
    return this;
  }

  /** Values of one type of the database; null where a row has none. */
  <T> Columns of(String type, Collection<T> rows, Function<T, @Nullable Object> value)
      throws SQLException {
    @Nullable Object[] column = new @Nullable Object[rows.size()];
    int i = 0;
    for (T row : rows) {
      column[i++] = value.apply(row);
    }
    statement.setArray(++parameter, connection.createArrayOf(type, column));
    return this;
  }

  <T> Columns bytes(Collection<T> rows, Function<T, byte[]> value) throws SQLException {
    byte[][] column = new byte[rows.size()][];
    int i = 0;
    for (T row : rows) {
      column[i++] = value.apply(row);
    }
    statement.setArray(++parameter, connection.createArrayOf("bytea", column));
    return this;
  }

  Columns text(String value) throws SQLException {
    statement.setString(++parameter, value);
    return this;
  }
}
