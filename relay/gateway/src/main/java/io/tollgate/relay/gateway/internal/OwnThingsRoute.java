package io.tollgate.relay.gateway.internal;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.accounts.KeptKind;
import io.tollgate.relay.gateway.KeptParts;
import io.tollgate.relay.gateway.internal.kept.BatchReception;
import io.tollgate.relay.gateway.internal.kept.ListReception;
import io.tollgate.relay.gateway.internal.kept.ProviderReads;
import io.tollgate.relay.gateway.internal.kept.UploadReception;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.web.RequestContext;
import io.tollgate.web.StreamRoute;
import io.vertx.core.http.HttpServerRequest;

/** The routes of a caller's own files and batches: making one, and listing them. */
public final class OwnThingsRoute implements StreamRoute {
  private final RelayLoop loop;
  private final CallerProtocol protocol;
  private final KeptParts parts;
  private final ProviderReads reads;
  private final Asked asked;

  /** What is asked for. */
  public enum Asked {
    UPLOAD,
    FILES,
    BATCH,
    BATCHES
  }

  public OwnThingsRoute(
      RelayLoop loop, CallerProtocol protocol, KeptParts parts, ProviderReads reads, Asked asked) {
    this.loop = requireNonNull(loop, "loop is null");
    this.protocol = requireNonNull(protocol, "protocol is null");
    this.parts = requireNonNull(parts, "parts is null");
    this.reads = requireNonNull(reads, "reads is null");
    this.asked = requireNonNull(asked, "asked is null");
  }

  @Override
  public void handle(RequestContext context, HttpServerRequest request) {
    RequestResources resources = new RequestResources(loop, context);
    Runnable start =
        switch (asked) {
          case UPLOAD -> new UploadReception(resources, context, request, protocol, parts)::start;
          case FILES -> list(resources, context, request, KeptKind.FILE);
          case BATCHES -> list(resources, context, request, KeptKind.BATCH);
          case BATCH ->
              new BatchReception(resources, context, request, protocol, parts, reads)::start;
        };
    resources.run(start);
  }

  private Runnable list(
      RequestResources resources,
      RequestContext context,
      HttpServerRequest request,
      KeptKind kind) {
    return new ListReception(resources, context, request, protocol, parts, kind)::start;
  }
}
