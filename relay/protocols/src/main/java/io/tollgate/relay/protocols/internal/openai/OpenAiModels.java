package io.tollgate.relay.protocols.internal.openai;

import io.tollgate.relay.protocols.ListedModel;
import io.tollgate.relay.protocols.internal.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The lists of models as OpenAI writes them.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/models">Models</a>
 */
public final class OpenAiModels {
  private OpenAiModels() {}

  /** The body of {@code GET /v1/models}, in the order given. */
  public static byte[] list(List<ListedModel> models) {
    String data = models.stream().map(OpenAiModels::json).collect(Collectors.joining(","));
    return utf8("{\"object\":\"list\",\"data\":[" + data + "]}");
  }

  /** The body of {@code GET /v1/models/{model}}. */
  public static byte[] one(ListedModel model) {
    return utf8(json(model));
  }

  private static String json(ListedModel model) {
    return "{\"id\":"
        + JsonText.quote(model.id())
        + ",\"object\":\"model\",\"created\":"
        + model.created().getEpochSecond()
        + ",\"owned_by\":"
        + JsonText.quote(model.ownedBy())
        + "}";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
