package io.tollgate.site.testing;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.data.testing.SettableClock;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.data.testing.TestSettings;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.IdentityConfig;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.LoginAttempt;
import io.tollgate.identity.MailConfig;
import io.tollgate.identity.MasterKey;
import io.tollgate.identity.NamedAccount;
import io.tollgate.identity.NewUser;
import io.tollgate.identity.PassportConfig;
import io.tollgate.identity.PassportModule;
import io.tollgate.identity.SignInOrigin;
import io.tollgate.identity.SignOnConfig;
import io.tollgate.identity.SignedIn;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.User;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Ledgers;
import io.tollgate.relay.accounts.AccountsConfig;
import io.tollgate.relay.accounts.RelayAccounts;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A business to test in: identity and ledger over a database of its own, with default settings and
 * a random master key. Safe for use by several threads. Close it when the test ends.
 */
public final class TestSite implements AutoCloseable {
  private final TestDatabase database = TestDatabase.create();
  private final SecureRandom random = new SecureRandom();
  private final MasterKey masterKey = randomKey(random);
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final IdentityModule identity;
  private final Ledger ledger;

  private TestSite(InstantSource clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    identity =
        new IdentityModule(
            database.transactions(),
            clock,
            nanoTime,
            random,
            IdentityConfig.from(TestSettings.defaults(IdentityConfig.settings())),
            masterKey);
    ledger = Ledgers.create(clock, random);
  }

  /** One in which time goes by itself. */
  public static TestSite create() {
    return new TestSite(Clock.systemUTC(), System::nanoTime);
  }

  /** One in which time goes when the test says so. */
  public static TestSite at(SettableClock clock) {
    return new TestSite(clock, clock);
  }

  public TestDatabase database() {
    return database;
  }

  /** Transactions as the application's role. */
  public Transactions transactions() {
    return database.transactions();
  }

  public InstantSource clock() {
    return clock;
  }

  public SecureRandom random() {
    return random;
  }

  public IdentityModule identity() {
    return identity;
  }

  public Ledger ledger() {
    return ledger;
  }

  /** Opens the provider accounts, whose keys are sealed under the site's master key. */
  public RelayAccounts openAccounts() {
    return RelayAccounts.open(
        database.transactions(),
        SealedAccountKeys.under(masterKey, random),
        nanoTime,
        AccountsConfig.from(TestSettings.defaults(AccountsConfig.settings())));
  }

  /** Does something in a transaction and tells its result. */
  public <T> T write(Function<Transaction, T> body) {
    return database.transactions().write(body::apply);
  }

  /** Does something in a transaction. */
  public void run(Consumer<Transaction> body) {
    var unused =
        database
            .transactions()
            .write(
                transaction -> {
                  body.accept(transaction);
                  return true;
                });
  }

  /** A new tenant that charges in US dollars. */
  public Tenant tenant(String name, long monthlyFreeTokens) {
    return write(tx -> identity.tenants().create(tx, name, "USD", monthlyFreeTokens).tenant());
  }

  /** The tenant's user of this name, who is made when there is none. */
  public User user(TenantId tenant, String externalId) {
    return write(tx -> identity.users().findOrCreate(tx, tenant, externalId));
  }

  /** The secret of a new key of the user. */
  public String key(TenantId tenant, UserId user, OptionalInt requestsPerMinute) {
    return identity.apiKeys().issue(tenant, user, "test", requestsPerMinute).secret();
  }

  /** A new user of this name; the token of a session that a browser keeps in its cookie. */
  public String cookieSession(TenantId tenant, String externalId) {
    String email = externalId + "@site.example";
    String password = "four words are enough";
    NewUser wanted =
        new NewUser(
            tenant,
            Optional.of(externalId),
            Optional.of(email),
            Optional.of(password),
            OptionalLong.empty());
    var unused = write(tx -> identity.users().create(tx, wanted));
    return PassportModule.over(
            identity,
            PassportConfig.from(TestSettings.defaults(PassportConfig.settings())),
            MailConfig.from(TestSettings.defaults(MailConfig.settings())),
            SignOnConfig.from(TestSettings.defaults(SignOnConfig.settings())),
            () -> "http://127.0.0.1")
        .passports()
        .login(
            new LoginAttempt(
                new NamedAccount(email, Optional.of(tenant), "127.0.0.1"),
                password,
                Optional.empty(),
                SignedIn.Kind.COOKIE),
            new SignInOrigin("127.0.0.1", "test"))
        .token();
  }

  private static MasterKey randomKey(SecureRandom random) {
    byte[] bytes = new byte[MasterKey.LENGTH];
    random.nextBytes(bytes);
    return MasterKey.parse(Base64.getEncoder().encodeToString(bytes));
  }

  @Override
  public void close() {
    database.close();
  }
}
