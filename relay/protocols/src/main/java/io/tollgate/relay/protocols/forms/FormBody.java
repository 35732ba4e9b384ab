package io.tollgate.relay.protocols.forms;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A body that is sent upstream from where it is kept, some places of it replaced.
 *
 * @param source what is kept
 * @param contentType with its boundary
 * @param pieces in order
 */
public record FormBody(BodySource source, String contentType, List<Piece> pieces) {
  /** A part of what is sent. */
  public sealed interface Piece {
    long length();
  }

  /** Bytes of what is kept, from a place to before another. */
  public record Kept(long from, long to) implements Piece {
    @Override
    public long length() {
      return to - from;
    }
  }

  /** Bytes of ours; not to be changed. */
  public record Written(byte[] bytes) implements Piece {
    public Written {
      requireNonNull(bytes, "bytes is null");
    }

    @Override
    public long length() {
      return bytes.length;
    }
  }

  public FormBody {
    requireNonNull(source, "source is null");
    requireNonNull(contentType, "contentType is null");
    pieces = List.copyOf(pieces);
  }

  /** Bytes that are sent. */
  public long length() {
    return pieces.stream().mapToLong(Piece::length).sum();
  }
}
