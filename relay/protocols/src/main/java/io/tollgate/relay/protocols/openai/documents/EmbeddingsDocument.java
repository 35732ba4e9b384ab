package io.tollgate.relay.protocols.openai.documents;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.embeddings.EmbeddedVectors;
import io.tollgate.relay.protocols.embeddings.EmbeddingsRequest;
import io.tollgate.relay.protocols.embeddings.TextsToEmbed;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import io.tollgate.relay.protocols.internal.openai.EndpointRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A request for vectors, which a provider of another protocol may be asked for too. */
final class EmbeddingsDocument implements EndpointRequest, EmbeddingsRequest {
  private static final int MAX_DIMENSIONS = 100_000;
  private static final String ELSEWHERE =
      " (expected: texts, as the model that answers is another provider's)";

  private final DocumentRequest document;

  EmbeddingsDocument(DocumentRequest document) {
    this.document = requireNonNull(document, "document is null");
  }

  @Override
  public boolean makesTokens() {
    return false;
  }

  @Override
  public TextsToEmbed texts() {
    JsonTree.Members members = members();
    List<String> hints = members.byName().containsKey("user") ? List.of("user") : List.of();
    return new TextsToEmbed(texts(members.byName().get("input")), dimensions(members), hints);
  }

  private JsonTree.Members members() {
    try {
      if (JsonTree.readUnambiguous(document.body()) instanceof JsonTree.Members members) {
        return members;
      }
    } catch (JsonFault fault) {
      throw RequestFault.malformed(
          "body: at byte " + fault.offset() + ": " + fault.what() + " (expected: a JSON object)");
    }
    throw RequestFault.malformed("body: expected a JSON object");
  }

  private static List<JsonString> texts(@Nullable JsonTree input) {
    if (input instanceof JsonTree.Text text) {
      return List.of(text.string());
    }
    List<JsonString> texts = new ArrayList<>();
    if (input instanceof JsonTree.Items items) {
      for (JsonTree item : items.values()) {
        if (!(item instanceof JsonTree.Text text)) {
          throw RequestFault.of("input", "tokens" + ELSEWHERE);
        }
        texts.add(text.string());
      }
    }
    if (texts.isEmpty()) {
      throw RequestFault.of("input", "no text" + ELSEWHERE);
    }
    return texts;
  }

  private static OptionalInt dimensions(JsonTree.Members members) {
    JsonTree given = members.byName().get("dimensions");
    if (given == null || (given instanceof JsonTree.Literal literal && literal.isNull())) {
      return OptionalInt.empty();
    }
    int dimensions = members.index("dimensions", MAX_DIMENSIONS);
    if (dimensions == 0) {
      throw RequestFault.of("dimensions", "not one (expected: a whole number >= 1)");
    }
    return OptionalInt.of(dimensions);
  }

  @Override
  public byte[] answer(EmbeddedVectors vectors, TokenUsage usage) {
    boolean base64 =
        members().text("encoding_format") instanceof JsonTree.Text format
            && format.string().text().equals("base64");
    ByteSink out = new ByteSink();
    JsonWriter json = new JsonWriter(out).object().name("object").value("list");
    json.name("data").array();
    for (int i = 0; i < vectors.size(); i++) {
      json.object().name("object").value("embedding").name("index").value(i).name("embedding");
      if (base64) {
        json.value(vectors.base64(i));
      } else {
        json.raw(vectors.json(i));
      }
      json.endObject();
    }
    json.endArray().name("model").value(model()).name("usage").object();
    json.name("prompt_tokens").value(usage.input()).name("total_tokens").value(usage.input());
    json.endObject().endObject();
    return out.take();
  }

  @Override
  public UpstreamCall call(String upstreamModel) {
    return document.call(upstreamModel);
  }

  @Override
  public Protocol protocol() {
    return document.protocol();
  }

  @Override
  public String model() {
    return document.model();
  }

  @Override
  public boolean stream() {
    return false;
  }

  @Override
  public int choices() {
    return document.choices();
  }

  @Override
  public OptionalLong maxOutputTokens() {
    return document.maxOutputTokens();
  }

  @Override
  public InputText input() {
    return document.input();
  }

  @Override
  public byte[] body() {
    return document.body();
  }

  @Override
  public boolean inputElsewhere() {
    return false;
  }

  @Override
  public Optional<ServiceTier> tier() {
    return Optional.empty();
  }
}
