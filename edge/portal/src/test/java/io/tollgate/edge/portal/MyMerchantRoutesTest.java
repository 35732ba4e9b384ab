package io.tollgate.edge.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.data.testing.TestSettings;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.LoginAttempt;
import io.tollgate.identity.MailConfig;
import io.tollgate.identity.NamedAccount;
import io.tollgate.identity.NewUser;
import io.tollgate.identity.PassportConfig;
import io.tollgate.identity.PassportModule;
import io.tollgate.identity.Passports;
import io.tollgate.identity.SignInOrigin;
import io.tollgate.identity.SignOnConfig;
import io.tollgate.identity.SignedIn;
import io.tollgate.identity.User;
import io.tollgate.ledger.Ledgers;
import io.tollgate.rewards.CardType;
import io.tollgate.rewards.PointCards.TenantRecharge;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.RewardsModule;
import io.tollgate.site.testing.ServedAnswer;
import io.tollgate.site.testing.ServedRoutes;
import io.tollgate.site.testing.TestSite;
import io.tollgate.trading.engine.EngineModule;
import io.tollgate.web.SessionCookie;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MyMerchantRoutesTest {
  private static final String PATH = "/api/v1/me/merchant";
  private static final String GIVE = PATH + "/user/recharge";
  private static final String PASSWORD = "four words are enough";
  private static final SignInOrigin HERE = new SignInOrigin("127.0.0.1", "test");

  private final TestSite site = TestSite.create();
  private final IdentityModule identity = site.identity();
  private final RewardsModule rewards =
      RewardsModule.over(
          site.transactions(),
          site.ledger(),
          Ledgers.queries(),
          identity,
          EngineModule.minimums(),
          new SimpleMeterRegistry(),
          site.clock(),
          site.random());
  private final Passports passports =
      PassportModule.over(
              identity,
              PassportConfig.from(TestSettings.defaults(PassportConfig.settings())),
              MailConfig.from(TestSettings.defaults(MailConfig.settings())),
              SignOnConfig.from(TestSettings.defaults(SignOnConfig.settings())),
              () -> "http://127.0.0.1")
          .passports();
  private final ServedRoutes served =
      ServedRoutes.start(
          new MyMerchantRoutes(
              site.transactions(),
              identity,
              rewards.cards(),
              rewards.pointLogs(),
              new EngineModule(identity, rewards.cards(), site.clock()),
              new PortalGate(identity.userSessions(), SessionCookie.ofUsers(false))));
  private final TenantId tenant = site.tenant("Acme", 0).id();
  private final String root = rootSession(tenant, "boss@acme.example");

  @AfterEach
  void close() {
    served.close();
    site.close();
  }

  @Test
  void a_root_user_sees_key_plan_points_and_what_is_used_and_no_secret() {
    User _ = user(tenant, "one@x.example");
    recharge(CardType.SELF, "10");
    ServedAnswer answer = get(root, PATH);
    JsonNode merchant = answer.data();
    assertThat(merchant.propertyNames())
        .containsExactly("app_key", "md5_signing", "root_user", "points", "plan", "used");
    assertThat(merchant.toString())
        .contains(
            "\"email\":\"boss@acme.example\"",
            "\"points\":{\"point_card_self\":10,\"point_card_gift\":0,\"point_card_total\":10}",
            "\"plan\":null",
            "\"calls_today\":0,\"calls_this_month\":0,\"users\":1,\"strategies\":0,\"exchange_accounts\":0")
        .doesNotContain("secret");
    assertThat(get(root, PATH + "/calls?days=7").data()).isEmpty();
    JsonNode users = get(root, PATH + "/users?email=one&status=1").data();
    assertThat(users.size()).isOne();
    assertThat(users.required(0).propertyNames())
        .containsExactly(
            "user_id",
            "email",
            "invite_code",
            "inviter_id",
            "is_root",
            "point_card_self",
            "point_card_gift",
            "point_card_total",
            "status",
            "created_at");
    assertThat(get(root, PATH + "/users?status=2").data()).isEmpty();
    JsonNode moved = get(root, PATH + "/point-card/logs?change_type=1").data().required(0);
    assertThat(moved.toString())
        .contains("\"change_type\":1,\"source_type\":1,\"amount\":10", "\"after_self\":10");
  }

  @Test
  void points_are_given_once_however_often_that_is_sent() throws Exception {
    recharge(CardType.SELF, "10");
    User to = user(tenant, "one@x.example");
    String body =
        "{\"email\":\"ONE@x.example\",\"amount\":\"2.5\",\"type\":1,\"remark\":\"hello\"}";
    List<ServedAnswer> answers = atOnce(6, () -> give(root, body, "once"));
    assertThat(answers).allMatch(answer -> answer.status() == 200);
    assertThat(answers.getFirst().data().toString())
        .contains(
            "\"amount\":2.5,\"agent_before_total\":10,\"agent_after_total\":7.5,"
                + "\"member_before_total\":0,\"member_after_total\":2.5");
    assertThat(site.write(tx -> rewards.cards().ofUser(tx, tenant, to.id())).self())
        .isEqualTo(Points.parse("2.5"));
    assertThat(give(root, body.replace("2.5", "3"), "once").status()).isEqualTo(409);
    assertThat(give(root, body.replace("2.5", "8"), "more").status()).isEqualTo(402);
    assertThat(give(root, body.replace("\"2.5\"", "0"), "none").status()).isEqualTo(400);
    assertThat(give(root, body.replace("\"type\":1", "\"type\":3"), "odd").status()).isEqualTo(400);
    assertThat(give(root, body, "").status()).isEqualTo(400);
    // the merchant's own account is not a user's
    assertThat(give(root, body.replace("ONE@x", "boss@acme"), "own").status()).isEqualTo(404);
    JsonNode out = get(root, PATH + "/point-card/logs?change_type=3").data();
    assertThat(out.size()).isOne();
    assertThat(out.required(0).toString())
        .contains("\"amount\":-2.5", "\"related_email\":\"one@x.example\"", "\"remark\":\"hello\"");
  }

  @Test
  void what_is_another_tenants_is_not_there_and_users_are_refused() {
    TenantId other = site.tenant("B", 0).id();
    User _ = user(other, "theirs@x.example");
    recharge(CardType.GIFT, "10");
    assertThat(give(root, "{\"email\":\"theirs@x.example\",\"amount\":1}", "theirs").status())
        .isEqualTo(404);
    assertThat(get(root, PATH + "/users?email=theirs").data()).isEmpty();
    User plain = user(tenant, "one@x.example");
    String session = login(tenant, plain.email().orElseThrow());
    for (String path : List.of(PATH, PATH + "/calls", PATH + "/users", PATH + "/point-card/logs")) {
      assertThat(get(session, path).status()).as(path).isEqualTo(403);
      assertThat(get("none", path).status()).as(path).isEqualTo(401);
    }
    assertThat(give(session, "{\"email\":\"one@x.example\",\"amount\":1}", "mine").status())
        .isEqualTo(403);
    assertThat(
            get(rootSession(other, "boss@b.example"), PATH + "/users?email=theirs").data().size())
        .isOne();
  }

  @Test
  void another_address_of_the_root_ends_whatever_the_one_before_could_do() {
    assertThat(get(root, PATH).status()).isEqualTo(200);
    String again = rootAddress(tenant, "boss@acme.example").email().orElseThrow();
    assertThat(again).isEqualTo("boss@acme.example");
    // the same address changes nothing
    assertThat(get(root, PATH).status()).isEqualTo(200);
    User _ = user(tenant, "taken@x.example");
    assertThat(
            catchThrowableOfType(Refusal.class, () -> rootAddress(tenant, "taken@x.example"))
                .code())
        .isEqualTo(ErrorCode.CONFLICT);
    assertThat(get(root, PATH).status()).isEqualTo(200);
    assertThat(rootAddress(tenant, "next@acme.example").email()).hasValue("next@acme.example");
    assertThat(get(root, PATH).status()).isEqualTo(401);
    for (String email : List.of("boss@acme.example", "next@acme.example")) {
      assertThat(catchThrowableOfType(Refusal.class, () -> login(tenant, email)).code())
          .isEqualTo(ErrorCode.INVALID_CREDENTIALS);
    }
    assertThat(
            catchThrowableOfType(
                    Refusal.class, () -> rootAddress(new TenantId(999_999), "x@x.example"))
                .code())
        .isEqualTo(ErrorCode.NOT_FOUND);
  }

  private User rootAddress(TenantId of, String email) {
    return site.write(tx -> identity.rootUsers().setAddress(tx, of, email));
  }

  /** A session of the root, as after the mail that sets the password. */
  private String rootSession(TenantId of, String email) {
    User made = rootAddress(of, email);
    site.run(tx -> identity.users().setPassword(tx, of, made.id(), PASSWORD));
    return login(of, email);
  }

  private String login(TenantId of, String email) {
    return passports
        .login(
            new LoginAttempt(
                new NamedAccount(email, Optional.of(of), "127.0.0.1"),
                PASSWORD,
                Optional.empty(),
                SignedIn.Kind.BEARER),
            HERE)
        .token();
  }

  private User user(TenantId of, String email) {
    return site.write(
        tx ->
            identity
                .users()
                .create(
                    tx,
                    new NewUser(
                        of,
                        Optional.empty(),
                        Optional.of(email),
                        Optional.of(PASSWORD),
                        OptionalLong.empty())));
  }

  private void recharge(CardType type, String points) {
    site.run(
        tx -> {
          var _ =
              rewards
                  .cards()
                  .rechargeTenant(
                      tx,
                      new TenantRecharge(tenant, type, Points.parse(points), "", Optional.empty()));
        });
  }

  private ServedAnswer get(String token, String path) {
    return send(served.to(path).header("Authorization", "Bearer " + token).GET());
  }

  private ServedAnswer give(String token, String body, String key) {
    HttpRequest.Builder request =
        served
            .to(GIVE)
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString(body));
    if (!key.isEmpty()) {
      request.header("Idempotency-Key", key);
    }
    return send(request);
  }

  private ServedAnswer send(HttpRequest.Builder request) {
    try {
      return ServedAnswer.of(served.send(request));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static <T> List<T> atOnce(int times, Callable<T> action) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(Collections.nCopies(times, action)).stream()
          .map(Future::resultNow)
          .toList();
    }
  }
}
