package io.tollgate.tests.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.DeathFile;
import io.tollgate.tests.installation.Installation;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The program dies in the middle of deducts and refunds, and who asks again is answered once. */
@Tag("slow")
class KilledChargesTest {
  private static final DeathFile deaths = new DeathFile();
  private static Installation installation;
  private static Backend backend;

  @BeforeAll
  static void start() {
    installation = Installation.startWith(deaths.environment());
    backend = new Backend(installation);
  }

  @AfterAll
  static void stop() {
    installation.close();
    deaths.close();
  }

  @Test
  void asked_again_after_a_death_a_deduct_and_a_refund_are_done_once() throws Exception {
    String user = "killed";
    var _ = backend.client().grant(user, "USD", "1", "killed");
    // one call may be paid, so that one counted twice, or not given back, would be seen
    limitTenant("0.1");
    assertThat(backend.deduct(user, "payment", 998, "killed").statusCode()).isEqualTo(200);
    int records = 1;
    for (String step :
        List.of("billing-service-charge-written", "billing-service-charge-committed")) {
      String body =
          """
          {"user_id":"killed","service_name":"payment","count":3,"request_id":"%s"}"""
              .formatted(step);
      die(step, "deduct", body);
      String record =
          Client.json(backend.deduct(user, "payment", 3, step)).required("record_id").stringValue();
      // two were free and one was paid: two rows
      records += 2;
      assertThat(backend.get("/records?user_id=killed").required("total").intValue())
          .as(step)
          .isEqualTo(records);
      assertThat(balance()).as(step).isEqualByComparingTo("0.9");
      HttpResponse<String> beyond = backend.deduct(user, "payment", 1, step + "-beyond");
      assertThat(beyond.statusCode()).as(beyond.body()).isEqualTo(402);
      assertThat(beyond.body()).contains("spend limit reached");
      assertThat(backend.refund(record).statusCode()).isEqualTo(200);
      assertThat(balance()).as(step).isEqualByComparingTo("1");
      assertThat(backend.used(user, "payment")).as(step).isEqualTo(998);
    }
    String record =
        Client.json(backend.deduct(user, "payment", 3, "kept")).required("record_id").stringValue();
    die(
        "billing-service-refund-written",
        "refund",
        """
        {"record_id":"%s","reason":"killed"}"""
            .formatted(record));
    assertThat(balance()).as("not refunded by halves").isEqualByComparingTo("0.9");
    assertThat(backend.refund(record).statusCode()).isEqualTo(200);
    assertThat(balance()).isEqualByComparingTo("1");
    assertThat(backend.used(user, "payment")).isEqualTo(998);
    installation.assertBooksAreClean();
  }

  private static void limitTenant(String amount) {
    HttpResponse<String> set =
        backend
            .client()
            .send(
                HttpRequest.newBuilder(backend.client().url("/api/spend-limits"))
                    .header("Authorization", "Bearer " + backend.client().adminToken())
                    .PUT(
                        HttpRequest.BodyPublishers.ofString(
                            """
                            {"tenant_id":1,"scope":"tenant","span":"total","amount":"%s"}"""
                                .formatted(amount)))
                    .build());
    assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
  }

  private static BigDecimal balance() {
    return backend.get("/account?user_id=killed").required("balance").decimalValue();
  }

  private static void die(String step, String path, String body) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      deaths.die(
          installation,
          step,
          () ->
              assertThat(
                      http.sendAsync(backend.request(path, body), BodyHandlers.ofString())
                          .exceptionally(_ -> null)
                          .join())
                  .isNull());
    }
  }
}
