package io.tollgate.relay.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.Protocol;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.accounts.AccountRouting.Choice;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ProviderAccountsTest {
  private static final AccountsConfig CONFIG =
      TestConfig.with(Map.of("relay.accounts.reload.ms", "100"));

  private static final TestDatabase database = TestDatabase.create();

  private final RelayAccounts module = emptied();

  @AfterAll
  static void closeDatabase() {
    database.close();
  }

  private static RelayAccounts emptied() {
    database
        .transactions()
        .write(
            transaction -> {
              transaction.sql().execute("DELETE FROM relay.provider_account");
              return transaction.sql().execute("DELETE FROM relay.provider");
            });
    return open();
  }

  private static RelayAccounts open() {
    return RelayAccounts.open(database.transactions(), new XorBox(), System::nanoTime, CONFIG);
  }

  @AfterEach
  void close() {
    module.close();
  }

  @Test
  void a_saved_account_serves_with_its_key_in_clear() {
    ProviderAccountId id = module.accounts().save(account("a", "secret-key").asSandbox());
    ProviderAccount chosen = chosen(module);
    assertThat(chosen.id()).isEqualTo(id);
    assertThat(chosen.key()).isEqualTo("secret-key");
    assertThat(chosen.sandbox()).isTrue();
    assertThat(chosen.baseUrl()).isEqualTo(new BaseUrl(false, "127.0.0.1", 9, "/v1"));
    assertThat(chosen.toString()).doesNotContain("secret-key");
  }

  @Test
  void what_an_account_charges_is_known_after_it_is_off_and_removed_too() {
    ProviderAccountId id = module.accounts().save(account("a", "secret-key"));
    assertThat(module.costFactor(id.value())).isEqualByComparingTo("1");
    BigDecimal discount = new BigDecimal("0.8");
    var unused =
        database
            .transactions()
            .write(
                transaction ->
                    module
                        .accounts()
                        .edit(
                            transaction,
                            id,
                            old -> old.toBuilder().costFactor(discount).enabled(false).build()));
    module.accounts().reload();
    assertThat(module.costFactor(id.value())).isEqualByComparingTo(discount);
    database
        .transactions()
        .write(
            transaction -> {
              module.accounts().archive(transaction, id);
              return id;
            });
    module.accounts().reload();
    assertThat(module.costFactor(id.value())).isEqualByComparingTo(discount);
    assertThat(module.costFactor(999_999)).isEqualByComparingTo("1");
  }

  @Test
  void the_key_is_not_in_the_database_in_clear() {
    module.accounts().save(account("a", "secret-key"));
    byte[] stored =
        database
            .transactions()
            .read(
                transaction ->
                    transaction
                        .sql()
                        .fetchSingle("SELECT sealed FROM relay.provider_key")
                        .get(0, byte[].class));
    assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("secret-key");
  }

  @Test
  void saving_twice_is_one_account_with_the_latest_terms() {
    ProviderAccountId first = module.accounts().save(account("a", "one"));
    ProviderAccountId second =
        module
            .accounts()
            .save(
                new NewProviderAccount(
                    "p",
                    Protocol.OPENAI,
                    "a",
                    "http://127.0.0.1:10/v1",
                    "two",
                    4,
                    7,
                    Optional.of(Set.of("m")),
                    false));
    assertThat(second).isEqualTo(first);
    ProviderAccount chosen = chosen(module);
    assertThat(chosen.key()).isEqualTo("two");
    assertThat(chosen.settings().models().listed()).contains(Set.of("m"));
    assertThat(chosen.settings().weight()).isEqualTo(7);
  }

  @Test
  void a_disabled_account_does_not_serve_until_it_is_enabled() {
    ProviderAccountId id = module.accounts().save(account("a", "key"));
    module.accounts().setEnabled(id, false);
    assertThat(choice(module)).isInstanceOf(Choice.None.class);
    module.accounts().save(account("a", "key"));
    assertThat(choice(module)).isInstanceOf(Choice.None.class);
    module.accounts().setEnabled(id, true);
    assertThat(chosen(module).id()).isEqualTo(id);
  }

  @Test
  void an_account_that_is_not_there_cannot_be_enabled() {
    assertThatThrownBy(() -> module.accounts().setEnabled(new ProviderAccountId(77), true))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
  }

  @Test
  void a_provider_keeps_its_protocol() {
    module.accounts().save(account("a", "key"));
    assertThatThrownBy(
            () ->
                module
                    .accounts()
                    .save(
                        NewProviderAccount.of(
                            "p", Protocol.GEMINI, "b", "http://127.0.0.1:9", "key")))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
        .hasMessageContaining("protocol of provider p: gemini (expected: openai");
  }

  @Test
  void other_processes_see_a_change_by_themselves() {
    try (RelayAccounts other = open()) {
      module.accounts().save(account("a", "key"));
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(choice(other)).isInstanceOf(Choice.Chosen.class));
    }
  }

  @Test
  void an_account_whose_key_does_not_open_leaves_the_others_alone() {
    module.accounts().save(account("a", "key-a"));
    module.accounts().save(account("b", "key-b"));
    database
        .transactions()
        .write(
            transaction ->
                transaction
                    .sql()
                    .execute(
                        "UPDATE relay.provider_key SET sealed = '\\x00' WHERE account_id ="
                            + " (SELECT id FROM relay.provider_account WHERE name = 'a')"));
    module.accounts().reload();
    for (int i = 0; i < 3; i++) {
      assertThat(chosen(module).key()).isEqualTo("key-b");
    }
  }

  @Test
  void what_cannot_be_an_account_is_refused_naming_the_field() {
    for (String bad : List.of("", " ", "with space", "zeilen\numbruch")) {
      assertThatThrownBy(() -> account("a", bad))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("key:");
    }
    assertThatThrownBy(
            () -> NewProviderAccount.of("Not Lower", Protocol.OPENAI, "a", "http://h", "key"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("provider: Not Lower");
  }

  private static NewProviderAccount account(String name, String key) {
    return NewProviderAccount.of("p", Protocol.OPENAI, name, "http://127.0.0.1:9/v1", key);
  }

  private static Choice choice(RelayAccounts accounts) {
    return accounts.routing().choose(AccountQuery.of(Protocol.OPENAI, "m"), Set.of());
  }

  private static ProviderAccount chosen(RelayAccounts accounts) {
    Choice choice = choice(accounts);
    assertThat(choice).isInstanceOf(Choice.Chosen.class);
    return ((Choice.Chosen) choice).use().account();
  }
}
