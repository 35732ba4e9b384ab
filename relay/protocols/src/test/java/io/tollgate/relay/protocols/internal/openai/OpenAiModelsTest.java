package io.tollgate.relay.protocols.internal.openai;

import static io.tollgate.relay.protocols.openai.Given.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.relay.protocols.ListedModel;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenAiModelsTest {
  @Test
  void models_are_listed_as_openai_lists_them() {
    ListedModel model = new ListedModel("gpt-4o-mini", Instant.ofEpochSecond(1721172741), "openai");
    String one =
        "{\"id\":\"gpt-4o-mini\",\"object\":\"model\",\"created\":1721172741,\"owned_by\":\"openai\"}";
    assertThat(text(OpenAiModels.one(model))).isEqualTo(one);
    assertThat(text(OpenAiModels.list(List.of(model, model))))
        .isEqualTo("{\"object\":\"list\",\"data\":[" + one + "," + one + "]}");
    assertThat(text(OpenAiModels.list(List.of()))).isEqualTo("{\"object\":\"list\",\"data\":[]}");
  }
}
