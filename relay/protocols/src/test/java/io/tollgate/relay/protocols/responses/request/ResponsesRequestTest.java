package io.tollgate.relay.protocols.responses.request;

import static io.tollgate.relay.protocols.responses.Said.request;
import static io.tollgate.relay.protocols.responses.Said.text;
import static io.tollgate.relay.protocols.responses.Said.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.Counters;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.responses.Said;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesRequestTest {
  private static final String PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk";

  @Test
  void what_must_be_known_to_price_and_route_is_read() {
    ResponsesRequest request =
        request(
            "{\"model\":\"gpt-5\",\"instructions\":\"Be brief\",\"input\":\"Hello there\","
                + "\"stream\":true,\"max_output_tokens\":300,\"service_tier\":\"priority\","
                + "\"store\":false,\"background\":false,\"previous_response_id\":null}");
    assertThat(request.protocol()).isEqualTo(Protocol.RESPONSES);
    assertThat(request.model()).isEqualTo("gpt-5");
    assertThat(request.stream()).isTrue();
    assertThat(request.choices()).isOne();
    assertThat(request.maxOutputTokens()).hasValue(300);
    assertThat(request.tier()).contains(ServiceTier.PRIORITY);
    assertThat(request.kept().stored()).isFalse();
    assertThat(request.kept().background()).isFalse();
    assertThat(request.kept().previous()).isEmpty();
    assertThat(request.inputElsewhere()).isFalse();
    assertThat(Counters.EXACT.count("gpt-5", request.input())).isEqualTo(3 + 4 + 2 + 2);
  }

  @Test
  void files_are_told_wherever_they_are_named_and_each_once() {
    ResponsesRequest request =
        request(
            "{\"model\":\"m\",\"tools\":[{\"type\":\"code_interpreter\",\"container\":{\"type\":\"auto\",\"file_ids\":[\"f1\",\"f2\",[\"no\"],3]}},"
                + "{\"type\":\"function\",\"name\":\"f\",\"parameters\":{\"file_ids\":[\"no\"]}}],"
                + "\"prompt\":{\"id\":\"p\",\"variables\":{\"a\":{\"type\":\"input_file\",\"file_id\":\"f3\"}}},"
                + "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_file\",\"file_id\":\"f1\"},{\"type\":\"input_image\",\"file_id\":\"f4\"}]},"
                + "{\"type\":\"file_search_call\",\"results\":[{\"file_id\":\"no\"}]}]}");
    assertThat(request.kept().files()).containsExactly("f1", "f2", "f3", "f4");
    assertThat(request.inputElsewhere()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"shell\",\"environment\":{\"type\":\"container_auto\"}} | 1",
        "{\"environment\":{\"file_ids\":[\"f\"],\"type\":\"container_reference\"},\"type\":\"shell\"} | 1",
        "{\"type\":\"shell\",\"environment\":{}} | 1",
        "{\"type\":\"shell\",\"environment\":{\"type\":\"local\"}} | 0",
        "{\"type\":\"shell\"} | 0",
        "{\"type\":\"shell\",\"environment\":null} | 0",
        "{\"type\":\"function\",\"name\":\"shell\",\"environment\":{\"type\":\"container_auto\"}} | 0",
        "{\"type\":\"shell\"},{\"type\":\"function\",\"environment\":{\"type\":\"container_auto\"}} | 0",
      })
  void a_shell_is_a_billed_tool_where_the_provider_has_a_container_for_it(
      String tools, int billed) {
    ResponsesRequest request =
        request("{\"model\":\"m\",\"input\":\"x\",\"tools\":[" + tools + "]}");
    assertThat(request.providerTools()).hasSize(billed);
  }

  @Test
  void what_ties_a_request_to_an_account_is_told() {
    ResponsesRequest request =
        request(
            "{\"model\":\"m\",\"previous_response_id\":\"resp_1\",\"background\":true,"
                + "\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"call_1\",\"output\":\"4\"}]}");
    assertThat(request.kept().previous()).contains("resp_1");
    assertThat(request.kept().background()).isTrue();
    assertThat(request.kept().stored()).isTrue();
    assertThat(request.inputElsewhere()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"conversation\":\"conv_1\"",
        "\"conversation\":{\"id\":\"conv_1\"}",
        "\"prompt\":{\"id\":\"pmpt_1\"}",
        "\"input\":\"x\",\"tools\":[{\"type\":\"web_search\"}]",
        "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_file\",\"file_id\":\"file-1\"}]}]",
        "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_file\",\"file_url\":\"https://a.example/b.pdf\"}]}]",
        "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"https://a.example/b.png\"}]}]",
        "\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_1\"}]",
        "\"input\":[{\"id\":\"msg_1\"}]"
      })
  void input_that_is_not_in_the_body_is_seen(String members) {
    assertThat(request("{\"model\":\"m\"," + members + "}").inputElsewhere()).isTrue();
  }

  @Test
  void pictures_sounds_and_files_count_by_rule_of_thumb_and_their_base64_is_no_text() {
    String parts =
        "{\"type\":\"input_image\",\"image_url\":\"data:image/png;base64,%s\",\"detail\":\"low\"},"
            + "{\"type\":\"input_image\",\"image_url\":\"data:image/png;base64,%s\"},"
            + "{\"type\":\"input_file\",\"filename\":\"a\",\"file_data\":\"data:application/pdf;base64,%s\"},"
            + "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"%s\",\"format\":\"wav\"}}";
    ResponsesRequest request =
        request(
            "{\"model\":\"gpt-5\",\"input\":[{\"role\":\"user\",\"content\":["
                + parts.formatted(PNG, PNG, PNG, PNG)
                + "]}]}");
    assertThat(request.inputElsewhere()).isFalse();
    assertThat(Counters.EXACT.count("gpt-5", request.input()))
        .isEqualTo(3 + 4 + 85 + 1105 + 1 + (1 + PNG.length() / 30) + 1);
  }

  @Test
  void fields_that_are_not_known_pass_byte_by_byte() {
    String body = "{ \"future\" : [1, {\"a\":null}], \"model\":\"m\" , \"input\" : \"x\" }";
    byte[] bytes = utf8(body);
    ResponsesRequest request = ResponsesRequest.parse(bytes, Said.ERRORS);
    assertThat(request.bodyFor("m")).isSameAs(bytes);
    assertThat(text(request.bodyFor("n\"1"))).isEqualTo(body.replace("\"m\"", "\"n\\\"1\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          T,A,B   | A,B
          A,T,B   | A,B
          A,B,T   | A,B
          T,T,A,T | A
          T       | ~~
          A,T,T,B | A,B
          """)
  void thoughts_that_another_provider_sealed_are_not_shown_to_an_upstream_of_this_protocol(
      String given, String sent) {
    assertThat(text(request(items(given)).bodyFor("gpt-5")))
        .isEqualTo(items(sent).replace("\"m\"", "\"gpt-5\""));
  }

  private static String items(String letters) {
    String items =
        letters
            .replace(",", " , ")
            .replace("A", "{\"role\":\"user\",\"content\":\"a\"}")
            .replace("B", "{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"gAAA\"}")
            .replace(
                "T",
                "{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"tg1.anthropic.Eq==\"}");
    return "{\"input\":[" + items + "],\"model\":\"m\",\"store\":false}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"input":"x"}                                    | model: missing (expected: the name of a model)
          {"model":1,"input":"x"}                          | model: a number (expected: the name of a model, a string)
          {"model":"m"}                                    | input: missing (expected: a string or an array of items)
          {"model":"m","input":""}                         | input: empty (expected: a text, or at least one item)
          {"model":"m","input":[]}                         | input: empty (expected: a text, or at least one item)
          {"model":"m","input":7}                          | input: a number (expected: a string or an array of items)
          {"model":"m","input":["x"]}                      | input[0]: a string (expected: an item, an object)
          {"model":"m","input":"x","stream":"yes"}         | stream: a string (expected: true or false)
          {"model":"m","input":"x","background":1}         | background: a number (expected: true or false)
          {"model":"m","input":"x","max_output_tokens":0}  | max_output_tokens: 0 (expected: a whole number >= 1)
          {"model":"m","input":"x","instructions":["x"]}   | instructions: an array (expected: a string)
          {"model":"m","input":"x","text":"json"}          | text: a string (expected: an object)
          {"model":"m","input":"x","tools":{}}             | tools: an object (expected: an array of tools)
          {"model":"m","input":"x","tools":["x"]}          | tools[0]: a string (expected: a tool, an object)
          {"model":"m","input":"x","input":"y"}            | input: given twice (expected: once)
          {"model":"m","input":"x","previous_response_id":7} | previous_response_id: a number (expected: the id of a response)
          {"model":"m","input":[{"role":"tool","content":"x"}]} | input[0].role: "tool" (expected: user, assistant, system or developer)
          {"model":"m","input":[{"type":"message","content":"x"}]} | input[0].role: missing (expected: user, assistant, system or developer)
          {"model":"m","input":[{"role":"user"}]}          | input[0].content: missing (expected: a string or an array of parts)
          {"model":"m","input":[{"type":7}]}               | input[0].type: a number (expected: a string)
          {"model":"m","input":[{"type":"function_call","name":"f","arguments":"{}"}]} | input[0].call_id: missing (expected: the id of a call, a string)
          {"model":"m","input":[{"type":"function_call","call_id":"c","name":"f"}]} | input[0].arguments: missing (expected: a string)
          {"model":"m","input":[{"type":"function_call_output","call_id":"c","output":"4"}]} | input[0].call_id: no call before it has this id (expected: the call_id of a function_call)
          {"model":"m","input":[{"role":"user","content":[{"type":"input_image","image_url":"data:image/png;base64,@@"}]}]} | input[0].image_url: not base64 (expected: base64, or a data URL of it)
          {"model":"m","input":[{"role":"user","content":[{"type":"input_file","file_data":"a b"}]}]} | input[0].file_data: not base64 (expected: base64, or a data URL of it)
          []                                               | body: an array (expected: a JSON object)
          ~~                                               | body: empty (expected: a JSON object)
          """)
  void what_is_wrong_is_told_by_what_was_given_and_what_was_expected(String body, String told) {
    assertThatThrownBy(() -> request(body)).isInstanceOf(RequestFault.class).hasMessage(told);
  }

  @Test
  void base64_is_taken_however_it_is_written() {
    for (String data : new String[] {"QUJD", "QUI=", "QQ==", "QUI", "-_8=", "\\u002b\\/8\\u003D"}) {
      String body =
          "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_file\",\"file_data\":\""
              + data
              + "\"}]}]}";
      assertThat(request(body).model()).as(data).isEqualTo("m");
    }
  }

  @Test
  void as_many_tools_as_may_be_and_ten_thousand_items_are_read_in_one_pass() {
    String items = "{\"role\":\"user\",\"content\":\"a\"},".repeat(10_000);
    ResponsesRequest request =
        request(
            "{\"model\":\"m\",\"tools\":["
                + tools(1024)
                + "],\"input\":["
                + items.substring(0, items.length() - 1)
                + "]}");
    assertThat(request.conversation().tools()).hasSize(1024);
    assertThat(request.conversation().turns()).hasSize(10_000);
  }

  @Test
  void one_tool_more_than_may_be_is_refused() {
    assertThatThrownBy(
            () -> request("{\"model\":\"m\",\"input\":\"a\",\"tools\":[" + tools(1025) + "]}"))
        .isInstanceOf(RequestFault.class)
        .hasMessage("tools: 1025 (expected: at most 1024)");
  }

  private static String tools(int count) {
    String tools = "{\"type\":\"function\",\"name\":\"f\",\"parameters\":{}},".repeat(count);
    return tools.substring(0, tools.length() - 1);
  }

  @Test
  void ids_that_share_a_hash_cost_no_more_than_others() {
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < 1 << 15; i++) {
      StringBuilder id = new StringBuilder();
      for (int bit = 0; bit < 15; bit++) {
        // the same hash as a Java string, whichever is taken
        id.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      items
          .append("{\"type\":\"function_call\",\"call_id\":\"")
          .append(id)
          .append("\",\"name\":\"f\",\"arguments\":\"{}\"},");
    }
    String body =
        "{\"model\":\"m\",\"input\":[" + items + "{\"role\":\"user\",\"content\":\"x\"}]}";
    assertTimeoutPreemptively(
        Duration.ofSeconds(30), () -> assertThat(request(body).conversation().turns()).hasSize(2));
  }
}
