package io.tollgate.tests.upstream;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.contracts.Protocol;
import io.tollgate.data.Database;
import io.tollgate.data.DatabaseConfig;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.identity.IdentityConfig;
import io.tollgate.identity.MasterKey;
import io.tollgate.relay.accounts.AccountsConfig;
import io.tollgate.relay.accounts.NewProviderAccount;
import io.tollgate.relay.accounts.ProviderAccountId;
import io.tollgate.relay.accounts.RelayAccounts;
import io.tollgate.sandbox.script.RequestMatch;
import io.tollgate.sandbox.script.Script;
import io.tollgate.sandbox.script.ScriptedUpstream;
import io.tollgate.site.testing.SealedAccountKeys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The provider accounts of a running program, each a path of one scripted upstream. They are kept
 * in the program's database, as an operator's would be, and the program finds them there.
 */
public final class ScriptedAccounts implements AutoCloseable {
  private static final String PROVIDER = "scripted";

  private final ScriptedUpstream upstream;
  private final Database database;
  private final RelayAccounts relayAccounts;
  private int generation;

  private ScriptedAccounts(
      ScriptedUpstream upstream, Database database, RelayAccounts relayAccounts) {
    this.upstream = upstream;
    this.database = database;
    this.relayAccounts = relayAccounts;
  }

  public static ScriptedAccounts open(
      ScriptedUpstream upstream, Database database, Path dataDirectory) {
    SecureRandom random = new SecureRandom();
    Settings settings = settings();
    MasterKey key =
        MasterKey.load(IdentityConfig.from(settings), dataDirectory.resolve("master.key"), random);
    RelayAccounts accounts =
        RelayAccounts.open(
            database.transactions(),
            SealedAccountKeys.under(key, random),
            System::nanoTime,
            AccountsConfig.from(settings));
    return new ScriptedAccounts(upstream, database, accounts);
  }

  /**
   * Replaces all accounts by new ones, healthy and without a past, of which the first goes first,
   * and waits until the program knows them.
   *
   * @param tried makes a request of the program, and says whether it has arrived upstream
   */
  public List<Account> fresh(int count, Runnable tried) {
    disableAll();
    generation++;
    List<Account> accounts = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      accounts.add(new Account(generation, number));
    }
    // the first is saved last: who knows it knows them all
    for (Account account : accounts.reversed()) {
      var unused = save(account);
    }
    upstream.clear();
    Script refused = Script.json(400, "{\"error\":{\"message\":\"only looking\"}}");
    upstream.put(accounts.getFirst().match(), 1, refused);
    BooleanSupplier arrived =
        () -> {
          tried.run();
          return upstream.waiting() == 0;
        };
    await("the program knows the accounts")
        .atMost(Duration.ofSeconds(20))
        .pollDelay(Duration.ofMillis(20))
        .pollInterval(Duration.ofMillis(15))
        .until(arrived::getAsBoolean);
    upstream.clear();
    return accounts;
  }

  /** Leaves the demo's account alone, and waits until the program does so. */
  void sandboxOnly(BooleanSupplier served) {
    disableAll();
    execute("UPDATE relay.provider_account SET enabled = true WHERE is_sandbox");
    await("the sandbox serves")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(30))
        .until(served::getAsBoolean);
  }

  /** One of them. */
  public record Account(int generation, int number) {
    /** The requests that it gets. */
    public RequestMatch match() {
      return RequestMatch.path(path());
    }

    public String path() {
      return "/" + generation + "-" + number + "/";
    }

    /** What the operator calls it. */
    public String name() {
      return "account" + path().replace('/', '.');
    }

    /** A secret of its own, in no form that is known of any provider. */
    public String key() {
      return "Zq7-" + generation + "x" + number + "-9f3c5a1e7b2d4f60aa";
    }
  }

  @Override
  public void close() {
    relayAccounts.close();
  }

  private ProviderAccountId save(Account account) {
    return relayAccounts
        .accounts()
        .save(
            new NewProviderAccount(
                PROVIDER,
                Protocol.OPENAI,
                account.name(),
                upstream.url() + account.path() + "v1",
                account.key(),
                -1_000_000 + account.number(),
                1,
                Optional.empty(),
                false));
  }

  private void disableAll() {
    execute("UPDATE relay.provider_account SET enabled = false WHERE enabled");
  }

  private void execute(String update) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(update);
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Settings settings() {
    List<Setting<?>> known = new ArrayList<>(IdentityConfig.settings());
    known.addAll(AccountsConfig.settings());
    known.addAll(DatabaseConfig.settings());
    return Settings.merge(known, Map.of(), Map.of(), Map.of(), Map.of(), "no file");
  }

  /** The database of a running program. */
  public static Database attach(Path dataDirectory) {
    return Database.attachRunning(
            dataDirectory,
            DatabaseConfig.from(settings()),
            new SimpleMeterRegistry(),
            new SecureRandom())
        .orElseThrow(() -> new AssertionError("no database runs on " + dataDirectory));
  }
}
