package io.tollgate.relay.accounts.internal;

import static io.tollgate.schema.relay.Tables.PROVIDER;
import static io.tollgate.schema.relay.Tables.PROVIDER_ACCOUNT;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.accounts.AccountFilter;
import io.tollgate.relay.accounts.AccountSettings;
import io.tollgate.relay.accounts.AccountStanding;
import io.tollgate.relay.accounts.HealthReport;
import io.tollgate.relay.accounts.HealthState;
import io.tollgate.relay.accounts.ProviderAccountId;
import io.tollgate.relay.accounts.internal.AccountReading.SealedKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectLimitPercentAfterOffsetStep;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads accounts for administrators. */
final class AccountLists {
  private static final Logger log = LoggerFactory.getLogger(AccountLists.class);
  private static final Field<Integer> SEVERITY =
      HealthTable.severityOf(PROVIDER_ACCOUNT.ID).as("severity");

  private final AccountReading reading;

  AccountLists(AccountReading reading) {
    this.reading = reading;
  }

  ListPage<AccountStanding> page(
      Transaction transaction, AccountFilter filter, ListRequest request) {
    List<? extends Record> rows = query(transaction.sql(), filter, request).fetch();
    return ListPage.of(
        standings(transaction, rows),
        request,
        account -> account.id().toString(),
        () ->
            transaction
                .sql()
                .fetchCount(
                    transaction
                        .sql()
                        .select(PROVIDER_ACCOUNT.ID)
                        .from(PROVIDER_ACCOUNT)
                        .join(PROVIDER)
                        .on(PROVIDER.ID.eq(PROVIDER_ACCOUNT.PROVIDER_ID))
                        .where(condition(filter))));
  }

  AccountStanding find(Transaction transaction, ProviderAccountId account) {
    List<? extends Record> rows =
        transaction
            .sql()
            .select(PROVIDER_ACCOUNT.asterisk(), PROVIDER.asterisk(), SEVERITY)
            .from(PROVIDER_ACCOUNT)
            .join(PROVIDER)
            .on(PROVIDER.ID.eq(PROVIDER_ACCOUNT.PROVIDER_ID))
            .where(PROVIDER_ACCOUNT.ID.eq(account.value()))
            .and(PROVIDER_ACCOUNT.ARCHIVED_AT.isNull())
            .fetch();
    return standings(transaction, rows).stream().findFirst().orElseThrow(() -> unknown(account));
  }

  static Refusal unknown(ProviderAccountId account) {
    return new Refusal(
        ErrorCode.NOT_FOUND, "provider account: " + account + " (expected: one that exists)");
  }

  static SelectLimitPercentAfterOffsetStep<? extends Record> query(
      DSLContext sql, AccountFilter filter, ListRequest request) {
    Condition condition = condition(filter);
    if (request.cursor().isPresent()) {
      condition = condition.and(PROVIDER_ACCOUNT.ID.gt(cursor(request.cursor().get())));
    }
    return sql.select(PROVIDER_ACCOUNT.asterisk(), PROVIDER.asterisk(), SEVERITY)
        .from(PROVIDER_ACCOUNT)
        .join(PROVIDER)
        .on(PROVIDER.ID.eq(PROVIDER_ACCOUNT.PROVIDER_ID))
        .where(condition)
        .orderBy(PROVIDER_ACCOUNT.ID)
        .offset(request.offset())
        .limit(request.limit());
  }

  private List<AccountStanding> standings(Transaction transaction, List<? extends Record> rows) {
    List<Long> ids = rows.stream().map(row -> row.get(PROVIDER_ACCOUNT.ID)).toList();
    Map<Long, List<SealedKey>> keys = AccountReading.keys(transaction, ids);
    Map<Long, Map<Long, HealthReport>> reports = HealthTable.reports(transaction, ids);
    List<AccountStanding> standings = new ArrayList<>(rows.size());
    for (Record row : rows) {
      long id = row.get(PROVIDER_ACCOUNT.ID);
      standings.add(
          standing(
              row,
              keys.getOrDefault(id, List.of()),
              new HashMap<>(reports.getOrDefault(id, Map.of()))));
    }
    return standings;
  }

  private AccountStanding standing(
      Record row, List<SealedKey> keys, Map<Long, HealthReport> reports) {
    ProviderAccountId id = new ProviderAccountId(row.get(PROVIDER_ACCOUNT.ID));
    AccountSettings settings;
    boolean readable = true;
    try {
      settings = reading.settings(row, keys);
    } catch (RuntimeException e) {
      log.atWarn()
          .setCause(e)
          .addKeyValue("provider_account", id.value())
          .log("the secrets of a provider account do not open");
      settings = AccountReading.withoutSecrets(row, keys);
      readable = false;
    }
    HealthReport own = reports.getOrDefault(0L, HealthReport.HEALTHY);
    reports.remove(0L);
    return new AccountStanding(
        id,
        settings,
        readable,
        AccountReading.protocols(row),
        AccountReading.baseUrl(row),
        row.get(PROVIDER.ENABLED),
        HealthState.values()[row.get(SEVERITY)],
        own,
        reports,
        row.get(PROVIDER_ACCOUNT.CREATED_AT),
        row.get(PROVIDER_ACCOUNT.UPDATED_AT));
  }

  private static Condition condition(AccountFilter filter) {
    List<Condition> all = new ArrayList<>();
    all.add(PROVIDER_ACCOUNT.ARCHIVED_AT.isNull());
    filter.provider().ifPresent(name -> all.add(PROVIDER.NAME.eq(name)));
    filter
        .protocol()
        .ifPresent(
            protocol ->
                all.add(
                    DSL.condition(
                        "{0} = any({1})",
                        DSL.val(protocol.code()),
                        DSL.coalesce(PROVIDER_ACCOUNT.PROTOCOLS, PROVIDER.PROTOCOLS))));
    filter.enabled().ifPresent(enabled -> all.add(PROVIDER_ACCOUNT.ENABLED.eq(enabled)));
    filter
        .state()
        .ifPresent(
            state -> all.add(HealthTable.severityOf(PROVIDER_ACCOUNT.ID).eq(state.ordinal())));
    filter
        .model()
        .ifPresent(
            model ->
                all.add(
                    PROVIDER_ACCOUNT
                        .MODELS
                        .isNull()
                        .or(
                            DSL.condition(
                                "{0} = any({1})", DSL.val(model), PROVIDER_ACCOUNT.MODELS))
                        .or(
                            DSL.condition(
                                "jsonb_exists({0}, {1})",
                                PROVIDER_ACCOUNT.MODEL_MAPPING, DSL.val(model)))));
    filter
        .group()
        .ifPresent(
            group ->
                all.add(DSL.condition("{0} = any({1})", DSL.val(group), PROVIDER_ACCOUNT.GROUPS)));
    filter.name().ifPresent(name -> all.add(PROVIDER_ACCOUNT.NAME.containsIgnoreCase(name)));
    return DSL.and(all);
  }

  private static long cursor(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "cursor: not one of this list (expected: its last next)", e);
    }
  }
}
