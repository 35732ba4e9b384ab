package io.tollgate.tests.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import io.tollgate.tests.installation.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Files and batches: whose they are, what is held for them, and that each line is charged once,
 * whatever its provider writes and whatever dies. No job looks at them here: a caller who asks
 * does.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BatchesTest {
  /** USD per token of gpt-4o-mini in a batch, from the provider's price list. */
  private static final BigDecimal INPUT = new BigDecimal("0.000000075");

  private static final BigDecimal OUTPUT = new BigDecimal("0.0000003");
  private static final String BOUNDARY = "gate-4711";

  private Installation installation;
  private Client client;
  private String admin;

  /** A batch that was made. */
  private record Made(String request, String id, BigDecimal before) {}

  @BeforeAll
  void start() {
    installation = Installation.start("--relay-deferred-poll-ms=3600000");
    connect();
  }

  private void connect() {
    client = new Client(installation);
    admin = client.adminToken();
  }

  @AfterAll
  void booksAreClean() {
    try (Installation closing = installation) {
      closing.assertBooksAreClean();
    }
  }

  @Test
  @Order(1)
  void files_are_their_owners_alone() {
    String file = upload(1, lines(2));
    assertThat(Client.json(get(1, "/v1/files/" + file)).required("purpose").asString())
        .isEqualTo("batch");
    assertThat(get(1, "/openai/v1/files/" + file + "/content").body()).isEqualTo(lines(2));
    assertThat(get(0, "/v1/files/" + file).statusCode()).isEqualTo(404);
    assertThat(get(0, "/v1/files/" + file + "/content").statusCode()).isEqualTo(404);
    assertThat(ids(get(0, "/v1/files"))).doesNotContain(file);
    String second = upload(1, lines(1));
    assertThat(ids(get(1, "/v1/files?limit=1"))).containsExactly(second);
    assertThat(ids(get(1, "/v1/files?limit=1&after=" + second))).containsExactly(file);
    assertThat(ids(get(1, "/v1/files?purpose=vision"))).isEmpty();
    assertThat(get(1, "/v1/files?limit=0").statusCode()).isEqualTo(400);
    assertThat(client.send(request(1, "/v1/files/" + second).DELETE().build()).statusCode())
        .isEqualTo(200);
    assertThat(get(1, "/v1/files/" + second).statusCode()).isEqualTo(404);
    assertThat(post(0, "/v1/batches", order(file)).statusCode()).isEqualTo(404);
  }

  @Test
  @Order(2)
  void each_line_is_charged_at_the_batch_price_when_the_batch_has_ended() throws Exception {
    Made made = make(lines(5));
    assertThat(client.audit(admin).required("clean").asBoolean()).isTrue();
    assertThat(get(0, "/v1/batches/" + made.id).statusCode()).isEqualTo(404);
    assertThat(ids(get(1, "/v1/batches"))).contains(made.id);
    assertThat(ids(get(0, "/v1/batches"))).doesNotContain(made.id);
    awaitOutput(made);
    JsonNode ended = together(made);
    charged(made, served(made));
    String output = ended.required("output_file_id").asString();
    assertThat(get(1, "/v1/files/" + output + "/content").body().lines()).hasSize(5);
    assertThat(get(0, "/v1/files/" + output + "/content").statusCode()).isEqualTo(404);
    assertThat(Client.json(get(1, "/v1/batches/" + made.id)).required("status").asString())
        .isEqualTo("completed");
    charged(made, served(made));
  }

  @Test
  @Order(3)
  void of_a_batch_that_is_cancelled_what_was_done_is_charged() throws Exception {
    Made made = make(lines(6));
    HttpResponse<String> cancelled = post(1, "/v1/batches/" + made.id + "/cancel", "");
    assertThat(cancelled.statusCode()).as(cancelled.body()).isEqualTo(200);
    awaitOutput(made);
    JsonNode ended = Client.json(get(1, "/v1/batches/" + made.id));
    assertThat(ended.required("status").asString()).isEqualTo("cancelled");
    charged(made, served(made));
  }

  @Test
  @Order(3)
  void of_a_batch_that_has_expired_what_was_done_is_charged_and_its_output_is_its_owners()
      throws Exception {
    Made made = make(lines(6), "X-Sandbox", "abort_after=2");
    awaitOutput(made);
    JsonNode ended = Client.json(get(1, "/v1/batches/" + made.id));
    assertThat(ended.required("status").asString()).isEqualTo("expired");
    charged(made, served(made));
    String output = "/v1/files/" + ended.required("output_file_id").asString() + "/content";
    assertThat(get(1, output).body().lines()).hasSize(2);
    assertThat(get(0, output).statusCode()).isEqualTo(404);
  }

  @Test
  @Order(4)
  void strange_lines_cost_nothing_and_what_is_not_reported_is_counted() throws Exception {
    Made made = make(lines(3));
    Path output = awaitOutput(made);
    List<String> came = Files.readAllLines(output);
    JsonNode unreported = Client.JSON.readTree(came.get(2));
    var _ = ((ObjectNode) unreported.required("response").required("body")).remove("usage");
    Files.writeString(
        output,
        String.join(
            "\n",
            "not JSON",
            came.get(0),
            came.get(0),
            came.get(1).replace("\"line-2\"", "\"line-77\""),
            "{\"custom_id\":\"line-2\",\"response\":{\"status_code\":500,\"body\":{}}}",
            "[]",
            unreported.toString(),
            "{\"custom_id\":\"line-2"));
    BigDecimal one = priceOf(came.get(0));
    assertThat(get(1, "/v1/batches/" + made.id).statusCode()).isEqualTo(200);
    BigDecimal charged = made.before.subtract(client.balance(user(1).userId()));
    assertThat(charged).isGreaterThan(one).isLessThan(one.multiply(BigDecimal.valueOf(3)));
    assertThat(client.audit(admin).required("clean").asBoolean()).isTrue();
  }

  @Test
  @Order(5)
  void an_output_that_cannot_be_read_stays_held_until_it_can() throws Exception {
    Made made = make(lines(2));
    Path output = awaitOutput(made);
    Path away = output.resolveSibling("away");
    Files.move(output, away);
    assertThat(get(1, "/v1/batches/" + made.id).statusCode()).isEqualTo(200);
    assertThat(client.balance(user(1).userId())).isLessThanOrEqualTo(made.before);
    assertThat(client.audit(admin).required("clean").asBoolean()).isTrue();
    Files.move(away, output);
    assertThat(get(1, "/v1/batches/" + made.id).statusCode()).isEqualTo(200);
    charged(made, served(made));
  }

  @Test
  @Order(6)
  void what_cannot_be_paid_or_done_is_refused_with_the_line_and_nothing_is_sent() {
    assertThat(post(2, "/v1/batches", order(upload(2, lines(40)))).statusCode()).isEqualTo(402);
    refused(lines(1) + "{\"custom_id\":", "line 2: not JSON");
    refused(lines(1) + lines(1), "line 2: custom_id");
    refused(lines(1).replace("POST", "GET"), "line 1: method: GET (expected: POST)");
    refused(lines(1).replace("/v1/chat/completions", "/v1/responses"), "line 1: url");
    refused(lines(1).replace("gpt-4o-mini", "gpt-none"), "line 1: body.model");
    refused(
        lines(2).replace("\"line-2\"", "\"x\"").replaceFirst("gpt-4o-mini", "gpt-4o"),
        "line 2: body.model: another than before");
    refused(lines(1).replace("\"max_tokens\"", "\"stream\":true,\"max_tokens\""), "body.stream");
    refused("\n", "a file without lines");
    assertThat(client.audit(admin).required("clean").asBoolean()).isTrue();
  }

  @Test
  @Order(7)
  void whatever_dies_each_line_is_charged_once() throws Exception {
    Made made = make(lines(4));
    awaitOutput(made);
    installation.killHard(false);
    installation.startAgainToDieAt("deferred-settling");
    connect();
    askUntilDeath(made);
    installation.startAgainToDieAt("deferred-settled");
    connect();
    askUntilDeath(made);
    installation.startAgain();
    connect();
    assertThat(get(1, "/v1/batches/" + made.id).statusCode()).isEqualTo(200);
    charged(made, served(made));
  }

  private void askUntilDeath(Made made) {
    try {
      var _ = get(1, "/v1/batches/" + made.id);
    } catch (UncheckedIOException e) {
      // it died
    }
    installation.awaitDeath(Duration.ofSeconds(30));
  }

  /** Eight callers ask at once. */
  private JsonNode together(Made made) throws Exception {
    Callable<HttpResponse<String>> ask = () -> get(1, "/v1/batches/" + made.id);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = threads.invokeAll(Collections.nCopies(8, ask));
      return Client.json(answers.getFirst().get());
    }
  }

  private void refused(String content, String why) {
    HttpResponse<String> answer = post(1, "/v1/batches", order(upload(1, content)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains(why);
  }

  private Made make(String content, String... headers) {
    String file = upload(1, content);
    BigDecimal before = client.balance(user(1).userId());
    HttpRequest.Builder asks = request(1, "/v1/batches");
    for (int index = 0; index < headers.length; index += 2) {
      asks.header(headers[index], headers[index + 1]);
    }
    HttpResponse<String> made =
        client.send(asks.POST(BodyPublishers.ofString(order(file))).build());
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    return new Made(
        made.headers().firstValue("x-request-id").orElseThrow(),
        Client.JSON.readTree(made.body()).required("id").asString(),
        before);
  }

  /** What the provider says it has served. */
  private BigDecimal served(Made made) {
    JsonNode served = client.served().required("by_request_id").required(made.request);
    return price(
        served.required("input_tokens").asLong(), served.required("output_tokens").asLong());
  }

  private void charged(Made made, BigDecimal price) {
    assertThat(price).isPositive();
    assertThat(made.before.subtract(client.balance(user(1).userId()))).isEqualByComparingTo(price);
    assertThat(client.audit(admin).required("clean").asBoolean()).isTrue();
  }

  private static BigDecimal priceOf(String line) {
    JsonNode usage =
        Client.JSON.readTree(line).required("response").required("body").required("usage");
    return price(
        usage.required("prompt_tokens").asLong(), usage.required("completion_tokens").asLong());
  }

  private static BigDecimal price(long input, long output) {
    return INPUT
        .multiply(BigDecimal.valueOf(input))
        .add(OUTPUT.multiply(BigDecimal.valueOf(output)));
  }

  /** The output's place on the provider's disk, once it is written. */
  private Path awaitOutput(Made made) throws IOException {
    String name = "file-" + made.id + "-output.content";
    await("output")
        .atMost(Duration.ofSeconds(30))
        .until(() -> find(name).isPresent() && ended(made));
    return find(name).orElseThrow();
  }

  private boolean ended(Made made) throws IOException {
    return Files.readString(find(made.id + ".json").orElseThrow()).contains("\"state\":\"DONE\"");
  }

  private Optional<Path> find(String name) throws IOException {
    try (Stream<Path> files = Files.walk(installation.dataDirectory().resolve("sandbox"))) {
      return files.filter(path -> path.getFileName().toString().equals(name)).findFirst();
    }
  }

  private static String lines(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            number ->
                "{\"custom_id\":\"line-%d\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":%s}\n"
                    .formatted(
                        number,
                        Client.chat("gpt-4o-mini", 40, false, "Tell of gate " + number + ".")))
        .collect(Collectors.joining());
  }

  private static String order(String file) {
    return "{\"input_file_id\":\"%s\",\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"24h\"}"
        .formatted(file);
  }

  private String upload(int user, String content) {
    String body =
        "--%1$s\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--%1$s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"in.jsonl\"\r\nContent-Type: application/jsonl\r\n\r\n%2$s\r\n--%1$s--\r\n"
            .formatted(BOUNDARY, content);
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(client.url("/v1/files"))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .header("Authorization", "Bearer " + user(user).apiKey())
                .POST(BodyPublishers.ofString(body))
                .build());
    return Client.json(answer).required("id").asString();
  }

  private static List<String> ids(HttpResponse<String> list) {
    return Client.json(list)
        .required("data")
        .valueStream()
        .map(each -> each.required("id").asString())
        .toList();
  }

  private Demo.User user(int index) {
    return installation.demo().user(index);
  }

  private HttpResponse<String> get(int user, String path) {
    return client.send(request(user, path).build());
  }

  private HttpResponse<String> post(int user, String path, String body) {
    return client.send(request(user, path).POST(BodyPublishers.ofString(body)).build());
  }

  private HttpRequest.Builder request(int user, String path) {
    return HttpRequest.newBuilder(client.url(path))
        .timeout(Duration.ofSeconds(60))
        .header("Content-Type", "application/json")
        .header("Authorization", "Bearer " + user(user).apiKey());
  }
}
