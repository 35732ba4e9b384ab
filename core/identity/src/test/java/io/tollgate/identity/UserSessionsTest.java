package io.tollgate.identity;

import static io.tollgate.identity.IdentityFixture.atOnce;
import static io.tollgate.identity.PassportFixture.HERE;
import static io.tollgate.identity.PassportFixture.PASSWORD;
import static io.tollgate.identity.PassportFixture.THERE;
import static io.tollgate.identity.PassportFixture.account;
import static io.tollgate.identity.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class UserSessionsTest {
  private final PassportFixture fixture = new PassportFixture();
  private final Passports passports = fixture.passports;
  private final UserSessions sessions = fixture.base.identity.userSessions();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_token_lasts_fifteen_minutes_and_is_refreshed_for_thirty_days() {
    SignedIn in = fixture.verified("ann@a.example");
    assertThat(in.toString()).doesNotContain(in.token());
    fixture.base.advance(Duration.ofMinutes(15).minusSeconds(1));
    assertThat(sessions.identify(in.token())).isPresent();
    fixture.base.advance(Duration.ofSeconds(1));
    assertThat(sessions.identify(in.token())).isEmpty();

    SignedIn next = passports.refresh(in.refreshToken().orElseThrow(), THERE);
    assertThat(next.session()).isEqualTo(in.session());
    assertThat(sessions.identify(next.token())).isPresent();
    assertThat(next.expiresAt()).isEqualTo(in.expiresAt());
    fixture.base.advance(Duration.ofDays(30));
    refused(
        ErrorCode.UNAUTHENTICATED,
        () -> passports.refresh(next.refreshToken().orElseThrow(), HERE));
  }

  @Test
  void a_refresh_token_that_is_used_again_ends_the_session() {
    SignedIn in = fixture.verified("ann@a.example");
    SignedIn next = passports.refresh(in.refreshToken().orElseThrow(), HERE);
    refused(
        ErrorCode.UNAUTHENTICATED, () -> passports.refresh(in.refreshToken().orElseThrow(), THERE));
    assertThat(sessions.identify(next.token())).isEmpty();
    refused(
        ErrorCode.UNAUTHENTICATED,
        () -> passports.refresh(next.refreshToken().orElseThrow(), HERE));
  }

  @Test
  void of_many_refreshes_at_once_at_most_one_is_answered() throws Exception {
    SignedIn in = fixture.verified("ann@a.example");
    List<Boolean> answered =
        atOnce(
            20,
            () -> {
              try {
                return passports.refresh(in.refreshToken().orElseThrow(), HERE) != null;
              } catch (Refusal refusal) {
                return false;
              }
            });
    assertThat(Collections.frequency(answered, true)).isEqualTo(1);
    assertThat(sessions.list(in.user().tenant(), in.user().user())).isEmpty();
  }

  @Test
  void each_kind_of_token_is_good_for_its_own_use_only() {
    SignedIn in = fixture.verified("ann@a.example");
    var unused =
        fixture.base.write(
            tx ->
                fixture
                    .base
                    .identity
                    .admins()
                    .create(tx, "root", "Root", "secret-enough", AdminRole.OWNER));
    String admin =
        fixture.base.identity.admins().login("root", "secret-enough", "192.0.2.1").token();
    String refresh = in.refreshToken().orElseThrow();
    assertThat(sessions.identify(refresh)).isEmpty();
    assertThat(sessions.identify(admin)).isEmpty();
    assertThat(fixture.base.identity.admins().identify(in.token())).isEmpty();
    assertThat(fixture.base.identity.admins().identify(refresh)).isEmpty();
    refused(ErrorCode.UNAUTHENTICATED, () -> passports.refresh(in.token(), HERE));
    refused(ErrorCode.UNAUTHENTICATED, () -> passports.refresh(admin, HERE));
  }

  @Test
  void a_forged_token_is_nobodys() throws Exception {
    SignedIn in = fixture.verified("ann@a.example");
    JWTClaimsSet claims = SignedJWT.parse(in.token()).getJWTClaimsSet();
    SignedJWT otherKey = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    otherKey.sign(new MACSigner(new byte[32]));
    SignedJWT adminsKey = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    adminsKey.sign(
        new MACSigner(
            MasterKey.parse(IdentityFixture.MASTER_KEY)
                .derive("HmacSHA256", "admin session tokens")));
    for (String forged :
        List.of(
            otherKey.serialize(),
            adminsKey.serialize(),
            new PlainJWT(claims).serialize(),
            "",
            "a.b.c",
            "x".repeat(100_000),
            in.token() + "=")) {
      assertThat(sessions.identify(forged))
          .as(forged.substring(0, Math.min(20, forged.length())))
          .isEmpty();
      refused(ErrorCode.UNAUTHENTICATED, () -> passports.refresh(forged, HERE));
    }
    assertThat(sessions.identify(in.token())).isPresent();
  }

  @Test
  void of_many_playground_keys_at_once_one_is_good_and_it_ends_with_its_session() throws Exception {
    SignedIn ann = fixture.verified("ann@a.example");
    UserSessions.InSession session = sessions.identify(ann.token()).orElseThrow();
    PlaygroundKeys keys = fixture.base.identity.playgroundKeys();
    ApiKeys known = fixture.base.identity.apiKeys();
    List<PlaygroundKeys.PlaygroundKey> issued =
        IdentityFixture.atOnce(8, () -> keys.issue(session));
    assertThat(issued)
        .extracting(each -> each.key().id())
        .containsOnly(issued.getFirst().key().id());
    List<String> good =
        issued.stream()
            .map(each -> each.key().secret())
            .filter(secret -> known.find(secret).isPresent())
            .toList();
    assertThat(good).hasSize(1);
    assertThat(fixture.base.identity.keyRegister().find(issued.getFirst().key().id()))
        .hasValueSatisfying(
            key -> {
              assertThat(key.lasting()).isFalse();
              assertThat(key.terms().name()).isEqualTo("playground");
              assertThat(key.enabled()).isTrue();
            });
    passports.logout(ann.token());
    assertThat(fixture.base.identity.keyRegister().find(issued.getFirst().key().id()))
        .hasValueSatisfying(key -> assertThat(key.enabled()).isFalse());
  }

  @Test
  void a_deleted_account_opens_nothing_and_its_address_is_free_again() {
    SignedIn ann = fixture.verified("ann@a.example");
    UserId user = ann.user().user();
    String key =
        fixture
            .base
            .identity
            .apiKeys()
            .issue(ann.user().tenant(), user, "laptop", java.util.OptionalInt.empty())
            .secret();
    var _ =
        fixture.base.write(
            tx -> {
              fixture.base.identity.accountDeletion().delete(tx, ann.user().tenant(), user);
              return user;
            });
    assertThat(sessions.identify(ann.token())).isEmpty();
    assertThat(fixture.base.identity.apiKeys().find(key)).isEmpty();
    assertThatThrownBy(() -> fixture.login("ann@a.example", PASSWORD))
        .isInstanceOf(io.tollgate.ground.Refusal.class);
    assertThatThrownBy(
            () ->
                fixture.base.write(
                    tx -> {
                      fixture.base.identity.userProfiles().setActive(tx, user, true);
                      return user;
                    }))
        .isInstanceOf(io.tollgate.ground.Refusal.class);
    SignedIn again = fixture.verified("ann@a.example");
    assertThat(again.user().user()).isNotEqualTo(user);
    assertThatThrownBy(
            () ->
                fixture.base.write(
                    tx -> {
                      fixture.base.identity.accountDeletion().delete(tx, ann.user().tenant(), user);
                      return user;
                    }))
        .isInstanceOf(io.tollgate.ground.Refusal.class);
  }

  @Test
  void sessions_are_listed_and_ended_by_their_own_user_only() {
    SignedIn ann = fixture.verified("ann@a.example");
    SignedIn bob = fixture.verified("bob@a.example");
    fixture.base.advance(Duration.ofMinutes(2));
    assertThat(sessions.identify(ann.token())).isPresent();
    SignedIn second =
        passports.login(
            new LoginAttempt(
                account("ann@a.example"), PASSWORD, Optional.empty(), SignedIn.Kind.COOKIE),
            THERE);
    assertThat(second.refreshToken()).isEmpty();
    assertThat(second.tokenExpiresAt()).isEqualTo(second.expiresAt());

    List<UserSessions.OpenSession> open = sessions.list(ann.user().tenant(), ann.user().user());
    assertThat(open)
        .extracting(
            UserSessions.OpenSession::id,
            UserSessions.OpenSession::method,
            UserSessions.OpenSession::device,
            UserSessions.OpenSession::address)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                second.session(), "password", "curl", "198.51.100.7"),
            org.assertj.core.groups.Tuple.tuple(
                ann.session(), "mail", "Firefox on Linux", "192.0.2.1"));
    assertThat(open.getLast().lastSeenAt()).isAfter(open.getLast().createdAt());

    Tenant other = fixture.base.tenant("Other");
    assertThat(sessions.end(bob.user().tenant(), bob.user().user(), ann.session())).isFalse();
    assertThat(sessions.end(other.id(), ann.user().user(), ann.session())).isFalse();
    assertThat(sessions.end(ann.user().tenant(), ann.user().user(), UUID.randomUUID())).isFalse();
    assertThat(sessions.end(ann.user().tenant(), ann.user().user(), ann.session())).isTrue();
    assertThat(sessions.identify(ann.token())).isEmpty();
    passports.logout(second.token());
    passports.logout(second.token());
    passports.logout("no token");
    assertThat(sessions.identify(second.token())).isEmpty();
    assertThat(sessions.identify(bob.token())).isPresent();
  }

  @Test
  void of_many_tokens_the_good_ones_are_told_and_noted_as_used() {
    SignedIn ann = fixture.verified("ann@a.example");
    SignedIn bob = fixture.verified("bob@a.example");
    SignedIn gone = fixture.verified("gone@a.example");
    passports.logout(gone.token());
    fixture.base.advance(Duration.ofMinutes(2));

    List<String> presented =
        List.of(ann.token(), gone.token(), ann.token() + "x", "", bob.token(), ann.token());
    assertThat(sessions.identify(presented))
        .containsOnly(
            Map.entry(ann.token(), new UserSessions.InSession(ann.session(), ann.user())),
            Map.entry(bob.token(), new UserSessions.InSession(bob.session(), bob.user())));
    assertThat(sessions.identify(List.of())).isEmpty();
    for (SignedIn each : List.of(ann, bob)) {
      UserSessions.OpenSession open =
          sessions.list(each.user().tenant(), each.user().user()).getFirst();
      assertThat(open.lastSeenAt()).isAfter(open.createdAt());
    }
  }

  @Test
  void with_one_session_too_many_the_oldest_ends() {
    Passports few = fixture.module("identity.user.sessions.max", "2").passports();
    SignedIn first = fixture.verified("ann@a.example");
    LoginAttempt attempt =
        new LoginAttempt(
            account("ann@a.example"), PASSWORD, Optional.empty(), SignedIn.Kind.BEARER);
    fixture.base.advance(Duration.ofSeconds(1));
    SignedIn second = few.login(attempt, HERE);
    fixture.base.advance(Duration.ofSeconds(1));
    SignedIn third = few.login(attempt, HERE);
    assertThat(sessions.identify(first.token())).isEmpty();
    assertThat(sessions.identify(second.token())).isPresent();
    assertThat(sessions.identify(third.token())).isPresent();
  }
}
