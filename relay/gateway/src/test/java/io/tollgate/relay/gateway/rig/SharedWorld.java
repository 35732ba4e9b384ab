package io.tollgate.relay.gateway.rig;

import io.tollgate.billing.PriceTable;
import io.tollgate.data.Transactions;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.IdentityConfig;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.MasterKey;
import io.tollgate.identity.Users;
import io.tollgate.relay.protocols.TokenCounter;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** What the tests of one JVM share: a real database, identity in it, prices, vocabularies. */
public final class SharedWorld {
  private static final SharedWorld SHARED = new SharedWorld();

  final TestDatabase database = TestDatabase.create();
  final MasterKey masterKey = MasterKey.parse(Base64.getEncoder().encodeToString(new byte[32]));
  final SecureRandom random = new SecureRandom();
  final IdentityModule identity;
  final PriceTable prices = PriceTable.shipped();
  final TokenCounter counter = TokenCounter.loaded();
  private final TenantId tenant;
  private final AtomicInteger users = new AtomicInteger();

  private SharedWorld() {
    Transactions transactions = database.transactions();
    identity =
        new IdentityModule(
            transactions,
            Clock.systemUTC(),
            System::nanoTime,
            random,
            IdentityConfig.from(GivenSettings.settings(IdentityConfig.settings(), Map.of())),
            masterKey);
    tenant =
        transactions.write(
            transaction -> identity.tenants().create(transaction, "t", "USD", 0).tenant().id());
  }

  static SharedWorld shared() {
    return SHARED;
  }

  /** Leaves no account of an earlier test in service. */
  void disableAccounts() {
    try (Connection connection = database.application().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE relay.provider_account SET enabled = false");
      connection.commit();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** A new user's key. */
  String key(OptionalInt requestsPerMinute) {
    Users all = identity.users();
    var user =
        database
            .transactions()
            .write(
                transaction ->
                    all.findOrCreate(transaction, tenant, "user-" + users.incrementAndGet()));
    return identity.apiKeys().issue(tenant, user.id(), "test", requestsPerMinute).secret();
  }
}
