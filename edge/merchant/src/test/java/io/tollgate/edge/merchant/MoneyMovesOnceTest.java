package io.tollgate.edge.merchant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.identity.User;
import io.tollgate.site.testing.ServedAnswer;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code Idempotency-Key} promises. */
class MoneyMovesOnceTest {
  private static final String RECHARGE = "/merchant/user/recharge";

  private static MerchantSite site;

  @BeforeAll
  static void start() {
    site = new MerchantSite();
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @Test
  void the_same_key_and_body_give_the_first_answer_whatever_has_happened_since() {
    var _ = site.user("once@x.example");
    byte[] first = recharge("key-1", "email", "once@x.example", "amount", "2.5").body();
    var _ = recharge("key-2", "email", "once@x.example", "amount", "1");
    assertThat(recharge("key-1", "email", "ONCE@x.example", "amount", "2.50").body())
        .isEqualTo(first);
    assertThat(recharge("key-1", "email", "once@x.example", "amount", "2.5", "type", "2").body())
        .isEqualTo(first);
    assertThat(points("once@x.example")).isEqualTo("3.5");
    assertThat(code(recharge("key-1", "email", "once@x.example", "amount", "2.6")))
        .isEqualTo("409");
    assertThat(code(recharge("key-1", "email", "once@x.example", "amount", "2.5", "type", "1")))
        .isEqualTo("409");
    assertThat(points("once@x.example")).isEqualTo("3.5");
  }

  @Test
  void of_many_at_once_under_one_key_one_moves_points_and_all_have_its_answer() throws Exception {
    var _ = site.user("crowd@x.example");
    Callable<HttpResponse<byte[]>> call =
        () -> recharge("crowd", "email", "crowd@x.example", "amount", "1");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<String> bodies =
          threads.invokeAll(Collections.nCopies(20, call)).stream()
              .map(Future::resultNow)
              .map(response -> new String(response.body(), UTF_8))
              .distinct()
              .toList();
      assertThat(bodies).hasSize(1);
    }
    assertThat(points("crowd@x.example")).isEqualTo("1");
  }

  @Test
  void without_a_key_a_retry_is_a_new_operation() {
    var _ = site.user("twice@x.example");
    var _ = site.post(RECHARGE, "email", "twice@x.example", "amount", "1");
    var _ = site.post(RECHARGE, "email", "twice@x.example", "amount", "1");
    assertThat(points("twice@x.example")).isEqualTo("2");
  }

  @Test
  void what_was_refused_may_be_tried_again_under_its_key() {
    User poor = site.user("poor@x.example");
    var _ = site.user(site.tenant, "taker@x.example", Optional.of(poor.id()));
    String[] transfer = {
      "from_email", "poor@x.example", "to_email", "taker@x.example", "amount", "1", "type", "1"
    };
    String path = "/merchant/user/transfer-point-card";
    assertThat(code(keyed("top-up", path, transfer))).isEqualTo("402");
    var _ = site.post(RECHARGE, "email", "poor@x.example", "amount", "1", "type", "1");
    assertThat(code(keyed("top-up", path, transfer))).isEqualTo("0");
    assertThat(code(keyed("top-up", path, transfer))).isEqualTo("0");
    assertThat(points("taker@x.example")).isEqualTo("1");
    assertThat(points("poor@x.example")).isEqualTo("0");
    // another call has keys of its own
    assertThat(code(recharge("top-up", "email", "taker@x.example", "amount", "1"))).isEqualTo("0");
  }

  @Test
  void a_key_is_1_to_128_characters() {
    var _ = site.user("keyed@x.example");
    assertThat(code(recharge("k".repeat(128), "email", "keyed@x.example", "amount", "1")))
        .isEqualTo("0");
    assertThat(code(recharge("k".repeat(129), "email", "keyed@x.example", "amount", "1")))
        .isEqualTo("400");
    assertThat(points("keyed@x.example")).isEqualTo("1");
  }

  private static HttpResponse<byte[]> recharge(String key, String... parameters) {
    return keyed(key, RECHARGE, parameters);
  }

  private static HttpResponse<byte[]> keyed(String key, String path, String... parameters) {
    return site.raw("POST", path, Map.of("Idempotency-Key", key), parameters);
  }

  private static String code(HttpResponse<byte[]> response) {
    return ServedAnswer.of(response).text("code");
  }

  private static String points(String email) {
    return site.get("/merchant/user/info", "email", email)
        .required("point_card_total")
        .decimalValue()
        .toPlainString();
  }
}
