package io.tollgate.relay.protocols.gemini;

import io.tollgate.relay.protocols.ListedModel;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.internal.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The lists of models as Google writes them, a page at a time.
 *
 * @see <a href="https://ai.google.dev/api/models">Models</a>
 */
final class GeminiModels {
  private static final int USUAL_PAGE = 50;
  private static final int MAX_PAGE = 1000;
  private static final String COLLECTION = "models/";

  private GeminiModels() {}

  /** The body of {@code GET /v1beta/models}, in the order given. */
  static byte[] list(List<ListedModel> models, RequestHead head) {
    int size = pageSize(head);
    int from = begin(models, head.query("pageToken").or(() -> head.query("page_token")));
    int to = Math.min(models.size(), from + size);
    String page =
        models.subList(from, to).stream().map(GeminiModels::json).collect(Collectors.joining(","));
    String next =
        to == models.size() ? "" : ",\"nextPageToken\":" + JsonText.quote(models.get(to).id());
    return utf8("{\"models\":[" + page + "]" + next + "}");
  }

  /** The body of {@code GET /v1beta/models/{model}}. */
  static byte[] one(ListedModel model) {
    return utf8(json(model));
  }

  private static int pageSize(RequestHead head) {
    String given = head.query("pageSize").or(() -> head.query("page_size")).orElse("");
    boolean number =
        !given.isEmpty()
            && given.length() <= 9
            && given.chars().allMatch(c -> c >= '0' && c <= '9');
    int size = number ? Integer.parseInt(given) : 0;
    return size == 0 ? USUAL_PAGE : Math.min(size, MAX_PAGE);
  }

  /** A page's token is the name of its first model; one that is not there begins anew. */
  private static int begin(List<ListedModel> models, Optional<String> token) {
    if (token.isPresent()) {
      for (int i = 0; i < models.size(); i++) {
        if (models.get(i).id().equals(token.get())) {
          return i;
        }
      }
    }
    return 0;
  }

  private static String json(ListedModel model) {
    String id = JsonText.quote(model.id());
    return "{\"name\":"
        + JsonText.quote(COLLECTION + model.id())
        + ",\"baseModelId\":"
        + id
        + ",\"version\":\"001\",\"displayName\":"
        + id
        + ",\"description\":"
        + JsonText.quote("A model of " + model.ownedBy())
        + ",\"supportedGenerationMethods\":[\"generateContent\",\"countTokens\"]}";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
