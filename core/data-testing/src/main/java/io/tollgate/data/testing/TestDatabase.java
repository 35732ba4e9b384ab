package io.tollgate.data.testing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.data.Database;
import io.tollgate.data.DatabaseConfig;
import io.tollgate.data.Transactions;
import java.util.Random;
import javax.sql.DataSource;

/**
 * A fresh database with every migration done, a copy of a template on the one server of this JVM.
 * Making one takes some tens of milliseconds. Close it when the test ends.
 */
public final class TestDatabase implements AutoCloseable {
  private final TestServer server;
  private final String name;
  private final Database database;

  private TestDatabase(TestServer server, String name, Database database) {
    this.server = server;
    this.name = name;
    this.database = database;
  }

  /** Makes one; the server is started with the first. */
  public static TestDatabase create() {
    TestServer server = TestServer.get();
    String name = server.copyTemplate();
    Database database =
        Database.attach(server.config(name), new SimpleMeterRegistry(), new Random());
    return new TestDatabase(server, name, database);
  }

  /** Transactions as the application's role, with its rights. */
  public Transactions transactions() {
    return database.transactions();
  }

  /** The composition object, as in production. */
  public Database database() {
    return database;
  }

  /** How to connect to this database once more. */
  public DatabaseConfig config() {
    return server.config(name);
  }

  /** Pooled connections as the application's role; auto-commit is off. */
  public DataSource application() {
    return database.dataSource();
  }

  /** Single connections as the owner, who may do everything; auto-commit is on. */
  public DataSource owner() {
    return server.owner(name);
  }

  /** JDBC URL, without user and password: {@link #user()} and {@link #password()}. */
  public String jdbcUrl() {
    return server.jdbcUrl(name);
  }

  /** The owner's name. */
  public String user() {
    return TestServer.USER;
  }

  /** The owner's password. */
  public String password() {
    return server.password();
  }

  /** Closes the pool and drops the database. */
  @Override
  public void close() {
    database.close();
    server.drop(name);
  }
}
