package io.tollgate.relay.protocols.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.TokenCounter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StreamTapTest {
  private static final TokenCounter COUNTER = TokenCounter.loaded();
  private static final String ROLE =
      "data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"created\":7,\"model\":\"gpt-4o-mini\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}],\"usage\":null}\n\n";
  private static final String HELLO =
      "data: {\"id\":\"c-1\",\"created\":7,\"model\":\"gpt-4o-mini\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Grüße \\\"usage\\\":{\\\"prompt_tokens\\\":1}\"},\"finish_reason\":null}]}\n\n";
  private static final String STOP =
      "data: {\"id\":\"c-1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\r\n\r\n";
  private static final String USAGE =
      "data: {\"id\":\"c-1\",\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13,\"prompt_tokens_details\":{\"cached_tokens\":2},\"completion_tokens_details\":{\"reasoning_tokens\":1}}}\n\n";
  private static final String DONE = "data: [DONE]\n\n";

  @Test
  void every_cut_into_pieces_gives_the_same_result() {
    byte[] stream = utf8(ROLE + ": ping\n\n" + HELLO + STOP + USAGE + DONE);
    for (int cut = 0; cut <= stream.length; cut++) {
      StreamTap tap = new StreamTap(COUNTER, "gpt-4o-mini", false);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(tap.accept(Arrays.copyOf(stream, cut)));
      out.writeBytes(tap.accept(Arrays.copyOfRange(stream, cut, stream.length)));
      assertThat(out.toString(StandardCharsets.UTF_8))
          .isEqualTo(ROLE + ": ping\n\n" + HELLO + STOP);
      assertThat(tap.done()).isTrue();
      assertThat(tap.finished()).isTrue();
      assertThat(utf8(DONE)).isEqualTo(tap.finish());
      assertThat(tap.reported()).contains(new TokenUsage(9, 2, 0, 4, 1));
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
