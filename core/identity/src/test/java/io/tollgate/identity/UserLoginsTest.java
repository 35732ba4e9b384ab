package io.tollgate.identity;

import static io.tollgate.identity.IdentityFixture.atOnce;
import static io.tollgate.identity.PassportFixture.HERE;
import static io.tollgate.identity.PassportFixture.PASSWORD;
import static io.tollgate.identity.PassportFixture.account;
import static io.tollgate.identity.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.internal.factors.TimeCode;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class UserLoginsTest {
  private final PassportFixture fixture = new PassportFixture();
  private final Passports passports = fixture.passports;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_name_that_nobody_has_is_answered_counted_and_locked_as_one_that_somebody_has() {
    fixture.verified("ann@a.example");
    for (String email : List.of("ann@a.example", "nobody@a.example", "no address")) {
      for (int i = 0; i < 5; i++) {
        Refusal wrong =
            refused(ErrorCode.INVALID_CREDENTIALS, () -> fixture.login(email, "wrong password"));
        assertThat(wrong.sentence()).isEqualTo("address or password is wrong");
      }
      Refusal locked = refused(ErrorCode.ACCOUNT_LOCKED, () -> fixture.login(email, PASSWORD));
      assertThat(locked.retryAfter()).contains(Duration.ofMinutes(15));
    }
    // each cost a row, whoever it was
    assertThat(fixture.count("identity.login_failures")).isEqualTo(3);
    fixture.base.advance(Duration.ofMinutes(15));
    assertThat(fixture.login("ann@a.example", PASSWORD).token()).isNotEmpty();
  }

  @Test
  void fifty_guesses_at_once_are_no_more_than_the_limit() throws Exception {
    fixture.verified("ann@a.example");
    List<ErrorCode> answers =
        atOnce(50, () -> refusal(() -> fixture.login("ann@a.example", "wrong password")).code());
    assertThat(Collections.frequency(answers, ErrorCode.INVALID_CREDENTIALS)).isEqualTo(5);
    assertThat(answers)
        .containsOnly(
            ErrorCode.INVALID_CREDENTIALS, ErrorCode.ACCOUNT_LOCKED, ErrorCode.RATE_LIMITED);
  }

  @Test
  void guesses_from_many_addresses_lock_the_account_but_not_for_who_signed_in_before() {
    fixture.verified("ann@a.example");
    Passports strict = fixture.module("identity.login.account.failures", "10").passports();
    for (int i = 0; i < 10; i++) {
      SignInOrigin from = new SignInOrigin("203.0.113." + i, "bot");
      refused(ErrorCode.INVALID_CREDENTIALS, () -> strict.login(attempt("wrong password"), from));
    }
    refused(
        ErrorCode.ACCOUNT_LOCKED,
        () -> strict.login(attempt(PASSWORD), new SignInOrigin("203.0.113.200", "bot")));
    assertThat(strict.login(attempt(PASSWORD), HERE).token()).isNotEmpty();
  }

  @Test
  void with_a_second_factor_the_password_alone_is_not_enough() {
    SignedIn in = fixture.verified("ann@a.example");
    FactorOwner owner = new FactorOwner.OfUser(in.user().user());
    SecondFactors factors = fixture.module.secondFactors();
    SecondFactors.SetUp setUp = factors.begin(owner, "ann@a.example");
    // until it is confirmed, nobody is locked out by it
    assertThat(fixture.login("ann@a.example", PASSWORD).token()).isNotEmpty();
    List<String> recovery = factors.confirm(owner, Codes.now(setUp, fixture.base.clock));

    Refusal wanted =
        refused(ErrorCode.TOTP_REQUIRED, () -> fixture.login("ann@a.example", PASSWORD));
    assertThat(wanted.code().httpStatus()).isEqualTo(401);
    refused(ErrorCode.INVALID_CREDENTIALS, () -> fixture.login("ann@a.example", "wrong password"));
    refused(ErrorCode.INVALID_CREDENTIALS, () -> login("000000"));
    // the code that confirmed is used
    refused(ErrorCode.INVALID_CREDENTIALS, () -> login(Codes.now(setUp, fixture.base.clock)));
    fixture.base.advance(Duration.ofSeconds(30));
    String code = Codes.now(setUp, fixture.base.clock);
    assertThat(login(code).token()).isNotEmpty();
    refused(ErrorCode.INVALID_CREDENTIALS, () -> login(code));
    assertThat(login(recovery.getFirst().toLowerCase(java.util.Locale.ROOT)).token()).isNotEmpty();
    refused(ErrorCode.INVALID_CREDENTIALS, () -> login(recovery.getFirst()));
  }

  @Test
  void codes_cannot_be_guessed_from_many_addresses() {
    SignedIn in = fixture.verified("ann@a.example");
    FactorOwner owner = new FactorOwner.OfUser(in.user().user());
    SecondFactors factors = fixture.module.secondFactors();
    SecondFactors.SetUp setUp = factors.begin(owner, "ann@a.example");
    var unused = factors.confirm(owner, Codes.now(setUp, fixture.base.clock));
    fixture.base.advance(Duration.ofSeconds(30));
    for (int i = 0; i < 10; i++) {
      SignInOrigin from = new SignInOrigin("203.0.113." + i, "bot");
      refused(ErrorCode.INVALID_CREDENTIALS, () -> passports.login(withCode("123456"), from));
    }
    String right = Codes.now(setUp, fixture.base.clock);
    refused(
        ErrorCode.ACCOUNT_LOCKED,
        () -> passports.login(withCode(right), new SignInOrigin("203.0.113.99", "bot")));
  }

  @Test
  void one_code_from_many_at_once_opens_one_session() throws Exception {
    SignedIn in = fixture.verified("ann@a.example");
    FactorOwner owner = new FactorOwner.OfUser(in.user().user());
    SecondFactors factors = fixture.module.secondFactors();
    SecondFactors.SetUp setUp = factors.begin(owner, "ann@a.example");
    var unused = factors.confirm(owner, Codes.now(setUp, fixture.base.clock));
    fixture.base.advance(Duration.ofSeconds(30));
    String code = Codes.now(setUp, fixture.base.clock);
    java.util.concurrent.atomic.AtomicInteger from =
        new java.util.concurrent.atomic.AtomicInteger();
    List<Boolean> opened =
        atOnce(
            8,
            () -> {
              SignInOrigin origin = new SignInOrigin("203.0.113." + from.incrementAndGet(), "bot");
              try {
                return !passports.login(withCode(code), origin).token().isEmpty();
              } catch (Refusal refusal) {
                return false;
              }
            });
    assertThat(Collections.frequency(opened, true)).isEqualTo(1);
  }

  private SignedIn login(String code) {
    return fixture.login("ann@a.example", PASSWORD, Optional.of(code));
  }

  private static LoginAttempt attempt(String password) {
    return new LoginAttempt(
        account("ann@a.example"), password, Optional.empty(), SignedIn.Kind.BEARER);
  }

  private static LoginAttempt withCode(String code) {
    return new LoginAttempt(
        account("ann@a.example"), PASSWORD, Optional.of(code), SignedIn.Kind.BEARER);
  }

  private static Refusal refusal(Runnable action) {
    try {
      action.run();
    } catch (Refusal refusal) {
      return refusal;
    }
    throw new AssertionError("was not refused");
  }

  /** What an authenticator shows. */
  static final class Codes {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    static String now(SecondFactors.SetUp setUp, java.time.InstantSource clock) {
      java.math.BigInteger number = java.math.BigInteger.ZERO;
      for (char c : setUp.secret().toCharArray()) {
        number = number.shiftLeft(5).or(java.math.BigInteger.valueOf(BASE32.indexOf(c)));
      }
      byte[] bytes = number.toByteArray();
      byte[] seed = new byte[20];
      int length = Math.min(20, bytes.length);
      System.arraycopy(bytes, bytes.length - length, seed, 20 - length, length);
      return TimeCode.of(seed, clock.instant().getEpochSecond() / 30);
    }
  }
}
