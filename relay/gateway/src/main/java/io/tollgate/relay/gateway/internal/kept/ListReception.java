package io.tollgate.relay.gateway.internal.kept;

import static java.util.Objects.requireNonNull;

import io.tollgate.identity.KeyHolder;
import io.tollgate.relay.accounts.KeptKind;
import io.tollgate.relay.accounts.KeptObject;
import io.tollgate.relay.gateway.KeptParts;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.batches.KeptList;
import io.tollgate.web.RequestContext;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/** Lists the caller's own files or batches, as their providers told them last. */
public final class ListReception extends OwnReception {
  private static final int DEFAULT_BATCHES = 20;
  private static final int MAX_BATCHES = 100;
  private static final int MAX_FILES = 10_000;

  private final KeptKind kind;

  public ListReception(
      RequestResources resources,
      RequestContext context,
      HttpServerRequest request,
      CallerProtocol callers,
      KeptParts parts,
      KeptKind kind) {
    super(resources, context, request, callers, parts);
    this.kind = requireNonNull(kind, "kind is null");
  }

  @Override
  public void start() {
    super.start();
  }

  @Override
  void ready(KeyHolder holder) {
    int limit;
    boolean oldestFirst;
    try {
      limit = limit();
      oldestFirst = oldestFirst();
    } catch (RequestFault fault) {
      refuseFor(fault);
      return;
    }
    Optional<String> purpose = parameter("purpose");
    Optional<String> after = parameter("after");
    beside(
        () ->
            parts
                .transactions()
                .read(
                    transaction ->
                        parts
                            .objects()
                            .list(
                                transaction,
                                kind,
                                holder.tenant(),
                                holder.user(),
                                kind == KeptKind.FILE ? purpose : Optional.empty(),
                                after,
                                oldestFirst,
                                limit + 1)),
        found -> answer(page(found, limit)));
  }

  private static byte[] page(List<KeptObject> found, int limit) {
    return KeptList.json(
        found.stream()
            .limit(limit)
            .filter(object -> !object.document().isEmpty())
            .map(object -> new KeptList.Entry(object.id(), object.document()))
            .toList(),
        found.size() > limit);
  }

  private Optional<String> parameter(String name) {
    return Optional.ofNullable(caller.request().getParam(name)).filter(text -> !text.isEmpty());
  }

  private int limit() {
    int max = kind == KeptKind.FILE ? MAX_FILES : MAX_BATCHES;
    Optional<String> given = parameter("limit");
    if (given.isEmpty()) {
      return kind == KeptKind.FILE ? MAX_FILES : DEFAULT_BATCHES;
    }
    try {
      int limit = Integer.parseInt(given.get());
      if (limit >= 1 && limit <= max) {
        return limit;
      }
    } catch (NumberFormatException _) {
      // told below, as for a number out of range
    }
    throw RequestFault.of("limit", shown(given.get()) + " (expected: 1 to " + max + ")");
  }

  private boolean oldestFirst() {
    return switch (parameter("order").orElse("desc")) {
      case "asc" -> true;
      case "desc" -> false;
      case String other ->
          throw RequestFault.of("order", shown(other) + " (expected: asc or desc)");
    };
  }

  private static String shown(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }
}
