package io.tollgate.rewards;

import static io.tollgate.rewards.RewardSite.points;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.site.testing.ServedAnswer;
import io.tollgate.site.testing.ServedRoutes;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class RewardRoutesTest {
  private static final String PROFIT = "/internal/v1/rewards/profit";
  private static final String HOLDING = "/internal/v1/rewards/holding";
  private static final String CLOSE =
      """
      {"user_id":"u1","account_id":"a1","close_id":"c1","profit":"10.50"}\
      """;

  private static final RewardSite house = new RewardSite();
  private static final ServedRoutes site = ServedRoutes.start(house.rewards.routes());
  private static final String token = house.identity.serviceTokens().issue(house.tenant, "backend");

  @AfterAll
  static void close() {
    site.close();
    house.close();
  }

  @Test
  void a_profit_is_charged_once_and_the_same_again_gets_the_same_answer() throws Exception {
    UserId user = house.user("u1");
    house.give(user, CardType.SELF, "2");
    house.give(user, CardType.GIFT, "1");
    ServedAnswer answer = post(PROFIT, CLOSE);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("success").booleanValue()).isTrue();
    assertThat(answer.json().path("charged").toString()).isEqualTo("3.15");
    assertThat(answer.json().path("from_self").toString()).isEqualTo("2");
    assertThat(answer.json().path("from_gift").toString()).isEqualTo("1");
    assertThat(answer.json().path("owed").toString()).isEqualTo("0.15");
    assertThat(answer.json().path("pool_id").isIntegralNumber()).isTrue();
    assertThat(post(PROFIT, CLOSE.replace("\"10.50\"", "10.5"))).isEqualTo(answer);
    ServedAnswer other = post(PROFIT, CLOSE.replace("10.50", "10.51"));
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.text("code")).isEqualTo("CONFLICT");
  }

  @Test
  void a_holding_is_answered_with_level_and_team() throws Exception {
    UserId top = house.user("top");
    house.invited("below", top);
    assertThat(post(HOLDING, "{\"user_id\":\"below\",\"holding\":12000.5}").status())
        .isEqualTo(200);
    ServedAnswer answer = post(HOLDING, "{\"user_id\":\"top\",\"holding\":\"1000\"}");
    assertThat(answer.text("level")).isEqualTo("S1");
    assertThat(answer.json().path("team_performance").toString()).isEqualTo("12000.5");
    assertThat(house.standing(top).selfHold()).isEqualTo(points("1000"));
  }

  @Test
  void what_is_held_is_bounded_and_a_team_that_is_counted_to_the_end_is_refused() throws Exception {
    UserId rich = house.user("rich");
    for (String holding : List.of("-1", "1000000000.00000001", "1e30", "0.000000001", "NaN")) {
      assertThat(post(HOLDING, "{\"user_id\":\"rich\",\"holding\":" + holding + "}").status())
          .as(holding)
          .isEqualTo(400);
    }
    // 92 times the most there is can be counted
    for (int i = 0; i < 92; i++) {
      house.hold(house.invited("rich-" + i, rich), "1000000000");
    }
    house.invited("rich-last", rich);
    ServedAnswer answer = post(HOLDING, "{\"user_id\":\"rich-last\",\"holding\":1e9}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("error")).contains("together");
    assertThat(house.standing(rich).teamPerformance()).isEqualTo(points("92000000000"));
  }

  @Test
  void unknown_users_and_those_of_other_tenants_are_not_there() throws Exception {
    TenantId elsewhere = house.site.tenant("elsewhere", 0).id();
    house.site.user(elsewhere, "stranger");
    for (String user : List.of("nobody", "stranger", "a b")) {
      ServedAnswer answer = post(PROFIT, CLOSE.replace("u1", user));
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.text("code")).isEqualTo("USER_NOT_FOUND");
      assertThat(post(HOLDING, "{\"user_id\":\"%s\",\"holding\":1}".formatted(user)).status())
          .isEqualTo(404);
    }
  }

  @Test
  void without_a_good_service_token_nothing_is_done() throws Exception {
    for (ServedAnswer answer :
        List.of(
            site.post(PROFIT, CLOSE),
            site.post(PROFIT, CLOSE, "X-Service-Token", "svc-nonsense"),
            site.post(HOLDING, CLOSE, "Authorization", "Bearer " + token))) {
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.text("code")).isEqualTo("UNAUTHENTICATED");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          "10.50" | 0.123456789 | at most 8 decimals
          "10.50" | 1e99        | too many digits
          "10.50" | "ten"       | profit: ten
          "10.50" | "１２"      | profit: １２
          "10.50" | NaN         | JSON
          "10.50" | 1e10        | at most 1000000000
          "10.50" | -1e10       | at most 1000000000
          "10.50" | 1e99999999999 | number
          "10.50" | null        | profit is missing
          "a1"    | ""          | account_id
          "a1"    | true        | account_id
          "c1"    | "a\\nb"     | close_id
          "c1"    | null        | close_id is missing
          """)
  void what_cannot_be_read_is_refused_and_named(String good, String bad, String named)
      throws Exception {
    house.user("u2");
    ServedAnswer answer = post(PROFIT, CLOSE.replace("u1", "u2").replace(good, bad));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("error")).contains(named);
  }

  private static ServedAnswer post(String path, String body) throws Exception {
    return site.post(path, body, "X-Service-Token", token);
  }
}
