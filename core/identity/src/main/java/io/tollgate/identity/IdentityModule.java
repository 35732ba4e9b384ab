package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.DataModule;
import io.tollgate.data.Notifications;
import io.tollgate.data.Transactions;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.internal.AddressThrottle;
import io.tollgate.identity.internal.ArgonPasswords;
import io.tollgate.identity.internal.Attempts;
import io.tollgate.identity.internal.CredentialChanges;
import io.tollgate.identity.internal.EnvelopeSecretBox;
import io.tollgate.identity.internal.LoginFailures;
import io.tollgate.identity.internal.MasterKeyCheck;
import io.tollgate.identity.internal.RandomText;
import io.tollgate.identity.internal.RefusalCounts;
import io.tollgate.identity.internal.ShapedBearerTokens;
import io.tollgate.identity.internal.StoredAccountDeletion;
import io.tollgate.identity.internal.StoredApiKeys;
import io.tollgate.identity.internal.StoredInvitationTree;
import io.tollgate.identity.internal.StoredKnownCredentials;
import io.tollgate.identity.internal.StoredMerchantAccess;
import io.tollgate.identity.internal.StoredPeopleFigures;
import io.tollgate.identity.internal.StoredQuotaPlans;
import io.tollgate.identity.internal.StoredRootUsers;
import io.tollgate.identity.internal.StoredServiceTokens;
import io.tollgate.identity.internal.StoredTenantRegister;
import io.tollgate.identity.internal.StoredTenants;
import io.tollgate.identity.internal.StoredUserAccess;
import io.tollgate.identity.internal.StoredUserChoices;
import io.tollgate.identity.internal.StoredUsers;
import io.tollgate.identity.internal.UserTable;
import io.tollgate.identity.internal.admins.AdminDoor;
import io.tollgate.identity.internal.admins.SessionTokens;
import io.tollgate.identity.internal.admins.StoredAdminRegister;
import io.tollgate.identity.internal.admins.StoredAdmins;
import io.tollgate.identity.internal.factors.StoredSecondFactors;
import io.tollgate.identity.internal.passport.PassportParts;
import io.tollgate.identity.internal.passport.SignInCounts;
import io.tollgate.identity.internal.rates.CountedConcurrencyLimits;
import io.tollgate.identity.internal.rates.CountedRequestLimits;
import io.tollgate.identity.internal.rates.CountedTokenLimits;
import io.tollgate.identity.internal.rates.KeyMeters;
import io.tollgate.identity.internal.rates.RateMember;
import io.tollgate.identity.internal.rates.RateSharing;
import io.tollgate.identity.internal.rates.SharedRates;
import io.tollgate.identity.internal.sessions.StoredUserSessions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import javax.crypto.SecretKey;

/**
 * Identity, put together over a database. Holds no threads of its own between calls and needs no
 * closing.
 */
public final class IdentityModule implements ProgramModule {
  public static final ModuleEntry<IdentityModule> ENTRY =
      ModuleEntry.of(IdentityModule.class, IdentityModule::open)
          .inEveryProcess()
          .with(IdentityConfig.settings());

  private final MasterKey masterKey;
  private final SecureRandom random;
  private final Tenants tenants;
  private final TenantRegister tenantRegister;
  private final StoredQuotaPlans quotaPlans;
  private final StoredMerchantAccess merchantAccess;
  private final StoredUsers users;
  private final StoredUserSessions userSessions;
  private final ArgonPasswords passwords;
  private final LoginFailures loginFailures;
  private final AddressThrottle throttle;
  private final InstantSource clock;
  private final Attempts attempts;
  private final StoredSecondFactors factors;
  private final AdminDoor adminDoor;
  private final UserAccess userAccess = new StoredUserAccess();
  private final StoredApiKeys apiKeys;
  private final StoredServiceTokens serviceTokens;
  private final Admins admins;
  private final BearerTokens bearers;
  private final KnownCredentials knownCredentials;
  private final Transactions transactions;
  private final IdentityConfig config;
  private final LongSupplier nanoTime;
  private final KeyMeters meters;
  private final RequestLimits requestLimits;
  private final TokenLimits tokenLimits;
  private final ConcurrencyLimits concurrencyLimits;
  private final RefusalCounts refusals = new RefusalCounts();

