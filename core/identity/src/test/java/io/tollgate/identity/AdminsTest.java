package io.tollgate.identity;

import static io.tollgate.identity.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.Admins.AdminSession;
import io.tollgate.identity.internal.ArgonPasswords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class AdminsTest {
  private static final String HERE = "192.0.2.1";
  private static final String PASSWORD = "correct horse";

  private final IdentityFixture fixture = new IdentityFixture();
  private final Admins admins = fixture.identity.admins();

  @TempDir Path folder;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_login_opens_a_session_of_eight_hours() throws Exception {
    AdminId id = create("Ann");
    AdminSession session = admins.login("aNN", PASSWORD, HERE);

    assertThat(session.admin()).isEqualTo(id);
    assertThat(session.expiresAt()).isEqualTo(fixture.clock.instant().plus(Duration.ofHours(8)));
    SignedJWT token = SignedJWT.parse(session.token());
    assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.HS256);
    assertThat(token.getJWTClaimsSet().getLongClaim("admin_id")).isEqualTo(id.value());
    assertThat(token.getJWTClaimsSet().getStringClaim("username")).isEqualTo("Ann");
    assertThat(session.toString()).doesNotContain(session.token());
    assertThat(admins.identify(session.token()))
        .contains(new Principal.OfAdmin(id, "Ann", "The Ann", AdminRole.SUPPORT));

    Admins restarted = fixture.start().admins();
    fixture.advance(Duration.ofHours(8).minusSeconds(1));
    assertThat(restarted.identify(session.token())).isPresent();
    fixture.advance(Duration.ofSeconds(1));
    assertThat(restarted.identify(session.token())).isEmpty();
  }

  @Test
  void a_revoked_token_is_nobodys_and_other_sessions_stay() {
    create("ann");
    String left = admins.login("ann", PASSWORD, HERE).token();
    String stays = admins.login("ann", PASSWORD, HERE).token();

    admins.logout(left);
    admins.logout(left);
    admins.logout("no token");

    assertThat(admins.identify(left)).isEmpty();
    assertThat(fixture.start().admins().identify(left)).isEmpty();
    assertThat(admins.identify(stays)).isPresent();
  }

  @Test
  void a_forged_token_is_nobodys() throws Exception {
    create("ann");
    String token = admins.login("ann", PASSWORD, HERE).token();
    JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();

    SignedJWT otherKey = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    otherKey.sign(new MACSigner(new byte[32]));
    SignedJWT otherAlgorithm = new SignedJWT(new JWSHeader(JWSAlgorithm.HS512), claims);
    otherAlgorithm.sign(new MACSigner(new byte[64]));

    assertThat(admins.identify(otherKey.serialize())).isEmpty();
    assertThat(admins.identify(otherAlgorithm.serialize())).isEmpty();
    assertThat(admins.identify(new PlainJWT(claims).serialize())).isEmpty();
    assertThat(admins.identify(token.substring(0, token.length() - 2))).isEmpty();
    assertThat(admins.identify("")).isEmpty();
    assertThat(admins.identify("a.b.c")).isEmpty();
    assertThat(admins.identify("x".repeat(100_000))).isEmpty();
    assertThat(admins.identify(token)).isPresent();
  }

  @Test
  void a_session_has_one_token_letter_for_letter() throws Exception {
    create("ann");
    String token = admins.login("ann", PASSWORD, HERE).token();
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int last = alphabet.indexOf(token.charAt(token.length() - 1));
    // 32 bytes are 43 letters; two bits of the last one are not used
    for (int unused = 1; unused < 4; unused++) {
      String variant = token.substring(0, token.length() - 1) + alphabet.charAt(last ^ unused);
      assertThat(admins.identify(variant)).as(variant).isEmpty();
    }
    for (String variant :
        new String[] {
          token + "=",
          token + ".",
          token + ".e30",
          token.replace('-', '+').replace('_', '/') + "\n",
          token.replaceFirst("\\.", "=."),
          token.substring(0, 10) + " " + token.substring(10),
          token.replaceFirst("^[^.]*", "e30"),
        }) {
      assertThat(admins.identify(variant)).as(variant).isEmpty();
    }
    assertThat(admins.identify(token)).isPresent();
  }

  @Test
  void a_header_that_names_a_key_or_another_use_is_not_ours_even_with_our_signature()
      throws Exception {
    create("ann");
    String token = admins.login("ann", PASSWORD, HERE).token();
    JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
    SecretKey key =
        MasterKey.parse(IdentityFixture.MASTER_KEY).derive("HmacSHA256", "admin session tokens");
    for (JWSHeader header :
        List.of(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("../../dev/null").build(),
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("' or 1=1 --").build(),
            new JWSHeader.Builder(JWSAlgorithm.HS256).customParam("x", 1).build(),
            new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build())) {
      SignedJWT forged = new SignedJWT(header, claims);
      forged.sign(new MACSigner(key));
      assertThat(admins.identify(forged.serialize())).as(header.toString()).isEmpty();
    }
  }

  @Test
  void a_hash_of_older_settings_is_made_anew_at_the_next_login() {
    create("ann");
    fixture.sql(
        "update identity.admin set password_hash = '"
            + new ArgonPasswords(IdentityFixture.config(3), new SecureRandom()).hash(PASSWORD)
            + "'");
    assertThat(hashOf()).contains("t=3");

    admins.login("ann", PASSWORD, HERE);
    assertThat(hashOf()).contains("t=1");
    assertThat(admins.login("ann", PASSWORD, HERE).username()).isEqualTo("ann");
  }

  @Test
  void five_failures_lock_for_fifteen_minutes_even_with_the_right_password_and_after_a_restart() {
    create("ann");
    for (int i = 0; i < 5; i++) {
      fixture.advance(Duration.ofMinutes(1));
      refused(ErrorCode.INVALID_CREDENTIALS, () -> admins.login("ann", "wrong horse", HERE));
    }

    assertThat(locked(admins).retryAfter()).contains(Duration.ofMinutes(15));
    Admins restarted = fixture.start().admins();
    fixture.advance(Duration.ofMinutes(15).minusSeconds(1));
    assertThat(locked(restarted).retryAfter()).contains(Duration.ofSeconds(1));
    fixture.advance(Duration.ofSeconds(1));
    assertThat(restarted.login("ANN", PASSWORD, HERE).username()).isEqualTo("ann");
  }

  @Test
  void a_lock_is_the_pairs_and_neither_the_names_nor_the_addresss() {
    create("ann");
    create("bob");
    fail("ann", 5);

    locked(admins);
    assertThat(admins.login("ann", PASSWORD, "192.0.2.2").username()).isEqualTo("ann");
    assertThat(admins.login("bob", PASSWORD, HERE).username()).isEqualTo("bob");
    locked(admins);
  }

  @Test
  void a_hundred_failures_of_invented_names_lock_nobody_out_of_their_address() {
    create("ann");
    for (int i = 0; i < 120; i++) {
      fail("name" + i, 1);
    }
    assertThat(admins.login("ann", PASSWORD, HERE).username()).isEqualTo("ann");
  }

  @Test
  void the_addresses_of_one_ipv6_network_are_one() {
    create("ann");
    for (int i = 0; i < 5; i++) {
      String address = "2001:db8:0:7::" + i;
      refused(ErrorCode.INVALID_CREDENTIALS, () -> admins.login("ann", "wrong horse", address));
    }
    refused(ErrorCode.ACCOUNT_LOCKED, () -> admins.login("ann", PASSWORD, "2001:db8:0:7:ffff::1"));
    assertThat(admins.login("ann", PASSWORD, "2001:db8:0:8::1").username()).isEqualTo("ann");
  }

  @Test
  void failures_that_are_remembered_are_bounded_however_many_names_are_invented() {
    for (int i = 0; i < 600; i++) {
      fail("name" + i, 1);
    }
    assertThat(count("identity.login_failures")).isBetween(100, 100 + 256);
  }

  @Test
  void a_success_or_time_forgives_failures() {
    create("ann");
    for (int round = 0; round < 3; round++) {
      fail("ann", 4);
      admins.login("ann", PASSWORD, HERE);
    }
    fail("ann", 4);
    fixture.advance(Duration.ofMinutes(15));
    fail("ann", 4);
    assertThat(admins.login("ann", PASSWORD, HERE).username()).isEqualTo("ann");
  }

  @Test
  void a_clock_that_is_set_back_locks_for_no_longer() {
    create("ann");
    fail("ann", 5);
    fixture.advance(Duration.ofDays(-90));
    assertThat(locked(admins).retryAfter()).contains(Duration.ofMinutes(15));
  }

  @Test
  void a_name_that_nobody_has_is_locked_alike() {
    fail("nobody", 5);
    refused(ErrorCode.ACCOUNT_LOCKED, () -> admins.login("nobody", PASSWORD, HERE));
    refused(ErrorCode.INVALID_CREDENTIALS, () -> admins.login("no\0body", PASSWORD, HERE));
  }

  @Test
  void guesses_at_once_do_not_slip_past_the_limit() throws InterruptedException {
    create("ann");
    var codes =
        IdentityFixture.atOnce(
            15,
            () -> {
              try {
                admins.login("ann", "wrong horse", HERE);
                throw new AssertionError("let in");
              } catch (Refusal r) {
                return r.code();
              }
            });
    assertThat(codes).filteredOn(c -> c == ErrorCode.INVALID_CREDENTIALS).hasSize(5);
    assertThat(codes).filteredOn(c -> c == ErrorCode.ACCOUNT_LOCKED).hasSize(10);
  }

  @Test
  void right_logins_at_once_all_succeed() throws InterruptedException {
    create("ann");
    assertThat(IdentityFixture.atOnce(20, () -> admins.login("ann", PASSWORD, HERE).token()))
        .doesNotHaveDuplicates()
        .hasSize(20);
  }

  @Test
  void old_failures_are_removed() {
    fail("nobody", 2);
    fixture.advance(Duration.ofMinutes(15));
    fail("somebody", 1);
    assertThat(count("identity.login_failures")).isEqualTo(1);
  }

  @Test
  void a_disabled_admin_has_no_login_and_no_session() {
    create("ann");
    String token = admins.login("ann", PASSWORD, HERE).token();
    fixture.sql("update identity.admin set active = false");

    assertThat(admins.identify(token)).isEmpty();
    refused(ErrorCode.INVALID_CREDENTIALS, () -> admins.login("ann", PASSWORD, HERE));
  }

  @Test
  void a_changed_password_ends_the_other_sessions() {
    create("ann");
    String other = admins.login("ann", PASSWORD, HERE).token();
    String mine = admins.login("ann", PASSWORD, HERE).token();

    refused(
        ErrorCode.INVALID_CREDENTIALS,
        () -> admins.changePassword(mine, "wrong horse", "battery staple", HERE));
    refused(ErrorCode.INVALID_REQUEST, () -> admins.changePassword(mine, PASSWORD, "short", HERE));
    assertThat(admins.identify(other)).isPresent();
    admins.changePassword(mine, PASSWORD, "battery staple", HERE);

    assertThat(admins.identify(mine)).isPresent();
    assertThat(admins.identify(other)).isEmpty();
    refused(ErrorCode.INVALID_CREDENTIALS, () -> admins.login("ann", PASSWORD, HERE));
    assertThat(admins.login("ann", "battery staple", HERE).username()).isEqualTo("ann");
    refused(
        ErrorCode.UNAUTHENTICATED,
        () -> admins.changePassword(other, "battery staple", PASSWORD, HERE));
  }

  @Test
  void a_wrong_current_password_counts_as_a_failed_login() {
    create("ann");
    String token = admins.login("ann", PASSWORD, HERE).token();
    for (int i = 0; i < 5; i++) {
      refused(
          ErrorCode.INVALID_CREDENTIALS,
          () -> admins.changePassword(token, "wrong horse", "battery staple", HERE));
    }
    locked(admins);
    refused(
        ErrorCode.ACCOUNT_LOCKED,
        () -> admins.changePassword(token, PASSWORD, "battery staple", HERE));
  }

  @Test
  void expired_sessions_are_removed_as_new_ones_come() {
    create("ann");
    admins.login("ann", PASSWORD, HERE);
    fixture.advance(Duration.ofHours(8));
    admins.login("ann", PASSWORD, HERE);
    assertThat(count("identity.admin_session")).isEqualTo(1);
  }

  @Test
  void the_first_start_makes_an_admin_whose_password_only_the_owner_reads() throws IOException {
    Path file = folder.resolve("admin-password");
    String password = admins.createFirst(file).orElseThrow();

    assertThat(Files.readString(file)).isEqualTo(password + "\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    String token = admins.login("admin", password, HERE).token();
    assertThat(admins.identify(token).orElseThrow().role()).isEqualTo(AdminRole.OWNER);
    assertThat(fixture.start().admins().createFirst(file)).isEmpty();
    assertThat(Files.readString(file)).isEqualTo(password + "\n");
  }

  @Test
  void the_first_admin_is_made_once_by_starts_at_once() throws InterruptedException {
    assertThat(
            IdentityFixture.atOnce(4, () -> admins.createFirst(folder.resolve("admin-password"))))
        .filteredOn(Optional::isPresent)
        .hasSize(1);
  }

  @Test
  void a_name_is_used_once_whatever_its_case() {
    create("ann");
    assertThat(exists("ANN")).isTrue();
    assertThat(exists("bob")).isFalse();
    assertThat(exists("b\0b")).isFalse();
    refused(ErrorCode.CONFLICT, () -> create("Ann"));
    refused(ErrorCode.INVALID_REQUEST, () -> create("a b"));
    refused(ErrorCode.INVALID_REQUEST, () -> create(""));
  }

  private AdminId create(String name) {
    return fixture.write(tx -> admins.create(tx, name, "The " + name, PASSWORD, AdminRole.SUPPORT));
  }

  private boolean exists(String name) {
    return fixture.write(tx -> admins.exists(tx, name));
  }

  private void fail(String name, int times) {
    for (int i = 0; i < times; i++) {
      refused(ErrorCode.INVALID_CREDENTIALS, () -> admins.login(name, "wrong horse", HERE));
    }
  }

  private String hashOf() {
    return fixture.write(
        tx ->
            tx.sql().fetchSingle("select password_hash from identity.admin").get(0, String.class));
  }

  private static Refusal locked(Admins admins) {
    return refused(ErrorCode.ACCOUNT_LOCKED, () -> admins.login("ann", PASSWORD, HERE));
  }

  private int count(String table) {
    return fixture.write(
        tx -> tx.sql().fetchSingle("select count(*) from " + table).get(0, Integer.class));
  }
}
