package io.tollgate.relay.protocols.openai;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.internal.JsonText;
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

  /**
   * One model.
   *
   * @param created seconds since 1970
   * @param ownedBy the organization that made it
   */
  public record Model(String id, long created, String ownedBy) {
    public Model {
      requireNonNull(id, "id is null");
      requireNonNull(ownedBy, "ownedBy is null");
    }
  }

  /** The body of {@code GET /v1/models}, in the order given. */
  public static byte[] list(List<Model> models) {
    String data = models.stream().map(OpenAiModels::json).collect(Collectors.joining(","));
    return utf8("{\"object\":\"list\",\"data\":[" + data + "]}");
  }

  /** The body of {@code GET /v1/models/{model}}. */
  public static byte[] one(Model model) {
    return utf8(json(model));
  }

  private static String json(Model model) {
    return "{\"id\":"
        + JsonText.quote(model.id())
        + ",\"object\":\"model\",\"created\":"
        + model.created()
        + ",\"owned_by\":"
        + JsonText.quote(model.ownedBy())
        + "}";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
