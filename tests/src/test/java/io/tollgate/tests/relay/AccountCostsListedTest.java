package io.tollgate.tests.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Installation;
import io.tollgate.tests.installation.SharedInstallation;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What an account of a provider has cost stands beside it in the list. */
@Tag("slow")
@ExtendWith(SharedInstallation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountCostsListedTest {
  private static final String ASKED =
      "\"max_tokens\":8000,\"reasoning_effort\":\"low\",\"tools\":[{\"type\":\"function\",\"function\":"
          + "{\"name\":\"weather\",\"parameters\":{\"type\":\"object\",\"properties\":{}}}}]";
  private static final String USER = "{\"role\":\"user\",\"content\":\"How is the weather?\"}";

  private Installation installation;
  private Client client;

  @BeforeAll
  void start(Installation shared) {
    installation = shared;
    client = new Client(installation);
  }

  @Test
  void the_list_of_accounts_shows_what_they_have_cost() {
    assertThat(chat("gpt-4o-mini", USER, "output_tokens=1000").statusCode()).isEqualTo(200);
    String admin = client.adminToken();
    JsonNode account =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> paid(accounts(admin)), Optional::isPresent)
            .orElseThrow();
    assertThat(account.required("today_cost").decimalValue()).isGreaterThan(BigDecimal.ZERO);
    assertThat(account.required("today_requests").asLong()).isPositive();
    assertThat(account.required("recent_cost").decimalValue())
        .isGreaterThanOrEqualTo(account.required("today_cost").decimalValue());
  }

  private JsonNode accounts(String admin) {
    return Client.json(
            client.get(client.url("/api/provider-accounts"), "Authorization", "Bearer " + admin))
        .required("data");
  }

  private static Optional<JsonNode> paid(JsonNode accounts) {
    return accounts
        .valueStream()
        .filter(account -> account.required("total_cost").decimalValue().signum() > 0)
        .findFirst();
  }

  private HttpResponse<String> chat(String model, String messages, String steering) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(client.url("/v1/chat/completions"))
            .header("Authorization", "Bearer " + installation.demo().user(1).apiKey())
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"model\":\"%s\",%s,\"messages\":[%s]}".formatted(model, ASKED, messages)));
    if (!steering.isEmpty()) {
      request.header("X-Sandbox", steering);
    }
    return client.send(request.build());
  }
}
