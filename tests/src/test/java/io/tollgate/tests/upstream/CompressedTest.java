package io.tollgate.tests.upstream;

import static io.tollgate.tests.upstream.Answers.json;
import static io.tollgate.tests.upstream.Answers.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.Octets;
import io.tollgate.sandbox.script.Script;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed bodies, of callers and of upstreams. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class CompressedTest {
  private final Site site;

  CompressedTest(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "zstd", "GZIP"})
  void b22_a_compressed_request_is_read_or_its_header_named(String encoding) {
    Payer payer = site.payer("1");
    site.answers(Script.json(200, Answers.chat("A fee.", usage(100, 10))));
    byte[] plain = Chat.ofTokens("gpt-4o-mini", 60).json().getBytes(StandardCharsets.UTF_8);
    Answered answered = payer.ask(packed(encoding, plain), "Content-Encoding", encoding);
    if (encoding.equals("zstd") && answered.status() == 415) {
      assertThat(answered.body()).contains("Content-Encoding");
      assertThat(payer.balance()).isEqualByComparingTo("1");
    } else {
      assertThat(answered.status()).as(answered.body()).isEqualTo(200);
      payer.charged(answered).is("0.000021", 100, 10);
    }
  }

  @Test
  void b22_an_encoding_that_is_not_known_is_415_and_named() {
    Payer payer = site.payer("1");
    var account = site.account();
    byte[] body = Chat.mini().json().getBytes(StandardCharsets.UTF_8);
    Answered answered = payer.ask(body, "Content-Encoding", "br");
    assertThat(answered.status()).isEqualTo(415);
    assertThat(answered.body()).contains("Content-Encoding");
    assertThat(site.received(account)).isEmpty();
  }

  @Test
  void b22_a_small_body_that_unfolds_beyond_the_limit_is_413() {
    Payer payer = site.payer("1");
    var account = site.account();
    byte[] bomb = Octets.of(new byte[40 << 20]).gzipped().toBytes();
    assertThat(bomb.length).isLessThan(100_000);
    Answered answered = payer.ask(bomb, "Content-Encoding", "gzip");
    assertThat(answered.status()).isEqualTo(413);
    assertThat(site.received(account)).isEmpty();
  }

  @Test
  void b22_a_compressed_body_that_is_broken_is_400() {
    Payer payer = site.payer("1");
    byte[] whole = Octets.of(Chat.mini().json()).gzipped().first(20).toBytes();
    for (byte[] broken : new byte[][] {whole, {1, 2, 3}, {}}) {
      Answered answered = payer.ask(broken, "Content-Encoding", "gzip");
      assertThat(answered.status()).isEqualTo(400);
    }
    assertThat(payer.balance()).isEqualByComparingTo("1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void b30_an_upstream_that_compresses_unasked_is_read(boolean stream) {
    Payer payer = site.payer("1");
    var account = site.account();
    Script packed =
        stream
            ? Script.answer()
                .status(200)
                .header("Content-Type", "text/event-stream")
                .gzip()
                .body(events())
                .done()
            : Script.answer()
                .status(200)
                .gzip()
                .json(Answers.chat("A fee.", usage(100, 10)))
                .done();
    site.upstream().put(account.match(), 1, packed);
    Chat chat = Chat.ofTokens("gpt-4o-mini", 60);
    Answered answered = payer.ask(stream ? chat.stream() : chat);
    assertThat(site.received(account).getFirst().header("Accept-Encoding").orElse("identity"))
        .isEqualTo("identity");
    if (answered.status() == 200) {
      assertThat(answered.content()).isEqualTo("A fee.");
      payer.charged(answered).is("0.000021", 100, 10);
    } else {
      assertThat(answered.status()).isEqualTo(502);
      assertThat(answered.body()).contains("compress").doesNotContain("reached");
      payer.charged(answered).isFree();
    }
  }

  @Test
  void b30_a_compressed_error_keeps_its_message() {
    Payer payer = site.payer("1");
    String error =
        json("{'error':{'message':'temperature is too high','type':'invalid_request_error'}}");
    site.answers(Script.answer().status(400).gzip().json(error).done());
    Answered answered = payer.ask(Chat.mini());
    assertThat(answered.status()).isEqualTo(400);
    assertThat(answered.json().at("/error/message").asString(""))
        .contains("temperature is too high");
    payer.charged(answered).isFree();
  }

  @Test
  void b30_a_compressed_answer_that_unfolds_without_end_is_bounded() {
    Payer payer = site.payer("1");
    site.answers(
        Script.answer()
            .status(200)
            .gzip()
            .header("Content-Type", "application/json")
            .body(Octets.of(new byte[64 << 20]))
            .done());
    Answered answered = payer.ask(Chat.mini());
    assertThat(answered.status()).isEqualTo(502);
    payer.charged(answered).isFree();
    assertThat(site.metric("tollgate_relay_memory_bytes")).isZero();
  }

  private static String events() {
    StringBuilder events = new StringBuilder();
    for (String event : Answers.stream("A fee.", usage(100, 10))) {
      events.append("data: ").append(event).append("\n\n");
    }
    return events.toString();
  }

  private static byte[] packed(String encoding, byte[] plain) {
    return switch (encoding) {
      case "deflate" -> deflated(plain);
      case "zstd" -> zstandard(plain);
      default -> Octets.of(plain).gzipped().toBytes();
    };
  }

  private static byte[] deflated(byte[] plain) {
    try (Deflater deflater = new Deflater()) {
      deflater.setInput(plain);
      deflater.finish();
      byte[] packed = new byte[plain.length + 100];
      return java.util.Arrays.copyOf(packed, deflater.deflate(packed));
    }
  }

  /** A frame of Zstandard with one raw block (RFC 8878, 3.1). */
  private static byte[] zstandard(byte[] plain) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    // magic number, one segment with four bytes of size, the size, the last block's header
    head.putInt(0xFD2FB528).put((byte) 0xA0).putInt(plain.length);
    int block = plain.length << 3 | 1;
    head.put((byte) block).put((byte) (block >> 8)).put((byte) (block >> 16));
    frame.writeBytes(head.array());
    frame.writeBytes(plain);
    return frame.toByteArray();
  }
}
