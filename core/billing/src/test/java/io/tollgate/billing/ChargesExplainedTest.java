package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditScope;
import io.tollgate.ledger.Ledgers;
import io.tollgate.metering.PriceQuote;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The audit computes every charge again from its row, whatever kinds of usage it has. */
class ChargesExplainedTest {
  private static final String CHECK = "billing.charge_is_explained";
  private static final Instant AT = Instant.parse("2026-11-29T10:00:00Z");

  private final House house = new House();
  private final PriceTable prices = PriceTable.shipped();

  @BeforeEach
  void prepareDay() throws SQLException {
    execute("SELECT metering.ensure_usage_partition('2026-11-29')");
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void charges_of_any_tier_quota_and_kind_are_explained_by_their_rows() throws SQLException {
    for (String model : List.of("gpt-5.6", "claude-sonnet-4-5", "gemini-2.5-flash", "gpt-4o")) {
      for (ServiceTier tier : prices.find(model).orElseThrow().tiers().keySet()) {
        PriceQuote quote = quote(model, tier);
        insert(quote, TokenUsage.NONE, 0);
        insert(quote, new TokenUsage(100, 30, 10, 20, 5), 0);
        insert(quote, everyKind(), 0);
        insert(quote, everyKind(), everyKind().total() / 3);
        insert(quote, everyKind(), everyKind().total());
      }
    }
    assertThat(findings()).isEmpty();
  }

  @Test
  void one_more_of_any_kind_that_has_a_price_is_named() throws SQLException {
    PriceQuote quote = prices.byVersion(everyPrice());
    for (UsageKind kind : UsageKind.all()) {
      UUID charge = insert(quote, everyKind(), 0);
      TokenUsage more = TokenUsage.builder().add(kind, 1_000).build();
      UUID damaged = insert(quote, plus(everyKind(), more), 0, quote.price(everyKind(), 0));

      assertThat(findings())
          .as(kind.code())
          .extracting(AuditFinding::row)
          .containsExactly("usage record " + damaged);
      execute("DELETE FROM metering.usage_record");
      assertThat(charge).isNotEqualTo(damaged);
    }
  }

  @Test
  void another_price_tier_quota_or_cost_than_was_charged_is_named() throws SQLException {
    PriceQuote quote = quote("gpt-5", ServiceTier.PRIORITY);
    insert(quote, TokenUsage.of(1_000, 1_000), 500);
    assertThat(findings()).isEmpty();
    for (String damage :
        List.of(
            "price_version = replace(price_version, 'input=2.5', 'input=2.6')",
            "price_version = '" + quote("gpt-5", ServiceTier.FLEX).version() + "'",
            "price_version = 'nobody knows'",
            "price_version = replace(price_version, 'v2:', 'v3:')",
            "quota_tokens = 501",
            "quota_tokens = 5001",
            "paid = paid + 1",
            "owed = owed + 1")) {
      execute("CREATE TABLE before_damage AS SELECT * FROM metering.usage_record");
      execute("UPDATE metering.usage_record SET " + damage);
      assertThat(findings()).as(damage).hasSize(1);
      execute("DELETE FROM metering.usage_record");
      execute("INSERT INTO metering.usage_record SELECT * FROM before_damage");
      execute("DROP TABLE before_damage");
    }
    assertThat(findings()).isEmpty();
  }

  @Test
  void rows_of_the_first_price_versions_are_explained_too() throws SQLException {
    PriceQuote old =
        prices.byVersion("v1:USD:1:150000000,75000000,150000000,600000000,600000000:-:l:m");
    long price = old.price(new TokenUsage(100, 30, 10, 20, 5), 0);
    assertThat(price).isEqualTo(70 * 150 + 30 * 75 + 20 * 600);
    UUID charge = insert(old, new TokenUsage(100, 30, 10, 20, 5), 0);
    execute(
        "UPDATE metering.usage_record SET price_version ="
            + " 'v1:USD:1:150000000,75000000,150000000,600000000,600000000:-:l:m'"
            + " WHERE charge_id = '%s'".formatted(charge));
    assertThat(findings()).isEmpty();
  }

  @Test
  void from_a_time_on_older_charges_are_not_looked_at() throws SQLException {
    insert(quote("gpt-5", ServiceTier.STANDARD), TokenUsage.of(10, 10), 0, 1);
    assertThat(findings()).hasSize(1);
    assertThat(findings(AuditScope.since(AT.plusSeconds(1)))).isEmpty();
  }

  /** So much of each kind, also of those that are yet to come. */
  private static TokenUsage everyKind() {
    TokenUsage.Builder usage = TokenUsage.builder();
    UsageKind.all().forEach(kind -> usage.add(kind, 1_000 + kind.number()));
    return usage.build();
  }

  private static TokenUsage plus(TokenUsage one, TokenUsage other) {
    TokenUsage.Builder sum = TokenUsage.builder();
    one.forEach(sum::add);
    other.forEach(sum::add);
    return sum.build();
  }

  /** A version in which each kind has a price of its own. */
  private static String everyPrice() {
    StringJoiner each = new StringJoiner(",");
    UsageKind.all().forEach(kind -> each.add(kind.code() + "=0." + (100 + kind.number())));
    return "v2:USD:1:standard:" + each + ":-:l:m";
  }

  private PriceQuote quote(String model, ServiceTier tier) {
    return prices
        .quotes(
            prices.find(model).orElseThrow(),
            new TenantId(1),
            new UserId(1),
            Asset.money("USD"),
            AT)
        .asked("service_tier", tier);
  }

  private UUID insert(PriceQuote quote, TokenUsage usage, long quotaTokens) throws SQLException {
    return insert(quote, usage, quotaTokens, quote.price(usage, quotaTokens));
  }

  private UUID insert(PriceQuote quote, TokenUsage usage, long quotaTokens, long cost)
      throws SQLException {
    UUID charge = UUID.randomUUID();
    try (Connection connection = house.database.owner().getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                INSERT INTO metering.usage_record (charge_id, opened_at, settled_at, tenant_id,
                  user_id, api_key_id, platform, model, upstream_model, stream, http_status,
                  attempts, input_tokens, output_tokens, cached_tokens, cache_write_tokens,
                  reasoning_tokens, reported, quota_tokens, currency, price_version, paid, owed,
                  latency_ms, outcome, kinds)
                VALUES (?, '2026-11-29T10:00:00Z', '2026-11-29T10:00:00Z', 1, 1, 1, 'openai', 'm',
                  'm', false, 200, 1, ?, ?, ?, ?, ?, true, ?, 'USD', ?, ?, ?, 1, 'settled',
                  nullif(?::jsonb, '{}'))
                """)) {
      statement.setObject(1, charge);
      statement.setLong(2, usage.input());
      statement.setLong(3, usage.output());
      statement.setLong(4, usage.cached());
      statement.setLong(5, usage.cacheWrite());
      statement.setLong(6, usage.reasoning());
      statement.setLong(7, quotaTokens);
      statement.setString(8, quote.version());
      statement.setLong(9, cost / 2);
      statement.setLong(10, cost - cost / 2);
      statement.setString(11, further(usage));
      assertThat(statement.executeUpdate()).isOne();
    }
    return charge;
  }

  private static String further(TokenUsage usage) {
    StringJoiner kinds = new StringJoiner(",", "{", "}");
    usage.forEach(
        (kind, count) -> {
          if (!kind.isRemainder()) {
            kinds.add("\"%s\":%d".formatted(kind.code(), count));
          }
        });
    return kinds.toString();
  }

  private List<AuditFinding> findings() {
    return findings(AuditScope.WHOLE);
  }

  private List<AuditFinding> findings(AuditScope scope) {
    return house
        .database
        .transactions()
        .snapshot(
            snapshot -> Ledgers.audit(BillingModule.auditChecks(), List.of()).run(snapshot, scope))
        .findings()
        .stream()
        .filter(finding -> finding.check().equals(CHECK))
        .toList();
  }

  private void execute(String statementText) throws SQLException {
    try (Connection connection = house.database.owner().getConnection();
        var statement = connection.createStatement()) {
      boolean _ = statement.execute(statementText);
    }
  }
}
