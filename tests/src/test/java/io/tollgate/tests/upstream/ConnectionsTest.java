package io.tollgate.tests.upstream;

import static io.tollgate.tests.upstream.Answers.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.Script;
import io.tollgate.sandbox.script.ScriptWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Kept connections: stale ones, and those on which more comes than was asked for. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class ConnectionsTest {
  private final Site site;

  ConnectionsTest(Site site) {
    this.site = site;
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
