package io.tollgate.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a user may ask for holds for all keys. */
@Tag("slow")
class UserAccessTest {
  private final IdentityFixture fixture = new IdentityFixture();
  private final IdentityModule identity = fixture.identity;
  private final Tenant tenant = fixture.tenant("Acme");
  private final User user = fixture.user(tenant);

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_key_may_what_both_its_terms_and_the_users_allow() {
    KeyTerms own =
        new KeyTerms(
            "narrow",
            java.util.Optional.empty(),
            AllowedModels.of(List.of("gpt-*", "claude-1")),
            AllowedAddresses.ALL,
            KeyRates.requests(OptionalInt.of(5)),
            KeyTerms.DEFAULT_GROUPS);
    String narrow = identity.keyRegister().issue(tenant.id(), user.id(), own).secret();
    String open =
        identity.keyRegister().issue(tenant.id(), user.id(), KeyTerms.named("open")).secret();
    assertThat(holder(open).models().allow("anything")).isTrue();

    KeyRates rates = new KeyRates(OptionalInt.of(9), OptionalLong.empty(), OptionalInt.of(2));
    give(7, new AccessTerms(AllowedModels.of(List.of("gpt-4o", "claude-*")), rates));

    allows(open, "anything", false);
    allows(narrow, "gpt-5", false);
    assertThat(holder(open).models().allow("claude-2")).isTrue();
    assertThat(holder(open).userRates()).isEqualTo(rates);
    assertThat(holder(narrow).models().allow("gpt-4o")).isTrue();
    assertThat(holder(narrow).models().allow("claude-1")).isTrue();
    assertThat(holder(narrow).models().allow("claude-2")).isFalse();
    assertThat(holder(narrow).rates()).isEqualTo(own.rates());

    // the terms change for all who have them
    keep(7, new AccessTerms(AllowedModels.ALL, KeyRates.NONE));
    allows(open, "anything", true);
    assertThat(holder(open).userRates()).isEqualTo(KeyRates.NONE);

    keep(7, new AccessTerms(AllowedModels.of(List.of("none")), KeyRates.NONE));
    allows(open, "anything", false);
    boolean _ =
        fixture
            .database
            .transactions()
            .write(
                transaction -> {
                  identity.userAccess().clear(transaction, tenant.id(), user.id());
                  return true;
                });
    allows(open, "anything", true);
    assertThat(holder(narrow).models()).isEqualTo(own.models());
  }

  private void allows(String secret, String model, boolean allowed) {
    assertThat(holder(secret).models().allow(model)).isEqualTo(allowed);
  }

  /** As a process sees it that has not asked before. */
  private KeyHolder holder(String secret) {
    return fixture.start().apiKeys().find(secret).orElseThrow();
  }

  private void give(long id, AccessTerms terms) {
    boolean _ =
        fixture
            .database
            .transactions()
            .write(
                transaction -> {
                  identity.userAccess().keep(transaction, tenant.id(), id, terms);
                  identity.userAccess().assign(transaction, tenant.id(), user.id(), id);
                  return true;
                });
  }

  private void keep(long id, AccessTerms terms) {
    boolean _ =
        fixture
            .database
            .transactions()
            .write(
                transaction -> {
                  identity.userAccess().keep(transaction, tenant.id(), id, terms);
                  return true;
                });
  }
}