  /**
   * Puts it together, and checks that the master key is the one this database was set up with.
   *
   * @param clock what time it is
   * @param nanoTime monotonic nanoseconds, for ages and windows: {@code System::nanoTime}
   * @throws io.tollgate.ground.config.SettingsException when the master key is another one
   */
  public IdentityModule(
      Transactions transactions,
      InstantSource clock,
      LongSupplier nanoTime,
      SecureRandom random,
      IdentityConfig config,
      MasterKey masterKey) {
    this.masterKey = requireNonNull(masterKey, "masterKey is null");
    this.random = requireNonNull(random, "random is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.config = requireNonNull(config, "config is null");
    this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
    MasterKeyCheck.check(transactions, masterKey);
    RandomText text = new RandomText(random);
    this.clock = requireNonNull(clock, "clock is null");
    this.passwords = new ArgonPasswords(config, random);
    this.loginFailures = new LoginFailures(transactions, clock, config.logins());
    this.throttle = new AddressThrottle(config.logins(), nanoTime, Thread::sleep, refusals);
    this.userSessions = new StoredUserSessions(transactions, masterKey, clock);
    StoredTenants storedTenants =
        new StoredTenants(
            masterKey.secretBox("merchant secrets", random), text, clock, config.tenantZone());
    this.tenants = storedTenants;
    this.tenantRegister = new StoredTenantRegister(storedTenants);
    this.quotaPlans = new StoredQuotaPlans(clock);
    this.merchantAccess = new StoredMerchantAccess(storedTenants, clock);
    this.knownCredentials =
        new StoredKnownCredentials(transactions, passwords, storedTenants, text, clock);
    this.users = new StoredUsers(tenants, quotaPlans, passwords, text, clock);
    this.apiKeys = new StoredApiKeys(transactions, text, clock, nanoTime, config);
    this.serviceTokens = new StoredServiceTokens(transactions, text, clock, nanoTime, config);
    this.attempts = new Attempts(transactions, clock);
    this.factors =
        new StoredSecondFactors(
            transactions,
            masterKey,
            random,
            attempts,
            clock,
            config.logins().codeFailures(),
            config.logins().lock());
    this.adminDoor =
        new AdminDoor(
            transactions,
            factors,
            new SessionTokens(masterKey, clock),
            clock,
            config.sessionLength(),
            config.adminFactor());
    this.admins =
        new StoredAdmins(transactions, passwords, loginFailures, throttle, adminDoor, text, clock);
    this.bearers = new ShapedBearerTokens(apiKeys, serviceTokens, userSessions, admins);
    this.meters = new KeyMeters(nanoTime);
    this.requestLimits = new CountedRequestLimits(meters, refusals);
    this.tokenLimits = new CountedTokenLimits(meters, refusals);
    this.concurrencyLimits =
        new CountedConcurrencyLimits(
            config.keyConcurrentMax(), config.userConcurrentMax(), meters, refusals);
  }

  private static IdentityModule open(ModuleSite site) {
    DataModule data = site.module(DataModule.class);
    IdentityConfig config = IdentityConfig.from(site.settings());
    IdentityModule identity =
        new IdentityModule(
            data.transactions(),
            data.clock(),
            System::nanoTime,
            site.random(),
            config,
            MasterKey.load(config, site.dataDirectory().resolve("master.key"), site.random()));
    identity.follow(data.notifications());
    identity.bindTo(site.facility(MeterRegistry.class));
    return identity;
  }

  /** Seals secrets under the installation's master key; see {@link MasterKey#secretBox}. */
  public SecretBox secretBox(String purpose) {
    return masterKey.secretBox(purpose, random);
  }

  /** A key for one purpose, always the same one; see {@link MasterKey#derive}. */
  public SecretKey secretKey(String algorithm, String purpose) {
    return masterKey.derive(algorithm, purpose);
  }

  /**
   * Hears from now on when keys and tokens change: those that were read are believed longer, and
   * those that were ended in another process are refused here at once.
   */
  public void follow(Notifications notifications) {
    notifications.subscribe(
        CredentialChanges.CHANNEL,
        new CredentialChanges(List.of(apiKeys.remembered(), serviceTokens.remembered())));
  }

  /**
   * Shares the limits of keys with other gateways from now on, until it is closed; for a process
   * that is one. Until then the limits are used whole. Blocking, as it takes a first look at who
   * else is there.
   *
   * @param dataDirectory of the gateway, which has its name among them
   */
  public LimitSharing shareLimits(Path dataDirectory, MeterRegistry registry) {
    SharedRates rates =
        new SharedRates(
            transactions, meters, RateMember.in(dataDirectory), config.rateSharing(), nanoTime);
    rates.bindTo(registry);
    return RateSharing.start(rates, meters, config.rateSharing().interval());
  }

  /** Shows how often logins and requests are refused. */
  public void bindTo(MeterRegistry registry) {
    refusals.bindTo(registry);
  }

  /** What sign-in of users is made of. */
  PassportParts passportParts() {
    return new PassportParts(
        transactions,
        tenants,
        users,
        passwords,
        loginFailures,
        throttle,
        attempts,
        factors,
        userSessions,
        new SignInCounts(),
        new RandomText(random),
        clock,
        config.logins().lock());
  }

  /** How much tenants may have, and have used. */
  public QuotaPlans quotaPlans() {
    return quotaPlans;
  }

  /** Lets backends of tenants in, by their keys. */
  public MerchantAccess merchantAccess() {
    return merchantAccess;
  }

  /** Seals secrets of tenants, each under keys of its tenant's own. */
  public TenantSecretBox tenantSecretBox(String purpose) {
    return new EnvelopeSecretBox(masterKey, purpose, random);
  }

  /** Who has invited whom. */
  public InvitationTree invitationTree() {
    return new StoredInvitationTree();
  }

  /** Tenants as administrators change them. */
  public TenantRegister tenantRegister() {
    return tenantRegister;
  }

  public Tenants tenants() {
    return tenants;
  }

  public Users users() {
    return users;
  }

  /** What is known of users beside their names. */
  public UserProfiles userProfiles() {
    return new UserTable(clock);
  }

  /** Sessions of users, however they were opened. */
  public UserSessions userSessions() {
    return userSessions;
  }

  public ApiKeys apiKeys() {
    return apiKeys;
  }

  /** What users may ask for with all their keys. */
  public UserAccess userAccess() {
    return userAccess;
  }

  /** Makes, changes and lists API keys. */
  public KeyRegister keyRegister() {
    return apiKeys.register();
  }

  /** Keys of sessions, for trying models. */
  public PlaygroundKeys playgroundKeys() {
    return apiKeys.playground();
  }

  /** What users choose for how things are shown to them. */
  public UserChoices userChoices() {
    return new StoredUserChoices();
  }

  /** Deletes accounts of users who wish it. */
  public AccountDeletion accountDeletion() {
    return new StoredAccountDeletion(clock);
  }

  /** Who may sign in as tenants themselves. */
  public RootUsers rootUsers() {
    return new StoredRootUsers(users, clock);
  }

  public ServiceTokens serviceTokens() {
    return serviceTokens;
  }

  public Admins admins() {
    return admins;
  }

  /** Makes passwords for others, who change them. */
  public RandomPasswords randomPasswords() {
    return new RandomText(random)::password;
  }

  /** Who the administrators are. */
  public AdminRegister adminRegister() {
    return new StoredAdminRegister(passwords, clock);
  }

  /** Second factors of administrators and users. */
  public SecondFactors secondFactors() {
    return factors;
  }

  /** Opens sessions of administrators for whom another provider vouches. */
  AdminDoor adminDoor() {
    return adminDoor;
  }

  public BearerTokens bearers() {
    return bearers;
  }

  /** How many tenants and users there are. */
  public PeopleFigures peopleFigures() {
    return new StoredPeopleFigures();
  }

  public KnownCredentials knownCredentials() {
    return knownCredentials;
  }

  public RequestLimits requestLimits() {
    return requestLimits;
  }

  public TokenLimits tokenLimits() {
    return tokenLimits;
  }

  public ConcurrencyLimits concurrencyLimits() {
    return concurrencyLimits;
  }
}
