package io.tollgate.app;

import io.tollgate.billing.BillingModule;
import io.tollgate.billing.FreeQuotas;
import io.tollgate.data.DataModule;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.identity.AdminRole;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.KeyHolder;
import io.tollgate.identity.KeyRates;
import io.tollgate.identity.KeyTerms;
import io.tollgate.identity.KnownCredentials;
import io.tollgate.identity.NewUser;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.User;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.LedgerModule;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The demo tenant, its users with their means, and their secrets. Made once; later starts find it
 * and change nothing, so that what was spent stays spent.
 */
final class DemoData {
  static final String ADMIN = "admin";
  static final String ADMIN_PASSWORD = "admin123";
  static final List<String> MODELS =
      List.of("gpt-4o-mini", "claude-sonnet-4-5", "gemini-2.5-flash");

  private static final String TENANT = "Demo";
  private static final String YUAN_TENANT = "Demo CNY";
  private static final String YUAN_USER = "yuan@demo.example";
  private static final Gift SUBSCRIBER =
      new Gift("subscriber@demo.example", false, 20, KeyRates.NONE);
  private static final Gift CHARGED = new Gift("charged@demo.example", false, 5, KeyRates.NONE);

  /** Who live while somebody looks; the last of them runs out of money. */
  private static final List<Gift> PEOPLE =
      List.of(
          new Gift("ada@demo.example", false, 400, KeyRates.NONE),
          new Gift("lin@demo.example", false, 250, KeyRates.NONE),
          new Gift("omar@demo.example", false, 150, KeyRates.NONE),
          new Gift("yuki@demo.example", false, 100, KeyRates.NONE),
          new Gift("sofia@demo.example", false, 60, KeyRates.NONE),
          new Gift("leo@demo.example", false, 1, KeyRates.NONE));

  /** When the money of those came. */
  private static final Duration PAID_AGO = Duration.ofDays(8);

  private static final String PASSWORD = "demo-password";
  private static final Asset USD = Asset.money("USD");
  private static final long FREE_TOKENS = 1_000_000;

  private static final KeyRates LIMITED =
      new KeyRates(OptionalInt.of(3), OptionalLong.of(100_000), OptionalInt.empty());

  /** What each demo user is given; the order is fixed, others rely on it. */
  private static final List<Gift> USERS =
      List.of(
          new Gift("free@demo.example", true, 10, KeyRates.NONE),
          new Gift("paying@demo.example", false, 10, KeyRates.NONE),
          new Gift("empty@demo.example", false, 0, KeyRates.NONE),
          new Gift("limited@demo.example", false, 10, LIMITED));

  private final Transactions transactions;
  private final IdentityModule identity;
  private final Ledger ledger;
  private final FreeQuotas freeQuotas;
  private final Clock clock;
  private final DemoPlans plans;
  private final DemoCharges charges;
  private final DemoMerchant merchant;
  private final DemoExchange exchange;
  private final DemoSecrets secrets;

  DemoData(ModuleSite site) {
    this.transactions = site.module(DataModule.class).transactions();
    this.identity = site.module(IdentityModule.class);
    this.ledger = site.module(LedgerModule.class).ledger();
    this.freeQuotas = site.module(BillingModule.class).freeQuotas();
    this.clock = site.module(DataModule.class).clock();
    this.plans = new DemoPlans(site);
    this.charges = new DemoCharges(site);
    this.merchant = new DemoMerchant(site);
    this.secrets = new DemoSecrets(site.dataDirectory().resolve("demo-secrets.json"));
    this.exchange = new DemoExchange(site, secrets);
  }

  /** How what the demo made is known again. */
  static KnownCredentials.Demo known() {
    return new KnownCredentials.Demo(
        Set.of(ADMIN_PASSWORD, PASSWORD),
        Stream.concat(
                Stream.concat(USERS.stream(), PEOPLE.stream()).map(Gift::email),
                Stream.concat(
                    Stream.of(YUAN_USER, SUBSCRIBER.email(), CHARGED.email()),
                    DemoMerchant.emails()))
            .collect(Collectors.toSet()));
  }

  /**
   * Makes what is missing and tells all of it.
   *
   * @param following whether those who have accounts at the exchange simulator trade by themselves
   */
  Made ensure(boolean following) {
    Tenant tenant = transactions.write(this::tenant);
    var keys =
        transactions
            .read(tx -> identity.tenants().merchantKeys(tx, tenant.id()))
            .orElseThrow(() -> new StartException("the demo tenant has no merchant keys"));
    List<MadeUser> users = new ArrayList<>();
    for (Gift gift : USERS) {
      users.add(made(tenant.id(), transactions.write(tx -> user(tx, tenant.id(), gift)), gift));
    }
    User subscriber = transactions.write(tx -> user(tx, tenant.id(), SUBSCRIBER));
    plans.ensure(tenant.id(), subscriber);
    charges.ensure(tenant.id(), transactions.write(tx -> user(tx, tenant.id(), CHARGED)));
    merchant.ensure(tenant.id(), PASSWORD);
    transactions.write(
        tx -> {
          if (!identity.admins().exists(tx, ADMIN)) {
            var unused =
                identity.admins().create(tx, ADMIN, "Demo", ADMIN_PASSWORD, AdminRole.OWNER);
          }
          return true;
        });
    Tenant yuan = transactions.write(this::yuanTenant);
    return new Made(
        tenant.id().value(),
        keys.appKey(),
        keys.appSecret(),
        serviceToken("service_token", tenant.id()),
        users,
        made(tenant.id(), subscriber, SUBSCRIBER),
        new YuanTenant(yuan.id().value(), serviceToken("service_token.cny", yuan.id())),
        exchange.ensure(tenant.id(), DemoMerchant.FOLLOWERS, following));
  }

