package io.tollgate.tests.upstream;

import static io.tollgate.tests.upstream.Answers.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.sandbox.script.RequestMatch;
import io.tollgate.sandbox.script.Script;
import io.tollgate.sandbox.script.ScriptWriter;
import io.tollgate.tests.installation.Client;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * Six accounts, asked in this order: one is rate limited, one fails, one is banned, one dies in the
 * middle of a stream, one is slow until it can do no more, and one is healthy.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultyAccountsTest {
  private static final int CALLERS = 12;
  private static final int OFTEN = 100;
  private static final String ERROR = "{\"error\":{\"message\":\"no\",\"type\":\"x\"}}";

  private static final Script GOOD = Script.events(Answers.stream("A fee.", usage(100, 10)));

  private static final Script SLOW = slow();

  private Site site;
  private List<ScriptedAccounts.Account> accounts;

  @BeforeAll
  void start() {
    site = Site.start("--relay-accounts-rest-failed-ms=20000");
    accounts = site.accounts(6);
  }

  @AfterAll
  void booksAreClean() {
    try (Site closing = site) {
      closing.checkBooksAndLogs();
    }
  }

  @Test
  void callers_see_only_successes_each_account_says_why_it_was_left_and_load_returns()
      throws Exception {
    put(0, Script.answer().status(429).header("Retry-After", "8").json(ERROR).done());
    put(1, Script.json(500, ERROR));
    put(2, Script.json(401, ERROR));
    put(
        3,
        Script.answer()
            .eventStream()
            .event(Answers.chunk("Half"))
            .event(Answers.chunk(" a fee"))
            .reset()
            .done());
    site.upstream().put(accounts.get(4).match(), CALLERS / 2, SLOW);
    put(4, Script.json(503, ERROR));
    put(5, GOOD);
    Payer payer = site.payer("1");

    // each fault is met once, and is nobody's but the last: a stream had begun
    Answered first = payer.ask(stream(0));
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.content()).isEqualTo("Half a fee");
    Payer.Charged broken = payer.charged(first);
    assertThat(broken.attempts()).isEqualTo(4);

    List<Callable<Answered>> calls = new ArrayList<>();
    for (int caller = 1; caller <= CALLERS; caller++) {
      Chat chat = stream(caller);
      calls.add(() -> payer.ask(chat));
    }
    List<Answered> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
    }
    // it rests for some seconds only
    assertThat(state(0)).isEqualTo("cooling");
    assertThat(row(0).required("rests_until").isNull()).isFalse();
    assertThat(answers)
        .allSatisfy(
            answer -> {
              assertThat(answer.status()).as(answer.body()).isEqualTo(200);
              assertThat(answer.content()).isEqualTo("A fee.");
              payer.charged(answer).is("0.000021", 100, 10);
            });
    assertThat(payer.balance())
        .isEqualByComparingTo(
            new BigDecimal("1")
                .subtract(broken.cost())
                .subtract(new BigDecimal("0.000021").multiply(BigDecimal.valueOf(CALLERS))));
    assertThat(site.received(accounts.get(2))).hasSize(1);

    assertThat(failure(0)).contains("429");
    assertThat(state(1)).isEqualTo("doubtful");
    assertThat(failure(1)).contains("500");
    assertThat(state(2)).isEqualTo("banned");
    assertThat(failure(2)).contains("401");
    assertThat(failure(3)).contains("unreachable");
    assertThat(failure(4)).contains("503");
    assertThat(state(5)).isEqualTo("healthy");
    assertThat(failure(5)).isEqualTo("null");

    recovers(payer);
  }

  /** What rests comes back by itself within its time; the banned one when somebody says so. */
  private void recovers(Payer payer) {
    site.upstream().clear();
    for (int account = 0; account < accounts.size(); account++) {
      put(account, GOOD);
    }
    int before = site.received(accounts.getFirst()).size();
    // a conversation would stay with the account that has answered it
    AtomicInteger question = new AtomicInteger(CALLERS);
    await("the first account serves again")
        .atMost(Duration.ofSeconds(12))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              assertThat(payer.ask(stream(question.incrementAndGet())).status()).isEqualTo(200);
              return site.received(accounts.getFirst()).size() > before;
            });
    String banned = row(2).required("id").asString();
    var reset =
        site.client()
            .send(
                HttpRequest.newBuilder(
                        site.client().url("/api/provider-accounts/" + banned + "/reset"))
                    .header("Authorization", "Bearer " + site.adminToken())
                    .POST(BodyPublishers.noBody())
                    .build());
    assertThat(reset.statusCode()).as(reset.body()).isEqualTo(200);
    assertThat(state(2)).isEqualTo("healthy");
  }

  private void put(int account, Script script) {
    RequestMatch match = accounts.get(account).match();
    site.upstream().put(match, OFTEN, script);
  }

  private String state(int account) {
    return row(account).required("state").asString();
  }

  /** Why it was left: the account's own latest failure, or its only key's. */
  private String failure(int account) {
    JsonNode row = row(account);
    JsonNode own = row.required("last_failure");
    return (own.isNull() ? row.required("keys").required(0).required("last_failure") : own)
        .toString();
  }

  /** An account as the administrators see it. */
  private JsonNode row(int account) {
    JsonNode list =
        Client.json(
            site.client()
                .get(
                    site.client().url("/api/provider-accounts?provider=scripted&page_size=50"),
                    "Authorization",
                    "Bearer " + site.adminToken()));
    String name = accounts.get(account).name();
    return list.required("data")
        .valueStream()
        .filter(row -> row.required("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Script slow() {
    ScriptWriter writer = Script.answer().pause(400).eventStream();
    for (String event : Answers.stream("A fee.", usage(100, 10))) {
      writer.event(event).pause(50);
    }
    return writer.endChunks().done();
  }

  private static Chat stream(int number) {
    return Chat.of("gpt-4o-mini", "Question " + number).maxTokens(60).stream();
  }
}
