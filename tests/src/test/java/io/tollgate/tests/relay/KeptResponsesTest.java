package io.tollgate.tests.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import io.tollgate.tests.installation.Installation;
import io.tollgate.tests.installation.SharedInstallation;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Responses that the provider keeps: whose they are, and who can ask for them or go on from them.
 */
@Tag("slow")
@ExtendWith(SharedInstallation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeptResponsesTest {
  private static final String WORDS = "Tell of a gate at which everybody pays.";

  private Installation installation;
  private Client client;
  private Demo.User owner;
  private Demo.User other;

  @BeforeAll
  void start(Installation shared) {
    installation = shared;
    client = new Client(installation);
    owner = installation.demo().user(1);
    other = installation.demo().user(0);
  }

  @Test
  void a_response_is_asked_for_by_its_id_for_nothing() {
    JsonNode made = create(owner, "");
    BigDecimal before = client.balance(owner.userId());
    for (String prefix : new String[] {"/v1", "/openai/v1", ""}) {
      HttpResponse<String> again = get(owner, prefix + "/responses/" + id(made));
      assertThat(Client.json(again).required("output")).isEqualTo(made.required("output"));
    }
    assertThat(client.balance(owner.userId())).isEqualByComparingTo(before);
  }

  @Test
  void a_streamed_response_is_asked_for_by_its_id_too() {
    HttpResponse<String> streamed = post(owner, "/v1/responses", body(",\"stream\":true"));
    assertThat(streamed.body()).contains("event: response.completed");
    String id =
        streamed
            .body()
            .lines()
            .filter(line -> line.startsWith("data: "))
            .map(line -> Client.JSON.readTree(line.substring(6)))
            .filter(event -> event.path("type").asString().equals("response.created"))
            .map(event -> event.required("response").required("id").asString())
            .findFirst()
            .orElseThrow();
    assertThat(id(Client.json(get(owner, "/v1/responses/" + id)))).isEqualTo(id);
  }

  @Test
  void what_is_somebody_elses_is_not_there_exactly_as_what_is_not() {
    JsonNode made = create(owner, "");
    HttpResponse<String> foreign = get(other, "/v1/responses/" + id(made));
    HttpResponse<String> unknown = get(other, "/v1/responses/" + "resp_unknown");
    assertThat(foreign.statusCode()).isEqualTo(404);
    assertThat(foreign.body().replace(id(made), "resp_unknown")).isEqualTo(unknown.body());
    assertThat(delete(other, "/v1/responses/" + id(made)).statusCode()).isEqualTo(404);
    assertThat(post(other, "/v1/responses/" + id(made) + "/cancel", "").statusCode())
        .isEqualTo(404);
    assertThat(get(owner, "/v1/responses/" + id(made)).statusCode()).isEqualTo(200);
  }

  @Test
  void what_was_not_stored_is_not_there() {
    JsonNode made = create(owner, ",\"store\":false");
    assertThat(get(owner, "/v1/responses/" + id(made)).statusCode()).isEqualTo(404);
  }

  @Test
  void a_response_that_was_deleted_is_there_no_more() {
    JsonNode made = create(owner, "");
    JsonNode deleted = Client.json(delete(owner, "/v1/responses/" + id(made)));
    assertThat(deleted.required("deleted").asBoolean()).isTrue();
    assertThat(get(owner, "/v1/responses/" + id(made)).statusCode()).isEqualTo(404);
    assertThat(goOn(owner, id(made)).statusCode()).isEqualTo(404);
  }

  @Test
  void what_an_ended_response_cannot_do_is_told_by_its_provider() {
    JsonNode made = create(owner, "");
    HttpResponse<String> cancelled = post(owner, "/v1/responses/" + id(made) + "/cancel", "");
    assertThat(cancelled.statusCode()).isEqualTo(400);
    assertThat(cancelled.body()).contains("Cannot cancel a synchronous response");
  }

  @Test
  void the_items_that_were_asked_with_are_listed() {
    JsonNode made = create(owner, "");
    JsonNode items = Client.json(get(owner, "/v1/responses/" + id(made) + "/input_items?limit=5"));
    assertThat(items.required("data").get(0).toString()).contains(WORDS);
  }

  @Test
  void a_request_goes_on_from_an_answer_of_its_own_user_only() {
    JsonNode made = create(owner, "");
    JsonNode next = Client.json(goOn(owner, id(made)));
    assertThat(next.required("previous_response_id").asString()).isEqualTo(id(made));
    assertThat(next.required("usage").required("input_tokens").asLong())
        .isGreaterThan(made.required("usage").required("input_tokens").asLong());
    HttpResponse<String> foreign = goOn(other, id(made));
    assertThat(foreign.statusCode()).isEqualTo(404);
    assertThat(foreign.body()).contains("response " + id(made) + " not found");
  }

  private JsonNode create(Demo.User user, String more) {
    return Client.json(post(user, "/v1/responses", body(more)));
  }

  private HttpResponse<String> goOn(Demo.User user, String id) {
    return post(user, "/v1/responses", body(",\"previous_response_id\":\"" + id + "\""));
  }

  private static String body(String more) {
    return "{\"model\":\"gpt-4o-mini\",\"max_output_tokens\":60,\"input\":\"%s\"%s}"
        .formatted(WORDS, more);
  }

  private static String id(JsonNode response) {
    return response.required("id").asString();
  }

  private HttpResponse<String> get(Demo.User user, String path) {
    return client.get(client.url(path), "Authorization", "Bearer " + user.apiKey());
  }

  private HttpResponse<String> delete(Demo.User user, String path) {
    return client.send(request(user, path).DELETE().build());
  }

  private HttpResponse<String> post(Demo.User user, String path, String body) {
    return client.send(
        request(user, path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private HttpRequest.Builder request(Demo.User user, String path) {
    return HttpRequest.newBuilder(client.url(path))
        .header("Authorization", "Bearer " + user.apiKey());
  }
}
