package io.tollgate.relay.protocols.internal.pieces;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import io.tollgate.relay.protocols.usage.PricedUnits;
import io.tollgate.relay.protocols.usage.UsageBounds;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What is counted by the piece is charged by what is reported of it, wherever its stream is cut.
 */
class PieceAnswersTest {
  private static final OpenAiErrors ERRORS = new OpenAiErrors(402);
  private static final String PARTIAL =
      "event: image_generation.partial_image\ndata: {\"type\":\"image_generation.partial_image\","
          + "\"b64_json\":\"aGk=\"}\n\n";
  private static final String LAST =
      "event: image_generation.completed\ndata: {\"type\":\"image_generation.completed\","
          + "\"b64_json\":\"aGk=\",\"usage\":{\"input_tokens\":20,\"output_tokens\":300,"
          + "\"total_tokens\":320}}\n\n";

  @Test
  void a_stream_passes_and_is_charged_the_same_wherever_it_is_cut() {
    byte[] bytes = (": hello\n\n" + PARTIAL + PARTIAL + LAST).getBytes(UTF_8);
    Random random = new Random(5);
    for (int round = 0; round < 500; round++) {
      PieceStream stream = new PieceStream(pictures(1, true), ERRORS);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      int at = 0;
      while (at < bytes.length) {
        int to = Math.min(bytes.length, at + 1 + random.nextInt(80));
        out.writeBytes(stream.accept(Arrays.copyOfRange(bytes, at, to)));
        at = to;
      }
      assertThat(out.toString(UTF_8)).doesNotContain("completed");
      assertThat(stream.allCome()).isTrue();
      out.writeBytes(stream.finishComplete());
      assertThat(out.toByteArray()).isEqualTo(bytes);
      assertThat(stream.verdict()).containsInstanceOf(AnswerVerdict.Answer.class);
      assertThat(stream.charged().usage())
          .isEqualTo(
              TokenUsage.builder()
                  .add(UsageKind.TEXT_INPUT, 20)
                  .add(UsageKind.IMAGE_OUTPUT, 300)
                  .build());
    }
  }

  @Test
  void a_stream_that_begins_with_an_error_is_none_and_one_within_is_cleaned() {
    String error = "data: {\"error\":{\"message\":\"no more for sk-live-0011223344\"}}\n\n";
    PieceStream failed = new PieceStream(pictures(1, true), ERRORS);
    assertThat(failed.accept(error.getBytes(UTF_8))).isEmpty();
    assertThat(failed.verdict()).containsInstanceOf(AnswerVerdict.Failed.class);
    PieceStream broken = new PieceStream(pictures(1, true), ERRORS);
    broken.accept(PARTIAL.getBytes(UTF_8));
    String told = new String(broken.accept(error.getBytes(UTF_8)), UTF_8);
    assertThat(told).contains("no more for").doesNotContain("0011223344");
    assertThat(broken.errorSeen()).isTrue();
  }

  @Test
  void without_a_report_what_came_is_charged_in_what_has_a_price() {
    String two = "{\"data\":[{\"b64_json\":\"a\"},{\"b64_json\":\"b\"}]}";
    assertThat(charged(two, pictures(4, true)))
        .isEqualTo(
            TokenUsage.builder()
                .add(UsageKind.TEXT_INPUT, 10)
                .add(UsageKind.IMAGE_OUTPUT, 500)
                .build());
    assertThat(charged(two, pictures(4, false)))
        .isEqualTo(TokenUsage.builder().add(UsageKind.IMAGES, 2).build());
  }

  @Test
  void no_tokens_for_pictures_are_not_believed() {
    String nothing =
        "{\"data\":[{\"b64_json\":\"a\"}],\"usage\":{\"input_tokens\":9,\"output_tokens\":0,"
            + "\"total_tokens\":9}}";
    PieceAnswer answer = new PieceAnswer(nothing.getBytes(UTF_8), pictures(1, true));
    ChargedUsage charged = answer.charged();
    assertThat(charged.reported()).isFalse();
    assertThat(charged.disbelief()).isPresent();
    assertThat(charged.usage().output()).isEqualTo(1000);
  }

  /** Whatever an upstream sends is judged and charged; nothing is thrown. */
  @Test
  void no_bytes_break_it() {
    Random random = new Random(9);
    String whole =
        "{\"data\":[{\"a\":1}],\"text\":\"x\",\"duration\":\"1.5\",\"meta\":{\"billed_units\":"
            + "{\"search_units\":3}},\"usage\":{\"seconds\":1e5,\"input_tokens\":5}}";
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = (round % 3 == 0 ? LAST : whole).getBytes(UTF_8);
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      UsageKind kind = round % 2 == 0 ? UsageKind.SECONDS : UsageKind.SEARCH_UNITS;
      AnswerTerms terms = terms(new PricedUnits(kind, 5, 50, TokenUsage.of(5, 5), true, true));
      assertThat(new PieceAnswer(bytes, terms).charged()).isNotNull();
      assertThat(new TypedAnswer(bytes, "", true, terms).charged()).isNotNull();
      PieceStream stream = new PieceStream(terms, ERRORS);
      stream.accept(bytes);
      stream.finish();
      assertThat(stream.charged().usage().count(kind)).isLessThanOrEqualTo(50);
    }
  }

  private static TokenUsage charged(String answer, AnswerTerms terms) {
    return new PieceAnswer(answer.getBytes(UTF_8), terms).charged().usage();
  }

  private static AnswerTerms pictures(int count, boolean byToken) {
    TokenUsage tokens =
        TokenUsage.builder()
            .add(UsageKind.TEXT_INPUT, 10)
            .add(UsageKind.IMAGE_OUTPUT, 1000)
            .build();
    return terms(new PricedUnits(UsageKind.IMAGES, count, count, tokens, !byToken, byToken));
  }

  private static AnswerTerms terms(PricedUnits units) {
    return new AnswerTerms(
        TokenCounter.loadingOn(task -> {}),
        "m",
        UsageBounds.WIDEST,
        AccountTraces.UNKNOWN,
        "id",
        Instant.EPOCH,
        Optional.of(units));
  }
}
