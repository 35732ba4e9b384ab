package io.tollgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.config.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be set for billing, payments, sign-in and exchanges is explained to operators. */
class DocumentedSettingsTest {
  private static final List<String> AREAS =
      List.of(
          "billing.",
          "recharge.",
          "payments.",
          "mail.",
          "sign.on.",
          "admin.log.",
          "identity.login.",
          "identity.password.",
          "identity.tenant.",
          "grpc.",
          "exchange.");

  @Test
  void every_setting_of_these_areas_stands_in_the_documents() throws IOException {
    String documents;
    try (Stream<Path> files = Files.list(Path.of("../docs"))) {
      documents =
          files
              .filter(file -> file.toString().endsWith(".md"))
              .map(DocumentedSettingsTest::read)
              .collect(Collectors.joining());
    }
    assertThat(
            KnownSettings.all().stream()
                .map(Setting::name)
                .filter(name -> AREAS.stream().anyMatch(name::startsWith))
                .filter(name -> !documents.contains("`" + name + "`")))
        .isEmpty();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
