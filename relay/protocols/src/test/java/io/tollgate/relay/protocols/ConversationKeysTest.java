package io.tollgate.relay.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests of one conversation have a key in common, in every protocol. */
class ConversationKeysTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "/chat/completions|{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"S\"},"
            + "{\"role\":\"user\",\"content\":\"FIRST\"}MORE]}|,{\"role\":\"assistant\",\"content\":\"A\"},"
            + "{\"role\":\"user\",\"content\":\"B\"}",
        "/messages|{\"model\":\"m\",\"max_tokens\":9,\"system\":\"S\",\"messages\":["
            + "{\"role\":\"user\",\"content\":\"FIRST\"}MORE]}|,{\"role\":\"assistant\",\"content\":\"A\"},"
            + "{\"role\":\"user\",\"content\":\"B\"}",
        "/responses|{\"model\":\"m\",\"instructions\":\"S\",\"input\":["
            + "{\"role\":\"user\",\"content\":\"FIRST\"}MORE]}|,{\"role\":\"assistant\",\"content\":\"A\"},"
            + "{\"role\":\"user\",\"content\":\"B\"}",
        "/models/{model}:generateContent|{\"systemInstruction\":{\"parts\":[{\"text\":\"S\"}]},\"contents\":["
            + "{\"role\":\"user\",\"parts\":[{\"text\":\"FIRST\"}]}MORE]}|,{\"role\":\"model\",\"parts\":"
            + "[{\"text\":\"A\"}]},{\"role\":\"user\",\"parts\":[{\"text\":\"B\"}]}",
      })
  void a_later_request_has_the_key_of_the_first_and_another_conversation_another(
      String path, String body, String more) {
    long first = key(path, body.replace("MORE", ""));

    assertThat(first).isNotZero();
    assertThat(key(path, body.replace("MORE", more))).isEqualTo(first);
    assertThat(key(path, body.replace("MORE", more + more))).isEqualTo(first);
    assertThat(key(path, body.replace("MORE", "").replace("FIRST", "OTHER"))).isNotEqualTo(first);
    assertThat(key(path, body.replace("MORE", "").replace("\"S\"", "\"T\""))).isNotEqualTo(first);
  }

  private static long key(String path, String body) {
    CallerRoute route =
        new Protocols(402)
            .callersByPrefix().values().stream()
                .flatMap(callers -> callers.stream())
                .flatMap(caller -> caller.routes().stream())
                .filter(each -> each.paths().contains(path))
                .findFirst()
                .orElseThrow();
    return route.read(new Head(), body.getBytes(StandardCharsets.UTF_8)).conversationKey();
  }

  private static final class Head implements RequestHead {
    @Override
    public Optional<String> header(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<String> query(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<String> pathParameter(String name) {
      return Optional.of("m");
    }
  }
}
