package io.tollgate.relay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.accounts.ModelNames;
import io.tollgate.relay.gateway.rig.GatewayRig;
import io.tollgate.relay.gateway.rig.RawCaller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Forms are kept while they are needed and no longer, whatever their callers do. */
@Tag("slow")
class FormsTest {
  private GatewayRig rig = new GatewayRig(Map.of("relay.form.memory.max", "1000"));

  @AfterEach
  void close() throws IOException {
    assertThat(rig.passages.faults).isEmpty();
    nothingIsLeft();
    await().until(() -> rig.gateway.running() == 0);
    rig.close();
  }

  @Test
  void one_that_comes_too_slowly_is_refused_and_forgotten() throws Exception {
    restart(Map.of("relay.form.memory.max", "1000", "relay.body.ms", "400"));
    try (RawCaller caller = rig.caller()) {
      caller.send(head(100_000)).send(form("x".repeat(5_000)).substring(0, 4_000));
      await().until(() -> !left().isEmpty());
      assertThat(caller.readUntil("\r\n\r\n{")).startsWith("HTTP/1.1 408");
    }
    assertThat(rig.passages.opened).isEmpty();
  }

  @Test
  void without_room_on_the_disk_none_is_taken() throws Exception {
    restart(Map.of("relay.form.memory.max", "1000", "relay.form.disk.mib", "1"));
    String form = form("x".repeat(1_500_000));
    try (RawCaller caller = rig.caller()) {
      caller.send(head(form.length())).send(form);
      assertThat(caller.readUntil("\r\n\r\n{")).startsWith("HTTP/1.1 503");
    }
    assertThat(rig.passages.opened).isEmpty();
  }

  @Test
  void the_account_s_name_for_the_model_stands_in_the_form_it_gets() throws Exception {
    Map<String, String> names = Map.of("whisper-1", "whisper-large");
    rig.edit("main", account -> account.models(new ModelNames(Optional.empty(), names)));
    rig.upstream.answersJson(200, "{\"text\":\"Hello\"}");
    String form = form("x".repeat(200_000));
    try (RawCaller caller = rig.caller()) {
      caller.send(head(form.length())).send(form);
      assertThat(caller.readUntil("Hello")).startsWith("HTTP/1.1 200");
    }
    assertThat(rig.upstream.received).hasSize(1);
    assertThat(rig.upstream.received.getFirst().body())
        .isEqualTo(form.replace("whisper-1", "whisper-large"));
    assertThat(rig.upstream.received.getFirst().headers().get("content-type"))
        .isEqualTo("multipart/form-data; boundary=\"b\"");
  }

  @Test
  void who_hangs_up_pays_for_the_seconds_that_were_sent() throws Exception {
    restart(Map.of("relay.form.memory.max", "1000", "relay.hang.up.ms", "300"));
    rig.upstream.answers(request -> {});
    String form = form("x".repeat(40_000));
    try (RawCaller caller = rig.caller()) {
      caller.send(head(form.length())).send(form);
      await().until(() -> rig.passages.opened.size() == 1);
      await().until(() -> !rig.upstream.received.isEmpty());
      caller.hangUp();
    }
    await().until(() -> !rig.passages.only().results.isEmpty());
    // no container: 4,000 bytes a second
    assertThat(rig.passages.only().result().usage())
        .isEqualTo(TokenUsage.builder().add(UsageKind.SECONDS, 10).build());
  }

  private void restart(Map<String, String> settings) {
    rig.close();
    rig = new GatewayRig(settings);
  }

  private void nothingIsLeft() {
    await().until(() -> left().isEmpty());
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(rig.forms)) {
      return files.toList();
    }
  }

  private String head(int bytes) {
    return "POST /v1/audio/transcriptions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
        + rig.key
        + "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: "
        + bytes
        + "\r\n\r\n";
  }

  private static String form(String sound) {
    return "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"
        + sound
        + "\r\n--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n--b--\r\n";
  }
}
