package io.tollgate.tests.upstream;

import static io.tollgate.tests.upstream.Answers.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.sandbox.script.ReceivedRequest;
import io.tollgate.sandbox.script.Script;
import io.tollgate.sandbox.script.ScriptWriter;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kept connections: stale ones, and those on which more comes than was asked for. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class ConnectionsTest {
  private final Site site;

  ConnectionsTest(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void b18_a_kept_connection_that_closes_when_it_is_used_gets_one_more_try(boolean reset) {
    Payer payer = site.payer("1");
    var account = site.account();
    ScriptWriter writer = good("One.").nextRequest();
    site.upstream().put(account.match(), 1, reset ? writer.reset().done() : writer.close().done());
    site.upstream().put(account.match(), 1, good("Two.").done());
    Answered first = payer.ask(Chat.ofTokens("gpt-4o-mini", 60));
    Answered second = payer.ask(Chat.ofTokens("gpt-4o-mini", 60));
    assertThat(first.content()).isEqualTo("One.");
    assertThat(second.status()).as(second.body()).isEqualTo(200);
    assertThat(second.content()).isEqualTo("Two.");
    assertThat(site.received(account)).hasSize(3);
    payer.charged(second).is("0.000021", 100, 10);
    assertThat(payer.balance()).isEqualByComparingTo("0.999958");
  }

  @Test
  void b18_a_stream_over_a_stale_connection_gets_one_more_try() {
    Payer payer = site.payer("1");
    var account = site.account();
    site.upstream().put(account.match(), 1, good("One.").nextRequest().close().done());
    site.upstream().put(account.match(), 1, Script.events(Answers.stream("Two.", usage(100, 10))));
    assertThat(payer.ask(Chat.mini()).content()).isEqualTo("One.");
    Answered second = payer.ask(Chat.ofTokens("gpt-4o-mini", 60).stream());
    assertThat(second.content()).isEqualTo("Two.");
    payer.charged(second).is("0.000021", 100, 10);
  }

  @Test
  void b18_a_fresh_connection_that_closes_is_not_tried_for_ever() {
    Payer payer = site.payer("1");
    var account = site.account();
    site.upstream().put(account.match(), 50, Script.answer().close().done());
    Answered answered = payer.ask(Chat.mini());
    assertThat(answered.status()).isEqualTo(502);
    assertThat(site.received(account).size()).isBetween(1, 3);
    payer.charged(answered).isFree();
  }

  @Test
  void b18_what_has_begun_is_not_asked_again() {
    Payer payer = site.payer("1");
    var account = site.account();
    site.upstream()
        .put(
            account.match(),
            1,
            good("One.").nextRequest().raw("HTTP/1.1 200 OK\r\nContent-Le").close().done());
    site.upstream().put(account.match(), 1, good("Two.").done());
    assertThat(payer.ask(Chat.mini()).content()).isEqualTo("One.");
    Answered second = payer.ask(Chat.mini());
    assertThat(second.status()).isEqualTo(502);
    payer.charged(second).isFree();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20})
  void s16_an_answer_that_nobody_asked_for_reaches_no_later_request(int laterMs) {
    Payer payer = site.payer("1");
    var account = site.account();
    for (int round = 0; round < 10; round++) {
      ScriptWriter writer = good("Asked.");
      if (laterMs > 0) {
        writer.pause(laterMs);
      }
      site.upstream().put(account.match(), 1, writer.raw(wire("Not asked.")).done());
      site.upstream().put(account.match(), 1, good("Next.").done());
      int open = site.upstream().openConnections();
      assertThat(payer.ask(Chat.mini()).content()).isEqualTo("Asked.");
      // what comes after the next request was sent cannot be told from its answer
      awaitOneLess(open);
      Answered next = payer.ask(Chat.mini());
      assertThat(next.content()).isNotEqualTo("Not asked.");
      assertThat(next.content()).isEqualTo("Next.");
      site.upstream().clear();
    }
  }

  @Test
  void s16_an_answer_longer_than_it_says_closes_its_connection() {
    Payer payer = site.payer("1");
    var account = site.account();
    String body = Answers.chat("Asked.", usage(100, 10));
    site.upstream().put(account.match(), 1, Script.answer().status(200).json(body).raw("x").done());
    site.upstream().put(account.match(), 3, good("Next.").done());
    int open = site.upstream().openConnections();
    assertThat(payer.ask(Chat.mini()).content()).isEqualTo("Asked.");
    awaitOneLess(open);
    IntStream.range(0, 3)
        .forEach(time -> assertThat(payer.ask(Chat.mini()).content()).isEqualTo("Next."));
    assertThat(site.received(account))
        .extracting(ReceivedRequest::connection)
        .satisfies(used -> assertThat(used.get(1)).isNotEqualTo(used.get(0)));
  }

  @Test
  void s16_a_stream_that_goes_on_after_its_end_reaches_no_later_request() {
    Payer payer = site.payer("1");
    var account = site.account();
    for (int round = 0; round < 10; round++) {
      ScriptWriter writer = Script.answer().eventStream();
      for (String event : Answers.stream("Asked.", usage(100, 10))) {
        writer.event(event);
      }
      // said to be the end, but the chunks go on and another answer follows
      site.upstream()
          .put(
              account.match(),
              1,
              writer
                  .pause(5)
                  .event(Answers.chunk("more"))
                  .endChunks()
                  .raw(wire("Not asked."))
                  .done());
      site.upstream().put(account.match(), 1, good("Next.").done());
      assertThat(payer.ask(Chat.mini().stream()).content()).isEqualTo("Asked.");
      assertThat(payer.ask(Chat.mini()).content()).isEqualTo("Next.");
      site.upstream().clear();
    }
  }

  /** The account's connection has been closed. */
  private void awaitOneLess(int open) {
    await("a connection closed")
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> site.upstream().openConnections() < open);
  }

  private static ScriptWriter good(String content) {
    return Script.answer().status(200).json(Answers.chat(content, usage(100, 10)));
  }

  /** A whole good answer as bytes. */
  private static String wire(String content) {
    String body = Answers.chat(content, usage(100, 10));
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
