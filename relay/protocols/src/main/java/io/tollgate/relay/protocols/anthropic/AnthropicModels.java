package io.tollgate.relay.protocols.anthropic;

import io.tollgate.relay.protocols.ListedModel;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The lists of models as Anthropic writes them, page by page.
 *
 * @see <a href="https://platform.claude.com/docs/en/api/models-list">List models</a>
 */
final class AnthropicModels {
  /** Models of a page where the request names no number. */
  static final int DEFAULT_LIMIT = 20;

  /** Most models of a page. */
  static final int MAX_LIMIT = 1000;

  private AnthropicModels() {}

  /**
   * The body of {@code GET /v1/models}, in the order given.
   *
   * @param head may name {@code limit}, and {@code after_id} or {@code before_id}; a limit that is
   *     no number is not given, one out of bounds is the nearest within
   */
  static byte[] list(List<ListedModel> models, RequestHead head) {
    int limit = limit(head.query("limit"));
    Optional<String> after = head.query("after_id");
    Optional<String> before = head.query("before_id");
    int from;
    int to;
    boolean more;
    if (before.isPresent() && after.isEmpty()) {
      to = Math.max(0, place(models, before.get()));
      from = Math.max(0, to - limit);
      more = from > 0;
    } else {
      // a model that is not in the list has nothing after it: a caller who pages comes to an end
      int last = after.isPresent() ? place(models, after.get()) : -1;
      from = after.isPresent() && last < 0 ? models.size() : last + 1;
      to = Math.min(models.size(), from + limit);
      more = to < models.size();
    }
    return page(models.subList(from, to), more);
  }

  /** The body of {@code GET /v1/models/{model}}. */
  static byte[] one(ListedModel model) {
    ByteSink out = new ByteSink();
    write(model, new JsonWriter(out));
    return out.take();
  }

  private static byte[] page(List<ListedModel> models, boolean more) {
    ByteSink out = new ByteSink();
    JsonWriter json = new JsonWriter(out).object().name("data").array();
    models.forEach(model -> write(model, json));
    json.endArray().name("has_more").value(more);
    if (models.isEmpty()) {
      json.name("first_id").nothing().name("last_id").nothing();
    } else {
      json.name("first_id").value(models.getFirst().id());
      json.name("last_id").value(models.getLast().id());
    }
    json.endObject();
    return out.take();
  }

  private static void write(ListedModel model, JsonWriter json) {
    json.object().name("type").value("model").name("id").value(model.id());
    json.name("display_name").value(model.id());
    json.name("created_at").value(model.created().truncatedTo(ChronoUnit.SECONDS).toString());
    json.name("lifecycle").value("active").endObject();
  }

  private static int place(List<ListedModel> models, String id) {
    for (int i = 0; i < models.size(); i++) {
      if (models.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  private static int limit(Optional<String> given) {
    if (given.isEmpty() || !given.get().matches("-?[0-9]{1,9}")) {
      return DEFAULT_LIMIT;
    }
    return Math.clamp(Integer.parseInt(given.get()), 1, MAX_LIMIT);
  }
}
