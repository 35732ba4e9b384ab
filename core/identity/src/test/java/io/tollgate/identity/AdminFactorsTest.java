package io.tollgate.identity;

import static io.tollgate.identity.IdentityFixture.atOnce;
import static io.tollgate.identity.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.AdminId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.Admins.AdminSession;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class AdminFactorsTest {
  private static final SignInOrigin HERE = new SignInOrigin("192.0.2.1", "Firefox");
  private static final String PASSWORD = "correct horse";

  private final IdentityFixture fixture = new IdentityFixture();
  private final Admins admins = fixture.identity.admins();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void with_a_second_factor_an_administrator_needs_its_code() {
    AdminId ann = create("ann", AdminRole.SUPPORT);
    SecondFactors.SetUp setUp = setUp(fixture.identity, ann);
    refused(ErrorCode.TOTP_REQUIRED, () -> admins.login("ann", PASSWORD, "192.0.2.1"));
    refused(ErrorCode.INVALID_CREDENTIALS, () -> login(admins, "000000"));
    fixture.advance(Duration.ofSeconds(30));
    String code = UserLoginsTest.Codes.now(setUp, fixture.clock);
    assertThat(login(admins, code).complete()).isTrue();
    refused(ErrorCode.INVALID_CREDENTIALS, () -> login(admins, code));
    fixture.identity.secondFactors().reset(new FactorOwner.OfAdmin(ann));
    assertThat(admins.login("ann", PASSWORD, "192.0.2.1").token()).isNotEmpty();
  }

  @Test
  void where_a_factor_is_required_a_session_without_one_is_good_for_setting_one_up_only() {
    AdminId ann = create("ann", AdminRole.OWNER);
    IdentityModule strict = fixture.startWithAdminFactor();
    AdminSession session = strict.admins().login("ann", PASSWORD, "192.0.2.1");
    assertThat(session.complete()).isFalse();
    assertThat(strict.admins().identify(session.token())).isEmpty();
    assertThat(strict.bearers().identify(session.token())).isEmpty();
    Admins.InSession any = strict.admins().identifyAny(session.token()).orElseThrow();
    assertThat(any.complete()).isFalse();
    // another token of it is no better
    AdminSession again = strict.admins().refresh(session.token(), HERE);
    assertThat(strict.admins().identify(again.token())).isEmpty();

    var unused = setUp(strict, ann);
    strict.admins().complete(strict.admins().identifyAny(again.token()).orElseThrow().session());
    assertThat(strict.admins().identify(again.token())).isPresent();
  }

  @Test
  void another_token_ends_the_one_before_and_of_two_at_once_one_is_given() throws Exception {
    var unused = create("ann", AdminRole.OWNER);
    AdminSession first = admins.login("ann", PASSWORD, "192.0.2.1");
    fixture.advance(Duration.ofHours(7));
    List<Boolean> given =
        atOnce(
            10,
            () -> {
              try {
                return admins.refresh(first.token(), HERE).token().isEmpty();
              } catch (Refusal refusal) {
                assertThat(refusal.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
                return true;
              }
            });
    assertThat(Collections.frequency(given, false)).isEqualTo(1);
    assertThat(admins.identify(first.token())).isEmpty();
    refused(ErrorCode.UNAUTHENTICATED, () -> admins.refresh(first.token(), HERE));
    AdminSession second = admins.login("ann", PASSWORD, "192.0.2.1");
    fixture.advance(Duration.ofHours(7));
    AdminSession third = admins.refresh(second.token(), HERE);
    fixture.advance(Duration.ofHours(7));
    assertThat(admins.identify(third.token())).isPresent();
  }

  @Test
  void sessions_are_listed_with_where_they_come_from_and_ended_by_their_own_admin_only() {
    AdminId ann = create("ann", AdminRole.OWNER);
    AdminId bob = create("bob", AdminRole.OWNER);
    AdminSession session = admins.login(new AdminLogin("ann", PASSWORD, Optional.empty()), HERE);
    assertThat(admins.sessions(ann)).hasSize(1);
    UserSessions.OpenSession open = admins.sessions(ann).getFirst();
    assertThat(open.device()).isEqualTo("Firefox");
    assertThat(open.address()).isEqualTo("192.0.2.1");
    assertThat(admins.endSession(bob, open.id())).isFalse();
    assertThat(admins.endSession(ann, UUID.randomUUID())).isFalse();
    assertThat(admins.identify(session.token())).isPresent();
    assertThat(admins.endSession(ann, open.id())).isTrue();
    assertThat(admins.identify(session.token())).isEmpty();
  }

  @Test
  void there_is_always_an_owner_who_is_on() throws Exception {
    AdminRegister register = fixture.identity.adminRegister();
    AdminId ann = create("ann", AdminRole.OWNER);
    AdminId bob = create("bob", AdminRole.OWNER);
    AdminId eve = create("eve", AdminRole.SUPPORT);
    // each of the two takes the other away, at once
    List<AdminId> owners = List.of(ann, bob);
    java.util.concurrent.atomic.AtomicInteger next =
        new java.util.concurrent.atomic.AtomicInteger();
    List<Boolean> done =
        atOnce(
            2,
            () -> {
              AdminId one = owners.get(next.getAndIncrement());
              try {
                return fixture.write(tx -> register.setActive(tx, one, false)) != null;
              } catch (Refusal refusal) {
                assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT);
                return false;
              }
            });
    assertThat(Collections.frequency(done, true)).isEqualTo(1);
    AdminId last = done.getFirst() ? bob : ann;
    AdminRegister.Admin stays =
        fixture
            .find(tx -> register.find(tx, last))
            .filter(AdminRegister.Admin::active)
            .orElseGet(
                () ->
                    fixture
                        .find(tx -> register.find(tx, last.equals(ann) ? bob : ann))
                        .orElseThrow());
    refused(
        ErrorCode.CONFLICT,
        () ->
            fixture.write(
                tx -> register.change(tx, stays.id(), "x", AdminRole.READ_ONLY, Optional.empty())));
    fixture.write(tx -> register.setActive(tx, eve, false));
    assertThat(fixture.find(tx -> register.find(tx, eve)).orElseThrow().active()).isFalse();
  }

  @Test
  void a_password_that_is_set_for_somebody_ends_their_sessions() {
    AdminId ann = create("ann", AdminRole.OWNER);
    AdminSession session = admins.login("ann", PASSWORD, "192.0.2.1");
    AdminRegister register = fixture.identity.adminRegister();
    fixture.write(
        tx -> {
          register.setPassword(tx, ann, "another password");
          return ann;
        });
    assertThat(admins.identify(session.token())).isEmpty();
    refused(ErrorCode.INVALID_CREDENTIALS, () -> admins.login("ann", PASSWORD, "192.0.2.1"));
    assertThat(admins.login("ann", "another password", "192.0.2.1").admin()).isEqualTo(ann);
  }

  private AdminId create(String name, AdminRole role) {
    return fixture.write(tx -> admins.create(tx, name, name, PASSWORD, role));
  }

  private SecondFactors.SetUp setUp(IdentityModule identity, AdminId admin) {
    FactorOwner owner = new FactorOwner.OfAdmin(admin);
    SecondFactors.SetUp setUp = identity.secondFactors().begin(owner, "admin");
    List<String> codes =
        identity.secondFactors().confirm(owner, UserLoginsTest.Codes.now(setUp, fixture.clock));
    assertThat(codes).hasSize(10).doesNotHaveDuplicates();
    return setUp;
  }

  private static AdminSession login(Admins admins, String code) {
    return admins.login(new AdminLogin("ann", PASSWORD, Optional.of(code)), HERE);
  }
}
