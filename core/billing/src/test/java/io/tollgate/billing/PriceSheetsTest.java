package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.data.ListRequest;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.PriceQuote;
import io.tollgate.metering.ServedUsage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prices set in the database, as processes sell at them. */
@Tag("slow")
class PriceSheetsTest {
  private static final TokenUsage THOUSAND_EACH = TokenUsage.of(1_000, 1_000);
  private final House house = new House();
  private final PriceTable list = PriceTable.shipped();
  private final PriceBook book = open();
  private final PriceBook otherProcess = open();
  private final PriceSheets sheets = PricesModule.sheets(list, house.clock);
  private final TenantId tenant = house.tenant.id();

  private PriceBook open() {
    return PriceBook.open(
        list,
        house.database.transactions(),
        house.database.database().notifications(),
        house.clock);
  }

  @AfterEach
  void close() {
    book.close();
    otherProcess.close();
    house.close();
  }

  @Test
  void a_price_holds_in_every_process_within_a_second() {
    Instant before = Instant.now();
    set(row("gpt-4o-mini", "0.3", "1.2"), Optional.empty());
    await()
        .atMost(Duration.ofSeconds(1))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () ->
                price(book, "gpt-4o-mini") == 1_500_000
                    && price(otherProcess, "gpt-4o-mini") == 1_500_000);
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(2));
    assertThat(price(book, "gpt-4o")).as("another model").isEqualTo(12_500_000);
    assertThat(version("gpt-4o-mini"))
        .matches("v2:USD:1:standard:input=0\\.3,output=1\\.2:-:sheet-\\d+:gpt-4o-mini");
  }

  @Test
  void a_price_begins_at_its_moment_and_ends_when_the_next_one_begins() {
    set(row("gpt-4o-mini", "0.3", "1.2"), Optional.of(House.START.plusSeconds(3_600)));
    set(row("gpt-4o-mini", "0.6", "2.4"), Optional.of(House.START.plusSeconds(7_200)));
    book.refresh();
    assertThat(price(book, "gpt-4o-mini")).isEqualTo(750_000);
    house.clock.advance(Duration.ofSeconds(3_599));
    assertThat(price(book, "gpt-4o-mini")).isEqualTo(750_000);
    house.clock.advance(Duration.ofSeconds(1));
    assertThat(price(book, "gpt-4o-mini")).isEqualTo(1_500_000);
    house.clock.advance(Duration.ofSeconds(3_600));
    assertThat(price(book, "gpt-4o-mini")).isEqualTo(3_000_000);
    assertThat(book.table().at(House.START.plusSeconds(4_000)))
        .filteredOn(price -> price.model().id().equals("gpt-4o-mini"))
        .singleElement()
        .satisfies(price -> assertThat(price.nextFrom()).contains(House.START.plusSeconds(7_200)));
  }

  @Test
  void two_prices_of_a_model_from_one_moment_are_refused_and_so_are_two_models_of_one_name() {
    Instant later = House.START.plusSeconds(60);
    set(row("gpt-4o-mini", "0.3", "1.2"), Optional.of(later));
    refused(
        () -> set(row("gpt-4o-mini", "0.4", "1.2"), Optional.of(later)),
        ErrorCode.CONFLICT,
        "effective_from: " + later + " (expected: another moment than price sheet");
    refused(
        () -> set(named("mine", "[gpt-4o]"), Optional.empty()),
        ErrorCode.CONFLICT,
        "gpt-4o: a name of gpt-4o and of mine at one time");
  }

  @Test
  void a_model_that_nobody_has_a_price_for_is_sold_once_it_has_one_and_never_before() {
    assertThat(book.find("mine")).isEmpty();
    set(named("mine", "[mine-latest]"), Optional.of(House.START.plusSeconds(60)));
    book.refresh();
    assertThat(book.find("mine")).isEmpty();
    assertThat(book.find("mine-latest")).isEmpty();
    house.clock.advance(Duration.ofSeconds(60));
    assertThat(book.find("mine-latest")).map(ModelPrice::id).contains("mine");
    assertThat(book.all()).extracting(ModelPrice::id).contains("mine");
  }

  @Test
  void a_sheet_is_changed_and_taken_back_until_it_begins() {
    PriceSheet sheet =
        set(row("gpt-4o-mini", "0.3", "1.2"), Optional.of(House.START.plusSeconds(60)));
    PriceSheet changed =
        house.write(
            tx ->
                sheets.replace(
                    tx, sheet.id(), order(row("gpt-4o-mini", "0.5", "1.2"), Optional.empty())));
    assertThat(changed.effectiveFrom()).isEqualTo(sheet.effectiveFrom());
    house.clock.advance(Duration.ofSeconds(58));
    refused(
        () -> house.run(tx -> sheets.remove(tx, sheet.id())),
        ErrorCode.CONFLICT,
        "(expected: one that has not begun; make a new one)");
    PriceSheet other = set(row("gpt-4o", "1", "1"), Optional.of(House.START.plusSeconds(600)));
    house.run(tx -> sheets.remove(tx, other.id()));
    refused(
        () -> house.run(tx -> sheets.remove(tx, other.id())), ErrorCode.NOT_FOUND, "price sheet");
  }

  @Test
  void a_price_cannot_begin_in_the_past() {
    refused(
        () -> set(row("gpt-4o-mini", "1", "1"), Optional.of(House.START.minusSeconds(1))),
        ErrorCode.INVALID_REQUEST,
        "effective_from: 2026-11-21T07:59:59Z (expected: 2026-11-21T08:00:00Z or later");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[1,2]",
        "null",
        "{\"id\": \"m\"}",
        "{\"id\": [\"m\"], \"platform\": 3}",
        "{\"usd_per_million\": {\"input\": -1}}",
        "{\"usd_per_million\": {\"input\": 1e400}}",
        "\u0000\u0001",
        "{\"a\": &a [*a]}"
      })
  void what_is_no_row_of_a_price_list_is_refused(String row) {
    assertThatThrownBy(() -> set(row, Optional.empty()))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
  }

  @Test
  void a_list_nested_without_end_is_refused() {
    assertThatThrownBy(() -> set("[".repeat(200_000), Optional.empty()))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> set("- ".repeat(200_000), Optional.empty()))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void every_unit_tier_and_long_input_is_kept_and_read_again() {
    String row =
        """
        {"id": "mine", "platform": "openai", "owned_by": "me", "created": 1700000000,
         "context_tokens": 1000000, "max_output_tokens": 1000,
         "usd_per_million": {"input": 1, "output": 2, "cache_read": 0.1, "characters": 15},
         "usd_each": {"seconds": 0.0001, "images": 0.04, "search_units": 0.002},
         "long_context": {"above_input_tokens": 200000, "input": 2, "output": 3, "characters": 15},
         "tiers": {"priority": {"usd_per_million": {"input": 2, "output": 4}}},
         "upstream_cost": {"usd_per_million": {"input": 0.5, "output": 1.000000001},
                           "tiers": {"priority": {"usd_per_million": {"input": 1, "output": 2}}}}}
        """;
    PriceSheet made = set(row, Optional.empty());
    PriceSheet stored =
        house.write(
            tx ->
                sheets
                    .list(tx, new PriceSheetFilter(Optional.of("mine")), ListRequest.first(10))
                    .rows()
                    .getFirst());
    assertThat(stored).isEqualTo(made);
    assertThat(stored.model().standard().usual().perMillion(UsageKind.IMAGES))
        .isEqualTo(40_000_000_000_000L);
    assertThat(stored.upstreamCost().orElseThrow())
        .containsOnlyKeys(ServiceTier.STANDARD, ServiceTier.PRIORITY);
  }

  @Test
  void multipliers_of_tenant_and_user_multiply_and_stand_in_the_price_version() {
    UserId user = house.user("u1").id();
    UserId other = house.user("u2").id();
    multiply(Optional.empty(), "1.2");
    multiply(Optional.of(user), "0.5");
    book.refresh();
    assertThat(price(book, "gpt-4o-mini", user)).isEqualTo(450_000);
    assertThat(price(book, "gpt-4o-mini", other)).isEqualTo(900_000);
    assertThat(price(book, "gpt-4o-mini")).isEqualTo(750_000);
    assertThat(quote("gpt-4o-mini", tenant, user).version()).startsWith("v3:USD:1.2*0.5:standard:");
    assertThat(book.byVersion(quote("gpt-4o-mini", tenant, user).version()).price(THOUSAND_EACH, 0))
        .isEqualTo(450_000);
    refused(
        () -> multiply(Optional.empty(), "10.5"), ErrorCode.INVALID_REQUEST, "expected: 0 to 10");
    refused(
        () -> multiply(Optional.of(new UserId(999_999)), "1"), ErrorCode.USER_NOT_FOUND, "user");
  }

  @Test
  void what_a_request_costs_us_is_the_upstream_models_cost_at_its_time_by_tier_and_account() {
    set(
        """
        {"id": "mine", "platform": "openai", "owned_by": "me", "context_tokens": 1000,
         "max_output_tokens": 1000, "usd_per_million": {"input": 10, "output": 10},
         "upstream_cost": {"usd_per_million": {"input": 1, "output": 3}}}
        """,
        Optional.of(House.START.plusSeconds(60)));
    set(named("unknown-cost", "[]"), Optional.empty());
    book.refresh();
    house.clock.advance(Duration.ofSeconds(120));
    book.accountsCharge(account -> new BigDecimal(account == 7 ? "0.8" : "1"));
    String version = quote("mine", tenant, new UserId(1)).version();
    assertThat(cost(House.START.plusSeconds(61), 1, "mine", version)).hasValue(4_000_000);
    assertThat(cost(House.START.plusSeconds(61), 7, "mine", version)).hasValue(3_200_000);
    assertThat(cost(House.START.plusSeconds(61), 1, "gpt-4o-mini", version))
        .as("another model was asked of the upstream")
        .hasValue(750_000);
    assertThat(cost(House.START.plusSeconds(61), 1, "a deployment", version)).hasValue(4_000_000);
    assertThat(cost(House.START, 1, "mine", version)).as("before it was sold").isEmpty();
    assertThat(
            cost(
                House.START.plusSeconds(61),
                1,
                "unknown-cost",
                quote("unknown-cost", tenant, new UserId(1)).version()))
        .isEmpty();
    assertThat(cost(House.START, 1, "gpt-4o-mini", "of another build")).isEmpty();
    assertThat(book.costsUnknown()).isEqualTo(3);
  }

  @Test
  void an_import_says_by_model_and_kind_what_changes_and_only_then_changes_it() {
    String file =
        """
        as_of: 2026-12-01
        currency: USD
        models:
          - {id: gpt-4o-mini, aliases: [gpt-4o-mini-2024-07-18], platform: openai, owned_by: openai,
             created: 1721260800, context_tokens: 128000, max_output_tokens: 16384,
             usd_per_million: {input: 0.2, output: 0.6, cache_read: 0.075},
             tiers: {priority: {usd_per_million: {input: 0.25, output: 1, cache_read: 0.125}},
                     fast: {usd_per_million: {input: 0.25, output: 1, cache_read: 0.125}},
                     batch: {usd_per_million: {input: 0.075, output: 0.3, cache_read: 0.075}}}}
          - {id: mine, platform: openai, owned_by: me, context_tokens: 10, max_output_tokens: 10,
             usd_per_million: {input: 1, output: 2}}
        """;
    PriceImport dry = importList(file, true);
    assertThat(dry.models())
        .extracting(PriceImport.ModelChange::model)
        .containsExactly("gpt-4o-mini", "mine");
    assertThat(dry.models().getFirst().isNew()).isFalse();
    assertThat(dry.models().getFirst().fields()).isEmpty();
    assertThat(dry.models().getFirst().prices())
        .filteredOn(change -> change.kind().equals("input"))
        .containsExactly(
            new PriceImport.PriceChange(
                "price",
                "standard",
                false,
                "input",
                Optional.of(new BigDecimal("0.15")),
                Optional.of(new BigDecimal("0.2"))));
    assertThat(dry.models().get(1).isNew()).isTrue();
    assertThat(dry.untouched()).contains("gpt-5").doesNotContain("gpt-4o-mini");
    book.refresh();
    assertThat(book.find("mine")).isEmpty();

    PriceImport done = importList(file, false);
    assertThat(done.models()).allSatisfy(change -> assertThat(change.sheet()).isPresent());
    book.refresh();
    assertThat(price(book, "gpt-4o-mini")).isEqualTo(800_000);
    assertThat(price(book, "mine")).isEqualTo(3_000_000);
    house.clock.advance(Duration.ofSeconds(1));
    PriceImport again = importList(file, false);
    assertThat(again.models()).isEmpty();
    assertThat(again.unchanged()).isEqualTo(2);
  }

  @Test
  void an_import_with_one_bad_row_changes_nothing_and_says_where() {
    String file =
        """
        as_of: 2026-12-01
        currency: USD
        models:
          - {id: fine, platform: openai, owned_by: me, context_tokens: 10, max_output_tokens: 10,
             usd_per_million: {input: 1, output: 2}}
          - {id: bad, platform: openai, owned_by: me, context_tokens: 10, max_output_tokens: 10,
             usd_per_million: {input: -1, output: 2}}
        """;
    refused(
        () -> importList(file, false),
        ErrorCode.INVALID_REQUEST,
        "the price list, model bad, usd_per_million: input: -1 (expected: USD per million, 0 to");
    book.refresh();
    assertThat(book.find("fine")).isEmpty();
  }

  private PriceImport importList(String file, boolean dryRun) {
    return house.write(
        tx ->
            sheets.importList(
                tx,
                new PriceImportOrder(
                    file.getBytes(StandardCharsets.UTF_8),
                    Optional.empty(),
                    OptionalLong.empty(),
                    dryRun)));
  }

  private OptionalLong cost(Instant at, long account, String upstreamModel, String version) {
    return book.upstreamCost(
        new ServedUsage(at, OptionalLong.of(account), upstreamModel, version, THOUSAND_EACH));
  }

  private void multiply(Optional<UserId> user, String by) {
    house.run(
        tx -> {
          PriceMultiplierSetting _ =
              house
                  .billing
                  .priceMultipliers()
                  .set(tx, tenant, user, new BigDecimal(by), OptionalLong.empty());
        });
  }

  private static void refused(Runnable setting, ErrorCode code, String message) {
    assertThatThrownBy(setting::run)
        .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  private PriceSheet set(String row, Optional<Instant> from) {
    return house.write(tx -> sheets.create(tx, order(row, from)));
  }

  private static PriceSheetOrder order(String row, Optional<Instant> from) {
    return new PriceSheetOrder(row, from, OptionalLong.of(1));
  }

  private static String row(String model, String input, String output) {
    return """
        {"id": "%s", "platform": "openai", "owned_by": "openai", "context_tokens": 128000,
         "max_output_tokens": 16384, "usd_per_million": {"input": %s, "output": "%s"}}
        """
        .formatted(model, input, output);
  }

  private static String named(String model, String aliases) {
    return """
        {id: %s, aliases: %s, platform: openai, owned_by: me, context_tokens: 1000,
         max_output_tokens: 100, usd_per_million: {input: 1, output: 2}}
        """
        .formatted(model, aliases);
  }

  private long price(PriceBook prices, String model) {
    return price(prices, model, new UserId(1), new TenantId(999));
  }

  private long price(PriceBook prices, String model, UserId user) {
    return price(prices, model, user, tenant);
  }

  private long price(PriceBook prices, String model, UserId user, TenantId of) {
    return prices
        .quote(prices.find(model).orElseThrow(), of, user, House.USD, house.clock.instant())
        .price(THOUSAND_EACH, 0);
  }

  private String version(String model) {
    return quote(model, new TenantId(999), new UserId(1)).version();
  }

  private PriceQuote quote(String model, TenantId of, UserId user) {
    return book.quote(book.find(model).orElseThrow(), of, user, House.USD, house.clock.instant());
  }
}
