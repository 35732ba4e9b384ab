package io.tollgate.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.data.TransactionBody;
import io.tollgate.data.testing.SettableClock;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.data.testing.TestSettings;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Identity over a database of its own, with cheap password hashes and a clock to set. */
final class IdentityFixture implements AutoCloseable {
  static final String MASTER_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  final TestDatabase database = TestDatabase.create();
  final SettableClock clock = new SettableClock();
  final IdentityModule identity = start();

  /** The module made anew over the same database, as after a restart. */
  IdentityModule start() {
    return new IdentityModule(
        database.transactions(),
        clock,
        clock,
        new SecureRandom(),
        config(),
        MasterKey.parse(MASTER_KEY));
  }

  /** The same where administrators must have a second factor. */
  IdentityModule startWithAdminFactor() {
    return new IdentityModule(
        database.transactions(),
        clock,
        clock,
        new SecureRandom(),
        config(1, true),
        MasterKey.parse(MASTER_KEY));
  }

  static IdentityConfig config() {
    return config(1);
  }

  static IdentityConfig config(int passwordPasses) {
    return config(passwordPasses, false);
  }

  static IdentityConfig config(int passwordPasses, boolean adminFactor) {
    IdentityConfig defaults = IdentityConfig.from(TestSettings.defaults(IdentityConfig.settings()));
    return new IdentityConfig(
        Optional.empty(),
        defaults.tenantZone(),
        64,
        passwordPasses,
        4,
        defaults.sessionLength(),
        adminFactor,
        new LoginLimits(5, Duration.ofMinutes(15), 20, Duration.ZERO, 20, 100, 10),
        defaults.keyFresh(),
        defaults.keyHeard(),
        defaults.keyGrace(),
        defaults.keyCacheEntries(),
        defaults.keyConcurrentMax(),
        defaults.userConcurrentMax(),
        defaults.rateSharing());
  }

  <T> T write(TransactionBody<T> body) {
    return database.transactions().write(body);
  }

  <T> Optional<T> find(TransactionBody<Optional<T>> body) {
    return database.transactions().read(body);
  }

  Tenant tenant(String name) {
    return write(tx -> identity.tenants().create(tx, name, "USD", 0)).tenant();
  }

  User user(Tenant tenant) {
    return write(tx -> identity.users().create(tx, newUser(tenant)));
  }

  static NewUser newUser(Tenant tenant) {
    return new NewUser(
        tenant.id(), Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty());
  }

  void sql(String statement) {
    var _ = write(tx -> tx.sql().execute(statement));
  }

  /** Runs the action so many times at once. */
  static <T> List<T> atOnce(int times, Callable<T> action) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(Collections.nCopies(times, action))) {
        try {
          results.add(future.get());
        } catch (ExecutionException e) {
          throw new AssertionError("failed at once with others", e.getCause());
        }
      }
      return results;
    }
  }

  void advance(Duration by) {
    clock.advance(by);
  }

  @Override
  public void close() {
    database.close();
  }

  /** Waits until a process hears of changes: only then is a key believed beyond ten seconds. */
  void awaitHeard(IdentityModule elsewhere, ApiKeys.IssuedKey key) {
    await()
        .until(
            () -> {
              assertThat(elsewhere.apiKeys().find(key.secret())).isPresent();
              advance(Duration.ofSeconds(10));
              return elsewhere.apiKeys().authenticate(key.secret()).toCompletableFuture().isDone();
            });
  }
}
