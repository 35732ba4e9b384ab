package io.tollgate.identity;

import static io.tollgate.identity.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.data.Notifications;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class UsersTest {
  private final IdentityFixture fixture = new IdentityFixture();
  private final Users users = fixture.identity.users();
  private final Tenant acme = fixture.tenant("Acme");
  private final Tenant other = fixture.tenant("Other");

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void changed_free_tokens_are_told_and_other_changes_are_not() {
    User user = fixture.user(acme);
    User neighbour = fixture.user(other);
    List<String> heard = new CopyOnWriteArrayList<>();
    CountDownLatch listening = new CountDownLatch(1);
    fixture
        .database
        .database()
        .notifications()
        .subscribe(
            "tollgate_entitlements",
            new Notifications.Listener() {
              @Override
              public void notified(String payload) {
                heard.add(payload);
              }

              @Override
              public void missed() {
                listening.countDown();
              }
            });
    await().until(() -> listening.getCount() == 0);

    fixture.sql("UPDATE identity.tenant_user SET email = 'a@b.example' WHERE id = " + user.id());
    fixture.sql("UPDATE identity.tenant_user SET monthly_free_tokens = 5 WHERE id = " + user.id());
    fixture.sql("UPDATE identity.tenant SET monthly_free_tokens = 9 WHERE id = " + other.id());
    fixture.sql(
        "UPDATE identity.tenant_user SET monthly_free_tokens = NULL WHERE id = " + neighbour.id());
    fixture.sql("UPDATE identity.tenant SET zone = 'UTC' WHERE id = " + acme.id());

    await().until(() -> heard.contains(acme.id() + ":*"));
    assertThat(heard)
        .containsExactly(acme.id() + ":" + user.id(), other.id() + ":*", acme.id() + ":*");
  }

  @Test
  void a_user_is_called_by_number_unless_an_external_id_is_given() {
    User numbered = fixture.user(acme);
    User named = make(acme, "jane", "Jane@Example.com", 7L);

    assertThat(numbered.externalId()).isEqualTo(numbered.id().toString());
    assertThat(numbered.monthlyFreeTokens()).isEmpty();
    assertThat(named.externalId()).isEqualTo("jane");
    assertThat(named.email()).contains("jane@example.com");
    assertThat(named.monthlyFreeTokens()).hasValue(7);
    assertThat(named.inviteCode()).matches("[A-Z2-9]{8}").isNotEqualTo(numbered.inviteCode());
    assertThat(fixture.find(tx -> users.find(tx, named.id()))).contains(named);
    assertThat(byName(acme, "jane")).contains(named);
    assertThat(fixture.find(tx -> users.findByEmail(tx, acme.id(), "JANE@example.COM")))
        .contains(named);
    assertThat(named.createdAt()).isEqualTo(fixture.clock.instant());
  }

  @Test
  void an_unknown_external_id_makes_a_user_and_a_known_one_finds_them() {
    User made = findOrCreate(acme.id(), "u-1");

    assertThat(findOrCreate(acme.id(), "u-1")).isEqualTo(made);
    assertThat(made.tenant()).isEqualTo(acme.id());
    assertThat(made.active()).isTrue();
    assertThat(made.monthlyFreeTokens()).isEmpty();
  }

  @Test
  void two_at_once_make_one() throws InterruptedException {
    for (int round = 0; round < 10; round++) {
      String name = "u" + round;
      Set<UserId> made =
          Set.copyOf(IdentityFixture.atOnce(8, () -> findOrCreate(acme.id(), name).id()));
      assertThat(made).hasSize(1);
    }
  }

  @Test
  void an_external_id_is_a_text_of_its_tenant_and_never_another_tenants_number() {
    User ours = fixture.user(acme);
    String number = ours.id().toString();

    assertThat(byName(other, number)).isEmpty();
    assertThat(findOrCreate(acme.id(), number)).isEqualTo(ours);
    User theirs = findOrCreate(other.id(), number);
    assertThat(theirs.id()).isNotEqualTo(ours.id());
    assertThat(theirs.externalId()).isEqualTo(number);
    assertThat(theirs.tenant()).isEqualTo(other.id());
    assertThat(byName(acme, "0" + number)).isEmpty();
  }

  @Test
  void a_number_that_the_tenant_uses_as_an_external_id_is_passed_over() {
    long next = fixture.user(acme).id().value() + 1;
    Set<String> taken =
        LongStream.range(next, next + 40).mapToObj(Long::toString).collect(Collectors.toSet());
    for (String name : taken) {
      findOrCreate(acme.id(), name);
    }

    User numbered = fixture.user(acme);
    assertThat(numbered.externalId()).isEqualTo(numbered.id().toString()).isNotIn(taken);
  }

  @Test
  void bad_and_reserved_external_ids_are_refused() {
    for (String name :
        List.of(
            "", "a b", "ü", "a/b", "a.b", "a\0", "usage", "today", "month", "summary", "account")) {
      refused(ErrorCode.INVALID_REQUEST, () -> findOrCreate(acme.id(), name));
      refused(ErrorCode.INVALID_REQUEST, () -> make(acme, name, null, null));
      assertThat(byName(acme, name)).isEmpty();
    }
  }

  @Test
  void an_external_id_has_up_to_64_characters() {
    String longest = "A-_9".repeat(16);
    assertThat(findOrCreate(acme.id(), longest).externalId()).isEqualTo(longest);
    refused(ErrorCode.INVALID_REQUEST, () -> findOrCreate(acme.id(), longest + "x"));
  }

  @Test
  void an_external_id_or_email_is_used_once_per_tenant() {
    make(acme, "jane", "jane@example.com", null);

    assertThat(refused(ErrorCode.CONFLICT, () -> make(acme, "jane", null, null)).sentence())
        .isEqualTo("user_id: jane (expected: not yet used in this tenant)");
    assertThat(
            refused(ErrorCode.CONFLICT, () -> make(acme, "j2", "JANE@example.com", null))
                .sentence())
        .isEqualTo("email: JANE@example.com (expected: not yet used in this tenant)");
    assertThat(make(other, "jane", "jane@example.com", null).tenant()).isEqualTo(other.id());
  }

  @Test
  void bad_emails_are_refused() {
    for (String email : List.of("", "jane", "@x", "x@", "a b@c", "jane@exämple.com", "a\0@b")) {
      refused(ErrorCode.INVALID_REQUEST, () -> make(acme, "jane", email, null));
      assertThat(fixture.find(tx -> users.findByEmail(tx, acme.id(), email))).isEmpty();
    }
  }

  @Test
  void a_user_of_no_tenant_is_not_made() {
    TenantId nobody = new TenantId(99);
    refused(ErrorCode.NOT_FOUND, () -> findOrCreate(nobody, "jane"));
    refused(
        ErrorCode.NOT_FOUND,
        () ->
            fixture.write(
                tx ->
                    users.create(
                        tx,
                        new NewUser(
                            nobody,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            OptionalLong.empty()))));
  }

  @Test
  void a_password_is_set_for_a_user_of_the_tenant_only() {
    User user = fixture.user(acme);

    set(acme, user, "correct horse");
    String first = hash(user);
    set(acme, user, "battery staple");
    assertThat(first).startsWith("$argon2id$");
    assertThat(hash(user)).startsWith("$argon2id$").isNotEqualTo(first);
    refused(ErrorCode.USER_NOT_FOUND, () -> set(other, user, "correct horse"));
    refused(ErrorCode.INVALID_REQUEST, () -> set(acme, user, "short"));
  }

  private User findOrCreate(TenantId tenant, String externalId) {
    return fixture.write(tx -> users.findOrCreate(tx, tenant, externalId));
  }

  private void set(Tenant tenant, User user, String password) {
    var _ =
        fixture.write(
            tx -> {
              users.setPassword(tx, tenant.id(), user.id(), password);
              return user;
            });
  }

  private String hash(User user) {
    return fixture.write(
        tx ->
            tx.sql()
                .fetchSingle(
                    "select password_hash from identity.tenant_user where id = ?",
                    user.id().value())
                .get(0, String.class));
  }

  private Optional<User> byName(Tenant tenant, String name) {
    return fixture.find(tx -> users.findByExternalId(tx, tenant.id(), name));
  }

  private User make(Tenant tenant, String externalId, @Nullable String email, @Nullable Long free) {
    return fixture.write(
        tx ->
            users.create(
                tx,
                new NewUser(
                    tenant.id(),
                    Optional.of(externalId),
                    Optional.ofNullable(email),
                    Optional.empty(),
                    free == null ? OptionalLong.empty() : OptionalLong.of(free))));
  }
}
