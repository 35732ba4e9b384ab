package io.tollgate.identity;

import static io.tollgate.identity.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.data.ListRequest;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.identity.ApiKeys.IssuedKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class KeyRegisterTest {
  private final IdentityFixture fixture = new IdentityFixture();
  private final KeyRegister register = fixture.identity.keyRegister();
  private final ApiKeys keys = fixture.identity.apiKeys();
  private final Tenant acme = fixture.tenant("Acme");
  private final Tenant other = fixture.tenant("Other");
  private final User user = fixture.user(acme);

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_key_has_the_terms_that_it_was_made_with() {
    KeyTerms terms = terms(fixture.clock.instant().plusSeconds(3_600));
    IssuedKey issued = register.issue(acme.id(), user.id(), terms);

    ApiKey key = register.find(issued.id()).orElseThrow();
    assertThat(key.terms()).isEqualTo(terms);
    assertThat(key.enabled()).isTrue();
    assertThat(issued.secret()).startsWith(key.prefix());
    assertThat(key.prefix()).hasSize(8);
    KeyHolder holder = keys.find(issued.secret()).orElseThrow();
    assertThat(holder.rates()).isEqualTo(terms.rates());
    assertThat(holder.models()).isEqualTo(terms.models());
    assertThat(holder.addresses()).isEqualTo(terms.addresses());
    assertThat(holder.groups()).isEqualTo(terms.groups());
  }

  @Test
  void a_key_that_would_have_expired_is_not_made() {
    refused(
        ErrorCode.INVALID_REQUEST,
        () -> register.issue(acme.id(), user.id(), terms(fixture.clock.instant())));
    refused(
        ErrorCode.USER_NOT_FOUND, () -> register.issue(other.id(), user.id(), KeyTerms.named("k")));
    refused(
        ErrorCode.USER_NOT_FOUND,
        () -> register.issue(acme.id(), new UserId(99), KeyTerms.named("k")));
  }

  @Test
  void changed_terms_hold_at_once_here_and_are_heard_of_elsewhere() {
    IdentityModule elsewhere = fixture.start();
    elsewhere.follow(fixture.database.database().notifications());
    IssuedKey issued = register.issue(acme.id(), user.id(), KeyTerms.named("laptop"));
    fixture.awaitHeard(elsewhere, issued);
    assertThat(keys.find(issued.secret())).isPresent();
    assertThat(elsewhere.apiKeys().find(issued.secret())).isPresent();
    KeyTerms terms = terms(fixture.clock.instant().plusSeconds(3_600));

    ApiKey changed = register.change(issued.id(), before -> terms);

    assertThat(changed.terms()).isEqualTo(terms);
    assertThat(keys.find(issued.secret()).orElseThrow().models()).isEqualTo(terms.models());
    await()
        .untilAsserted(
            () ->
                assertThat(elsewhere.apiKeys().find(issued.secret()).orElseThrow().rates())
                    .isEqualTo(terms.rates()));
    register.change(issued.id(), before -> before.withRates(KeyRates.NONE));
    assertThat(register.find(issued.id()).orElseThrow().terms())
        .isEqualTo(terms.withRates(KeyRates.NONE));
  }

  @Test
  void a_change_that_is_refused_changes_nothing() {
    IssuedKey issued = register.issue(acme.id(), user.id(), KeyTerms.named("laptop"));
    refused(
        ErrorCode.FORBIDDEN,
        () ->
            register.change(
                issued.id(),
                before -> {
                  throw new Refusal(ErrorCode.FORBIDDEN, "no");
                }));
    assertThat(register.find(issued.id()).orElseThrow().terms().name()).isEqualTo("laptop");
  }

  @Test
  void a_disabled_key_is_refused_until_it_is_enabled_again() {
    IssuedKey issued = register.issue(acme.id(), user.id(), KeyTerms.named("laptop"));
    assertThat(keys.find(issued.secret())).isPresent();

    assertThat(register.setEnabled(issued.id(), false).enabled()).isFalse();
    assertThat(keys.find(issued.secret())).isEmpty();

    assertThat(register.setEnabled(issued.id(), true).enabled()).isTrue();
    fixture.advance(Duration.ofSeconds(5));
    assertThat(keys.find(issued.secret())).isPresent();
  }

  @Test
  void a_rotated_secret_is_dead_at_once_or_after_its_grace() {
    IssuedKey first = register.issue(acme.id(), user.id(), KeyTerms.named("laptop"));
    assertThat(keys.find(first.secret())).isPresent();

    IssuedKey second = register.rotate(first.id(), Duration.ofSeconds(60));
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(keys.find(first.secret())).isEqualTo(keys.find(second.secret())).isPresent();
    assertThat(register.find(first.id()).orElseThrow().retiringUntil())
        .contains(fixture.clock.instant().plusSeconds(60));

    fixture.advance(Duration.ofSeconds(60).minusMillis(1));
    assertThat(keys.find(first.secret())).isPresent();
    fixture.advance(Duration.ofMillis(1));
    assertThat(keys.find(first.secret())).isEmpty();
    assertThat(keys.find(second.secret())).isPresent();

    IssuedKey third = register.rotate(first.id(), Duration.ZERO);
    assertThat(keys.find(second.secret())).isEmpty();
    assertThat(keys.find(third.secret())).isPresent();
    assertThat(third.secret()).startsWith(register.find(third.id()).orElseThrow().prefix());
  }

  @Test
  void a_secret_that_retires_dies_with_its_key_and_with_the_next_rotation() {
    IdentityModule elsewhere = fixture.start();
    elsewhere.follow(fixture.database.database().notifications());
    IssuedKey first = register.issue(acme.id(), user.id(), KeyTerms.named("laptop"));
    fixture.awaitHeard(elsewhere, first);
    register.rotate(first.id(), Duration.ofHours(1));
    assertThat(elsewhere.apiKeys().find(first.secret())).isPresent();

    register.setEnabled(first.id(), false);
    await().until(() -> elsewhere.apiKeys().find(first.secret()).isEmpty());
    register.setEnabled(first.id(), true);
    fixture.advance(Duration.ofSeconds(5));
    await().until(() -> elsewhere.apiKeys().find(first.secret()).isPresent());

    fixture.sql("UPDATE identity.tenant_user SET active = false WHERE id = " + user.id());
    await().until(() -> elsewhere.apiKeys().find(first.secret()).isEmpty());
    fixture.sql("UPDATE identity.tenant_user SET active = true WHERE id = " + user.id());
    fixture.advance(Duration.ofSeconds(5));
    await().until(() -> elsewhere.apiKeys().find(first.secret()).isPresent());

    IssuedKey third = register.rotate(first.id(), Duration.ofHours(1));
    await().until(() -> elsewhere.apiKeys().find(first.secret()).isEmpty());
    assertThat(keys.find(first.secret())).isEmpty();
    assertThat(keys.find(third.secret())).isPresent();
  }

  @Test
  void a_retiring_secret_does_not_outlive_its_key() {
    IssuedKey first =
        register.issue(acme.id(), user.id(), terms(fixture.clock.instant().plusSeconds(5)));
    register.rotate(first.id(), Duration.ofHours(1));
    assertThat(keys.find(first.secret())).isPresent();
    fixture.advance(Duration.ofSeconds(5));
    assertThat(keys.find(first.secret())).isEmpty();
  }

  @Test
  void what_is_no_key_is_not_there_and_a_grace_has_bounds() {
    ApiKeyId unknown = new ApiKeyId(999);
    assertThat(register.find(unknown)).isEmpty();
    refused(ErrorCode.NOT_FOUND, () -> register.change(unknown, terms -> terms));
    refused(ErrorCode.NOT_FOUND, () -> register.setEnabled(unknown, true));
    refused(ErrorCode.NOT_FOUND, () -> register.rotate(unknown, Duration.ZERO));
    for (Duration grace : List.of(Duration.ofSeconds(-1), Duration.ofDays(31))) {
      refused(ErrorCode.INVALID_REQUEST, () -> register.rotate(unknown, grace));
    }
  }

  @Test
  void keys_are_listed_by_each_of_their_filters_the_newest_first() {
    User second = fixture.user(acme);
    User stranger = fixture.user(other);
    IssuedKey a = register.issue(acme.id(), user.id(), KeyTerms.named("Laptop of Ann"));
    IssuedKey b = register.issue(acme.id(), second.id(), KeyTerms.named("50%_off"));
    IssuedKey c = register.issue(other.id(), stranger.id(), KeyTerms.named("laptop"));
    register.setEnabled(b.id(), false);

    assertThat(listed(ApiKeyFilter.ALL)).containsExactly(c.id(), b.id(), a.id());
    ApiKeyFilter all = ApiKeyFilter.ALL;
    assertThat(listed(all.of(acme.id()))).containsExactly(b.id(), a.id());
    assertThat(listed(all.of(second.id()))).containsExactly(b.id());
    assertThat(listed(all.enabled(false))).containsExactly(b.id());
    assertThat(listed(all.of(acme.id()).enabled(true))).containsExactly(a.id());
    assertThat(listed(all.beginning(c.secret().substring(0, 8))))
        .contains(c.id())
        .doesNotContain(a.id());
    assertThat(listed(all.named("LAPTOP"))).containsExactly(c.id(), a.id());
    assertThat(listed(all.named("50%_"))).containsExactly(b.id());
    assertThat(listed(all.named("%"))).isEmpty();
    refused(ErrorCode.INVALID_REQUEST, () -> all.beginning(c.secret()));
  }

  private List<ApiKeyId> listed(ApiKeyFilter filter) {
    return fixture
        .database
        .transactions()
        .read(tx -> register.list(tx, filter, ListRequest.first(10)))
        .rows()
        .stream()
        .map(ApiKey::id)
        .toList();
  }

  private static KeyTerms terms(Instant expiresAt) {
    return new KeyTerms(
        "laptop",
        Optional.of(expiresAt),
        AllowedModels.of(List.of("gpt-4o*", "claude-sonnet-4-5")),
        AllowedAddresses.of(List.of("10.0.0.0/8", "2001:db8::/32")),
        new KeyRates(OptionalInt.of(60), OptionalLong.of(100_000), OptionalInt.of(8)),
        Set.of("default", "spare"));
  }
}
