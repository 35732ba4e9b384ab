package io.tollgate.relay.protocols.openai.answer;

import static io.tollgate.relay.protocols.openai.Given.reported;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.internal.openai.OpenAiError;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import io.tollgate.relay.protocols.openai.Given;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.BitSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChatStreamWriterTest {
  private static final StreamIdentity IDENTITY = new StreamIdentity("c-1", 7, "gpt-4o");

  @Test
  void a_stream_cut_short_ends_every_open_choice_with_length_and_says_why() {
    BitSet open = new BitSet();
    open.set(0);
    open.set(2);
    byte[] cut =
        ChatStreamWriter.cutShort(IDENTITY, open, "insufficient_quota", "used \"up\"\nnow");
    assertThat(text(cut))
        .isEqualTo(
            ": used \"up\" now\n\n"
                + "data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"created\":7,\"model\":\"gpt-4o\",\"choices\":["
                + "{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"length\"},"
                + "{\"index\":2,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"length\"}],"
                + "\"notice\":{\"code\":\"insufficient_quota\",\"message\":\"used \\\"up\\\"\\nnow\"}}\n\n");
  }

  @Test
  void a_stream_we_end_reads_back_as_a_finished_one_with_its_usage() {
    TokenUsage usage = new TokenUsage(9, 2, 0, 4, 1);
    ChatStreamTap tap = new ChatStreamTap(Given.input(30), "gpt-4o", true, Given.ERRORS);
    tap.accept(Answers.content("Hello").getBytes(StandardCharsets.UTF_8));
    tap.accept(
        tap.cutShort(new CutNotice("insufficient_quota", "used up", "r", Instant.EPOCH), usage));
    assertThat(tap.finished()).isTrue();
    assertThat(tap.done()).isTrue();
    assertThat(reported(tap)).contains(usage);
  }

  @Test
  void without_being_asked_the_end_has_no_usage() {
    assertThat(text(ChatStreamWriter.end(IDENTITY, Optional.empty())))
        .isEqualTo("data: [DONE]\n\n");
  }

  @Test
  void an_error_after_the_first_byte_is_an_event() {
    OpenAiError error =
        new OpenAiErrors(402).of(new Refusal(ErrorCode.UPSTREAM_FAILED, "the upstream went away"));
    assertThat(text(ChatStreamWriter.error(error)))
        .isEqualTo(
            "data: {\"error\":{\"message\":\"the upstream went away\",\"type\":\"server_error\","
                + "\"param\":null,\"code\":\"upstream_failed\"}}\n\n");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
