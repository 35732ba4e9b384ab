package io.tollgate.identity.internal;

import static io.tollgate.schema.identity.Tables.TENANT;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.data.Transaction;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.MerchantAccess.Merchant;
import io.tollgate.identity.SecretBox;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenant.InDoubtRule;
import io.tollgate.identity.TenantRegister;
import io.tollgate.identity.TenantRegister.OldKeys;
import io.tollgate.identity.Tenants;
import io.tollgate.schema.identity.tables.records.TenantRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tenants in PostgreSQL. */
public final class StoredTenants implements Tenants {
  private static final Pattern CURRENCY = Pattern.compile("[A-Z0-9]{3,8}");

  private final SecretBox merchantSecrets;
  private final RandomText text;
  private final InstantSource clock;
  private final ZoneId zone;

  public StoredTenants(
      SecretBox merchantSecrets, RandomText text, InstantSource clock, ZoneId zone) {
    this.merchantSecrets = merchantSecrets;
    this.text = text;
    this.clock = clock;
    this.zone = zone;
  }

  @Override
  public Optional<Tenant> find(Transaction transaction, TenantId id) {
    return transaction
        .sql()
        .selectFrom(TENANT)
        .where(TENANT.ID.eq(id.value()))
        .fetchOptional(StoredTenants::tenant);
  }

  @Override
  public Optional<Tenant> findByName(Transaction transaction, String name) {
    if (name.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return transaction
        .sql()
        .selectFrom(TENANT)
        .where(TENANT.NAME.eq(name))
        .fetchOptional(StoredTenants::tenant);
  }

  @Override
  public Optional<MerchantKeys> merchantKeys(Transaction transaction, TenantId id) {
    return transaction
        .sql()
        .select(TENANT.APP_KEY, TENANT.APP_SECRET_SEALED)
        .from(TENANT)
        .where(TENANT.ID.eq(id.value()))
        .fetchOptional(
            row ->
                new MerchantKeys(
                    row.value1(),
                    new String(merchantSecrets.open(row.value2(), associated(id.value())), UTF_8)));
  }

  @Override
  public NewTenant create(
      Transaction transaction, String name, String currency, long monthlyFreeTokens) {
    InputChecks.name("name", name, 100);
    if (!CURRENCY.matcher(currency).matches()) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "currency: " + GivenText.shown(currency) + " (expected: a code such as USD)");
    }
    InputChecks.monthlyFreeTokens(monthlyFreeTokens);
    long id =
        transaction
            .sql()
            .fetchSingle("select nextval('identity.tenant_id_seq')")
            .get(0, Long.class);
    String appKey = "ak-" + text.identifier();
    String appSecret = text.secret();
    Tenant tenant =
        transaction
            .sql()
            .insertInto(TENANT)
            .set(TENANT.ID, id)
            .set(TENANT.NAME, name)
            .set(TENANT.APP_KEY, appKey)
            .set(
                TENANT.APP_SECRET_SEALED,
                merchantSecrets.seal(appSecret.getBytes(UTF_8), associated(id)))
            .set(TENANT.CURRENCY, currency)
            .set(TENANT.ZONE, zone.getId())
            .set(TENANT.MONTHLY_FREE_TOKENS, monthlyFreeTokens)
            .set(TENANT.IN_DOUBT_RULE, InDoubtRule.CHARGE_INPUT.name())
            .set(TENANT.CREATED_AT, InputChecks.now(clock))
            .onConflict(TENANT.NAME)
            .doNothing()
            .returning()
            .fetchOptional(StoredTenants::tenant)
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.CONFLICT,
                        "name: " + name + " (expected: not yet used by another tenant)"));
    return new NewTenant(tenant, appKey, appSecret);
  }

  /** Closes a tenant for good: nobody of it is let in, and nobody knows its API secret any more. */
  void end(Transaction transaction, TenantId tenant) {
    int _ =
        transaction
            .sql()
            .update(TENANT)
            .set(TENANT.ACTIVE, false)
            .setNull(TENANT.RETIRING_APP_KEY)
            .setNull(TENANT.RETIRING_SECRET_SEALED)
            .setNull(TENANT.RETIRING_UNTIL)
            .set(
                TENANT.APP_SECRET_SEALED,
                merchantSecrets.seal(text.secret().getBytes(UTF_8), associated(tenant.value())))
            .where(TENANT.ID.eq(tenant.value()))
            .execute();
  }

  /** Other keys for its merchant system. */
  NewTenant rotate(Transaction transaction, TenantRecord row, OldKeys old) {
    String appKey = "ak-" + text.identifier();
    String appSecret = text.secret();
    switch (old) {
      case GO_ON -> {
        row.setRetiringAppKey(row.getAppKey());
        row.setRetiringSecretSealed(row.getAppSecretSealed());
        row.setRetiringUntil(InputChecks.now(clock).plus(TenantRegister.OVERLAP));
      }
      case END -> {
        row.setRetiringAppKey(null);
        row.setRetiringSecretSealed(null);
        row.setRetiringUntil(null);
      }
    }
    row.setAppKey(appKey);
    row.setAppSecretSealed(
        merchantSecrets.seal(appSecret.getBytes(UTF_8), associated(row.getId())));
    int _ = row.update();
    return new NewTenant(tenant(row), appKey, appSecret);
  }

  /**
   * Who signs with a key: the one of now, or one that was replaced and goes on.
   *
   * @return nothing for a key that nobody has
   */
  Optional<Merchant> merchant(Transaction transaction, String appKey) {
    Instant now = InputChecks.now(clock);
    return transaction
        .sql()
        .selectFrom(TENANT)
        .where(TENANT.APP_KEY.eq(appKey))
        .or(TENANT.RETIRING_APP_KEY.eq(appKey).and(TENANT.RETIRING_UNTIL.gt(now)))
        .fetchOptional(
            row -> {
              byte[] sealed =
                  appKey.equals(row.getAppKey())
                      ? row.getAppSecretSealed()
                      : row.getRetiringSecretSealed();
              String secret =
                  new String(merchantSecrets.open(sealed, associated(row.getId())), UTF_8);
              return new Merchant(tenant(row), row.getActive(), secret, row.getMd5Signing());
            });
  }

  private static String associated(long tenant) {
    return "app secret of tenant " + tenant;
  }

  static Tenant tenant(TenantRecord row) {
    return new Tenant(
        new TenantId(row.getId()),
        row.getName(),
        Asset.money(row.getCurrency()),
        ZoneId.of(row.getZone()),
        row.getMonthlyFreeTokens(),
        InDoubtRule.valueOf(row.getInDoubtRule()));
  }
}
