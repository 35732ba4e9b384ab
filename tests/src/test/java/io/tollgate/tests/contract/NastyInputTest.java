package io.tollgate.tests.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.contract.RawConnection.RawAnswer;
import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import io.tollgate.tests.installation.Installation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Whatever stands in a parameter or a field of a body, of any operation that is described for
 * administrators, users and backends: it is answered, and never with a fault of ours.
 */
@Tag("slow")
class NastyInputTest {
  /** As they stand in a URL. */
  private static final List<String> IN_URL =
      List.of(
          "%00",
          "a%00b",
          "%ff",
          "%ed%a0%80",
          "%c0%80",
          "%75%D4%00",
          "%zz",
          "%",
          "%F0%9F%98%80".repeat(25),
          "x".repeat(2_000),
          "%EF%BC%91",
          "-1",
          "0",
          "9223372036854775807",
          "9223372036854775808",
          "1e400",
          "NaN",
          "'%20OR%201=1%20--",
          "%25",
          "_%25_",
          "2026-02-30T00:00:00Z",
          "%2B1000000000-01-01T00:00:00Z",
          "99999999999999999999",
          "..%2F..%2Fetc",
          "%0d%0aX:%20y",
          "%7f%E2%80%AE");

  /** As they stand in JSON. */
  private static final List<String> IN_JSON =
      List.of(
          "\"\\u0000\"",
          "\"a\\u0000b\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"" + "😀".repeat(25) + "\"",
          "\"" + "x".repeat(5_000) + "\"",
          "\"１\"",
          "\"' OR 1=1 --\"",
          "\"\"",
          "-1",
          "0",
          "1e400",
          "1e999999999",
          "-1e-400",
          "NaN",
          "9223372036854775807",
          "9223372036854775808",
          "0.1234567890123456789012345678901234567890",
          "null",
          "true",
          "{}",
          "{\"a\":{}}",
          "[]",
          "[[[[]]]]",
          "\"2026-02-30T00:00:00Z\"",
          "\"+1000000000-01-01T00:00:00Z\"");

  private static final List<String> AREAS = List.of("/api/", "/internal/v1/billing/");

  private static Installation installation;
  private static Description description;
  private static String session;
  private static String userSession;
  private static RawConnection users;
  private static RawConnection backends;

  @BeforeAll
  static void start() {
    installation = Installation.start();
    Requests requests = new Requests(installation);
    description = Description.parse(requests.send(requests.get("/openapi.yaml")).body());
    session = requests.asAdmin()[1];
    Demo.User user = installation.demo().user(0);
    Map<String, String> login = Map.of("email", user.email(), "password", user.password());
    userSession =
        "Bearer "
            + Client.json(requests.send(requests.post("/api/v1/auth/login", login)))
                .required("data")
                .required("token")
                .asString();
    users = new RawConnection(installation.demo().publicUrl());
    backends = new RawConnection(installation.demo().privateUrl());
  }

  @AfterAll
  static void stop() throws IOException {
    users.close();
    backends.close();
    installation.close();
  }

