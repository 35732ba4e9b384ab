package io.tollgate.relay.protocols.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.relay.protocols.RequestFault;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders, lines, results and lists of batches, as bytes. */
class BatchLinesOfFilesTest {
  private static final String ENDPOINT = "/v1/chat/completions";

  @Test
  void a_line_is_read_with_its_body_as_it_came() {
    BatchLine line =
        BatchLine.parse(
            bytes(
                "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{ \"model\":\"m\" }}"),
            1,
            ENDPOINT);
    assertThat(line.customId()).isEqualTo("a");
    assertThat(new String(line.body(), StandardCharsets.UTF_8)).isEqualTo("{ \"model\":\"m\" }");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                                      | not JSON",
        "[]                                                     | no JSON object",
        "{\"method\":\"POST\"}                                  | custom_id: missing",
        "{\"custom_id\":7}                                      | custom_id: missing",
        "{\"custom_id\":\"a\",\"method\":\"GET\"}               | method: GET (expected: POST)",
        "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/x\"} | url: /x",
        "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":[]} | body: missing"
      })
  void a_line_that_does_not_fit_is_named_by_its_number(String json, String why) {
    assertThatThrownBy(() -> BatchLine.parse(bytes(json), 17, ENDPOINT))
        .isInstanceOf(RequestFault.class)
        .hasMessageContaining("line 17: " + why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "7",
        "{\"custom_id\":null}",
        "{\"custom_id\":\"\"}",
        "\u0000",
        "{}x"
      })
  void what_is_no_result_is_passed_over(String line) {
    assertThat(BatchResult.parse(bytes(line))).isEmpty();
  }

  @Test
  void a_result_is_answered_with_a_status_of_success_and_a_body() {
    assertThat(result("{\"status_code\":200,\"body\":{\"id\":\"x\"}}").answered()).isTrue();
    assertThat(result("{\"status_code\":429,\"body\":{}}").answered()).isFalse();
    assertThat(result("{\"status_code\":200,\"body\":null}").answered()).isFalse();
    assertThat(result("{\"status_code\":\"200\",\"body\":{}}").answered()).isFalse();
    assertThat(result("{\"status_code\":99999999999,\"body\":{}}").answered()).isFalse();
    assertThat(result("null").answered()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "completed, true",
    "failed, true",
    "expired, true",
    "cancelled, true",
    "in_progress, false",
    "validating, false",
    "finalizing, false",
    "cancelling, false",
    "new_word, false"
  })
  void a_batch_has_ended_by_its_status(String status, boolean ended) {
    KeptDocument document =
        KeptDocument.of(
            bytes("{\"id\":\"b\",\"status\":\"" + status + "\",\"output_file_id\":null}"));
    assertThat(document.ended()).isEqualTo(ended);
    assertThat(document.outputFile()).isEmpty();
  }

  @Test
  void an_order_names_what_it_lacks() {
    assertThat(
            BatchOrder.parse(
                bytes(
                    "{\"input_file_id\":\"f\",\"endpoint\":\"/v1/responses\",\"completion_window\":\"24h\",\"metadata\":{}}")))
        .isEqualTo(new BatchOrder("f", "/v1/responses"));
    assertThatThrownBy(() -> BatchOrder.parse(bytes("{\"input_file_id\":\"f\"}")))
        .hasMessageContaining("endpoint: missing");
    assertThatThrownBy(
            () ->
                BatchOrder.parse(
                    bytes(
                        "{\"input_file_id\":\"f\",\"endpoint\":\"e\",\"completion_window\":\"1h\"}")))
        .hasMessageContaining("completion_window: 1h (expected: 24h)");
  }

  @Test
  void a_list_is_written_with_its_ends() {
    assertThat(new String(KeptList.json(List.of(), false), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"object\":\"list\",\"data\":[],\"first_id\":null,\"last_id\":null,\"has_more\":false}");
    assertThat(
            new String(
                KeptList.json(List.of(new KeptList.Entry("a\"b", "{}")), true),
                StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"object\":\"list\",\"data\":[{}],\"first_id\":\"a\\\"b\",\"last_id\":\"a\\\"b\",\"has_more\":true}");
  }

  private static BatchResult result(String response) {
    return BatchResult.parse(bytes("{\"custom_id\":\"a\",\"response\":" + response + "}"))
        .orElseThrow();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
