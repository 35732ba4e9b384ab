package io.tollgate.billing.internal.sheets;

import static io.tollgate.schema.billing.Tables.PRICE_MULTIPLIER;
import static java.util.Objects.requireNonNull;

import io.tollgate.billing.PriceMultiplierFilter;
import io.tollgate.billing.PriceMultiplierSetting;
import io.tollgate.billing.PriceMultiplierSettings;
import io.tollgate.billing.PriceMultipliers;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.Users;
import io.tollgate.schema.billing.Keys;
import io.tollgate.schema.billing.tables.records.PriceMultiplierRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;

/** Multipliers in their table. */
public final class SetMultipliers implements PriceMultiplierSettings {
  private final Tenants tenants;
  private final Users users;
  private final InstantSource clock;

  public SetMultipliers(Tenants tenants, Users users, InstantSource clock) {
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.users = requireNonNull(users, "users is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public PriceMultiplierSetting set(
      Transaction transaction,
      TenantId tenant,
      Optional<UserId> user,
      BigDecimal multiplier,
      OptionalLong admin) {
    BigDecimal checked = checked(multiplier);
    requireThere(transaction, tenant, user);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return transaction
        .sql()
        .insertInto(PRICE_MULTIPLIER)
        .set(PRICE_MULTIPLIER.TENANT_ID, tenant.value())
        .set(PRICE_MULTIPLIER.USER_ID, user.map(UserId::value).orElse(null))
        .set(PRICE_MULTIPLIER.MULTIPLIER, checked)
        .set(PRICE_MULTIPLIER.ADMIN_ID, admin.isPresent() ? admin.getAsLong() : null)
        .set(PRICE_MULTIPLIER.CREATED_AT, now)
        .set(PRICE_MULTIPLIER.UPDATED_AT, now)
        .onConflictOnConstraint(Keys.PRICE_MULTIPLIER_ONCE)
        .doUpdate()
        .set(PRICE_MULTIPLIER.MULTIPLIER, DSL.excluded(PRICE_MULTIPLIER.MULTIPLIER))
        .set(PRICE_MULTIPLIER.ADMIN_ID, DSL.excluded(PRICE_MULTIPLIER.ADMIN_ID))
        .set(PRICE_MULTIPLIER.UPDATED_AT, DSL.excluded(PRICE_MULTIPLIER.UPDATED_AT))
        .returning()
        .fetchSingle(SetMultipliers::setting);
  }

  private static BigDecimal checked(BigDecimal multiplier) {
    try {
      return new PriceMultipliers(multiplier, BigDecimal.ONE).tenant();
    } catch (IllegalArgumentException e) {
      // as it was given: an exponent is not written out
      throw GivenText.refused(
          "multiplier",
          multiplier.toString(),
          "0 to "
              + PriceMultipliers.MAX
              + ", at most "
              + PriceMultipliers.MAX_DECIMALS
              + " decimals");
    }
  }

  private void requireThere(Transaction transaction, TenantId tenant, Optional<UserId> user) {
    if (tenants.find(transaction, tenant).isEmpty()) {
      throw new Refusal(ErrorCode.NOT_FOUND, "there is no tenant " + tenant);
    }
    user.ifPresent(
        id -> {
          if (users
              .find(transaction, id)
              .filter(found -> found.tenant().equals(tenant))
              .isEmpty()) {
            throw new Refusal(ErrorCode.USER_NOT_FOUND, "there is no user " + id);
          }
        });
  }

  @Override
  public void remove(Transaction transaction, long id) {
    if (transaction.sql().deleteFrom(PRICE_MULTIPLIER).where(PRICE_MULTIPLIER.ID.eq(id)).execute()
        == 0) {
      throw new Refusal(ErrorCode.NOT_FOUND, "there is no price multiplier " + id);
    }
  }

  @Override
  public ListPage<PriceMultiplierSetting> list(
      Transaction transaction, PriceMultiplierFilter filter, ListRequest request) {
    return ListPage.of(
        query(transaction.sql(), filter, request).fetch(SetMultipliers::setting),
        request,
        setting -> Long.toString(setting.id()),
        () -> transaction.sql().fetchCount(PRICE_MULTIPLIER, condition(filter)));
  }

  static ResultQuery<PriceMultiplierRecord> query(
      DSLContext sql, PriceMultiplierFilter filter, ListRequest page) {
    Condition condition = condition(filter);
    if (page.cursor().isPresent()) {
      condition = condition.and(PRICE_MULTIPLIER.ID.gt(SheetTable.parse(page.cursor().get())));
    }
    return sql.selectFrom(PRICE_MULTIPLIER)
        .where(condition)
        .orderBy(PRICE_MULTIPLIER.ID)
        .offset(page.offset())
        .limit(page.limit());
  }

  private static Condition condition(PriceMultiplierFilter filter) {
    Condition condition = DSL.noCondition();
    if (filter.tenant().isPresent()) {
      condition = condition.and(PRICE_MULTIPLIER.TENANT_ID.eq(filter.tenant().get().value()));
    }
    if (filter.user().isPresent()) {
      condition = condition.and(PRICE_MULTIPLIER.USER_ID.eq(filter.user().get().value()));
    }
    return condition;
  }

  private static PriceMultiplierSetting setting(PriceMultiplierRecord row) {
    return new PriceMultiplierSetting(
        row.getId(),
        new TenantId(row.getTenantId()),
        Optional.ofNullable(row.getUserId()).map(UserId::new),
        row.getMultiplier(),
        row.getCreatedAt(),
        row.getUpdatedAt());
  }
}
