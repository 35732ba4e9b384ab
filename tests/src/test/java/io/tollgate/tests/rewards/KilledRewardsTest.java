package io.tollgate.tests.rewards;

import static io.tollgate.tests.rewards.TeamOfTenant.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.DeathFile;
import io.tollgate.tests.installation.Installation;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The program is killed where points move, profits are shared, pools distributed and withdrawals
 * decided; whoever was left without an answer asks again, and everything has happened once.
 */
@Tag("slow")
class KilledRewardsTest {
  private static final int CROWD = 50;
  private static final DeathFile deaths = new DeathFile();
  private static Installation installation;
  private static TeamOfTenant team;

  @BeforeAll
  static void start() {
    installation = Installation.startWith(deaths.environment());
    team = new TeamOfTenant(installation);
  }

  @AfterAll
  static void stop() {
    installation.close();
    deaths.close();
  }

  @AfterEach
  void the_books_are_clean() {
    JsonNode audit = team.client().audit(team.client().adminToken());
    assertThat(audit.required("clean").asBoolean()).as(audit.toString()).isTrue();
  }

  @Test
  @Tag("cluster")
  void points_move_once_and_who_asks_again_has_the_first_answer() {
    String giver = team.user("killed-giver@x.example", Optional.empty());
    String taker = team.user("killed-taker@x.example", Optional.of(giver));
    String recharge = "email=" + encoded(giver) + "&amount=1.5&type=1";
    for (String step : List.of("rewards-points-booking", "merchant-answer-keeping")) {
      once(step, () -> team.merchant("/merchant/user/recharge", recharge, Optional.of(step)));
    }
    assertThat(self(giver)).isEqualByComparingTo("3");
    String transfer =
        "from_email=%s&to_email=%s&amount=0.25&type=1".formatted(encoded(giver), encoded(taker));
    for (String step : List.of("merchant-key-taken", "merchant-answer-kept")) {
      once(
          step,
          () -> team.merchant("/merchant/user/transfer-point-card", transfer, Optional.of(step)));
    }
    assertThat(self(giver)).isEqualByComparingTo("2.5");
    assertThat(self(taker)).isEqualByComparingTo("0.5");
    String byAdmin = "/api/users/" + team.info(taker).required("user_id").asString() + "/recharge";
    String body = "{\"card_type\":\"self\",\"amount\":\"2\",\"reason\":\"killed\"}";
    once("rewards-points-booked", () -> team.admin(byAdmin, body, Optional.of("killed")));
    assertThat(self(taker)).isEqualByComparingTo("2.5");
  }

  @Test
  @Tag("cluster")
  void a_profit_is_charged_once_and_its_pool_distributed_once() {
    String inviter = team.user("killed-inviter@x.example", Optional.empty());
    String source = team.user("killed-source@x.example", Optional.of(inviter));
    hold(inviter);
    give(source, "1000");
    int told = 0;
    for (String step :
        List.of("rewards-profit-booking", "rewards-profit-booked", "rewards-pool-booked")) {
      told++;
      Supplier<HttpRequest> profit = () -> profit(source, step);
      die(step, profit);
      JsonNode answer = Client.json(team.client().send(profit.get()));
      assertThat(answer.required("from_self").decimalValue()).isEqualByComparingTo("30");
      assertThat(Client.json(team.client().send(profit.get()))).isEqualTo(answer);
      distributed(answer.required("pool_id").asLong());
      assertThat(self(source)).as(step).isEqualByComparingTo(Integer.toString(1000 - 30 * told));
      // 5 of 100 of each pool
      assertThat(team.info(inviter).required("total_reward").decimalValue())
          .as(step)
          .isEqualByComparingTo(new BigDecimal("1.5").multiply(BigDecimal.valueOf(told)));
    }
  }

