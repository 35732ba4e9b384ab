package io.tollgate.relay.protocols.openai.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.Counters;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.internal.passing.PassedEvents;
import io.tollgate.relay.protocols.openai.Given;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatStreamTapTest {
  private static final CutNotice NOTICE =
      new CutNotice("insufficient_quota", "used up", "request-7", Instant.ofEpochSecond(77));
  private static final String ROLE = Answers.delta(0, "{\"role\":\"assistant\",\"content\":\"\"}");
  private static final String TRICK =
      Answers.content(
          "\\\"usage\\\":{\\\"prompt_tokens\\\":1,\\\"completion_tokens\\\":1} data: [DONE]\\n\\n");
  private static final String GREETING =
      Answers.content("Grüße 世界🌍") + Answers.content(" \\u00e9t\\u00e9");
  private static final String STOP = Answers.finish(0, "stop");
  private static final String REPORT =
      "{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13,"
          + "\"prompt_tokens_details\":{\"cached_tokens\":2},"
          + "\"completion_tokens_details\":{\"reasoning_tokens\":1}}";
  private static final String USAGE = Answers.usage(REPORT);
  private static final String DONE = "data: [DONE]\n\n";
  private static final String BEFORE = ": keep-alive\n\n" + ROLE + TRICK + GREETING + STOP;

  /** What a stream came to. */
  private record Seen(
      String passed,
      String held,
      TokenUsage usage,
      boolean reported,
      long counted,
      boolean done,
      boolean finished,
      boolean content) {}

  @Test
  void every_cut_gives_the_same_result() {
    for (String lineEnd : List.of("\n", "\r\n", "\r")) {
      String stream = (BEFORE + USAGE + DONE).replace("\n", lineEnd);
      byte[] bytes = utf8(stream);
      Seen whole = see(false, bytes);
      assertThat(whole.passed).isEqualTo(BEFORE.replace("\n", lineEnd));
      assertThat(whole.held).isEqualTo(DONE.replace("\n", lineEnd));
      assertThat(whole.usage).isEqualTo(new TokenUsage(9, 2, 0, 4, 1));
      for (int cut = 0; cut <= bytes.length; cut++) {
        assertThat(
                see(false, Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length)))
            .as("cut at %d with line end %d", cut, (int) lineEnd.charAt(0))
            .isEqualTo(whole);
      }
      assertThat(see(false, singly(bytes))).isEqualTo(whole);
    }
  }

  @Test
  void random_cuts_of_random_streams_give_the_same_result() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    String[] parts = {
      ROLE,
      TRICK,
      GREETING,
      STOP,
      USAGE,
      DONE,
      ": c\n\n",
      "\n",
      "\r\n\r\n",
      "data: {\n\n",
      "event: x\n",
      "data:{\"choices\":[],\ndata: \"usage\":" + REPORT + "}\r\n\r\n",
      "data\n\n",
      "id: 1\rdata: {}\r\r"
    };
    for (int i = 0; i < 300; i++) {
      StringBuilder made = new StringBuilder();
      int length = random.nextInt(1, 12);
      for (int j = 0; j < length; j++) {
        made.append(parts[random.nextInt(parts.length)]);
      }
      byte[] bytes = utf8(made.toString());
      int one = random.nextInt(bytes.length + 1);
      int two = random.nextInt(one, bytes.length + 1);
      assertThat(
              see(
                  false,
                  Arrays.copyOf(bytes, one),
                  Arrays.copyOfRange(bytes, one, two),
                  Arrays.copyOfRange(bytes, two, bytes.length)))
          .as("seed %d, cuts at %d and %d of %s", seed, one, two, made)
          .isEqualTo(see(false, bytes));
    }
  }

  @Test
  void a_caller_who_asked_for_usage_gets_every_byte() {
    Seen seen = see(true, utf8(BEFORE + USAGE + DONE));
    assertThat(seen.passed + seen.held).isEqualTo(BEFORE + USAGE + DONE);
    assertThat(seen.usage).isEqualTo(new TokenUsage(9, 2, 0, 4, 1));
  }

  @Test
  void pieces_of_whole_events_pass_without_a_copy() {
    ChatStreamTap tap = tap(false);
    byte[] piece = utf8(ROLE + GREETING);
    assertThat(tap.accept(piece)).isSameAs(piece);
  }

  @Test
  void only_the_chunk_with_nothing_but_usage_is_taken_out() {
    String filtered = Answers.event(Answers.chunk("", ",\"prompt_filter_results\":[]"));
    String withText =
        Answers.event(
            Answers.chunk(
                "{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}",
                ",\"usage\":" + REPORT));
    Seen seen = see(false, utf8(filtered + withText + DONE));
    assertThat(seen.passed).isEqualTo(filtered + withText);
    assertThat(seen.reported).isTrue();
    assertThat(seen.finished).isTrue();
  }

  @Test
  void of_several_reports_the_last_is_taken_and_none_is_added_up() {
    String early = Answers.usage("{\"prompt_tokens\":9,\"completion_tokens\":1}");
    assertThat(see(false, utf8(early + GREETING + early + USAGE)).usage)
        .isEqualTo(new TokenUsage(9, 2, 0, 4, 1));
    ChatStreamTap tap = tap(false);
    tap.accept(
        utf8(USAGE + GREETING + Answers.usage("{\"prompt_tokens\":9,\"completion_tokens\":-1}")));
    assertThat(tap.charged().reported()).isFalse();
    assertThat(tap.charged().disbelief()).isPresent();
  }

  @Test
  void without_a_report_what_was_delivered_is_counted() {
    Seen seen =
        see(false, utf8(ROLE + Answers.content("Hello") + Answers.content(" there") + STOP + DONE));
    assertThat(seen.reported).isFalse();
    assertThat(seen.counted).isEqualTo(2);
    assertThat(seen.usage).isEqualTo(TokenUsage.of(30, 2));
  }

  @Test
  void tool_calls_refusals_and_reasoning_count_as_output() {
    String calls =
        Answers.delta(
                0,
                "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"index\":0,\"id\":\"call_abcdef\",\"type\":\"function\",\"function\":{\"name\":\"get\",\"arguments\":\"\"}}]}")
            + Answers.delta(
                0, "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"Hello\"}}]}");
    assertThat(see(false, utf8(calls)).counted).isEqualTo(2);
    assertThat(see(false, utf8(Answers.delta(0, "{\"refusal\":\"Hello\"}"))).counted).isEqualTo(1);
    assertThat(see(false, utf8(Answers.delta(0, "{\"reasoning_content\":\"Hello\"}"))).counted)
        .isEqualTo(1);
  }

  @Test
  void a_stream_of_role_and_finish_alone_produced_nothing() {
    Seen seen = see(false, utf8(ROLE + STOP + DONE));
    assertThat(seen.content).isFalse();
    assertThat(seen.usage).isEqualTo(TokenUsage.NONE);
  }

  @Test
  void choices_are_counted_and_finished_one_by_one() {
    ChatStreamTap tap = tap(false);
    tap.accept(
        utf8(
            Answers.delta(0, "{\"content\":\"hel\"}")
                + Answers.delta(1, "{\"content\":\" morn\"}")));
    tap.accept(
        utf8(Answers.delta(0, "{\"content\":\"lo\"}") + Answers.delta(1, "{\"content\":\"ing\"}")));
    assertThat(tap.countedOutput()).isEqualTo(2);
    tap.accept(utf8(Answers.finish(1, "stop")));
    assertThat(tap.finished()).isFalse();
    assertThat(cut(tap)).containsExactly(0);
    tap.accept(utf8(Answers.finish(0, "length")));
    assertThat(tap.finished()).isTrue();
    assertThat(cut(tap)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "128", "99999999999", "1.5", "\"x\"", "null"})
  void an_absurd_index_does_no_harm(String index) {
    String event =
        Answers.event(
            Answers.chunk("{\"index\":" + index + ",\"delta\":{\"content\":\"Hello\"}}", ""));
    assertThat(see(false, utf8(event)).counted).isEqualTo(1);
  }

  @Test
  void the_identity_of_the_stream_is_that_of_its_first_chunk() {
    ChatStreamTap tap = tap(false);
    String before = text(tap.cutShort(NOTICE, TokenUsage.of(1, 2)));
    assertThat(before)
        .contains("\"id\":\"chatcmpl-request-7\",")
        .contains("\"created\":77,\"model\":\"gpt-4o-mini\"")
        .contains("{\"index\":0,");
    tap.accept(utf8(ROLE));
    assertThat(text(tap.cutShort(NOTICE, TokenUsage.of(1, 2))))
        .contains("\"id\":\"chatcmpl-S1\",")
        .contains("\"created\":1741570283,\"model\":\"gpt-4o-mini-2024-07-18\"");
  }

  @Test
  void a_stream_that_ends_without_its_empty_line_is_read_to_the_end() {
    Seen usage = see(false, utf8(GREETING + USAGE.strip()));
    assertThat(usage.reported).isTrue();
    assertThat(usage.passed + usage.held).isEqualTo(GREETING);
    Seen done = see(false, utf8(GREETING + "data: [DONE]"));
    assertThat(done.done).isTrue();
    assertThat(done.held).isEqualTo("data: [DONE]");
    Seen torn = see(false, utf8(GREETING + ROLE.substring(0, 40)));
    assertThat(torn.passed).isEqualTo(GREETING);
    assertThat(torn.held).isEqualTo(ROLE.substring(0, 40));
  }

  @Test
  void data_on_several_lines_is_one_chunk() {
    String usage = "data: {\"choices\":[],\ndata: \"usage\":\ndata:" + REPORT + "}\n\n";
    Seen seen = see(false, utf8("\uFEFF" + usage + GREETING));
    assertThat(seen.usage.input()).isEqualTo(9);
    assertThat(seen.passed).isEqualTo(GREETING);
  }

  @Test
  void an_event_too_large_passes_unread() {
    String large = Answers.content("a".repeat(PassedEvents.MAX_EVENT_BYTES));
    String usage = Answers.usage("{\"prompt_tokens\":9,\"completion_tokens\":400000}");
    byte[] bytes = utf8(large + GREETING + usage + DONE);
    byte[][] pieces = new byte[bytes.length / 50_000 + 1][];
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] = Arrays.copyOfRange(bytes, i * 50_000, Math.min(bytes.length, (i + 1) * 50_000));
    }
    Seen seen = see(false, pieces);
    assertThat(seen.passed).isEqualTo(large + GREETING);
    assertThat(seen.held).isEqualTo(DONE);
    assertThat(seen.usage.output()).isEqualTo(400_000);
  }

  @Test
  void a_long_stream_is_counted_as_if_it_came_at_once() {
    String words = " These are some words of a longer answer, and they repeat.";
    ChatStreamTap tap = tap(false);
    for (int i = 0; i < 400; i++) {
      for (String word : words.split("(?= )", -1)) {
        tap.accept(utf8(Answers.content(word)));
      }
    }
    byte[] all = utf8(words.repeat(400));
    assertThat(tap.countedOutput())
        .isEqualTo(Counters.EXACT.count("gpt-4o-mini", all, 0, all.length));
    assertThat(tap.roughOutput()).isBetween(tap.countedOutput() - 10, tap.countedOutput() + 700);
  }

  @Test
  void what_follows_done_is_held_back_and_bounded() {
    ChatStreamTap tap = tap(false);
    assertThat(tap.accept(utf8(DONE + ROLE))).isEmpty();
    for (int i = 0; i < 100; i++) {
      assertThat(tap.accept(utf8(": more\n\n".repeat(1000)))).isEmpty();
    }
    assertThat(tap.finish().length).isLessThanOrEqualTo(64 * 1024);
  }

  private static Seen see(boolean includeUsage, byte[]... pieces) {
    ChatStreamTap tap = tap(includeUsage);
    StringBuilder passed = new StringBuilder();
    for (byte[] piece : pieces) {
      passed.append(new String(tap.accept(piece), StandardCharsets.ISO_8859_1));
    }
    String held = new String(tap.finish(), StandardCharsets.UTF_8);
    return new Seen(
        new String(passed.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8),
        held,
        tap.charged().usage(),
        tap.charged().reported(),
        tap.countedOutput(),
        tap.done(),
        tap.finished(),
        tap.contentSeen());
  }

  private static byte[][] singly(byte[] bytes) {
    byte[][] pieces = new byte[bytes.length][];
    for (int i = 0; i < bytes.length; i++) {
      pieces[i] = new byte[] {bytes[i]};
    }
    return pieces;
  }

  /** Indexes of the choices that a cut ends. */
  private static List<Integer> cut(ChatStreamTap tap) {
    Matcher index =
        Pattern.compile("\"index\":(\\d+)").matcher(text(tap.cutShort(NOTICE, TokenUsage.NONE)));
    return index.results().map(found -> Integer.valueOf(found.group(1))).toList();
  }

  private static ChatStreamTap tap(boolean includeUsage) {
    return new ChatStreamTap(Given.input(30), "gpt-4o-mini", includeUsage, Given.ERRORS);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
