package io.tollgate.relay.accounts.internal;

import static io.tollgate.schema.relay.Tables.PROVIDER;
import static io.tollgate.schema.relay.Tables.PROVIDER_ACCOUNT;

import io.tollgate.contracts.Protocol;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.accounts.ProviderSettings;
import io.tollgate.relay.accounts.ProviderStanding;
import io.tollgate.relay.accounts.Providers;
import io.tollgate.schema.relay.tables.records.ProviderRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** The table of providers. */
public final class ProviderTable implements Providers {
  private static final Field<Integer> ACCOUNTS =
      DSL.field(
              DSL.selectCount()
                  .from(PROVIDER_ACCOUNT)
                  .where(PROVIDER_ACCOUNT.PROVIDER_ID.eq(PROVIDER.ID))
                  .and(PROVIDER_ACCOUNT.ARCHIVED_AT.isNull()))
          .as("accounts");
  private static final Field<Integer> SERVING =
      DSL.field(
              DSL.selectCount()
                  .from(PROVIDER_ACCOUNT)
                  .where(PROVIDER_ACCOUNT.PROVIDER_ID.eq(PROVIDER.ID))
                  .and(PROVIDER_ACCOUNT.ARCHIVED_AT.isNull())
                  .and(PROVIDER_ACCOUNT.ENABLED)
                  .and(PROVIDER.ENABLED)
                  .and(HealthTable.severityOf(PROVIDER_ACCOUNT.ID).le(1)))
          .as("serving");

  /** A provider as it is stored. */
  record Row(long id, ProviderSettings settings) {}

  @Override
  public ListPage<ProviderStanding> list(
      Transaction transaction, String name, ListRequest request) {
    Condition named = name.isEmpty() ? DSL.noCondition() : PROVIDER.NAME.contains(name);
    Condition from = request.cursor().map(PROVIDER.NAME::gt).orElse(DSL.noCondition());
    List<ProviderStanding> found =
        transaction
            .sql()
            .select(PROVIDER.asterisk(), ACCOUNTS, SERVING)
            .from(PROVIDER)
            .where(named)
            .and(from)
            .orderBy(PROVIDER.NAME)
            .offset(request.offset())
            .limit(request.limit())
            .fetch(ProviderTable::standing);
    return ListPage.of(
        found,
        request,
        each -> each.settings().name(),
        () -> transaction.sql().fetchCount(PROVIDER, named));
  }

  @Override
  public ProviderStanding create(Transaction transaction, ProviderSettings settings) {
    int made = insert(transaction, settings);
    if (made == 0) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "name: " + settings.name() + " (expected: one that no other provider has)");
    }
    return standing(transaction, find(transaction, settings.name()).orElseThrow().id());
  }

  @Override
  public ProviderStanding edit(
      Transaction transaction, long id, UnaryOperator<ProviderSettings> change) {
    ProviderRecord row =
        transaction
            .sql()
            .selectFrom(PROVIDER)
            .where(PROVIDER.ID.eq(id))
            .forUpdate()
            .fetchOptional()
            .orElseThrow(() -> unknown(id));
    ProviderSettings next = change.apply(settings(row));
    if (!next.name().equals(row.getName())) {
      throw GivenText.refused("name", next.name(), row.getName() + ", which stays");
    }
    if (next.baseUrl().isEmpty() && hasAccountsWithoutUrl(transaction, id)) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "base_url is missing (expected: a URL, as accounts of the provider have none)");
    }
    transaction
        .sql()
        .update(PROVIDER)
        .set(PROVIDER.PROTOCOLS, AccountReading.codes(next.protocols()))
        .set(PROVIDER.BASE_URL, next.baseUrl().orElse(null))
        .set(PROVIDER.ENABLED, next.enabled())
        .set(PROVIDER.UPDATED_AT, DSL.currentInstant())
        .where(PROVIDER.ID.eq(id))
        .execute();
    return standing(transaction, id);
  }

  static Optional<Row> find(Transaction transaction, String name) {
    return transaction
        .sql()
        .selectFrom(PROVIDER)
        .where(PROVIDER.NAME.eq(name))
        .fetchOptional(row -> new Row(row.getId(), settings(row)));
  }

  static Row findOrCreate(Transaction transaction, String name, List<Protocol> protocols) {
    int _ = insert(transaction, new ProviderSettings(name, protocols, Optional.empty(), true));
    return find(transaction, name).orElseThrow();
  }

  private static int insert(Transaction transaction, ProviderSettings settings) {
    return transaction
        .sql()
        .insertInto(PROVIDER)
        .set(PROVIDER.NAME, settings.name())
        .set(PROVIDER.PROTOCOLS, AccountReading.codes(settings.protocols()))
        .set(PROVIDER.BASE_URL, settings.baseUrl().orElse(null))
        .set(PROVIDER.ENABLED, settings.enabled())
        .onConflict(PROVIDER.NAME)
        .doNothing()
        .execute();
  }

  private static boolean hasAccountsWithoutUrl(Transaction transaction, long id) {
    return transaction
        .sql()
        .fetchExists(
            PROVIDER_ACCOUNT,
            PROVIDER_ACCOUNT
                .PROVIDER_ID
                .eq(id)
                .and(PROVIDER_ACCOUNT.BASE_URL.isNull())
                .and(PROVIDER_ACCOUNT.ARCHIVED_AT.isNull()));
  }

  private static ProviderStanding standing(Transaction transaction, long id) {
    return transaction
        .sql()
        .select(PROVIDER.asterisk(), ACCOUNTS, SERVING)
        .from(PROVIDER)
        .where(PROVIDER.ID.eq(id))
        .fetchSingle(ProviderTable::standing);
  }

  private static ProviderStanding standing(Record row) {
    return new ProviderStanding(
        row.get(PROVIDER.ID),
        settings(row),
        row.get(ACCOUNTS),
        row.get(SERVING),
        row.get(PROVIDER.CREATED_AT),
        row.get(PROVIDER.UPDATED_AT));
  }

  private static ProviderSettings settings(Record row) {
    return new ProviderSettings(
        row.get(PROVIDER.NAME),
        AccountReading.protocols(row.get(PROVIDER.PROTOCOLS)),
        Optional.ofNullable(row.get(PROVIDER.BASE_URL)),
        row.get(PROVIDER.ENABLED));
  }

  private static Refusal unknown(long id) {
    return new Refusal(ErrorCode.NOT_FOUND, "provider: " + id + " (expected: one that exists)");
  }
}