  @Test
  void no_parameter_of_any_operation_makes_a_fault_of_ours() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int sent = 0;
    for (Operation operation : operations()) {
      for (JsonNode parameter : description.parameters(operation)) {
        String name = parameter.required("name").asString();
        List<String> values = new ArrayList<>(IN_URL);
        for (int i = 0; i < 10; i++) {
          values.add(randomEscapes(random));
        }
        for (String value : values) {
          String url =
              switch (parameter.required("in").asString()) {
                case "path" -> path(operation, name, value);
                case "query" -> path(operation, "", "") + "?" + name + "=" + value;
                default -> "";
              };
          if (!url.isEmpty()) {
            RawAnswer answer = send(operation, url, body(operation, "", ""));
            assertThat(answer.statusCode())
                .as("seed %d: %s %s: %s", seed, operation.method(), url, answer.body())
                .isBetween(200, 499);
            boolean cannotBeKept = value.contains("%00") || value.equals("%ff");
            if (cannotBeKept && parameter.required("in").asString().equals("query")) {
              assertThat(answer.statusCode()).as(url).isEqualTo(400);
              // the address of a user's stream is looked at as a whole, before its parameters
              boolean whole =
                  operation.path().startsWith("/api/v1/")
                      && operation.path().endsWith("/stream")
                      && !isText(value);
              assertThat(answer.body())
                  .as(url)
                  .contains("\"error\":\"" + (whole ? "malformed percent-encoding" : name + ": "));
            }
            sent++;
          }
        }
      }
    }
    assertThat(sent).isGreaterThan(500);
  }

  @Test
  void no_field_of_any_body_makes_a_fault_of_ours_and_none_is_read_twice() throws Exception {
    int sent = 0;
    for (Operation operation : operations()) {
      for (String field : description.fields(operation)) {
        for (String value : IN_JSON) {
          RawAnswer answer =
              send(operation, path(operation, "", ""), body(operation, field, value));
          assertThat(answer.statusCode())
              .as("%s, %s: %s: %s", operation, field, value, answer.body())
              .isBetween(200, 499);
          if (value.contains("u0000") || value.contains("ud800") || value.equals("1e400")) {
            assertThat(answer.statusCode())
                .as("%s, %s: %s", operation, field, value)
                .isEqualTo(400);
            assertThat(answer.body()).contains("\"error\":\"" + field + ": ");
          }
          sent++;
        }
        String twice = "{\"" + field + "\":1,\"" + field + "\":1}";
        RawAnswer answer = send(operation, path(operation, "", ""), twice);
        assertThat(answer.statusCode()).as("%s %s", operation, twice).isEqualTo(400);
        assertThat(answer.body()).contains(field + ": is given twice");
      }
      if (!description.fields(operation).isEmpty()) {
        for (String body : List.of("[]", "1", "\"x\"", "null", "{", "\u0000", "{}x")) {
          assertThat(send(operation, path(operation, "", ""), body).statusCode())
              .as("%s %s", operation, body)
              .isEqualTo(400);
        }
      }
    }
    assertThat(sent).isGreaterThan(200);
  }

  private static List<Operation> operations() {
    return description.operations().stream()
        .filter(operation -> AREAS.stream().anyMatch(operation.path()::startsWith))
        // or the session would end, or the name be locked, in the middle
        .filter(operation -> !operation.path().startsWith("/api/auth/logout"))
        .filter(operation -> !operation.path().startsWith("/api/auth/refresh"))
        .toList();
  }

  /** The path with something in each of its parameters, and the value in the one of that name. */
  private static String path(Operation operation, String name, String value) {
    return operation
        .path()
        .replace("{" + name + "}", value)
        .replaceAll("\\{[^}]*}", "019ac1f4-8a5e-7b30-9a40-5f6d2b1c0e77");
  }

  private static String body(Operation operation, String field, String value) {
    List<String> parts = new ArrayList<>();
    for (String one : description.fields(operation)) {
      parts.add("\"" + one + "\":" + (one.equals(field) ? value : "\"x\""));
    }
    return parts.isEmpty() ? "" : "{" + String.join(",", parts) + "}";
  }

  /** Whether the escapes are those of a text in UTF-8. */
  private static boolean isText(String escaped) {
    try {
      UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(URLDecoder.decode(escaped, ISO_8859_1).getBytes(ISO_8859_1)));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }

  private static String randomEscapes(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append("%%%02X".formatted(random.nextInt(256)));
    }
    return text.toString();
  }

  private static RawAnswer send(Operation operation, String path, String body) throws IOException {
    Demo demo = installation.demo();
    boolean privately = path.startsWith("/internal/");
    URI base = privately ? demo.privateUrl() : demo.publicUrl();
    String bearer =
        path.startsWith("/api/v1/me")
            ? userSession
            : path.startsWith("/api/v1/") ? "Bearer " + demo.serviceToken() : session;
    byte[] bytes = body.getBytes(UTF_8);
    String head =
        "%s %s HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\nX-Service-Token: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(
                operation.method(),
                path,
                base.getAuthority(),
                bearer,
                demo.serviceToken(),
                bytes.length);
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.getBytes(ISO_8859_1));
    request.writeBytes(bytes);
    return (privately ? backends : users).send(request.toByteArray());
  }
}
