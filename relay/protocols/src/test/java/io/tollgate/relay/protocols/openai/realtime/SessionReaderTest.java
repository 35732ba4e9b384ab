package io.tollgate.relay.protocols.openai.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.RealtimeCallerEvent;
import io.tollgate.relay.protocols.RealtimeTap;
import io.tollgate.relay.protocols.RealtimeTerms;
import io.tollgate.relay.protocols.RealtimeUpstreamEvent;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import io.tollgate.relay.protocols.usage.UsageBounds;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionReaderTest {
  private static final TokenCounter COUNTER = TokenCounter.loaded();

  private final SessionReader reader =
      new SessionReader(
          COUNTER,
          "gpt-realtime",
          AccountTraces.of("sk-upstream-1234567890", "api.example.com", "acct-7"));

  @Test
  void usage_of_a_response_is_told_by_kind() {
    RealtimeTap tap = began("r1");
    upstream(
        "{'type':'response.output_audio_transcript.delta','response_id':'r1','delta':'Hello'}");
    upstream(
        "{'type':'response.done','response':{'id':'r1','status':'completed','output':[{}],'usage':{"
            + "'total_tokens':150,'input_tokens':100,'output_tokens':50,'input_token_details':{"
            + "'text_tokens':60,'audio_tokens':40,'cached_tokens':30,'cached_tokens_details':{"
            + "'text_tokens':20,'audio_tokens':10}},'output_token_details':{'text_tokens':20,"
            + "'audio_tokens':30}}}}");
    ChargedUsage charged = tap.charged(UsageBounds.WIDEST);
    assertThat(charged.reported()).isTrue();
    assertThat(charged.usage())
        .isEqualTo(
            TokenUsage.builder()
                .add(UsageKind.TEXT_INPUT, 40)
                .add(UsageKind.CACHE_READ, 20)
                .add(UsageKind.AUDIO_INPUT, 30)
                .add(UsageKind.AUDIO_CACHE_READ, 10)
                .add(UsageKind.TEXT_OUTPUT, 20)
                .add(UsageKind.AUDIO_OUTPUT, 30)
                .build());
    assertThat(reader.need().input().count(UsageKind.AUDIO_INPUT)).isEqualTo(70);
    assertThat(reader.need().input().count(UsageKind.TEXT_INPUT)).isEqualTo(80);
  }

  @ParameterizedTest
  @ValueSource(strings = {"response.audio.delta", "response.output_audio.delta"})
  void sound_without_a_report_is_counted_by_its_length(String type) {
    RealtimeTap tap = began("r1");
    // a second of it
    upstream("{'type':'" + type + "','response_id':'r1','delta':'" + "A".repeat(64_000) + "'}");
    upstream("{'type':'response.done','response':{'id':'r1','status':'completed'}}");
    ChargedUsage charged = tap.charged(UsageBounds.WIDEST);
    assertThat(charged.reported()).isFalse();
    assertThat(charged.usage().count(UsageKind.AUDIO_OUTPUT)).isEqualTo(20);
  }

  @Test
  void a_response_that_produced_nothing_is_free() {
    RealtimeTap tap = began("r1");
    upstream("{'type':'response.done','response':{'id':'r1','status':'failed','output':[]}}");
    assertThat(tap.charged(UsageBounds.WIDEST).usage()).isEqualTo(TokenUsage.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'turn_detection':{'type':'server_vad'}}|true",
        "{'audio':{'input':{'turn_detection':{'type':'semantic_vad'}}}}|true",
        "{'turn_detection':{'type':'server_vad','create_response':false}}|false",
        "{'turn_detection':null}|false",
        "{}|false"
      })
  void whether_the_provider_begins_by_itself_is_read_in_both_forms(String session, boolean starts) {
    upstream("{'type':'session.created','session':" + session + "}");
    assertThat(reader.terms().startsByItself()).isEqualTo(starts);
  }

  @Test
  void what_is_switched_off_counts_as_on_until_the_provider_says_so() {
    upstream("{'type':'session.created','session':{'turn_detection':{'type':'server_vad'}}}");
    RealtimeCallerEvent off = caller("{'type':'session.update','session':{'turn_detection':null}}");
    reader.passed(off);
    assertThat(reader.terms().startsByItself()).isTrue();
    upstream("{'type':'session.updated','session':{'turn_detection':null}}");
    assertThat(reader.terms().startsByItself()).isFalse();
  }

  @Test
  void settings_of_money_are_read_in_both_forms() {
    for (String session :
        new String[] {
          "{'modalities':['text'],'max_response_output_tokens':77,'input_audio_format':'g711_ulaw',"
              + "'input_audio_transcription':{'model':'whisper-1'}}",
          "{'output_modalities':['text'],'max_output_tokens':77,'audio':{'input':{'format':{"
              + "'type':'audio/pcmu'},'transcription':{'model':'whisper-1'}}}}"
        }) {
      RealtimeTerms then =
          ((RealtimeCallerEvent.SessionUpdate)
                  caller("{'type':'session.update','session':" + session + "}"))
              .then();
      assertThat(then.speaks()).isFalse();
      assertThat(then.maxOutput()).hasValue(77);
      assertThat(then.inputSound()).isEqualTo(RealtimeTerms.TELEPHONE_SOUND);
      assertThat(then.transcription()).contains("whisper-1");
    }
  }

  @Test
  void errors_are_cleaned_of_the_account() {
    RealtimeUpstreamEvent event =
        upstream(
            "{'type':'error','event_id':'e1','error':{'type':'server_error','code':'x',"
                + "'message':'Key sk-upstream-1234567890 of acct-7','event_id':'mine'}}");
    assertThat(new String(((RealtimeUpstreamEvent.Failed) event).rewritten(), UTF_8))
        .contains("\"event_id\":\"mine\"", "[key]")
        .doesNotContain("1234567890")
        .doesNotContain("acct-7");
  }

  @Test
  void seconds_of_what_is_written_down_are_rounded_up() {
    caller("{'type':'session.update','session':{'input_audio_transcription':{'model':'w'}}}");
    reader.passed(
        caller("{'type':'session.update','session':{'input_audio_transcription':{'model':'w'}}}"));
    caller("{'type':'input_audio_buffer.append','audio':'" + "A".repeat(64_000) + "'}");
    assertThat(upstream("{'type':'input_audio_buffer.committed','item_id':'i'}"))
        .isEqualTo(new RealtimeUpstreamEvent.Committed("i", 1));
    RealtimeUpstreamEvent.Transcribed told =
        (RealtimeUpstreamEvent.Transcribed)
            upstream(
                "{'type':'conversation.item.input_audio_transcription.completed','item_id':'i',"
                    + "'transcript':'Hello','usage':{'type':'duration','seconds':1.2}}");
    assertThat(told.transcript().charged(true).usage().count(UsageKind.SECONDS)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "3",
        "{'type':7}",
        "{'type':'x','type':'y'}",
        "{'type':'session.update','session':{'a':1,'a':2}}",
        "{'type':'session.update','session':7}",
        "{'type':'session.update','session':{'tools':[{'type':'web_search'}]}}",
        "{'type':'session.update','session':{'input_audio_transcription':{}}}",
        "{'type':'response.create','response':{'model':'other'}}",
        "{'type':'response.create','response':{'max_output_tokens':-1}}"
      })
  void what_a_caller_may_not_send_is_a_fault(String event) {
    assertThatThrownBy(() -> caller(event)).isInstanceOf(RequestFault.class);
  }

  @Test
  void whatever_a_provider_sends_nothing_is_thrown_and_whatever_a_caller_sends_a_fault_at_most() {
    long seed = 20261130;
    Random random = new Random(seed);
    String[] parts = {
      "{",
      "}",
      "[",
      "]",
      "'type':",
      "'response.done'",
      "'response.created'",
      "'session.updated'",
      "'session':",
      "'response':",
      "'usage':",
      "'id':",
      "'error':",
      "'error'",
      "null",
      "-1",
      "1e99",
      "'audio':",
      "'turn_detection':",
      "'transcription':",
      "'seconds':",
      ",",
      "'delta':",
      "''",
      "'conversation.item.input_audio_transcription.completed'",
      "'session.update'",
      "'tools':"
    };
    for (int i = 0; i < 20_000; i++) {
      StringBuilder event = new StringBuilder("{'type':");
      for (int j = random.nextInt(12); j >= 0; j--) {
        event.append(parts[random.nextInt(parts.length)]);
      }
      event.append(random.nextBoolean() ? "}" : "");
      assertThat(upstream(event.toString())).as("seed %s", seed).isNotNull();
      try {
        assertThat(caller(event.toString())).isNotNull();
      } catch (RequestFault fault) {
        assertThat(fault.refusal().sentence()).isNotEmpty();
      }
    }
  }

  private RealtimeTap began(String id) {
    return ((RealtimeUpstreamEvent.Began)
            upstream("{'type':'response.created','response':{'id':'" + id + "'}}"))
        .tap();
  }

  private RealtimeUpstreamEvent upstream(String event) {
    return reader.fromUpstream(event.replace('\'', '"').getBytes(UTF_8));
  }

  private RealtimeCallerEvent caller(String event) {
    return reader.fromCaller(event.replace('\'', '"').getBytes(UTF_8));
  }
}
