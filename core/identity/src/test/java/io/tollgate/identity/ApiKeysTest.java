package io.tollgate.identity;

import static io.tollgate.identity.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.UserId;
import io.tollgate.identity.ApiKeys.IssuedKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class ApiKeysTest {
  private final IdentityFixture fixture = new IdentityFixture();
  private final ApiKeys keys = fixture.identity.apiKeys();
  private final Tenant acme = fixture.tenant("Acme");
  private final Tenant other = fixture.tenant("Other");
  private final User user = fixture.user(acme);

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_key_stands_for_its_user() {
    IssuedKey key = keys.issue(acme.id(), user.id(), "laptop", OptionalInt.of(3));

    assertThat(key.secret()).matches("sk-[0-9A-Za-z]{43}");
    assertThat(key.toString()).doesNotContain(key.secret());
    assertThat(keys.find(key.secret()))
        .contains(
            new KeyHolder(
                key.id(),
                acme.id(),
                user.id(),
                user.externalId(),
                Asset.money("USD"),
                KeyRates.requests(OptionalInt.of(3)),
                KeyRates.NONE,
                AllowedModels.ALL,
                AllowedAddresses.ALL,
                KeyTerms.DEFAULT_GROUPS));
    assertThat(keys.authenticate(key.secret()).toCompletableFuture())
        .as("at once, from the cache")
        .isCompletedWithValueMatching(Optional::isPresent);
    assertThat(fixture.start().apiKeys().find(key.secret())).isPresent();
  }

  @Test
  void what_is_no_key_is_nobodys() {
    for (String presented : List.of("", "sk-", "sk-short", "Bearer", "sk-\0", "svc-x", "ключ")) {
      assertThat(keys.find(presented)).isEmpty();
    }
  }

  @Test
  void one_changed_character_makes_it_nobodys() {
    String secret = issue().secret();
    for (int i = 0; i < secret.length(); i++) {
      char replacement = secret.charAt(i) == 'x' ? 'y' : 'x';
      assertThat(keys.find(secret.substring(0, i) + replacement + secret.substring(i + 1)))
          .isEmpty();
    }
    assertThat(keys.find(secret + "x")).isEmpty();
    assertThat(keys.find(secret)).isPresent();
  }

  @Test
  void a_disabled_key_is_refused_at_once_here_and_soon_in_other_processes() {
    IssuedKey key = issue();
    ApiKeys elsewhere = fixture.start().apiKeys();
    assertThat(keys.find(key.secret())).isPresent();
    assertThat(elsewhere.find(key.secret())).isPresent();

    keys.disable(acme.id(), key.id());

    assertThat(keys.find(key.secret())).isEmpty();
    assertThat(elsewhere.find(key.secret())).isPresent();
    fixture.advance(Duration.ofSeconds(10));
    assertThat(elsewhere.find(key.secret())).isEmpty();
  }

  @Test
  void who_follows_the_database_hears_of_every_change_by_whatever_hand() {
    IdentityModule elsewhere = fixture.start();
    elsewhere.follow(fixture.database.database().notifications());
    IssuedKey disabled = issue();
    IssuedKey limited = issue();
    IssuedKey left = issue();
    IssuedKey locked = keys.issue(other.id(), fixture.user(other).id(), "x", OptionalInt.empty());
    fixture.awaitHeard(elsewhere, left);
    for (IssuedKey each : List.of(disabled, limited, locked)) {
      assertThat(elsewhere.apiKeys().find(each.secret())).isPresent();
    }

    keys.disable(acme.id(), disabled.id());
    await().until(() -> elsewhere.apiKeys().find(disabled.secret()).isEmpty());

    fixture.sql("UPDATE identity.api_key SET requests_per_minute = 7 WHERE id = " + limited.id());
    await()
        .untilAsserted(
            () ->
                assertThat(elsewhere.apiKeys().find(limited.secret()))
                    .map(holder -> holder.rates().requestsPerMinute())
                    .contains(OptionalInt.of(7)));

    fixture.sql("UPDATE identity.tenant SET active = false WHERE id = " + other.id());
    await().until(() -> elsewhere.apiKeys().find(locked.secret()).isEmpty());

    fixture.sql("UPDATE identity.tenant_user SET active = false WHERE id = " + user.id());
    await().until(() -> elsewhere.apiKeys().find(left.secret()).isEmpty());
  }

  @Test
  void another_tenants_key_cannot_be_disabled() {
    IssuedKey key = issue();
    refused(ErrorCode.NOT_FOUND, () -> keys.disable(other.id(), key.id()));
    assertThat(keys.find(key.secret())).isPresent();
  }

  @Test
  void a_key_is_refused_from_the_moment_it_expires_though_it_is_remembered() {
    IssuedKey key =
        keys.issue(
            acme.id(),
            user.id(),
            "short",
            OptionalInt.empty(),
            Optional.of(fixture.clock.instant().plusSeconds(5)));

    assertThat(keys.find(key.secret())).isPresent();
    fixture.advance(Duration.ofSeconds(5).minusMillis(1));
    assertThat(keys.find(key.secret())).isPresent();
    fixture.advance(Duration.ofMillis(1));
    assertThat(keys.find(key.secret())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tenant", "tenant_user"})
  void a_key_of_a_disabled_user_or_tenant_is_refused(String table) {
    IssuedKey key = issue();
    assertThat(keys.find(key.secret())).isPresent();

    fixture.sql("update identity." + table + " set active = false");
    fixture.advance(Duration.ofSeconds(10));
    assertThat(keys.find(key.secret())).isEmpty();
  }

  @Test
  void a_key_made_after_it_was_asked_for_is_found() {
    for (int i = 0; i < 20; i++) {
      assertThat(keys.find(issue().secret())).isPresent();
    }
  }

  @Test
  void keys_are_issued_to_the_tenants_own_users_with_sane_limits() {
    refused(
        ErrorCode.USER_NOT_FOUND,
        () -> keys.issue(other.id(), user.id(), "laptop", OptionalInt.empty()));
    refused(
        ErrorCode.USER_NOT_FOUND,
        () -> keys.issue(acme.id(), new UserId(99), "laptop", OptionalInt.empty()));
    refused(
        ErrorCode.INVALID_REQUEST,
        () -> keys.issue(acme.id(), user.id(), "laptop", OptionalInt.of(0)));
    refused(
        ErrorCode.INVALID_REQUEST, () -> keys.issue(acme.id(), user.id(), "", OptionalInt.empty()));
  }

  @Test
  void the_first_look_up_does_not_block() {
    IssuedKey key = issue();
    var holder = keys.authenticate(key.secret()).toCompletableFuture();
    await()
        .untilAsserted(() -> assertThat(holder).isCompletedWithValueMatching(Optional::isPresent));
  }

  private IssuedKey issue() {
    return keys.issue(acme.id(), user.id(), "laptop", OptionalInt.empty());
  }
}
