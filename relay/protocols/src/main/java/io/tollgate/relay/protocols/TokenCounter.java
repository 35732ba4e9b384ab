package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.internal.json.JsonText;
import io.tollgate.relay.protocols.internal.tokens.CountBudget;
import io.tollgate.relay.protocols.internal.tokens.PieceCounter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Counts tokens of text: with the model's own tokenizer where it is published, as bytes ÷ 3 where
 * it is not and until the vocabularies are loaded. Bounded: beyond some hundred kilobytes of one
 * text the rest counts as bytes ÷ 3. Safe on any thread, never blocks.
 */
public final class TokenCounter {
  private final Executor executor;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final AtomicBoolean cl100kAsked = new AtomicBoolean();
  private volatile @Nullable PieceCounter o200k;
  private volatile @Nullable PieceCounter cl100k;

  private TokenCounter(Executor executor) {
    this.executor = requireNonNull(executor, "executor is null");
  }

  /**
   * Counts at once. The vocabulary of today's models is loaded on the executor, some tenths of a
   * second of work; that of the older ones when such a model is first asked for.
   */
  public static TokenCounter loadingOn(Executor executor) {
    TokenCounter counter = new TokenCounter(executor);
    executor.execute(counter::loadO200k);
    return counter;
  }

  /** Loads vocabularies on the calling thread, so that the first count is exact. */
  public static TokenCounter loaded() {
    return loadingOn(Runnable::run);
  }

  /** Completes when today's vocabulary is there; exceptionally when it could not be loaded. */
  public CompletionStage<Void> ready() {
    return ready.minimalCompletionStage();
  }

  /** Input tokens of a request to this model. */
  public long count(String model, InputText input) {
    PieceCounter pieces = pieces(Tokenizer.of(model));
    CountBudget budget = new CountBudget();
    long tokens = input.fixedTokens();
    long bytes = input.otherBytes();
    for (int i = 0; i < input.texts(); i++) {
      int from = input.from(i);
      int to = input.to(i);
      if (pieces == null) {
        bytes += to - from;
      } else if (!input.escaped(i)) {
        tokens += pieces.count(input.body(), from, to, budget);
      } else if (to - from > CountBudget.MAX_BYTES) {
        // too much to be copied for a count
        bytes += to - from;
      } else {
        byte[] plain = new byte[to - from];
        int end = JsonText.unescape(input.body(), from, to, plain, 0);
        tokens += pieces.count(plain, 0, end, budget);
      }
    }
    return tokens + PieceCounter.third(bytes);
  }

  /** Tokens of UTF-8 text as this model reads it. */
  public long count(String model, byte[] text, int from, int to) {
    PieceCounter pieces = pieces(Tokenizer.of(model));
    return pieces == null
        ? PieceCounter.third((long) to - from)
        : pieces.count(text, from, to, new CountBudget());
  }

  /** Adds up text that arrives in parts, such as a streamed answer. */
  public TextTally tally(String model) {
    return new TextTally(this, model);
  }

  private @Nullable PieceCounter pieces(Tokenizer tokenizer) {
    return switch (tokenizer) {
      case O200K -> o200k;
      case CL100K -> {
        if (cl100kAsked.compareAndSet(false, true)) {
          executor.execute(() -> cl100k = PieceCounter.cl100k());
        }
        yield cl100k;
      }
      case NONE -> null;
    };
  }

  private void loadO200k() {
    try {
      o200k = PieceCounter.o200k();
      ready.complete(null);
    } catch (RuntimeException | LinkageError e) {
      ready.completeExceptionally(e);
    }
  }
}
