package io.tollgate.identity.internal;

import static io.tollgate.schema.identity.Tables.QUOTA_PLAN;
import static io.tollgate.schema.identity.Tables.TENANT;
import static io.tollgate.schema.identity.Tables.TENANT_USER;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.TenantRegister;
import io.tollgate.identity.Tenants.NewTenant;
import io.tollgate.schema.identity.tables.records.TenantRecord;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The table of tenants. */
public final class StoredTenantRegister implements TenantRegister {
  private static final int NAME_MAX = 100;

  private final StoredTenants tenants;

  public StoredTenantRegister(StoredTenants tenants) {
    this.tenants = tenants;
  }

  @Override
  public ListPage<TenantProfile> list(
      Transaction transaction, TenantFilter filter, ListRequest page) {
    Condition which = condition(filter);
    Condition from =
        page.cursor().isEmpty() ? which : which.and(TENANT.ID.gt(after(page.cursor().get())));
    return ListPage.of(
        transaction
            .sql()
            .selectFrom(TENANT)
            .where(from)
            .orderBy(TENANT.ID)
            .offset(page.offset())
            .limit(page.limit())
            .fetch(row -> profile(transaction, row)),
        page,
        profile -> profile.tenant().id().toString(),
        () -> transaction.sql().fetchCount(TENANT, which));
  }

  @Override
  public Optional<TenantProfile> find(Transaction transaction, TenantId tenant) {
    return transaction
        .sql()
        .selectFrom(TENANT)
        .where(TENANT.ID.eq(tenant.value()))
        .fetchOptional(row -> profile(transaction, row));
  }

  @Override
  public TenantProfile change(Transaction transaction, TenantId tenant, TenantChange change) {
    change.name().ifPresent(name -> InputChecks.name("name", name, NAME_MAX));
    change.monthlyFreeTokens().ifPresent(InputChecks::monthlyFreeTokens);
    TenantRecord row = lock(transaction, tenant);
    change
        .name()
        .ifPresent(
            name -> {
              boolean taken =
                  transaction
                      .sql()
                      .fetchExists(TENANT, TENANT.NAME.eq(name).and(TENANT.ID.ne(row.getId())));
              if (taken) {
                throw new Refusal(
                    ErrorCode.CONFLICT,
                    "name: " + name + " (expected: not yet used by another tenant)");
              }
              row.setName(name);
            });
    change.zone().ifPresent(zone -> row.setZone(zone.getId()));
    change.monthlyFreeTokens().ifPresent(row::setMonthlyFreeTokens);
    change.inDoubtRule().ifPresent(rule -> row.setInDoubtRule(rule.name()));
    change.md5Signing().ifPresent(row::setMd5Signing);
    if (row.changed()) {
      int _ = row.update();
    }
    return profile(transaction, row);
  }

  @Override
  public TenantProfile setActive(Transaction transaction, TenantId tenant, boolean active) {
    TenantRecord row = lock(transaction, tenant);
    if (row.getActive() != active) {
      row.setActive(active);
      int _ = row.update();
    }
    return profile(transaction, row);
  }

  @Override
  public NewTenant rotateKeys(Transaction transaction, TenantId tenant, OldKeys old) {
    TenantRecord row = lock(transaction, tenant);
    return tenants.rotate(transaction, row, old);
  }

  private static TenantRecord lock(Transaction transaction, TenantId tenant) {
    return transaction
        .sql()
        .selectFrom(TENANT)
        .where(TENANT.ID.eq(tenant.value()))
        .forUpdate()
        .fetchOptional()
        .orElseThrow(
            () -> new Refusal(ErrorCode.NOT_FOUND, "there is no tenant " + tenant.value()));
  }

  private static TenantProfile profile(Transaction transaction, TenantRecord row) {
    return new TenantProfile(
        StoredTenants.tenant(row),
        row.getActive(),
        row.getAppKey(),
        transaction
            .sql()
            .fetchCount(
                TENANT_USER,
                TENANT_USER.TENANT_ID.eq(row.getId()).and(DSL.not(TENANT_USER.IS_ROOT))),
        row.getCreatedAt(),
        row.getMd5Signing(),
        plan(transaction, row.getQuotaPlanId()));
  }

  private static Optional<String> plan(Transaction transaction, @Nullable Long id) {
    return id == null
        ? Optional.empty()
        : transaction
            .sql()
            .select(QUOTA_PLAN.CODE)
            .from(QUOTA_PLAN)
            .where(QUOTA_PLAN.ID.eq(id))
            .fetchOptional(QUOTA_PLAN.CODE);
  }

  private static Condition condition(TenantFilter filter) {
    Condition condition = DSL.noCondition();
    if (filter.name().isPresent()) {
      condition = condition.and(TENANT.NAME.containsIgnoreCase(filter.name().get()));
    }
    if (filter.active().isPresent()) {
      condition = condition.and(TENANT.ACTIVE.eq(filter.active().get()));
    }
    return condition;
  }

  private static long after(String cursor) {
    try {
      return Numerals.wholeNumber(cursor);
    } catch (NumberFormatException e) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "cursor: not one of this list (expected: its last next)", e);
    }
  }
}
