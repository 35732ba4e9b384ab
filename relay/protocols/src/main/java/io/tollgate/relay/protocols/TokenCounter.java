package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.internal.JsonText;
import io.tollgate.relay.protocols.internal.PieceCounter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Counts tokens of text: with the model's own tokenizer where it is published, as bytes ÷ 3 where
 * it is not and until the vocabularies are loaded. Bounded: beyond some hundred kilobytes of one
 * text the rest counts as bytes ÷ 3. Safe on any thread, never blocks.
 */
public final class TokenCounter {
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private volatile @Nullable PieceCounter o200k;
  private volatile @Nullable PieceCounter cl100k;

  private TokenCounter() {}

  /**
   * Counts at once; the vocabularies are loaded on the executor, some tenths of a second of work.
   */
  public static TokenCounter loadingOn(Executor executor) {
    requireNonNull(executor, "executor is null");
    TokenCounter counter = new TokenCounter();
    executor.execute(counter::load);
    return counter;
  }

  /** Loads the vocabularies on the calling thread first. */
  public static TokenCounter loaded() {
    return loadingOn(Runnable::run);
  }

  /** Completes when the vocabularies are there; exceptionally when they could not be loaded. */
  public CompletionStage<Void> ready() {
    return ready.minimalCompletionStage();
  }

  /** Input tokens of a request to this model. */
  public long count(String model, InputText input) {
    PieceCounter pieces = pieces(Tokenizer.of(model));
    long tokens = input.fixedTokens() + PieceCounter.third(input.otherBytes());
    long exactLeft = PieceCounter.MOST_EXACT_BYTES;
    long bytes = 0;
    for (int i = 0; i < input.texts(); i++) {
      int length = input.to(i) - input.from(i);
      if (pieces == null || exactLeft < length) {
        bytes += length;
      } else {
        exactLeft -= length;
        tokens += count(pieces, input.body(), input.from(i), input.to(i), input.escaped(i));
      }
    }
    return tokens + PieceCounter.third(bytes);
  }

  /** Tokens of UTF-8 text as this model reads it. */
  public long count(String model, byte[] text, int from, int to) {
    PieceCounter pieces = pieces(Tokenizer.of(model));
    return pieces == null ? PieceCounter.third((long) to - from) : pieces.count(text, from, to);
  }

  /** Adds up text that arrives in parts, such as a streamed answer. */
  public TextTally tally(String model) {
    return new TextTally(this, model);
  }

  private static long count(PieceCounter pieces, byte[] body, int from, int to, boolean escaped) {
    if (!escaped) {
      return pieces.count(body, from, to);
    }
    byte[] plain = new byte[to - from];
    return pieces.count(plain, 0, JsonText.unescape(body, from, to, plain, 0));
  }

  private @Nullable PieceCounter pieces(Tokenizer tokenizer) {
    return switch (tokenizer) {
      case O200K -> o200k;
      case CL100K -> cl100k;
      case NONE -> null;
    };
  }

  private void load() {
    try {
      o200k = PieceCounter.o200k();
      cl100k = PieceCounter.cl100k();
      ready.complete(null);
    } catch (RuntimeException | LinkageError e) {
      ready.completeExceptionally(e);
    }
  }
}
