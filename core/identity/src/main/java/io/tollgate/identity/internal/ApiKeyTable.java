package io.tollgate.identity.internal;

import static io.tollgate.schema.identity.Tables.API_KEY;
import static org.jooq.impl.DSL.lower;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.AllowedAddresses;
import io.tollgate.identity.AllowedModels;
import io.tollgate.identity.ApiKey;
import io.tollgate.identity.ApiKeyFilter;
import io.tollgate.identity.KeyRates;
import io.tollgate.identity.KeyTerms;
import io.tollgate.schema.identity.tables.records.ApiKeyRecord;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The table of API keys. */
final class ApiKeyTable {
  private ApiKeyTable() {}

  static ListPage<ApiKey> page(Transaction transaction, ApiKeyFilter filter, ListRequest page) {
    return ListPage.of(
        query(transaction.sql(), filter, page).fetch(ApiKeyTable::read),
        page,
        key -> key.id().toString(),
        () -> transaction.sql().fetchCount(API_KEY, condition(filter)));
  }

  static ResultQuery<ApiKeyRecord> query(DSLContext sql, ApiKeyFilter filter, ListRequest page) {
    Condition condition = condition(filter);
    if (page.cursor().isPresent()) {
      condition = condition.and(API_KEY.ID.lt(parse(page.cursor().get())));
    }
    return sql.selectFrom(API_KEY)
        .where(condition)
        .orderBy(API_KEY.ID.desc())
        .offset(page.offset())
        .limit(page.limit());
  }

  private static Condition condition(ApiKeyFilter filter) {
    Condition condition = DSL.noCondition();
    if (filter.tenant().isPresent()) {
      condition = condition.and(API_KEY.TENANT_ID.eq(filter.tenant().get().value()));
    }
    if (filter.user().isPresent()) {
      condition = condition.and(API_KEY.USER_ID.eq(filter.user().get().value()));
    }
    if (filter.enabled().isPresent()) {
      condition = condition.and(filter.enabled().get() ? API_KEY.ACTIVE : DSL.not(API_KEY.ACTIVE));
    }
    if (filter.prefix().isPresent()) {
      // letters, digits and dashes only
      condition = condition.and(API_KEY.PREFIX.like(filter.prefix().get() + "%"));
    }
    if (filter.name().isPresent()) {
      condition = condition.and(lower(API_KEY.NAME).like(beginning(filter.name().get()), '\\'));
    }
    if (filter.lasting()) {
      condition = condition.and(API_KEY.SESSION_ID.isNull());
    }
    return condition;
  }

  private static String beginning(String name) {
    StringBuilder pattern = new StringBuilder(name.length() + 1);
    name.toLowerCase(Locale.ROOT)
        .chars()
        .forEach(
            c -> {
              if (c == '%' || c == '_' || c == '\\') {
                pattern.append('\\');
              }
              pattern.append((char) c);
            });
    return pattern.append('%').toString();
  }

  private static long parse(String cursor) {
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "cursor: not one of this list (expected: its last next)", e);
    }
  }

  /** Puts the terms into a row that is then inserted or updated. */
  static ApiKeyRecord put(ApiKeyRecord row, KeyTerms terms, Instant now) {
    KeyRates rates = terms.rates();
    row.setName(terms.name());
    row.setExpiresAt(terms.expiresAt().orElse(null));
    row.setModels(texts(terms.models().patterns()));
    row.setAddresses(texts(terms.addresses().written()));
    row.setRequestsPerMinute(number(rates.requestsPerMinute()));
    row.setTokensPerMinute(
        rates.tokensPerMinute().isPresent() ? rates.tokensPerMinute().getAsLong() : null);
    row.setConcurrentMax(number(rates.concurrent()));
    row.setAccountGroups(terms.sortedGroups().toArray(String[]::new));
    row.setUpdatedAt(now);
    return row;
  }

  static ApiKey read(ApiKeyRecord row) {
    return new ApiKey(
        new ApiKeyId(row.getId()),
        new TenantId(row.getTenantId()),
        new UserId(row.getUserId()),
        new KeyTerms(
            row.getName(),
            Optional.ofNullable(row.getExpiresAt()),
            models(row),
            addresses(row),
            rates(row),
            groups(row)),
        row.getActive(),
        row.getPrefix(),
        Optional.ofNullable(row.getRetiringUntil()),
        row.getSessionId() == null,
        row.getCreatedAt(),
        row.getUpdatedAt());
  }

  static AllowedModels models(Record row) {
    String[] patterns = row.get(API_KEY.MODELS);
    return patterns == null ? AllowedModels.ALL : AllowedModels.of(List.of(patterns));
  }

  static AllowedAddresses addresses(Record row) {
    String[] blocks = row.get(API_KEY.ADDRESSES);
    return blocks == null ? AllowedAddresses.ALL : AllowedAddresses.of(List.of(blocks));
  }

  static KeyRates rates(Record row) {
    Long tokens = row.get(API_KEY.TOKENS_PER_MINUTE);
    return new KeyRates(
        optional(row.get(API_KEY.REQUESTS_PER_MINUTE)),
        tokens == null ? OptionalLong.empty() : OptionalLong.of(tokens),
        optional(row.get(API_KEY.CONCURRENT_MAX)));
  }

  static Set<String> groups(Record row) {
    return Set.of(row.get(API_KEY.ACCOUNT_GROUPS));
  }

  private static OptionalInt optional(@Nullable Integer number) {
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private static @Nullable Integer number(OptionalInt number) {
    return number.isPresent() ? number.getAsInt() : null;
  }

  private static String @Nullable [] texts(List<String> texts) {
    return texts.isEmpty() ? null : texts.toArray(String[]::new);
  }
}