  @Test
  void one_pool_of_fifty_callers_killed_in_between_is_distributed_once() throws Exception {
    String inviter = team.user("crowd-inviter@x.example", Optional.empty());
    String source = team.user("crowd-source@x.example", Optional.of(inviter));
    hold(inviter);
    give(source, "1000");
    deaths.die(
        installation,
        "rewards-pool-booking",
        () -> {
          HttpRequest profit = profit(source, "crowd");
          try (HttpClient http = HttpClient.newHttpClient()) {
            List<HttpResponse<String>> answers =
                Collections.nCopies(CROWD, profit).stream()
                    .map(request -> http.sendAsync(request, BodyHandlers.ofString()))
                    .toList()
                    .stream()
                    .map(answer -> answer.exceptionally(_ -> null).join())
                    .toList();
            assertThat(answers).hasSize(CROWD);
          }
        });
    HttpRequest profit = profit(source, "crowd");
    List<String> again = atOnce(() -> team.client().send(profit).body());
    assertThat(again).hasSize(1);
    long pool = Client.JSON.readTree(again.getFirst()).required("pool_id").asLong();
    HttpRequest retry = team.admin("/api/profit-pools/" + pool + "/retry", "{}", Optional.empty());
    assertThat(atOnce(() -> team.client().send(retry).statusCode())).containsExactly(200);
    distributed(pool);
    assertThat(self(source)).isEqualByComparingTo("970");
    assertThat(team.info(inviter).required("total_reward").decimalValue())
        .isEqualByComparingTo("1.5");
    assertThat(
            team.database()
                .number(
                    "SELECT count(*) FROM rewards.pool WHERE source_id = (SELECT id FROM"
                        + " identity.tenant_user WHERE email = '"
                        + source
                        + "')"))
        .isEqualTo(1);
  }

  @Test
  void points_and_a_payout_that_were_cut_off_are_booked_once() {
    String user = team.user("killed-payee@x.example", Optional.empty());
    String root = earned(user);
    BigDecimal before = self(user);
    String recharge = "email=" + encoded(user) + "&amount=1.5&type=1";
    once(
        "merchant-answer-keeping",
        () -> team.merchant("/merchant/user/recharge", recharge, Optional.of("cut off")));
    assertThat(self(user)).isEqualByComparingTo(before.add(new BigDecimal("1.5")));
    BigDecimal withdrawn = team.info(root).required("withdrawn_reward").decimalValue();
    String form = "email=%s&amount=50&wallet_address=TPaid".formatted(encoded(root));
    long paid =
        team.data(team.merchant("/merchant/user/withdraw", form, Optional.empty()))
            .required("withdrawal_id")
            .asLong();
    var _ = team.data(team.admin("/api/withdrawals/" + paid + "/approve", "{}", Optional.empty()));
    decided(paid, "complete", "{\"tx_hash\":\"0x1\"}", "rewards-withdrawal-booking", "done");
    assertThat(team.info(root).required("withdrawn_reward").decimalValue())
        .isEqualByComparingTo(withdrawn.add(new BigDecimal("50")));
  }

  @Test
  @Tag("cluster")
  void each_step_of_a_withdrawal_has_one_result() {
    String source = team.user("killed-payer@x.example", Optional.empty());
    String root = earned(source);
    BigDecimal available = reward(root);
    BigDecimal withdrawn = team.info(root).required("withdrawn_reward").decimalValue();
    long paid = applied(root, "rewards-withdrawal-booking");
    long refused = applied(root, "rewards-withdrawal-booked");
    assertThat(reward(root)).isEqualByComparingTo(available.subtract(new BigDecimal("100")));
    decided(paid, "approve", "{}", "rewards-withdrawal-booked", "approved");
    decided(paid, "complete", "{\"tx_hash\":\"0x1\"}", "rewards-withdrawal-booking", "done");
    decided(refused, "reject", "{\"reason\":\"no\"}", "rewards-withdrawal-booking", "rejected");
    long last = applied(root, "merchant-answer-kept");
    decided(last, "reject", "{\"reason\":\"no\"}", "rewards-withdrawal-booked", "rejected");
    assertThat(reward(root)).isEqualByComparingTo(available.subtract(new BigDecimal("50")));
    assertThat(team.info(root).required("withdrawn_reward").decimalValue())
        .isEqualByComparingTo(withdrawn.add(new BigDecimal("50")));
  }

