package io.tollgate.relay.protocols.openai;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.KeptRoute;
import io.tollgate.relay.protocols.KeptRoute.Action;
import io.tollgate.relay.protocols.KeptRoute.Kind;
import io.tollgate.relay.protocols.RealtimeProtocol;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import io.tollgate.relay.protocols.internal.openai.OpenAiForms;
import io.tollgate.relay.protocols.openai.audio.SpeechRoute;
import io.tollgate.relay.protocols.openai.audio.TranscriptKind;
import io.tollgate.relay.protocols.openai.audio.TranscriptRoute;
import io.tollgate.relay.protocols.openai.completions.CompletionsRoute;
import io.tollgate.relay.protocols.openai.documents.DocumentKind;
import io.tollgate.relay.protocols.openai.documents.DocumentRoute;
import io.tollgate.relay.protocols.openai.images.EditsRoute;
import io.tollgate.relay.protocols.openai.images.ImageKind;
import io.tollgate.relay.protocols.openai.images.ImagesRoute;
import io.tollgate.relay.protocols.openai.realtime.OpenAiRealtime;
import io.tollgate.relay.protocols.openai.rerank.RerankRoute;
import java.util.List;
import java.util.Optional;

/**
 * Callers who speak OpenAI's protocol: chat and older completions, embeddings, moderations,
 * pictures, sound, reranking and lists of models.
 */
public final class OpenAiCaller extends OpenAiForms {
  private static final List<String> PREFIXES = List.of("/v1", "/openai/v1");

  private static final List<KeptRoute> KEPT =
      List.of(
          new KeptRoute("GET", "/files/{id}", Kind.FILE, Action.LOOK),
          new KeptRoute("DELETE", "/files/{id}", Kind.FILE, Action.DELETE),
          new KeptRoute("GET", "/files/{id}/content", Kind.FILE, Action.CONTENT),
          new KeptRoute("GET", "/batches/{id}", Kind.BATCH, Action.LOOK),
          new KeptRoute("POST", "/batches/{id}/cancel", Kind.BATCH, Action.CANCEL));

  private final List<CallerRoute> routes;
  private final RealtimeProtocol realtime;

  /**
   * @param noMeansStatus what callers without means are answered: 402, or 429 for clients that know
   *     only that
   */
  public OpenAiCaller(int noMeansStatus) {
    this(new OpenAiErrors(noMeansStatus));
  }

  private OpenAiCaller(OpenAiErrors errors) {
    super(errors);
    realtime = new OpenAiRealtime(errors);
    routes =
        List.of(
            new ChatRoute(errors),
            new CompletionsRoute(errors),
            new DocumentRoute(DocumentKind.EMBEDDINGS),
            new DocumentRoute(DocumentKind.MODERATIONS),
            new ImagesRoute(ImageKind.GENERATIONS, errors),
            new EditsRoute(errors),
            new SpeechRoute(errors),
            new TranscriptRoute(TranscriptKind.TRANSCRIPTION, errors),
            new TranscriptRoute(TranscriptKind.TRANSLATION, errors),
            new RerankRoute(errors));
  }

  @Override
  public Protocol protocol() {
    return Protocol.OPENAI;
  }

  @Override
  public List<String> prefixes() {
    return PREFIXES;
  }

  @Override
  public List<CallerRoute> routes() {
    return routes;
  }

  @Override
  public Optional<RealtimeProtocol> realtime() {
    return Optional.of(realtime);
  }

  @Override
  public List<KeptRoute> keptRoutes() {
    return KEPT;
  }

  @Override
  public boolean keepsFiles() {
    return true;
  }
}
