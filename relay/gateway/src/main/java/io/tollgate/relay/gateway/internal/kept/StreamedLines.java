package io.tollgate.relay.gateway.internal.kept;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import io.tollgate.relay.gateway.internal.upstream.UpstreamAnswer;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The lines of a provider's answer as it comes: the event loop brings pieces, and one thread that
 * may wait takes lines. The provider is held up while that thread is behind, so that a file of any
 * size takes little memory.
 */
final class StreamedLines implements UpstreamAnswer.Reader, AutoCloseable {
  private static final long MAX_WAITING = 1 << 20;
  private static final byte[] END = {};
  private static final byte[] BROKEN = {};

  /** What came is no more to be read. */
  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient UpstreamError error;

    Broken(UpstreamError error, String why) {
      super(why, null, false, false);
      this.error = error;
    }

    UpstreamError error() {
      return error;
    }
  }

  private final RequestResources resources;
  private final UpstreamAnswer answer;
  private final long maxBytes;
  private final int maxLine;
  private final LinkedBlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
  private final AtomicLong waiting = new AtomicLong();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private byte[] piece = END;
  private int position;
  private long taken;
  private boolean ended;

  /**
   * @param maxBytes most bytes of all lines
   * @param maxLine most bytes of one
   */
  StreamedLines(RequestResources resources, UpstreamAnswer answer, long maxBytes, int maxLine) {
    this.resources = requireNonNull(resources, "resources is null");
    this.answer = requireNonNull(answer, "answer is null");
    this.maxBytes = maxBytes;
    this.maxLine = maxLine;
  }

  /** On the loop. */
  void start() {
    answer.readBy(this);
    answer.resume();
  }

  @Override
  public void arrived(byte[] bytes) {
    if (bytes.length > 0) {
      pieces.add(bytes);
      if (waiting.addAndGet(bytes.length) > MAX_WAITING) {
        answer.pause();
      }
    }
  }

  @Override
  public void upstreamEnded() {
    pieces.add(END);
  }

  @Override
  public void upstreamBroke() {
    pieces.add(BROKEN);
  }

  /**
   * The next line that is not empty, without its end; nothing after the last. Blocks.
   *
   * @throws Broken when the answer breaks off, stands still, or is larger than is taken
   */
  Optional<byte[]> next() {
    while (true) {
      while (position < piece.length) {
        byte b = piece[position++];
        if (b != '\n') {
          line.write(b);
          if (line.size() > maxLine) {
            throw new Broken(
                new UpstreamError.NoAnswer("a line too long"),
                "a line has more than " + maxLine + " bytes");
          }
        } else if (line.size() > 0) {
          byte[] whole = whole();
          if (whole.length > 0) {
            return Optional.of(whole);
          }
        }
      }
      if (ended || !more()) {
        ended = true;
        byte[] last = whole();
        return last.length == 0 ? Optional.empty() : Optional.of(last);
      }
    }
  }

  private byte[] whole() {
    byte[] bytes = line.toByteArray();
    line.reset();
    int length = bytes.length;
    while (length > 0 && (bytes[length - 1] == '\r' || bytes[length - 1] == ' ')) {
      length--;
    }
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  /** Whether another piece came. */
  private boolean more() {
    byte[] next;
    try {
      next = pieces.poll(resources.loop().config().idleMs(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Broken(new UpstreamError.Busy(), "interrupted");
    }
    if (next == null) {
      throw new Broken(new UpstreamError.TooSlow(), "nothing came for too long");
    }
    if (next == BROKEN) {
      throw new Broken(new UpstreamError.NoAnswer("broke off"), "it broke off");
    }
    if (next == END) {
      return false;
    }
    taken += next.length;
    if (taken > maxBytes) {
      throw new Broken(
          new UpstreamError.NoAnswer("too large"), "it has more than " + maxBytes + " bytes");
    }
    piece = next;
    position = 0;
    long left = waiting.addAndGet(-next.length);
    if (left <= MAX_WAITING / 2 && left + next.length > MAX_WAITING / 2) {
      resources.loop().execute(answer::resume);
    }
    return true;
  }

  /** Gives the connection back. From any thread. */
  @Override
  public void close() {
    resources.loop().execute(resources::close);
  }
}