  /** Has a user pay a share of a profit, most of which is the root user's; who that is. */
  private static String earned(String source) {
    give(source, "1000");
    distributed(
        Client.json(team.client().send(profit(source, "of " + source, "3000")))
            .required("pool_id")
            .asLong());
    return team.root();
  }

  /** Asks for 50, is left without an answer, and asks again. */
  private static long applied(String user, String step) {
    String form = "email=%s&amount=50&wallet_address=TKilled".formatted(encoded(user));
    return once(step, () -> team.merchant("/merchant/user/withdraw", form, Optional.of(step)))
        .required("data")
        .required("withdrawal_id")
        .asLong();
  }

  /** Decides, is left without an answer, and decides again: what was done is not done twice. */
  private static void decided(
      long withdrawal, String decision, String body, String step, String status) {
    String path = "/api/withdrawals/" + withdrawal + "/" + decision;
    Supplier<HttpRequest> call = () -> team.admin(path, body, Optional.empty());
    die(step, call);
    boolean done = step.endsWith("-booked");
    assertThat(team.client().send(call.get()).statusCode()).as(step).isEqualTo(done ? 409 : 200);
    HttpResponse<String> twice = team.client().send(call.get());
    assertThat(twice.statusCode()).isEqualTo(409);
    assertThat(twice.body()).contains("is " + status);
  }

  /** The answer of a call during which the program dies, asked again; asked once more the same. */
  private static JsonNode once(String step, Supplier<HttpRequest> call) {
    die(step, call);
    JsonNode answer = Client.json(team.client().send(call.get()));
    assertThat(answer.path("code").asInt(0)).as(answer.toString()).isZero();
    assertThat(Client.json(team.client().send(call.get()))).isEqualTo(answer);
    return answer;
  }

  private static void die(String step, Supplier<HttpRequest> call) {
    HttpRequest request = call.get();
    deaths.die(
        installation,
        step,
        () -> {
          try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(
                    http.sendAsync(request, BodyHandlers.ofString())
                        .exceptionally(_ -> null)
                        .join())
                .as(step)
                .isNull();
          }
        });
  }

  private static void hold(String user) {
    assertThat(team.client().send(team.told("holding", user, "\"holding\":1000")).statusCode())
        .isEqualTo(200);
  }

  private static void give(String user, String amount) {
    var _ =
        team.data(
            team.merchant(
                "/merchant/user/recharge",
                "email=" + encoded(user) + "&type=1&amount=" + amount,
                Optional.empty()));
  }

  private static HttpRequest profit(String user, String close) {
    return profit(user, close, "100");
  }

  private static HttpRequest profit(String user, String close, String profit) {
    return team.told(
        "profit",
        user,
        "\"account_id\":\"killed\",\"close_id\":\"%s\",\"profit\":%s".formatted(close, profit));
  }

  /** All of a pool is distributed, and nothing twice. */
  private static void distributed(long pool) {
    team.database()
        .awaitNumber(
            "SELECT count(*) FROM rewards.pool WHERE state = 'distributed' AND id = " + pool, 1);
    assertThat(
            team.database()
                .number(
                    "SELECT (SELECT amount FROM rewards.pool WHERE id = %1$d) - sum(amount) FROM rewards.reward_log WHERE pool_id = %1$d"
                        .formatted(pool)))
        .isZero();
  }

  private static BigDecimal self(String user) {
    return team.info(user).required("point_card_self").decimalValue();
  }

  private static BigDecimal reward(String user) {
    return team.info(user).required("reward_usdt").decimalValue();
  }

  /** The different answers to a call that is made by many at once. */
  private static <T> List<T> atOnce(Callable<T> call) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(Collections.nCopies(CROWD, call)).stream()
          .map(Future::resultNow)
          .distinct()
          .toList();
    }
  }
}
