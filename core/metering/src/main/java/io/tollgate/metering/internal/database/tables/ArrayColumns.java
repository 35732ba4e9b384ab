package io.tollgate.metering.internal.database.tables;

import io.tollgate.ground.AccountId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Sets the arrays of a statement that unnests them, one parameter after another. */
public final class ArrayColumns {
  private final PreparedStatement statement;
  private final PGConnection driver;
  private int parameter;

  public ArrayColumns(PreparedStatement statement) throws SQLException {
    this(statement, 0);
  }

  /**
   * Sets what follows the parameters that are set already.
   *
   * @param parameters how many those are
   */
  public ArrayColumns(PreparedStatement statement, int parameters) throws SQLException {
    this.statement = statement;
    this.parameter = parameters;
    this.driver = statement.getConnection().unwrap(PGConnection.class);
  }

  public <T> ArrayColumns longs(Collection<T> rows, ToLongFunction<T> value) throws SQLException {
    return add("int8", rows.stream().mapToLong(value).toArray());
  }

  public ArrayColumns accounts(Collection<AccountId> accounts) throws SQLException {
    return longs(accounts, AccountId::value);
  }

  public <T> ArrayColumns uuids(Collection<T> rows, Function<T, UUID> value) throws SQLException {
    return add("uuid", rows.stream().map(value).toArray(UUID[]::new));
  }

  public <T> ArrayColumns texts(Collection<T> rows, Function<T, String> value) throws SQLException {
    return add("text", rows.stream().map(value).toArray(String[]::new));
  }

  /** Null where there is none. */
  public <T> ArrayColumns optionalTexts(Collection<T> rows, Function<T, Optional<String>> value)
      throws SQLException {
    @Nullable String[] texts = new @Nullable String[rows.size()];
    int next = 0;
    for (T row : rows) {
      texts[next++] = value.apply(row).orElse(null);
    }
    return add("text", texts);
  }

  <T> ArrayColumns ints(Collection<T> rows, ToIntFunction<T> value) throws SQLException {
    return add("int4", rows.stream().mapToInt(value).toArray());
  }

  <T> ArrayColumns flags(Collection<T> rows, Function<T, Boolean> value) throws SQLException {
    return add("bool", rows.stream().map(value).toArray(Boolean[]::new));
  }

  private ArrayColumns add(String type, Object values) throws SQLException {
    statement.setArray(++parameter, driver.createArrayOf(type, values));
    return this;
  }
}
