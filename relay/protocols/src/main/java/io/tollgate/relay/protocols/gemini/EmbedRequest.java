package io.tollgate.relay.protocols.gemini;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.embeddings.EmbeddedVectors;
import io.tollgate.relay.protocols.embeddings.EmbeddingsRequest;
import io.tollgate.relay.protocols.embeddings.TextsToEmbed;
import io.tollgate.relay.protocols.gemini.request.ContentsToEmbed;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.util.Optional;
import java.util.OptionalLong;

/** A request of Google's callers for vectors. Immutable as long as the body is not changed. */
final class EmbedRequest implements EmbeddingsRequest {
  private final String model;
  private final boolean many;
  private final ContentsToEmbed contents;

  private EmbedRequest(String model, boolean many, ContentsToEmbed contents) {
    this.model = requireNonNull(model, "model is null");
    this.many = many;
    this.contents = requireNonNull(contents, "contents is null");
  }

  /** What stands behind the model in the path. */
  static String action(boolean many) {
    return many ? "batchEmbedContents" : "embedContent";
  }

  /**
   * Reads a body.
   *
   * @param model as the path names it
   * @param many whether it has a list of requests
   * @throws RequestFault saying what was given and what was expected
   */
  static EmbedRequest parse(String model, boolean many, byte[] body) {
    return new EmbedRequest(model, many, ContentsToEmbed.parse(model, many, body));
  }

  /** Path and body for a provider of the same protocol. */
  String path(String upstreamModel) {
    return GeminiPath.of(upstreamModel, action(many));
  }

  byte[] bodyFor(String upstreamModel) {
    return upstreamModel.equals(model) ? contents.body() : contents.bodyFor(upstreamModel);
  }

  @Override
  public TextsToEmbed texts() {
    return contents.texts();
  }

  @Override
  public byte[] answer(EmbeddedVectors vectors, TokenUsage usage) {
    ByteSink out = new ByteSink();
    JsonWriter json = new JsonWriter(out).object();
    if (many) {
      json.name("embeddings").array();
      for (int i = 0; i < vectors.size(); i++) {
        json.object().name("values").raw(vectors.json(i)).endObject();
      }
      json.endArray();
    } else {
      json.name("embedding").object().name("values").raw(vectors.json(0)).endObject();
    }
    json.name("usageMetadata").object().name("promptTokenCount").value(usage.input());
    json.endObject().endObject();
    return out.take();
  }

  @Override
  public Protocol protocol() {
    return Protocol.GEMINI;
  }

  @Override
  public String model() {
    return model;
  }

  @Override
  public boolean stream() {
    return false;
  }

  @Override
  public int choices() {
    return 1;
  }

  @Override
  public boolean makesTokens() {
    return false;
  }

  /** No tokens are made: the least that a limit can be. */
  @Override
  public OptionalLong maxOutputTokens() {
    return OptionalLong.of(1);
  }

  @Override
  public InputText input() {
    return contents.input();
  }

  @Override
  public byte[] body() {
    return contents.body();
  }

  @Override
  public boolean inputElsewhere() {
    return contents.elsewhere();
  }

  @Override
  public Optional<ServiceTier> tier() {
    return Optional.empty();
  }
}
