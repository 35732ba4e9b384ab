package io.tollgate.relay.protocols.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.relay.protocols.ListedModel;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AnthropicModelsTest {
  private static final AnthropicCaller CALLER = new AnthropicCaller(402);
  private static final List<ListedModel> MODELS =
      IntStream.range(0, 50)
          .mapToObj(i -> new ListedModel("m" + i, Instant.parse("2026-01-02T03:04:05.6Z"), "x"))
          .toList();

  @Test
  void one_model_is_as_anthropic_writes_it() {
    assertThat(Given.json(CALLER.model(MODELS.getFirst())))
        .isEqualTo(
            Given.json(
                "{\"type\":\"model\",\"id\":\"m0\",\"display_name\":\"m0\","
                    + "\"created_at\":\"2026-01-02T03:04:05Z\",\"lifecycle\":\"active\"}"));
  }

  @ParameterizedTest
  @CsvSource({
    ", , , m0, m19, true",
    "5, , , m0, m4, true",
    "1000, , , m0, m49, false",
    "0, , , m0, m0, true",
    "99999, , , m0, m49, false",
    "many, , , m0, m19, true",
    "10, m39, , m40, m49, false",
    "10, m38, , m39, m48, true",
    "10, , m10, m0, m9, false",
    "10, , m15, m5, m14, true"
  })
  void a_page_is_where_the_request_says(
      @Nullable String limit,
      @Nullable String after,
      @Nullable String before,
      String first,
      String last,
      boolean more) {
    Map<String, String> query = new HashMap<>();
    if (limit != null) {
      query.put("limit", limit);
    }
    if (after != null) {
      query.put("after_id", after);
    }
    if (before != null) {
      query.put("before_id", before);
    }
    JsonNode page = page(query);
    assertThat(page.get("first_id").asString()).isEqualTo(first);
    assertThat(page.get("last_id").asString()).isEqualTo(last);
    assertThat(page.get("data").get(0).get("id").asString()).isEqualTo(first);
    assertThat(page.get("has_more").asBoolean()).isEqualTo(more);
  }

  @Test
  void after_the_last_or_a_model_that_is_not_there_comes_nothing() {
    for (String id : new String[] {"m49", "unknown"}) {
      JsonNode page = page(Map.of("after_id", id));
      assertThat(page.get("data")).isEmpty();
      assertThat(page.get("has_more").asBoolean()).isFalse();
      assertThat(page.get("last_id").isNull()).isTrue();
    }
  }

  @Test
  void callers_are_known_by_the_version_that_they_name() {
    assertThat(CALLER.claims(Given.head(Map.of("anthropic-version", "2023-06-01"), Map.of())))
        .isTrue();
    assertThat(CALLER.claims(Given.head(Map.of("x-api-key", "k"), Map.of()))).isFalse();
    assertThat(CALLER.routes())
        .singleElement()
        .satisfies(route -> assertThat(route.paths()).containsExactly("/messages"));
  }

  private static JsonNode page(Map<String, String> query) {
    return Given.json(CALLER.models(MODELS, Given.head(Map.of(), query)));
  }
}
