package io.tollgate.relay.protocols.openai.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.relay.protocols.openai.Given;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** By what requests of one conversation are known. */
class ConversationKeyTest {
  private static final String SYSTEM = "{\"role\":\"system\",\"content\":\"Be kind\"}";
  private static final String FIRST = "{\"content\":\"Hello\",\"role\":\"user\"}";
  private static final String MORE =
      "{\"role\":\"assistant\",\"content\":\"Hi\"},{\"role\":\"user\",\"content\":\"And?\"}";

  @Test
  void later_requests_of_a_conversation_have_the_key_of_the_first() {
    long first = key(SYSTEM + "," + FIRST, "");

    assertThat(first).isNotZero();
    assertThat(key(SYSTEM + "," + FIRST + "," + MORE, "")).isEqualTo(first);
    assertThat(key(SYSTEM + "," + FIRST + "," + MORE + "," + MORE, "")).isEqualTo(first);
  }

  @Test
  void another_beginning_is_another_conversation() {
    long first = key(SYSTEM + "," + FIRST, "");

    assertThat(key(FIRST, "")).isNotEqualTo(first);
    assertThat(key(SYSTEM + "," + FIRST.replace("Hello", "Hullo"), "")).isNotEqualTo(first);
    assertThat(key(SYSTEM.replace("kind", "firm") + "," + FIRST, "")).isNotEqualTo(first);
  }

  @Test
  void a_cache_key_decides_where_one_is_given() {
    long named = key(FIRST, ",\"prompt_cache_key\":\"k\"");

    assertThat(key(SYSTEM + "," + FIRST, ",\"prompt_cache_key\":\"k\"")).isEqualTo(named);
    assertThat(key(FIRST, ",\"prompt_cache_key\":\"l\"")).isNotEqualTo(named);
    assertThat(key(FIRST, ",\"prompt_cache_key\":\"\"")).isEqualTo(key(FIRST, ""));
  }

  @Test
  void without_a_user_there_is_none() {
    assertThat(key(SYSTEM, "")).isZero();
  }

  private static long key(String messages, String more) {
    String body = "{\"model\":\"m\",\"messages\":[" + messages + "]" + more + "}";
    return Given.chat(body.getBytes(StandardCharsets.UTF_8)).conversationKey();
  }
}
