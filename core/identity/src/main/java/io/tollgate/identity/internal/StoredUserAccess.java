package io.tollgate.identity.internal;

import static io.tollgate.schema.identity.Tables.ACCESS_TERMS;
import static io.tollgate.schema.identity.Tables.TENANT_USER;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.AccessTerms;
import io.tollgate.identity.AllowedModels;
import io.tollgate.identity.KeyRates;
import io.tollgate.identity.UserAccess;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The table of what users may ask for. */
public final class StoredUserAccess implements UserAccess {
  @Override
  public void keep(Transaction transaction, TenantId tenant, long id, AccessTerms terms) {
    List<String> patterns = terms.models().patterns();
    KeyRates rates = terms.rates();
    OptionalLong tokens = rates.tokensPerMinute();
    int _ =
        transaction
            .sql()
            .insertInto(ACCESS_TERMS)
            .set(ACCESS_TERMS.ID, id)
            .set(ACCESS_TERMS.TENANT_ID, tenant.value())
            .set(ACCESS_TERMS.MODELS, patterns.isEmpty() ? null : patterns.toArray(String[]::new))
            .set(ACCESS_TERMS.REQUESTS_PER_MINUTE, number(rates.requestsPerMinute()))
            .set(ACCESS_TERMS.TOKENS_PER_MINUTE, tokens.isPresent() ? tokens.getAsLong() : null)
            .set(ACCESS_TERMS.CONCURRENT_MAX, number(rates.concurrent()))
            .onConflict(ACCESS_TERMS.ID)
            .doUpdate()
            .set(ACCESS_TERMS.MODELS, DSL.excluded(ACCESS_TERMS.MODELS))
            .set(ACCESS_TERMS.REQUESTS_PER_MINUTE, DSL.excluded(ACCESS_TERMS.REQUESTS_PER_MINUTE))
            .set(ACCESS_TERMS.TOKENS_PER_MINUTE, DSL.excluded(ACCESS_TERMS.TOKENS_PER_MINUTE))
            .set(ACCESS_TERMS.CONCURRENT_MAX, DSL.excluded(ACCESS_TERMS.CONCURRENT_MAX))
            .execute();
  }

  @Override
  public void assign(Transaction transaction, TenantId tenant, UserId user, long id) {
    set(transaction, tenant, user, id);
  }

  @Override
  public void clear(Transaction transaction, TenantId tenant, UserId user) {
    set(transaction, tenant, user, null);
  }

  private static void set(
      Transaction transaction, TenantId tenant, UserId user, @Nullable Long terms) {
    int _ =
        transaction
            .sql()
            .update(TENANT_USER)
            .set(TENANT_USER.ACCESS_TERMS_ID, terms)
            .where(TENANT_USER.TENANT_ID.eq(tenant.value()))
            .and(TENANT_USER.ID.eq(user.value()))
            .and(TENANT_USER.ACCESS_TERMS_ID.isDistinctFrom(terms))
            .execute();
  }

  /** Those of a row that has the table's columns, all empty where the user has none. */
  static AccessTerms read(Record row) {
    return new AccessTerms(
        Optional.ofNullable(row.get(ACCESS_TERMS.MODELS))
            .map(patterns -> AllowedModels.of(List.of(patterns)))
            .orElse(AllowedModels.ALL),
        new KeyRates(
            optional(row.get(ACCESS_TERMS.REQUESTS_PER_MINUTE)),
            wide(row.get(ACCESS_TERMS.TOKENS_PER_MINUTE)),
            optional(row.get(ACCESS_TERMS.CONCURRENT_MAX))));
  }

  private static OptionalInt optional(@Nullable Integer number) {
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private static OptionalLong wide(@Nullable Long number) {
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
  }

  private static @Nullable Integer number(OptionalInt number) {
    return number.isPresent() ? number.getAsInt() : null;
  }
}
