package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.identity.User;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKind;
import io.tollgate.site.testing.ServedAnswer;
import io.tollgate.site.testing.ServedRoutes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class GrantRoutesTest {
  private static final String PATH = "/internal/v1/billing/grants";
  private static final String GOOD =
      """
      {"user_id":"u1","asset":"USD","amount":"10.50","idempotency_key":"k1"}""";

  // one for all tests: each has a user and keys of its own
  private static final House house = new House();
  private static final ServicesModule module = house.services();
  private static final ServedRoutes site = ServedRoutes.start(module.grantRoutes());
  private static final String token =
      house.identity.serviceTokens().issue(house.tenant.id(), "backend");

  @AfterAll
  static void close() {
    site.close();
    module.close();
    house.close();
  }

  @Test
  void a_grant_of_money_shows_the_account_and_its_balance() throws Exception {
    ServedAnswer answer = give(GOOD.replace("k1", "first"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("success").booleanValue()).isTrue();
    assertThat(answer.text("asset")).isEqualTo("USD");
    assertThat(answer.json().path("amount").toString()).isEqualTo("10.5");
    assertThat(answer.json().path("owed_paid").toString()).isEqualTo("0");
    assertThat(answer.json().path("balance").toString()).isEqualTo("10.5");
    assertThat(answer.text("transfer_id")).hasSize(36);
    assertThat(accounts("u1"))
        .singleElement()
        .matches(account -> account.id().value() == answer.json().path("account_id").longValue())
        .matches(account -> account.key().kind() == AccountKind.GIFT);
  }

  @Test
  void the_same_again_gets_the_same_answer_however_the_amount_is_written() throws Exception {
    String body = GOOD.replace("u1", "u2").replace("k1", "same");
    ServedAnswer first = give(body);
    ServedAnswer again = give(body.replace("\"10.50\"", "10.5"));
    assertThat(again).isEqualTo(first);
    assertThat(give(body.replace("10.50", "10.51")).status()).isEqualTo(409);
    assertThat(give(body.replace("10.50", "10.51")).text("code")).isEqualTo("IDEMPOTENCY_CONFLICT");
    assertThat(accounts("u2").getFirst().balance()).isEqualTo(10_500_000_000L);
  }

  @Test
  void tokens_with_an_end_are_a_quota_until_then() throws Exception {
    ServedAnswer answer =
        give(
            """
            {"userId":"u3","asset":"TOKEN","amount":500,"expires_at":"2026-11-22T08:00:00+08:00",
             "priority":-3,"idempotencyKey":"k2"}""");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("expires_at")).isEqualTo("2026-11-22T00:00:00Z");
    Account account = accounts("u3").getFirst();
    assertThat(account.balance()).isEqualTo(500);
    assertThat(account.priority()).isEqualTo(-3);
  }

  @Test
  void without_a_good_service_token_nothing_is_given() throws Exception {
    String body = GOOD.replace("u1", "u4");
    for (ServedAnswer answer :
        List.of(
            site.post(PATH, body),
            site.post(PATH, body, "X-Service-Token", "svc-nonsense"),
            site.post(PATH, body, "Authorization", "Bearer " + token))) {
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.text("code")).isEqualTo("UNAUTHENTICATED");
      assertThat(answer.text("error")).contains("X-Service-Token");
      assertThat(answer.text("request_id")).isNotEmpty();
    }
    Optional<User> user =
        house.write(tx -> house.identity.users().findByExternalId(tx, house.tenant.id(), "u4"));
    assertThat(user).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          "USD"     | "EUR"               | 400 | CURRENCY_MISMATCH | asset: EUR (expected: USD, the tenant's currency)
          "USD"     | "GOLD"              | 400 | UNKNOWN_ASSET     | asset: GOLD (expected: TOKEN, USD or CALL:<service>)
          "USD"     | "CALL:nothing"      | 404 | SERVICE_NOT_FOUND | service: nothing (expected: one of asset, passport, payment)
          "USD"     | 7                   | 400 | INVALID_REQUEST   | asset: 7 (expected: a text)
          "10.50"   | 0                   | 400 | INVALID_REQUEST   | amount: 0 (expected: a number above 0)
          "10.50"   | -1                  | 400 | INVALID_REQUEST   | amount: -1 (expected: a number above 0)
          "10.50"   | 0.1234567891        | 400 | INVALID_REQUEST   | at most 9 decimals
          "10.50"   | 1e99                | 400 | INVALID_REQUEST   | amount
          "10.50"   | "ten"               | 400 | INVALID_REQUEST   | amount: ten (expected: a number above 0)
          "10.50"   | true                | 400 | INVALID_REQUEST   | amount: true (expected: a number above 0)
          "10.50"   | null                | 400 | INVALID_REQUEST   | amount is missing
          "u1"      | "a b"               | 400 | INVALID_REQUEST   | a b
          "u1"      | "usage"             | 400 | INVALID_REQUEST   | usage
          "k1"      | ""                  | 400 | INVALID_REQUEST   | idempotency_key:  (expected: 1 to 128
          "k1"      | "a\\nb"             | 400 | INVALID_REQUEST   | none of them a control character
          "k1"}     | "k1","expires_at":"2026-11-21T08:00:00Z"} | 400 | INVALID_REQUEST | a time in the future, RFC 3339
          "k1"}     | "k1","expires_at":"tomorrow"}             | 400 | INVALID_REQUEST | expires_at: tomorrow
          "k1"}     | "k1","expires_at":1}                      | 400 | INVALID_REQUEST | expires_at: 1
          "k1"}     | "k1","priority":1.5}                      | 400 | INVALID_REQUEST | priority: 1.5 (expected: a whole number)
          "k1"}     | "k1"}}                                    | 400 | MALFORMED_BODY  | not JSON
          "10.50"   | "10.50","amount":"1000"                   | 400 | INVALID_REQUEST | amount: is given twice
          "10.50"   | "1","\\u0061mount":"1000"                 | 400 | INVALID_REQUEST | amount: is given twice
          "10.50"   | "１"                                      | 400 | INVALID_REQUEST | amount: １ (expected: a number above 0)
          "10.50"   | 1e400                                     | 400 | INVALID_REQUEST | amount: is too long a number
          "10.50"   | NaN                                       | 400 | MALFORMED_BODY  | not JSON
          "10.50"   | {"value":1}                               | 400 | INVALID_REQUEST | amount: {"value":1} (expected
          "u1"      | "u1","userId":"u2"                        | 400 | INVALID_REQUEST | user_id: differs from userId
          "u1"      | "u\\u0000"                                | 400 | INVALID_REQUEST | user_id: has a NUL character
          "u1"      | "u\\ud800"                                | 400 | INVALID_REQUEST | user_id: has half of a surrogate pair
          "k1"      | "k\\u0000"                                | 400 | INVALID_REQUEST | idempotency_key: has a NUL character
          """)
  void a_bad_field_is_named_with_what_was_expected(
      String good, String bad, int status, String code, String message) throws Exception {
    ServedAnswer answer = give(GOOD.replace(good, bad));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text("code")).isEqualTo(code);
    assertThat(answer.text("error")).contains(message);
    assertThat(answer.json().has("details")).isTrue();
  }

  @Test
  void a_wrong_method_and_an_unknown_path_are_answered_in_the_same_form() throws Exception {
    assertThat(site.post("/internal/v1/billing/nothing", "{}").text("code")).isEqualTo("NOT_FOUND");
  }

  private ServedAnswer give(String body) throws Exception {
    return site.post(PATH, body, "X-Service-Token", token);
  }

  private List<Account> accounts(String externalId) {
    return house.accounts(house.user(externalId).id());
  }
}
