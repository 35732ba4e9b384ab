package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.embeddings.TextsToEmbed;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonWriter;

/** Writes what Google's providers are asked for vectors. */
public final class EmbedBody {
  /** Most texts of one request, as the provider has it. */
  private static final int MAX_TEXTS = 100;

  private EmbedBody() {}

  /**
   * @throws RequestFault where there are more texts than the provider takes at once
   */
  public static byte[] written(TextsToEmbed asked, String upstreamModel) {
    if (asked.texts().size() > MAX_TEXTS) {
      throw RequestFault.of(
          "input",
          asked.texts().size()
              + " texts (expected: at most "
              + MAX_TEXTS
              + ", as the model that answers takes no more at once)");
    }
    String name = upstreamModel.indexOf('/') < 0 ? "models/" + upstreamModel : upstreamModel;
    ByteSink out = new ByteSink();
    JsonWriter json = new JsonWriter(out).object().name("requests").array();
    for (JsonString text : asked.texts()) {
      json.object().name("model").value(name).name("content").object().name("parts").array();
      json.object().name("text").value(text).endObject().endArray().endObject();
      asked.dimensions().ifPresent(count -> json.name("outputDimensionality").value(count));
      json.endObject();
    }
    json.endArray().endObject();
    return out.take();
  }
}
