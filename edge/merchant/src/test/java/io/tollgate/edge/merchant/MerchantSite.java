package io.tollgate.edge.merchant;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.data.testing.SettableClock;
import io.tollgate.ground.UserId;
import io.tollgate.identity.NewUser;
import io.tollgate.identity.Tenants.NewTenant;
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
import io.tollgate.trading.engine.RiskMode;
import io.tollgate.trading.engine.Strategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** The merchant API served over a database of its own, with a tenant that has points. */
final class MerchantSite implements AutoCloseable {
  final SettableClock clock = new SettableClock();
  final TestSite site = TestSite.at(clock);
  final MeterRegistry registry = new SimpleMeterRegistry();
  final RewardsModule rewards = rewards();
  final EngineModule engine = new EngineModule(site.identity(), rewards.cards(), site.clock());
  final Contexts contexts =
      new Contexts(
          site.transactions(),
          site.clock(),
          site.identity(),
          engine,
          rewards.cards(),
          rewards.pointLogs(),
          rewards.members(),
          rewards.rewards(),
          rewards.withdrawals(),
          rewards.terms());
  final ServedRoutes served =
      ServedRoutes.start(MerchantModule.over(contexts, registry, MerchantSteps.NONE).routes());
  final NewTenant tenant = tenant("Acme");

  MerchantSite() {
    recharge(tenant, CardType.SELF, 1_000);
    recharge(tenant, CardType.GIFT, 500);
  }

  private RewardsModule rewards() {
    return RewardsModule.over(
        site.transactions(),
        site.ledger(),
        Ledgers.queries(),
        site.identity(),
        EngineModule.minimums(),
        registry,
        clock,
        site.random());
  }

  NewTenant tenant(String name) {
    return site.write(tx -> site.identity().tenants().create(tx, name, "USD", 0));
  }

  void recharge(NewTenant of, CardType type, long points) {
    site.run(
        tx -> {
          var _ =
              rewards
                  .cards()
                  .rechargeTenant(
                      tx,
                      new TenantRecharge(
                          of.tenant().id(),
                          type,
                          Points.of(BigDecimal.valueOf(points)),
                          "test",
                          Optional.empty()));
        });
  }

  /** A user of the tenant, invited by another or by the root. */
  User user(NewTenant of, String email, Optional<UserId> inviter) {
    return site.write(
        tx -> {
          UserId by =
              inviter.orElseGet(() -> site.identity().users().root(tx, of.tenant().id()).id());
          return site.identity()
              .users()
              .create(
                  tx,
                  new NewUser(
                          of.tenant().id(),
                          Optional.empty(),
                          Optional.of(email),
                          Optional.empty(),
                          OptionalLong.empty())
                      .invitedBy(by));
        });
  }

  User user(String email) {
    return user(tenant, email, Optional.empty());
  }

  /** A strategy that is open to the tenant. */
  long strategy(String code) {
    return site.write(
        tx -> {
          Strategy made =
              engine
                  .strategies()
                  .create(
                      tx,
                      new Strategy.Terms(
                          code,
                          "Cross",
                          "Follows the trend.",
                          "BTCUSDT",
                          "1h",
                          Optional.empty(),
                          BigDecimal.valueOf(200),
                          BigDecimal.valueOf(1_000),
                          20,
                          RiskMode.BALANCED));
          var _ = engine.strategies().open(tx, tenant.tenant().id(), made.id());
          return made.id();
        });
  }

  /** Distributes what waits, as the job does. */
  void distribute() {
    rewards.jobs().forEach(job -> job.work().run());
  }

  long now() {
    return clock.instant().getEpochSecond();
  }

  /** The data of a call that is to succeed. */
  JsonNode get(String path, String... parameters) {
    return data(answer("GET", path, "", parameters));
  }

  JsonNode post(String path, String... parameters) {
    return data(answer("POST", path, "", parameters));
  }

  /** The code of a call that is to be refused, answered 200. */
  int refused(String method, String path, String... parameters) {
    ServedAnswer answer = answer(method, path, "en", parameters);
    if (answer.status() != 200 || !answer.json().required("data").isNull()) {
      throw new AssertionError(answer.status() + " " + answer.json());
    }
    return answer.json().required("code").intValue();
  }

  ServedAnswer answer(String method, String path, String language, String... parameters) {
    return ServedAnswer.of(raw(method, path, headers(language), parameters));
  }

  static Map<String, String> headers(String language) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (!language.isEmpty()) {
      headers.put("Accept-Language", language);
    }
    return headers;
  }

  HttpResponse<byte[]> raw(
      String method, String path, Map<String, String> more, String... parameters) {
    return raw(tenant, method, path, more, parameters);
  }

  HttpResponse<byte[]> raw(
      NewTenant by, String method, String path, Map<String, String> more, String... parameters) {
    String encoded = Signed.encoded(parameters);
    boolean get = method.equals("GET");
    String target = get && !encoded.isEmpty() ? path + "?" + encoded : path;
    byte[] body = get ? new byte[0] : encoded.getBytes(UTF_8);
    Map<String, String> headers = new LinkedHashMap<>(more);
    headers.putIfAbsent("Content-Type", "application/x-www-form-urlencoded");
    headers.putAll(Signed.byHmac(by.appKey(), by.appSecret(), now(), method, target, body));
    return send(method, target, body, headers);
  }

  HttpResponse<byte[]> send(
      String method, String target, byte[] body, Map<String, String> headers) {
    HttpRequest.Builder request =
        served
            .to(target)
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    try {
      return served.send(request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode data(ServedAnswer answer) {
    boolean good =
        answer.status() == 200
            && answer.json().required("code").intValue() == 0
            && answer.json().required("msg").asString().equals("success");
    if (!good) {
      throw new AssertionError(answer.status() + " " + answer.json());
    }
    return answer.json().required("data");
  }

  @Override
  public void close() {
    served.close();
    site.close();
  }
}
