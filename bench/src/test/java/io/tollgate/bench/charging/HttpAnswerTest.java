package io.tollgate.bench.charging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class HttpAnswerTest {
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nX-Request-Id: 7\r\nContent-Length: 5\r\n\r\n";

  @Test
  void an_answer_is_whole_once_its_body_is_there() throws IOException {
    assertThat(read(HEAD.substring(0, HEAD.length() - 1))).isEqualTo(new HttpAnswer(false, 0));
    assertThat(read(HEAD + "{\"a\"")).isEqualTo(new HttpAnswer(false, 200));
    assertThat(read(HEAD + "{\"a\"}")).isEqualTo(new HttpAnswer(true, 200));
  }

  @Test
  void names_of_headers_may_be_written_in_any_case_and_a_body_may_be_missing() throws IOException {
    assertThat(read("HTTP/1.1 402 No\r\ncontent-LENGTH:2\r\n\r\n{}"))
        .isEqualTo(new HttpAnswer(true, 402));
    assertThat(read("HTTP/1.1 204 No Content\r\n\r\n")).isEqualTo(new HttpAnswer(true, 204));
  }

  @Test
  void what_is_no_http_is_not_taken_for_an_answer() {
    assertThatIOException()
        .isThrownBy(() -> read("SSH-2.0-OpenSSH\r\n\r\n"))
        .withMessageContaining("not HTTP/1.1");
  }

  private static HttpAnswer read(String bytes) throws IOException {
    return HttpAnswer.read(bytes.getBytes(ISO_8859_1), bytes.length());
  }
}
