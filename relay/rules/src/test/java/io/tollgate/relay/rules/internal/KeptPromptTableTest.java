package io.tollgate.relay.rules.internal;

import static io.tollgate.schema.relay.Tables.KEPT_PROMPT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.data.testing.SettableClock;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.MasterKey;
import io.tollgate.relay.rules.KeptPrompt;
import io.tollgate.relay.rules.PromptConfig;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class KeptPromptTableTest {
  private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  private static final TenantId TENANT = new TenantId(7);

  private final TestDatabase database = TestDatabase.create();
  private final SettableClock clock = new SettableClock();
  private final PromptTable table =
      new PromptTable(MasterKey.parse(KEY).secretBox("test", new SecureRandom()), clock);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void it_is_found_until_its_time_is_over_and_then_deleted() {
    KeptPrompt prompt = prompt(1, "What is kp-9913?");
    write(prompt);
    KeptPrompt found = find(prompt.id()).orElseThrow();
    assertThat(found).usingRecursiveComparison().isEqualTo(prompt);
    table.deleteExpired(database.transactions());
    assertThat(find(prompt.id())).isPresent();
    clock.advance(Duration.ofSeconds(60));
    assertThat(find(prompt.id())).as("over, though it is there").isEmpty();
    assertThat(rows()).isEqualTo(1);
    table.deleteExpired(database.transactions());
    assertThat(rows()).isZero();
  }

  @Test
  void it_is_encrypted_for_its_request_and_tenant_alone() {
    KeptPrompt prompt = prompt(1, "What is kp-9913?");
    write(prompt);
    byte[] sealed =
        database
            .transactions()
            .read(tx -> tx.sql().selectFrom(KEPT_PROMPT).fetchSingle().getSealed());
    assertThat(new String(sealed, UTF_8)).doesNotContain("kp-9913", "application/json");
    int moved =
        database
            .transactions()
            .write(tx -> tx.sql().update(KEPT_PROMPT).set(KEPT_PROMPT.TENANT_ID, 8L).execute());
    assertThat(moved).isEqualTo(1);
    assertThatThrownBy(() -> find(prompt.id())).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void those_of_a_user_or_of_a_tenant_are_purged() {
    write(prompt(1, "a"));
    write(prompt(2, "b"));
    write(prompt(2, "c"));
    assertThat(purge(new TenantId(8), Optional.empty())).isZero();
    assertThat(purge(TENANT, Optional.of(new UserId(2)))).isEqualTo(2);
    assertThat(purge(TENANT, Optional.empty())).isEqualTo(1);
    assertThat(rows()).isZero();
  }

  @Test
  void what_cannot_wait_is_dropped_and_counted_and_what_waits_is_written() {
    MeterRegistry registry = new SimpleMeterRegistry();
    KeptPrompt large = prompt(1, "x".repeat(700_000));
    try (PromptWriter writer =
        PromptWriter.start(
            new PromptConfig(1_000_000, 2, 1), table, database.transactions(), registry)) {
      writer.keep(prompt(1, "first"));
      await().until(() -> rows() == 1);
      // more than a MiB of them cannot wait
      for (int i = 0; i < 50; i++) {
        writer.keep(prompt(i + 1, new String(large.request(), UTF_8)));
      }
    }
    double kept = registry.get("tollgate.relay.prompts").tag("result", "kept").counter().count();
    double dropped =
        registry.get("tollgate.relay.prompts").tag("result", "dropped").counter().count();
    assertThat(kept + dropped).isEqualTo(51);
    assertThat(dropped).isPositive();
    assertThat((double) rows()).isEqualTo(kept);
  }

  private void write(KeptPrompt prompt) {
    boolean written =
        database
            .transactions()
            .write(
                tx -> {
                  table.write(tx, List.of(prompt));
                  return true;
                });
    assertThat(written).isTrue();
  }

  private Optional<KeptPrompt> find(ChargeId id) {
    return database.transactions().read(tx -> table.find(tx, id));
  }

  private int purge(TenantId tenant, Optional<UserId> user) {
    return database.transactions().write(tx -> table.purge(tx, tenant, user));
  }

  private int rows() {
    return database.transactions().read(tx -> tx.sql().fetchCount(KEPT_PROMPT));
  }

  private KeptPrompt prompt(long user, String words) {
    return new KeptPrompt(
        new ChargeId(UUID.randomUUID()),
        TENANT,
        new UserId(user),
        new ApiKeyId(3),
        clock.instant(),
        clock.instant().plusSeconds(60),
        200,
        words.getBytes(UTF_8),
        false,
        "application/json",
        new byte[] {1, 2, 3},
        true);
  }
}
