package io.tollgate.identity;

import static io.tollgate.identity.IdentityFixture.atOnce;
import static io.tollgate.identity.PassportFixture.HERE;
import static io.tollgate.identity.PassportFixture.PASSWORD;
import static io.tollgate.identity.PassportFixture.THERE;
import static io.tollgate.identity.PassportFixture.account;
import static io.tollgate.identity.PassportFixture.registration;
import static io.tollgate.identity.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class PassportsTest {
  private final PassportFixture fixture = new PassportFixture();
  private final Passports passports = fixture.passports;
  private final UserSessions sessions = fixture.base.identity.userSessions();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void who_registers_is_a_user_when_the_link_comes_back_and_is_in_a_session_then() {
    fixture.register("Ann@Bücher.example");
    assertThat(fixture.count("identity.tenant_user where not is_root")).isZero();
    refused(ErrorCode.INVALID_CREDENTIALS, () -> fixture.login("ann@bücher.example", PASSWORD));

    SignedIn in =
        passports.verify(fixture.token("ann@xn--bcher-kva.example"), SignedIn.Kind.BEARER, HERE);

    assertThat(sessions.identify(in.token()).orElseThrow().user()).isEqualTo(in.user());
    assertThat(fixture.base.identity.bearers().identify(in.token())).contains(in.user());
    assertThat(in.user().tenant()).isEqualTo(fixture.tenant.id());
    assertThat(fixture.login("ANN@BÜCHER.example", PASSWORD).user()).isEqualTo(in.user());
  }

  @Test
  void an_administrator_lets_a_user_set_another_password_by_mail() {
    SignedIn in = fixture.verified("ann@a.example");
    passports.sendReset(in.user().user());
    passports.reset(fixture.token("ann@a.example"), "another four words", HERE);
    assertThat(sessions.identify(in.token())).as("sessions have ended").isEmpty();
    assertThat(fixture.login("ann@a.example", "another four words").user()).isEqualTo(in.user());
    refused(
        ErrorCode.USER_NOT_FOUND,
        () -> passports.sendReset(new io.tollgate.ground.UserId(999_999)));
    User without = fixture.base.user(fixture.tenant);
    refused(ErrorCode.CONFLICT, () -> passports.sendReset(without.id()));
    refused(
        ErrorCode.CONFLICT, () -> fixture.withoutMail().passports().sendReset(in.user().user()));
  }

  @Test
  void one_address_registered_fifty_times_at_once_is_one_user_and_few_mails() throws Exception {
    PassportModule many =
        fixture.module(
            "identity.register.address.hour.max", "1000", "identity.mails.hour.max", "3");
    List<Boolean> answered =
        atOnce(
            50,
            () -> {
              try {
                many.passports().register(registration("ann@a.example"), HERE);
                return true;
              } catch (Refusal refusal) {
                // too many at a time of one address: 429, or the hashes wait
                assertThat(refusal.code()).isIn(ErrorCode.RATE_LIMITED, ErrorCode.UNAVAILABLE);
                return false;
              }
            });
    assertThat(answered).contains(true);
    PassportFixture.sendMails(many);
    assertThat(fixture.mailsTo("ann@a.example")).hasSizeBetween(1, 3);
    String token = fixture.token("ann@a.example");

    List<Boolean> used =
        atOnce(
            20,
            () -> {
              try {
                return passports.verify(token, SignedIn.Kind.BEARER, HERE) != null;
              } catch (Refusal refusal) {
                assertThat(refusal.code()).isEqualTo(ErrorCode.LINK_INVALID);
                return false;
              }
            });
    assertThat(used.stream().filter(ok -> ok)).hasSize(1);
    assertThat(fixture.count("identity.tenant_user where not is_root")).isEqualTo(1);
    assertThat(fixture.count("identity.mail_token")).isZero();
  }

  @Test
  void without_mail_fifty_registrations_at_once_make_one_user_and_all_are_answered_alike()
      throws Exception {
    PassportModule plain = fixture.withoutMail("identity.register.address.hour.max", "1000");
    assertThat(plain.passports().verifies()).isFalse();
    List<Integer> done =
        atOnce(
            15,
            () -> {
              plain.passports().register(registration("ann@a.example"), HERE);
              return 1;
            });
    assertThat(done).hasSize(15);
    assertThat(fixture.count("identity.tenant_user where not is_root")).isEqualTo(1);
    assertThat(
            fixture.count("identity.tenant_user where email_verified_at is null and not is_root"))
        .isEqualTo(1);
    assertThat(fixture.login("ann@a.example", PASSWORD).user().tenant())
        .isEqualTo(fixture.tenant.id());
    refused(
        ErrorCode.UNAVAILABLE,
        () -> plain.passports().forgot(account("ann@a.example"), MailLanguage.EN, HERE));
  }

  @Test
  void who_has_an_account_is_told_by_mail_and_the_answer_does_not_tell() {
    SignedIn in = fixture.verified("ann@a.example");
    passports.register(
        new Registration(
            "ann@a.example", "another good one", Optional.empty(), "localhost", MailLanguage.EN),
        THERE);
    fixture.sendMails();
    assertThat(PassportFixture.body(fixture.mailsTo("ann@a.example").getLast()))
        .contains("has an account already")
        .doesNotContain("#token=");
    refused(
        ErrorCode.INVALID_CREDENTIALS, () -> fixture.login("ann@a.example", "another good one"));
    assertThat(sessions.identify(in.token())).isPresent();
  }

  @Test
  void the_same_is_written_for_an_address_that_somebody_has_and_one_that_nobody_has() {
    fixture.verified("ann@a.example");
    long rows = fixture.count("identity.mail");
    passports.forgot(account("ann@a.example"), MailLanguage.EN, HERE);
    assertThat(fixture.count("identity.mail")).isEqualTo(rows + 1);
    passports.forgot(account("nobody@a.example"), MailLanguage.EN, HERE);
    passports.resend(account("nobody@a.example"), MailLanguage.EN, HERE);
    assertThat(fixture.count("identity.mail")).isEqualTo(rows + 3);
    fixture.sendMails();
    assertThat(fixture.mailsTo("nobody@a.example")).isEmpty();
    assertThat(fixture.count("identity.mail where state = 'void'")).isEqualTo(2);
  }

  @Test
  void a_lost_mail_is_sent_again_with_the_registration_it_was_for() {
    fixture.register("ann@a.example");
    String first = fixture.token("ann@a.example");
    passports.resend(account("ann@a.example"), MailLanguage.EN, HERE);
    String second = fixture.token("ann@a.example");
    assertThat(second).isNotEqualTo(first);
    assertThat(passports.verify(second, SignedIn.Kind.BEARER, HERE).user()).isNotNull();
    refused(ErrorCode.LINK_INVALID, () -> passports.verify(first, SignedIn.Kind.BEARER, HERE));
    assertThat(fixture.login("ann@a.example", PASSWORD).token()).isNotEmpty();
  }

  @Test
  void a_token_is_good_for_its_purpose_once_and_for_a_while() {
    fixture.verified("ann@a.example");
    passports.forgot(account("ann@a.example"), MailLanguage.EN, HERE);
    String reset = fixture.token("ann@a.example");
    refused(ErrorCode.LINK_INVALID, () -> passports.verify(reset, SignedIn.Kind.BEARER, HERE));
    fixture.register("bob@a.example");
    String verify = fixture.token("bob@a.example");
    refused(ErrorCode.LINK_INVALID, () -> passports.reset(verify, "a new password", HERE));
    refused(ErrorCode.LINK_INVALID, () -> passports.reset("", "a new password", HERE));
    refused(
        ErrorCode.LINK_INVALID, () -> passports.reset("x".repeat(100_000), "a new password", HERE));

    fixture.base.advance(Duration.ofMinutes(60));
    refused(ErrorCode.LINK_INVALID, () -> passports.reset(reset, "a new password", HERE));
    fixture.base.advance(Duration.ofHours(23));
    refused(ErrorCode.LINK_INVALID, () -> passports.verify(verify, SignedIn.Kind.BEARER, HERE));
  }

  @Test
  void a_reset_sets_the_password_once_and_ends_every_session() {
    SignedIn in = fixture.verified("ann@a.example");
    passports.forgot(account("ann@a.example"), MailLanguage.EN, HERE);
    String token = fixture.token("ann@a.example");
    refused(ErrorCode.INVALID_REQUEST, () -> passports.reset(token, "short", HERE));
    passports.reset(token, "a new password", HERE);

    assertThat(sessions.identify(in.token())).isEmpty();
    refused(
        ErrorCode.UNAUTHENTICATED, () -> passports.refresh(in.refreshToken().orElseThrow(), HERE));
    refused(ErrorCode.LINK_INVALID, () -> passports.reset(token, "yet another one", HERE));
    refused(ErrorCode.INVALID_CREDENTIALS, () -> fixture.login("ann@a.example", PASSWORD));
    assertThat(fixture.login("ann@a.example", "a new password").user()).isEqualTo(in.user());
    fixture.sendMails();
    assertThat(PassportFixture.body(fixture.mailsTo("ann@a.example").getLast()))
        .contains("was changed");
  }

  @Test
  void a_changed_password_ends_the_other_sessions_and_open_links() {
    SignedIn other = fixture.verified("ann@a.example");
    SignedIn mine = fixture.login("ann@a.example", PASSWORD);
    passports.forgot(account("ann@a.example"), MailLanguage.EN, HERE);
    String link = fixture.token("ann@a.example");
    UserSessions.InSession session = sessions.identify(mine.token()).orElseThrow();
    refused(
        ErrorCode.INVALID_CREDENTIALS,
        () -> passports.changePassword(session, "not the password", "a new password", HERE));
    refused(
        ErrorCode.INVALID_REQUEST,
        () -> passports.changePassword(session, PASSWORD, "ann@a.example", HERE));
    passports.changePassword(session, PASSWORD, "a new password", HERE);

    assertThat(sessions.identify(mine.token())).isPresent();
    assertThat(sessions.identify(other.token())).isEmpty();
    refused(ErrorCode.LINK_INVALID, () -> passports.reset(link, "stolen password", HERE));
    assertThat(fixture.login("ann@a.example", "a new password").user()).isEqualTo(mine.user());
  }

  @Test
  void
      a_registration_belongs_to_the_tenant_of_its_invite_code_else_of_its_host_else_to_the_first() {
    Tenant second = fixture.base.tenant("Second");
    Tenant third = fixture.base.tenant("Third");
    User inviter = fixture.base.user(second);
    Passports hosted =
        fixture.withoutMail("identity.tenant.hosts", "third.example=" + third.id()).passports();
    hosted.register(at("a@a.example", Optional.of(inviter.inviteCode()), "third.example"), HERE);
    hosted.register(at("b@a.example", Optional.empty(), "THIRD.example"), HERE);
    hosted.register(at("c@a.example", Optional.empty(), "elsewhere.example"), HERE);
    assertThat(tenantOf("a@a.example")).isEqualTo(second.id());
    assertThat(fixture.count("identity.tenant_user where inviter_id = " + inviter.id()))
        .isEqualTo(1);
    assertThat(tenantOf("b@a.example")).isEqualTo(third.id());
    assertThat(tenantOf("c@a.example")).isEqualTo(fixture.tenant.id());
    refused(
        ErrorCode.INVALID_REQUEST,
        () -> hosted.register(at("d@a.example", Optional.of("NOBODYS1"), "x"), HERE));
    // one address may have an account with each tenant
    hosted.register(at("a@a.example", Optional.empty(), "third.example"), HERE);
    assertThat(fixture.count("identity.tenant_user where email = 'a@a.example'")).isEqualTo(2);
    assertThat(
            hosted
                .login(
                    new LoginAttempt(
                        new NamedAccount("a@a.example", Optional.empty(), "third.example"),
                        PASSWORD,
                        Optional.empty(),
                        SignedIn.Kind.BEARER),
                    HERE)
                .user()
                .tenant())
        .isEqualTo(third.id());
  }

  @Test
  void registration_can_be_for_the_invited_or_for_nobody() {
    User inviter = fixture.base.user(fixture.tenant);
    Passports invited = fixture.withoutMail("identity.registration", "invited").passports();
    refused(ErrorCode.FORBIDDEN, () -> invited.register(registration("a@a.example"), HERE));
    invited.register(at("a@a.example", Optional.of(inviter.inviteCode()), "x"), HERE);
    assertThat(tenantOf("a@a.example")).isEqualTo(fixture.tenant.id());
    Passports closed = fixture.withoutMail("identity.registration", "closed").passports();
    refused(
        ErrorCode.FORBIDDEN,
        () -> closed.register(at("b@a.example", Optional.of(inviter.inviteCode()), "x"), HERE));
  }

  @Test
  void what_is_asked_for_from_one_network_is_bounded_until_the_hour_is_over() {
    Passports strict = fixture.module("identity.register.address.hour.max", "3").passports();
    for (int i = 0; i < 3; i++) {
      strict.register(registration("u" + i + "@a.example"), new SignInOrigin("2001:db8::" + i, ""));
    }
    Refusal refusal =
        refused(
            ErrorCode.RATE_LIMITED,
            () ->
                strict.forgot(
                    account("u1@a.example"), MailLanguage.EN, new SignInOrigin("2001:db8::9", "")));
    assertThat(refusal.retryAfter()).contains(Duration.ofHours(1));
    strict.register(registration("u4@a.example"), HERE);
    fixture.base.advance(Duration.ofHours(1));
    strict.register(registration("u5@a.example"), new SignInOrigin("2001:db8::9", ""));
  }

  @Test
  void a_user_or_tenant_that_is_off_neither_logs_in_nor_stays_in() {
    SignedIn in = fixture.verified("ann@a.example");
    fixture.base.sql("update identity.tenant_user set active = false");
    assertThat(sessions.identify(in.token())).isEmpty();
    refused(ErrorCode.INVALID_CREDENTIALS, () -> fixture.login("ann@a.example", PASSWORD));
    fixture.base.sql("update identity.tenant_user set active = true");
    fixture.base.sql("update identity.tenant set active = false");
    assertThat(sessions.identify(in.token())).isEmpty();
    refused(ErrorCode.INVALID_CREDENTIALS, () -> fixture.login("ann@a.example", PASSWORD));
  }

  private TenantId tenantOf(String email) {
    return fixture
        .base
        .database
        .transactions()
        .read(
            tx ->
                new TenantId(
                    tx.sql()
                        .fetchSingle(
                            "select tenant_id from identity.tenant_user where email = {0} order by"
                                + " id limit 1",
                            email)
                        .get(0, Long.class)));
  }

  private static Registration at(String email, Optional<String> code, String host) {
    return new Registration(email, PASSWORD, code, host, MailLanguage.EN);
  }
}
