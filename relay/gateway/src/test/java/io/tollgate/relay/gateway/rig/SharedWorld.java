package io.tollgate.relay.gateway.rig;

import io.tollgate.billing.PriceTable;
import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.KeyTerms;
import io.tollgate.relay.accounts.RelayAccounts;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.site.testing.TestSite;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What the tests of one JVM share: a real database, identity in it, prices, vocabularies. */
public final class SharedWorld {
  private static final SharedWorld SHARED = new SharedWorld();

  private final TestSite site = TestSite.create();
  final SecureRandom random = site.random();
  final IdentityModule identity = site.identity();
  final PriceTable prices = PriceTable.shipped();
  final TokenCounter counter = TokenCounter.loaded();
  private final TenantId tenant = site.tenant("t", 0).id();
  private final AtomicInteger users = new AtomicInteger();

  private SharedWorld() {}

  static SharedWorld shared() {
    return SHARED;
  }

  /** Leaves no account of an earlier test in service, and none with a past. */
  void disableAccounts() {
    try (Connection connection = site.database().application().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE relay.provider_account SET enabled = false");
      statement.execute("DELETE FROM relay.account_health");
      connection.commit();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  <T> T write(Function<Transaction, T> body) {
    return site.write(body);
  }

  RelayAccounts openAccounts() {
    return site.openAccounts();
  }

  /** A new user's key. */
  String key(KeyTerms terms) {
    UserId user = site.user(tenant, "user-" + users.incrementAndGet()).id();
    return identity.keyRegister().issue(tenant, user, terms).secret();
  }
}
