package io.tollgate.tests.upstream;

import static io.tollgate.tests.upstream.Answers.json;
import static io.tollgate.tests.upstream.Answers.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is charged where a report is missing, too small or from too early: what was delivered. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class OwnCountTest {
  private static final String WORDS = "toll road gate ".repeat(67).strip();

  private final Site site;

  OwnCountTest(Site site) {
    this.site = site;
  }

  @Test
  void b05_a_report_of_nothing_beside_delivered_text_is_not_believed() {
    Payer payer = site.payer("10");
    Counted own = whole(payer, Chat.mini(), Answers.chat(WORDS, ""));
    assertThat(whole(payer, Chat.mini(), Answers.chat(WORDS, usage(0, 0)))).isEqualTo(own);
    Counted ownStream = stream(payer, Chat.mini(), text(WORDS, List.of()));
    assertThat(ownStream.output()).isEqualTo(own.output());
    assertThat(stream(payer, Chat.mini(), text(WORDS, List.of(Answers.usageChunk(usage(0, 0))))))
        .isEqualTo(ownStream);
  }

  @Test
  void b05_the_last_report_that_can_be_true_holds() {
    Payer payer = site.payer("10");
    List<String> reports =
        List.of(Answers.usageChunk(usage(100, 250)), Answers.usageChunk(usage(0, 0)));
    assertThat(stream(payer, Chat.ofTokens("gpt-4o-mini", 60), text(WORDS, reports)))
        .isEqualTo(new Counted(100, 250));
  }

  @Test
  void b05_of_several_reports_the_last_one_holds() {
    Payer payer = site.payer("10");
    List<String> reports =
        List.of(Answers.usageChunk(usage(100, 240)), Answers.usageChunk(usage(100, 250)));
    assertThat(stream(payer, Chat.ofTokens("gpt-4o-mini", 60), text(WORDS, reports)))
        .isEqualTo(new Counted(100, 250));
  }

  @Test
  void b06_a_report_from_before_the_text_is_no_report_of_it() {
    Payer payer = site.payer("10");
    Counted own = stream(payer, Chat.mini(), text(WORDS, List.of()));
    List<String> events = new ArrayList<>();
    events.add(
        json(
            "{'id':'c','object':'chat.completion.chunk','created':1,'model':'m','choices':[{'index':0,"
                + "'delta':{'role':'assistant','content':''},'finish_reason':null}],'usage':"
                + usage(25, 1)
                + "}"));
    events.addAll(text(WORDS, List.of()));
    Counted counted = stream(payer, Chat.mini(), events);
    assertThat(counted.output()).isEqualTo(own.output()).isGreaterThan(190);
    assertThat(counted.input()).isBetween(own.input(), 25L);
  }

  @Test
  void b23_a_limit_that_the_upstream_did_not_keep_makes_nothing_free() {
    Payer payer = site.payer("10");
    String text = "toll road gate ".repeat(1_200);
    Counted own = whole(payer, Chat.mini(), Answers.chat(text, ""));
    assertThat(own.output()).isGreaterThan(3_000);
    assertThat(whole(payer, Chat.mini().maxTokens(1), Answers.chat(text, ""))).isEqualTo(own);
    assertThat(stream(payer, Chat.mini().maxTokens(1), text(text, List.of()))).isEqualTo(own);
  }

  @Test
  void b24_a_video_is_no_text() {
    Payer payer = site.payer("0.01");
    Counted counted =
        whole(payer, withParts(part("video_url", "data:video/mp4;base64,")), answer());
    assertThat(counted.input()).isBetween(10L, 8_000L);
  }

  @Test
  void b24_a_picture_in_the_result_of_a_tool_is_no_text() {
    Payer payer = site.payer("0.01");
    Chat chat =
        Chat.mini()
            .with(
                "messages",
                List.of(
                    Map.of("role", "user", "content", "Look."),
                    Answers.map(
                        "{'role':'assistant','content':'','tool_calls':[{'id':'c1','type':'function',"
                            + "'function':{'name':'look','arguments':'{}'}}]}"),
                    Map.of(
                        "role",
                        "tool",
                        "tool_call_id",
                        "c1",
                        "content",
                        List.of(
                            Map.of(
                                "type",
                                "image",
                                "source",
                                Map.of(
                                    "type",
                                    "base64",
                                    "media_type",
                                    "image/png",
                                    "data",
                                    base64()))))));
    Counted counted = whole(payer, chat, answer());
    assertThat(counted.input()).isBetween(10L, 8_000L);
  }

  @Test
  void b24_a_sound_and_a_file_are_no_text() {
    Payer payer = site.payer("0.02");
    Map<String, Object> sound =
        Map.of("type", "input_audio", "input_audio", Map.of("format", "wav", "data", base64()));
    Map<String, Object> file =
        Map.of(
            "type",
            "file",
            "file",
            Map.of("filename", "a.pdf", "file_data", "data:application/pdf;base64," + base64()));
    assertThat(whole(payer, withParts(sound), answer()).input()).isBetween(10L, 8_000L);
    assertThat(whole(payer, withParts(file), answer()).input()).isBetween(10L, 8_000L);
  }

  @Test
  void b26_the_same_reasoning_in_two_forms_counts_once() {
    Payer payer = site.payer("10");
    String reasoning = Answers.quoted("The road is long and the gate is narrow, so a toll is due.");
    List<String> once = new ArrayList<>();
    once.add(Answers.delta("{\"reasoning\":" + reasoning + "}"));
    once.addAll(text("Yes.", List.of()));
    List<String> twice = new ArrayList<>();
    twice.add(
        Answers.delta(
            "{\"reasoning\":"
                + reasoning
                + ",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":"
                + reasoning
                + "}]}"));
    twice.addAll(text("Yes.", List.of()));
    Counted counted = stream(payer, Chat.mini(), once);
    assertThat(counted.output()).isGreaterThan(12);
    assertThat(stream(payer, Chat.mini(), twice)).isEqualTo(counted);
  }

  @Test
  void b26_the_same_reasoning_twice_in_a_whole_answer_counts_once() {
    Payer payer = site.payer("10");
    String reasoning = Answers.quoted("The road is long and the gate is narrow, so a toll is due.");
    String content = "'content':'Yes.','reasoning':" + reasoning;
    String details = ",'reasoning_details':[{'type':'reasoning.text','text':" + reasoning + "}]";
    Counted once = whole(payer, Chat.mini(), message(content));
    assertThat(once.output()).isGreaterThan(12);
    assertThat(whole(payer, Chat.mini(), message(content + details))).isEqualTo(once);
  }

  @Test
  void s15_an_event_of_more_than_a_mebibyte_is_counted() {
    Payer payer = site.payer("10");
    String large = "toll road gate ".repeat(75_000);
    assertThat(large.length()).isGreaterThan(1 << 20);
    Counted counted = stream(payer, Chat.mini(), text(large, List.of()));
    assertThat(counted.output()).isGreaterThan(100_000);
  }

  /** Tokens of one request. */
  private record Counted(long input, long output) {}

  private Counted whole(Payer payer, Chat chat, String body) {
    site.answers(Script.json(200, body));
    return counted(payer, payer.ask(chat));
  }

  private Counted stream(Payer payer, Chat chat, List<String> events) {
    site.answers(Script.events(events.toArray(String[]::new)));
    return counted(payer, payer.ask(chat.stream()));
  }

  private static Counted counted(Payer payer, Answered answered) {
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    Payer.Charged charged = payer.charged(answered);
    return new Counted(charged.input(), charged.output());
  }

  private static List<String> text(String text, List<String> after) {
    List<String> events = new ArrayList<>(List.of(Answers.chunk(text), Answers.finish("stop")));
    events.addAll(after);
    events.add("[DONE]");
    return events;
  }

  private static String answer() {
    return Answers.chat("I see a gate.", "");
  }

  private static String message(String fields) {
    return json(
        "{'id':'c','object':'chat.completion','created':1,'model':'m','choices':[{'index':0,"
            + "'message':{'role':'assistant',"
            + fields
            + "},'finish_reason':'stop'}]}");
  }

  private static Chat withParts(Map<String, Object> part) {
    return Chat.mini()
        .maxTokens(100)
        .with(
            "messages",
            List.of(
                Map.of(
                    "role",
                    "user",
                    "content",
                    List.of(Map.of("type", "text", "text", "What is this?"), part))));
  }

  private static Map<String, Object> part(String type, String prefix) {
    return Map.of("type", type, type, Map.of("url", prefix + base64()));
  }

  /** 100 KB that look as random as a film. */
  private static String base64() {
    byte[] bytes = new byte[75_000];
    new java.util.Random(7).nextBytes(bytes);
    return java.util.Base64.getEncoder().encodeToString(bytes);
  }
}
