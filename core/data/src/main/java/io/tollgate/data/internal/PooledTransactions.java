package io.tollgate.data.internal;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.BoundWitness;
import io.tollgate.data.CommitUnknownException;
import io.tollgate.data.DatabaseException;
import io.tollgate.data.TransactionBody;
import io.tollgate.data.Transactions;
import io.tollgate.data.WriteWitness;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Transactions on connections of a pool. */
public final class PooledTransactions implements Transactions {
  private static final Logger LOG = LoggerFactory.getLogger(PooledTransactions.class);
  private static final int MAX_ATTEMPTS = 6;
  private static final int LEAST_PAUSE_MS = 5;
  private static final Settings JOOQ = new Settings().withExecuteLogging(false);

  private final DataSource pool;
  private final RandomGenerator random;
  private final TransactionMeters meters;
  private final Runnable onPublished;
  private final ThreadLocal<Boolean> inTransaction = ThreadLocal.withInitial(() -> false);

  /**
   * @param pool connections with auto-commit off
   * @param random spreads retries in time
   * @param onPublished told after each commit that wrote an event
   */
  public PooledTransactions(
      DataSource pool, RandomGenerator random, TransactionMeters meters, Runnable onPublished) {
    this.pool = requireNonNull(pool, "pool is null");
    this.random = requireNonNull(random, "random is null");
    this.meters = requireNonNull(meters, "meters is null");
    this.onPublished = requireNonNull(onPublished, "onPublished is null");
  }

  @Override
  public <T> T write(TransactionBody<T> body) {
    return run(TransactionMode.WRITE, body);
  }

  @Override
  public <T> T read(TransactionBody<T> body) {
    return run(TransactionMode.READ, body);
  }

  @Override
  public <T> T snapshot(TransactionBody<T> body) {
    return run(TransactionMode.SNAPSHOT, body);
  }

  private <T> T run(TransactionMode kind, TransactionBody<T> body) {
    if (inTransaction.get()) {
      // a second connection while holding the first can starve the pool and deadlock on itself
      throw new IllegalStateException("this thread has a transaction open already");
    }
    inTransaction.set(true);
    long startedAt = System.nanoTime();
    boolean done = false;
    Attempted<T> attempted;
    try {
      attempted = attempts(kind, body);
      done = true;
    } finally {
      inTransaction.remove();
      meters.ended(kind, done, Duration.ofNanos(System.nanoTime() - startedAt));
    }
    attempted.transaction().committed();
    if (attempted.transaction().hasPublished()) {
      onPublished.run();
    }
    return attempted.result();
  }

  private <T> Attempted<T> attempts(TransactionMode kind, TransactionBody<T> body) {
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(kind, body);
      } catch (RuntimeException e) {
        Optional<SQLException> cause = SqlState.find(e);
        if (cause.isEmpty() || e instanceof CommitUnknownException || e instanceof Refusal) {
          throw e;
        }
        switch (SqlState.of(cause.get())) {
          case UNREACHABLE -> throw unavailable(cause.get());
          case OTHER -> throw e;
          case TRY_AGAIN -> {
            if (attempt == MAX_ATTEMPTS) {
              throw e;
            }
            meters.retried();
            LOG.debug("transaction rolled back by {}; again", cause.get().getSQLState());
            pause(attempt);
          }
        }
      }
    }
  }

  private <T> Attempted<T> attempt(TransactionMode kind, TransactionBody<T> body) {
    try (Connection connection = pool.getConnection()) {
      connection.setReadOnly(kind.readOnly());
      if (kind.isolation() != ConnectionPool.ISOLATION) {
        // the pool sets it back; to ask for it would be a statement of its own in every transaction
        connection.setTransactionIsolation(kind.isolation());
      }
      OpenTransaction transaction =
          new OpenTransaction(DSL.using(connection, SQLDialect.POSTGRES, JOOQ));
      T result;
      try {
        Optional<WriteWitness> witness =
            kind == TransactionMode.WRITE ? BoundWitness.find() : Optional.empty();
        witness.ifPresent(there -> there.begun(transaction));
        result = body.run(transaction);
        witness.ifPresent(there -> there.ending(transaction));
        refuseFailed(connection);
        transaction.writeEvents();
      } catch (RuntimeException | SQLException | Error e) {
        rollback(connection, e);
        throw e;
      }
      commit(kind, connection);
      return new Attempted<>(result, transaction);
    } catch (SQLException e) {
      throw new FailedStatement(e);
    }
  }

  /**
   * PostgreSQL answers COMMIT with a rollback when a statement failed and the body swallowed its
   * error, and the driver (42.7.14, seen) tells nobody.
   */
  private static void refuseFailed(Connection connection) throws SQLException {
    BaseConnection driver = connection.unwrap(BaseConnection.class);
    if (driver.getTransactionState() == TransactionState.FAILED) {
      throw new DatabaseException(
          "a statement of this transaction failed and its error was swallowed;"
              + " the transaction cannot be committed");
    }
  }

  private static void commit(TransactionMode kind, Connection connection) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException e) {
      String state = e.getSQLState();
      boolean unknown =
          state == null || state.equals("40003") || SqlState.of(e) == SqlState.UNREACHABLE;
      if (unknown && kind.readOnly()) {
        // whatever became of it, nothing was changed
        throw unavailable(e);
      }
      if (unknown) {
        throw new CommitUnknownException(e);
      }
      throw e;
    }
  }

  private static void rollback(Connection connection, Throwable because) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }

  private void pause(int attempt) {
    try {
      Thread.sleep(LEAST_PAUSE_MS + random.nextInt(LEAST_PAUSE_MS << attempt));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(ErrorCode.UNAVAILABLE, "interrupted while waiting for the database", e);
    }
  }

  private static Refusal unavailable(SQLException cause) {
    LOG.warn("the database is not reachable: {}", cause.getMessage());
    return new Refusal(ErrorCode.UNAVAILABLE, "the database is not available now", cause)
        .withRetryAfter(Duration.ofSeconds(1));
  }

  private record Attempted<T>(T result, OpenTransaction transaction) {}

  /** Carries a checked SQL error out of an attempt. */
  private static final class FailedStatement extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FailedStatement(SQLException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
