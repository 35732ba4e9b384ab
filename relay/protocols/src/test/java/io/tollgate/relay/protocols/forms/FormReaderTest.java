package io.tollgate.relay.protocols.forms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.RequestFault;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A form is read the same wherever its pieces are cut, and refused where it could be read twice.
 */
class FormReaderTest {
  private static final String TYPE = "multipart/form-data; boundary=\"b-1\"";
  private static final FormBounds BOUNDS = new FormBounds(4, 100, 1000);
  private static final String FILE = "\r\n--b-\r\n--b\r\n-\r--\r\n--b-";
  private static final String WHOLE =
      part("name=\"model\"", "whisper-1")
          + part("name=file; filename=\"a\\\"b.wav\"", FILE)
          + part("name=\"prompt\"", "")
          + "--b-1--\r\nwhat follows";

  @Test
  void every_cut_reads_the_same() {
    byte[] bytes = WHOLE.getBytes(UTF_8);
    Random random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      FormReader reader = FormReader.of(TYPE, BOUNDS);
      int at = 0;
      while (at < bytes.length) {
        int to = Math.min(bytes.length, at + 1 + random.nextInt(round % 2 == 0 ? 3 : 60));
        reader.accept(Arrays.copyOfRange(bytes, at, to));
        at = to;
      }
      Form form = reader.end();
      assertThat(form.text("model")).contains("whisper-1");
      assertThat(form.text("prompt")).contains("");
      FormPart file = form.file("file");
      assertThat(WHOLE.substring((int) file.from(), (int) file.to())).isEqualTo(FILE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name=\"model\"\r\nContent-Disposition: form-data; name=\"x\"",
        "name=\"model\"\r\nContent-Transfer-Encoding: base64",
        "name=\"model\"\r\n folded",
        "name=\"model\"; name*=utf-8''x",
        "name=\"model\"; name=\"x\"",
        "name=\"mo del\"",
        "name=\"mod\\\"el\"",
        "name=\"\"",
        "filename=\"x\"",
        "name=\"model",
        "name=mo\"del\"",
        "name=\"model\" x",
        "name=\"model\"\nX: y",
      })
  void a_part_that_two_can_read_differently_is_refused(String names) {
    assertThatThrownBy(() -> read(part(names, "x") + "--b-1--"))
        .isInstanceOf(RequestFault.class)
        .hasMessageContaining("part 0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--b-1",
        "--b-1\r\n",
        "--b-1\r\nContent-Disposition: form-data; name=a\r\n\r\nx",
        "--b-1\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b-1",
        "--b-1x\r\n",
        "--b-1 \r\n",
        "--b-1\nContent-Disposition: form-data; name=a\n\nx\n--b-1--",
        "\r\n--b-1--",
        "hello",
      })
  void what_is_no_whole_form_is_refused(String form) {
    assertThatThrownBy(() -> read(form)).isInstanceOf(RequestFault.class);
  }

  @Test
  void bounds_hold() {
    String field = part("name=\"a\"", "x".repeat(40));
    assertThat(read(field + part("name=\"b\"", "y".repeat(60)) + "--b-1--").parts()).hasSize(2);
    assertThatThrownBy(() -> read(field.repeat(3) + "--b-1--"))
        .isInstanceOf(RequestFault.class)
        .hasMessageContaining("expected: at most 100");
    assertThatThrownBy(() -> read(part("name=\"a\"", "").repeat(5) + "--b-1--"))
        .isInstanceOf(RequestFault.class)
        .hasMessageContaining("at most 4");
    assertThatThrownBy(() -> read(part("name=f; filename=f", "z".repeat(1001)) + "--b-1--"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("expected: at most 1000");
    assertThatThrownBy(() -> read("--b-1\r\nX: " + "h".repeat(9000)))
        .isInstanceOf(RequestFault.class)
        .hasMessageContaining("too long");
  }

  @Test
  void a_field_that_is_there_twice_has_no_value() {
    Form form = read(part("name=a", "1") + part("name=a", "2") + "--b-1--");
    assertThatThrownBy(() -> form.text("a"))
        .isInstanceOf(RequestFault.class)
        .hasMessageContaining("given 2 times");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=a; boundary=b",
        "multipart/form-data; boundary=\"a",
        "multipart/form-data; boundary=a\u0001",
        "multipart/mixed; boundary=a",
      })
  void a_type_without_a_boundary_that_can_be_used_is_refused(String type) {
    assertThatThrownBy(() -> FormReader.of(type, BOUNDS)).isInstanceOf(RequestFault.class);
    assertThatThrownBy(
            () -> FormReader.of("multipart/form-data; boundary=" + "b".repeat(71), BOUNDS))
        .isInstanceOf(RequestFault.class);
  }

  /** Mutated forms are read or refused; nothing else is thrown. */
  @Test
  void no_bytes_break_it() {
    Random random = new Random(11);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = WHOLE.getBytes(UTF_8);
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        FormReader reader = FormReader.of(TYPE, BOUNDS);
        reader.accept(bytes);
        Form form = reader.end();
        assertThat(form.text("model")).isNotNull();
      } catch (RequestFault | Refusal refused) {
        assertThat(refused).hasMessageNotContaining("null");
      }
    }
  }

  private static Form read(String form) {
    FormReader reader = FormReader.of(TYPE, BOUNDS);
    reader.accept(form.getBytes(UTF_8));
    return reader.end();
  }

  private static String part(String names, String content) {
    return "--b-1\r\nContent-Disposition: form-data; " + names + "\r\n\r\n" + content + "\r\n";
  }
}
