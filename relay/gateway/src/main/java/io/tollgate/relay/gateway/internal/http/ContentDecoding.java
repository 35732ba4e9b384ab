package io.tollgate.relay.gateway.internal.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.compression.JdkZlibDecoder;
import io.netty.handler.codec.compression.ZlibWrapper;
import io.netty.handler.codec.compression.Zstd;
import io.netty.handler.codec.compression.ZstdDecoder;
import java.util.Locale;
import java.util.Optional;

/**
 * Undoes the compression of a body piece by piece (RFC 9110, section 8.4.1): gzip, deflate, and
 * zstd. What comes out is handed over in small pieces, so that the taker can stop before a small
 * body has become a large one. Confined to one thread at a time.
 */
public final class ContentDecoding implements AutoCloseable {
  /** So much at a time; deflate makes at most a thousand times as much of it. */
  private static final int DEFLATED_BYTES = 1024;

  private static final int MAX_INFLATED_BYTES = 2 * 1024 * 1024;

  /** So much at a time; zstd makes 128 KiB of four bytes. */
  private static final int ZSTD_BYTES = 64;

  private static final int ZSTD_OUTPUT_BYTES = 64 * 1024;

  /** Takes what came out, and says when it has enough. */
  @FunctionalInterface
  public interface Taker {
    /** Whether more is wanted. */
    boolean take(byte[] piece);
  }

  private final EmbeddedChannel channel;
  private final int inputBytes;

  private ContentDecoding(ChannelHandler decoder, int inputBytes) {
    channel = new EmbeddedChannel(decoder);
    this.inputBytes = inputBytes;
  }

  /** Whether this names no compression at all. */
  public static boolean isPlain(String encoding) {
    return encoding.isBlank() || encoding.strip().equalsIgnoreCase("identity");
  }

  /**
   * @param encoding as a header names it
   * @return nothing when it cannot be undone
   */
  public static Optional<ContentDecoding> of(String encoding) {
    return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
      case "gzip", "x-gzip" -> Optional.of(inflating(ZlibWrapper.GZIP));
      case "deflate" -> Optional.of(inflating(ZlibWrapper.ZLIB_OR_NONE));
      case "zstd" ->
          Zstd.isAvailable()
              ? Optional.of(new ContentDecoding(new ZstdDecoder(ZSTD_OUTPUT_BYTES), ZSTD_BYTES))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static ContentDecoding inflating(ZlibWrapper wrapper) {
    return new ContentDecoding(new JdkZlibDecoder(wrapper, MAX_INFLATED_BYTES), DEFLATED_BYTES);
  }

  /** What can be undone, for those who are refused. */
  public static String names() {
    return Zstd.isAvailable() ? "gzip, deflate or zstd" : "gzip or deflate";
  }

  /**
   * Takes the next piece.
   *
   * @return false when the taker wants no more
   * @throws DecompressionException when it is not what the encoding says
   */
  public boolean decode(byte[] piece, Taker taker) {
    for (int from = 0; from < piece.length; from += inputBytes) {
      int length = Math.min(inputBytes, piece.length - from);
      channel.writeInbound(Unpooled.wrappedBuffer(piece, from, length));
      if (!hand(taker)) {
        return false;
      }
    }
    return true;
  }

  private boolean hand(Taker taker) {
    boolean wanted = true;
    for (ByteBuf out = channel.readInbound(); out != null; out = channel.readInbound()) {
      try {
        wanted = wanted && taker.take(ByteBufUtil.getBytes(out));
      } finally {
        out.release();
      }
    }
    return wanted;
  }

  @Override
  public void close() {
    try {
      channel.finishAndReleaseAll();
    } catch (DecompressionException _) {
      // what it was fed was broken, which has been told
    }
  }
}
