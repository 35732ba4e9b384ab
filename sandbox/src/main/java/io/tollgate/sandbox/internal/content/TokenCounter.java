package io.tollgate.sandbox.internal.content;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts tokens as the sandbox bills them, for every model alike: o200k_base, and for a text longer
 * than {@link #EXACT_CHARS} one token per started four bytes of UTF-8, so that a huge prompt costs
 * no more than reading it. Thread-safe.
 */
public final class TokenCounter {
  static final int EXACT_CHARS = 16_384;

  /**
   * A load test says the same thing over and over; counting it is the dearest part of an answer.
   */
  private static final int REMEMBERED_TEXTS = 4096;

  private static final int REMEMBERED_CHARS = 1024;

  private final CompletableFuture<Encoding> encoding;
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  private TokenCounter(CompletableFuture<Encoding> encoding) {
    this.encoding = encoding;
  }

  /**
   * A counter whose vocabulary is being read in the background; the first counts wait for it. It is
   * read once per process.
   */
  public static TokenCounter loading() {
    return new TokenCounter(Vocabulary.LOADED);
  }

  /** Some hundred thousand entries that never change. */
  private static final class Vocabulary {
    static final CompletableFuture<Encoding> LOADED = load();

    private static CompletableFuture<Encoding> load() {
      CompletableFuture<Encoding> loaded = new CompletableFuture<>();
      Thread.ofPlatform()
          .daemon()
          .name("sandbox-vocabulary")
          .start(
              () -> {
                try {
                  loaded.complete(
                      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE));
                } catch (RuntimeException | Error e) {
                  loaded.completeExceptionally(e);
                }
              });
      return loaded;
    }
  }

  /** Whether counting answers without waiting. */
  public boolean ready() {
    return encoding.isDone();
  }

  public int count(String text) {
    if (text.length() > EXACT_CHARS) {
      return (text.getBytes(StandardCharsets.UTF_8).length + 3) / 4;
    }
    if (text.length() > REMEMBERED_CHARS) {
      return encoding.join().countTokensOrdinary(text);
    }
    Integer known = counts.get(text);
    if (known != null) {
      return known;
    }
    int count = text.isEmpty() ? 0 : encoding.join().countTokensOrdinary(text);
    if (counts.size() >= REMEMBERED_TEXTS) {
      counts.clear();
    }
    counts.put(text, count);
    return count;
  }

  /** The text in one piece per token; a piece is empty where a character spans several tokens. */
  public List<String> pieces(String text) {
    Encoding known = encoding.join();
    IntArrayList tokens = known.encodeOrdinary(text);
    List<String> pieces = new ArrayList<>(tokens.size());
    ByteArrayOutputStream open = new ByteArrayOutputStream();
    for (int i = 0; i < tokens.size(); i++) {
      IntArrayList one = new IntArrayList(1);
      one.add(tokens.get(i));
      open.writeBytes(known.decodeBytes(one));
      try {
        pieces.add(
            StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(open.toByteArray()))
                .toString());
        open.reset();
      } catch (CharacterCodingException e) {
        // the rest of this character comes with the next token
        pieces.add("");
      }
    }
    return pieces;
  }
}