  /** Makes those who live in it, and tells who they are. */
  List<DemoPerson> people() {
    Tenant tenant = transactions.write(this::tenant);
    Instant paidAt = clock.instant().minus(PAID_AGO);
    List<DemoPerson> people = new ArrayList<>();
    for (Gift gift : PEOPLE) {
      User user = transactions.write(tx -> user(tx, tenant.id(), gift, paidAt));
      String key = apiKey(tenant.id(), user, gift);
      KeyHolder holder =
          identity
              .apiKeys()
              .find(key)
              .orElseThrow(() -> new StartException("a key of the demo is not known"));
      people.add(new DemoPerson(user, holder.key(), key));
    }
    return people;
  }

  private MadeUser made(TenantId tenant, User user, Gift gift) {
    return new MadeUser(
        user.externalId(),
        gift.email(),
        PASSWORD,
        apiKey(tenant, user, gift),
        user.inviteCode(),
        gift.quota() ? FREE_TOKENS : 0,
        BigDecimal.valueOf(gift.dollars()));
  }

  private Tenant tenant(Transaction transaction) {
    ledger.define(transaction, USD);
    ledger.define(transaction, Asset.TOKEN);
    return identity
        .tenants()
        .findByName(transaction, TENANT)
        .orElseGet(
            () -> identity.tenants().create(transaction, TENANT, "USD", FREE_TOKENS).tenant());
  }

  /** A tenant that is paid in yuan: Alipay and WeChat Pay take nothing else. */
  private Tenant yuanTenant(Transaction transaction) {
    ledger.define(transaction, Asset.money("CNY"));
    return identity
        .tenants()
        .findByName(transaction, YUAN_TENANT)
        .orElseGet(
            () -> {
              Tenant made = identity.tenants().create(transaction, YUAN_TENANT, "CNY", 0).tenant();
              // by its demo user a tenant is known again when the demo is removed
              User _ = user(transaction, made.id(), new Gift(YUAN_USER, false, 0, KeyRates.NONE));
              return made;
            });
  }

  private User user(Transaction transaction, TenantId tenant, Gift gift) {
    return user(transaction, tenant, gift, clock.instant());
  }

  /** The user with their money, in one transaction. */
  private User user(Transaction transaction, TenantId tenant, Gift gift, Instant paidAt) {
    Optional<User> there = identity.users().findByEmail(transaction, tenant, gift.email());
    if (there.isPresent()) {
      return there.get();
    }
    User user =
        identity
            .users()
            .create(
                transaction,
                new NewUser(
                    tenant,
                    Optional.empty(),
                    Optional.of(gift.email()),
                    Optional.of(PASSWORD),
                    gift.quota() ? OptionalLong.empty() : OptionalLong.of(0)));
    if (gift.dollars() > 0) {
      pay(transaction, user, Amount.of(USD, BigDecimal.valueOf(gift.dollars())), paidAt);
    }
    freeQuotas.ensure(transaction, tenant, user.id(), clock.instant());
    return user;
  }

  private void pay(Transaction transaction, User user, Amount amount, Instant paidAt) {
    AccountId from =
        ledger.open(
            transaction,
            AccountKey.world(user.tenant(), AccountKind.WORLD_PAYMENTS, USD),
            AccountTerms.PLAIN);
    AccountId to =
        ledger.open(
            transaction,
            AccountKey.ofUser(user.tenant(), user.id(), AccountKind.BALANCE, USD),
            AccountTerms.PLAIN);
    var unused =
        ledger.post(
            transaction,
            new TransferRequest(
                "recharge",
                user.tenant(),
                "demo.balance",
                user.id().toString(),
                RequestHash.of(user.id().toString(), amount.toPlainString()),
                "demo",
                paidAt,
                List.of(new Leg(from, -amount.units()), new Leg(to, amount.units())),
                List.of()));
  }

  private String apiKey(TenantId tenant, User user, Gift gift) {
    String name = "api_key." + gift.email();
    Optional<String> kept =
        secrets
            .find(name)
            .filter(
                key ->
                    identity
                        .apiKeys()
                        .find(key)
                        .filter(holder -> holder.user().equals(user.id()))
                        .isPresent());
    return kept.orElseGet(
        () -> {
          String key =
              identity
                  .keyRegister()
                  .issue(tenant, user.id(), KeyTerms.named("demo").withRates(gift.rates()))
                  .secret();
          secrets.keep(name, key);
          return key;
        });
  }

  private String serviceToken(String name, TenantId tenant) {
    return secrets
        .find(name)
        .filter(token -> identity.serviceTokens().find(token).filter(tenant::equals).isPresent())
        .orElseGet(
            () -> {
              String token = identity.serviceTokens().issue(tenant, "demo");
              secrets.keep(name, token);
              return token;
            });
  }

  /** Everything the demo has. */
  record Made(
      long tenant,
      String appKey,
      String appSecret,
      String serviceToken,
      List<MadeUser> users,
      MadeUser subscriber,
      YuanTenant yuan,
      List<DemoExchange.Made> traders) {}

  /** The demo tenant that is paid in yuan. */
  record YuanTenant(long tenant, String serviceToken) {}

  /** A demo user as demo.json shows them. */
  record MadeUser(
      String userId,
      String email,
      String password,
      String apiKey,
      String inviteCode,
      long quota,
      BigDecimal balance) {}

  private record Gift(String email, boolean quota, long dollars, KeyRates rates) {}
}
