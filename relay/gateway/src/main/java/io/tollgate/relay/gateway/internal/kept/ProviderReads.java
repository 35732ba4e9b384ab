package io.tollgate.relay.gateway.internal.kept;

import io.tollgate.ground.ChargeId;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import io.tollgate.relay.gateway.internal.upstream.ProviderCall;
import io.tollgate.relay.gateway.internal.upstream.UpstreamAnswer;
import io.tollgate.relay.gateway.internal.upstream.WholeBody;
import io.tollgate.relay.protocols.UpstreamProtocol;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks providers about what they keep, for jobs: on one of the event loops, for whoever waits
 * elsewhere. Safe for use by many threads.
 */
public final class ProviderReads {
  private final List<RelayLoop> loops = new CopyOnWriteArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();

  /** An outcome. */
  public sealed interface Read {
    /** What the provider said. */
    record Told(byte[] body) implements Read {}

    /** It has no such thing, and says so. */
    record Gone() implements Read {}

    /** It could not be asked, or said something else. */
    record Failed(UpstreamError error) implements Read {}
  }

  public void add(RelayLoop loop) {
    loops.add(loop);
  }

  /** Any of the loops; nothing before the first is there. */
  Optional<RelayLoop> loop() {
    int size = loops.size();
    return size == 0
        ? Optional.empty()
        : Optional.of(loops.get(Math.floorMod(turn.getAndIncrement(), size)));
  }

  /**
   * Asks and reads the whole answer.
   *
   * @param max most bytes that are taken
   */
  public CompletableFuture<Read> ask(
      RelayLoop loop,
      ProviderAccount account,
      UpstreamProtocol protocol,
      HttpMethod method,
      String path,
      int max) {
    CompletableFuture<Read> read = new CompletableFuture<>();
    loop.execute(
        () -> {
          RequestResources resources = new RequestResources(loop, new ChargeId(UUID.randomUUID()));
          resources.onFailure(
              mistake -> {
                read.completeExceptionally(mistake);
                resources.close();
              });
          resources.run(
              () ->
                  new ProviderCall(
                          resources,
                          account,
                          protocol,
                          ProviderCall.Asked.json(method, path),
                          new Answers(resources, read, max))
                      .start());
        });
    return read;
  }

  /** What came of asking for something that is read line by line. */
  sealed interface Lines {
    /** Its lines, to be closed. */
    record Coming(StreamedLines lines) implements Lines {}

    /** It has no such thing, and says so. */
    record Gone() implements Lines {}

    /** It could not be asked, or said something else. */
    record Failed(UpstreamError error) implements Lines {}
  }

  /**
   * Asks for something that is read line by line.
   *
   * @param maxBytes most bytes of all lines
   * @param maxLine most bytes of one
   */
  CompletableFuture<Lines> lines(
      RelayLoop loop,
      ProviderAccount account,
      UpstreamProtocol protocol,
      String path,
      long maxBytes,
      int maxLine) {
    CompletableFuture<Lines> found = new CompletableFuture<>();
    loop.execute(
        () -> {
          RequestResources resources = new RequestResources(loop, new ChargeId(UUID.randomUUID()));
          resources.onFailure(
              mistake -> {
                found.completeExceptionally(mistake);
                resources.close();
              });
          ProviderCall.Listener listener =
              new ProviderCall.Listener() {
                @Override
                public void answered(UpstreamAnswer answer, Optional<String> contentType) {
                  StreamedLines lines = new StreamedLines(resources, answer, maxBytes, maxLine);
                  lines.start();
                  found.complete(new Lines.Coming(lines));
                }

                @Override
                public void failed(UpstreamError error) {
                  found.complete(isGone(error) ? new Lines.Gone() : new Lines.Failed(error));
                  resources.close();
                }
              };
          ProviderCall.Asked asked =
              new ProviderCall.Asked(
                  HttpMethod.GET, path, "*/*", Optional.empty(), Optional.empty());
          resources.run(
              () -> new ProviderCall(resources, account, protocol, asked, listener).start());
        });
    return found;
  }

  private static boolean isGone(UpstreamError error) {
    return error instanceof UpstreamError.Answered answered && answered.status() == 404;
  }

  private record Answers(RequestResources resources, CompletableFuture<Read> read, int max)
      implements ProviderCall.Listener {
    @Override
    public void answered(UpstreamAnswer answer, Optional<String> contentType) {
      new WholeBody(resources, answer, max, body -> end(new Read.Told(body)), this::failed).read();
    }

    @Override
    public void failed(UpstreamError error) {
      end(isGone(error) ? new Read.Gone() : new Read.Failed(error));
    }

    private void end(Read outcome) {
      read.complete(outcome);
      resources.close();
    }
  }
}
