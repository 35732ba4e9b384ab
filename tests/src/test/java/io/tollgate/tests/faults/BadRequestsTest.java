package io.tollgate.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Installation;
import io.tollgate.tests.installation.SharedInstallation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What callers may send by mistake or malice: a clear answer in the interface's form, no charge.
 */
@Tag("slow")
@ExtendWith(SharedInstallation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestsTest {
  private static final String CHAT = "/v1/chat/completions";

  private Installation installation;
  private Client client;
  private BigDecimal before;

  @BeforeAll
  void start(Installation shared) {
    installation = shared;
    client = new Client(installation);
    before = client.balance(installation.demo().user(1).userId());
  }

  @AfterAll
  void nothingWasChargedAndItStillServes() {
    assertThat(client.balance(installation.demo().user(1).userId())).isEqualByComparingTo(before);
  }

  @Test
  void a_body_that_is_no_json_is_400() {
    HttpResponse<String> response = client.postChat(key(), "{\"model\": gpt");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("invalid_request_error");
  }

  @Test
  void a_body_of_40_mib_is_413() {
    String body = Client.chat("gpt-4o-mini", 5, false, "x".repeat(40 << 20));
    HttpResponse<String> response = client.postChat(key(), body);
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).contains("invalid_request_error");
  }

  @Test
  void an_unknown_path_is_404_and_a_wrong_method_405_with_allow() {
    assertThat(client.get(client.url("/v1/nothing"), "Authorization", "Bearer " + key()))
        .satisfies(response -> assertThat(response.statusCode()).isEqualTo(404));
    HttpResponse<String> wrong =
        client.send(
            HttpRequest.newBuilder(client.url(CHAT))
                .DELETE()
                .header("Authorization", "Bearer " + key())
                .build());
    assertThat(wrong.statusCode()).isEqualTo(405);
    assertThat(wrong.headers().firstValue("Allow").orElse("")).contains("POST");
  }

  @Test
  void ten_thousand_headers_are_431() throws IOException {
    StringBuilder request = new StringBuilder("GET /v1/models HTTP/1.1\r\nHost: here\r\n");
    for (int header = 0; header < 10_000; header++) {
      request.append("X-Filler-").append(header).append(": filling\r\n");
    }
    assertThat(raw(request.append("\r\n").toString())).startsWith("HTTP/1.1 431");
  }

  @Test
  void headers_that_never_end_are_408_after_ten_seconds() throws IOException {
    assertThat(raw("GET /v1/models HTTP/1.1\r\nHost: here\r\nX-Slow: ")).startsWith("HTTP/1.1 408");
  }

  @Test
  void a_grant_with_a_bad_amount_says_what_was_given_and_expected() {
    for (String amount : new String[] {"-1", "0", "0.0000000001", "ten"}) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(
                      installation.demo().privateUrl().resolve("/internal/v1/billing/grants"))
                  .header("X-Service-Token", installation.demo().serviceToken())
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"user_id\":\"1\",\"asset\":\"USD\",\"idempotency_key\":\"k\",\"amount\":\""
                              + amount
                              + "\"}"))
                  .build());
      assertThat(response.statusCode()).as(amount).isEqualTo(400);
      assertThat(Client.JSON.readTree(response.body()).required("error").asString())
          .contains(amount)
          .contains("expected");
    }
  }

  private String raw(String bytes) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", installation.demo().publicUrl().getPort())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      try {
        out.write(bytes.getBytes(StandardCharsets.US_ASCII));
        out.flush();
      } catch (IOException e) {
        // refused before all of it was sent; the answer is there to be read
        assertThat(e).isNotNull();
      }
      InputStream in = socket.getInputStream();
      return new String(in.readNBytes(12), StandardCharsets.US_ASCII);
    }
  }

  private String key() {
    return installation.demo().user(1).apiKey();
  }
}
