package io.tollgate.relay.gateway.internal.kept;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.KeyHolder;
import io.tollgate.relay.accounts.KeptKind;
import io.tollgate.relay.accounts.KeptObject;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.gateway.KeptParts;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import io.tollgate.relay.gateway.internal.upstream.ProviderCall;
import io.tollgate.relay.gateway.internal.upstream.ProviderUpload;
import io.tollgate.relay.gateway.internal.upstream.UpstreamAnswer;
import io.tollgate.relay.gateway.internal.upstream.WholeBody;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.batches.KeptDocument;
import io.tollgate.web.RequestContext;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Passes a file on to an account as it comes, and writes which account has it before the caller
 * hears of its id. Free.
 */
public final class UploadReception extends OwnReception {
  private static final int MAX_ANSWER = 64 * 1024;

  public UploadReception(
      RequestResources resources,
      RequestContext context,
      HttpServerRequest request,
      CallerProtocol callers,
      KeptParts parts) {
    super(resources, context, request, callers, parts);
  }

  @Override
  public void start() {
    super.start();
  }

  @Override
  void ready(KeyHolder holder) {
    String type = caller.request().getHeader("content-type");
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
      refuse(
          new Refusal(
              ErrorCode.UNSUPPORTED_MEDIA_TYPE,
              "content-type: "
                  + (type == null ? "missing" : type)
                  + " (expected: multipart/form-data)"));
      return;
    }
    Optional<ProviderAccount> account =
        loop.routing().keeper(Set.of(protocol.protocol()), holder.groups(), holder.user().value());
    if (account.isEmpty()) {
      refuse(
          new Refusal(ErrorCode.NO_AVAILABLE_ACCOUNT, "no provider account can keep a file now"));
      return;
    }
    new ProviderUpload(
            resources,
            account.get(),
            protocol,
            "/files",
            caller.request(),
            (long) parts.config().fileMib() << 20,
            new Answers(holder, account.get()),
            this::refuse)
        .start();
  }

  private final class Answers implements ProviderCall.Listener {
    private final KeyHolder holder;
    private final ProviderAccount account;

    Answers(KeyHolder holder, ProviderAccount account) {
      this.holder = holder;
      this.account = account;
    }

    @Override
    public void answered(UpstreamAnswer answer, Optional<String> contentType) {
      new WholeBody(resources, answer, MAX_ANSWER, this::whole, this::failed).read();
    }

    private void whole(byte[] body) {
      KeptDocument document = KeptDocument.of(body);
      if (document.id().isEmpty() || document.id().get().length() > KeptObject.MAX_ID) {
        failed(new UpstreamError.NoAnswer("without an id"));
        return;
      }
      KeptObject object =
          new KeptObject(
              KeptKind.FILE,
              document.id().get(),
              account.id(),
              account.apiKey().id(),
              holder.tenant(),
              holder.user(),
              holder.key(),
              "",
              context.requestId(),
              KeptObject.State.KEPT,
              document.purpose().orElse(""),
              new String(body, StandardCharsets.UTF_8),
              context.arrivedAt());
      beside(
          () ->
              parts
                  .transactions()
                  .write(
                      transaction -> {
                        parts.objects().add(transaction, object);
                        return true;
                      }),
          _ -> answer(body));
    }

    @Override
    public void failed(UpstreamError error) {
      UploadReception.this.failed(error);
    }
  }
}
