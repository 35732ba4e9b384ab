package io.tollgate.data.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where and as whom to connect.
 *
 * @param url JDBC URL
 * @param user empty when the URL or the system says it
 * @param password empty when none is needed
 */
public record DatabaseLogin(String url, Optional<String> user, Optional<String> password) {
  /** A source of single connections, without a pool. */
  public DataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(url);
    user.ifPresent(source::setUser);
    password.ifPresent(source::setPassword);
    source.setApplicationName("tollgate");
    source.setConnectTimeout(10);
    return source;
  }

  public Connection connect() throws SQLException {
    return dataSource().getConnection();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "Login[" + user.orElse("?") + "]";
  }
}
