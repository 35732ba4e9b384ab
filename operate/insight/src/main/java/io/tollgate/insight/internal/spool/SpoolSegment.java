package io.tollgate.insight.internal.spool;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * One file of the spool, of a fixed size, mapped into memory: what is appended outlives this
 * process at once, without a call of the system. Each entry stands as its length, its checksum and
 * its bytes; the length is written last, and is zero where nothing follows. Appended to by one
 * thread, read by another.
 */
final class SpoolSegment {
  static final int ENTRY_HEAD = 8;
  private static final int BLOCK = 1 << 16;

  private final Path file;
  private final Arena arena;
  private final ByteBuffer bytes;
  private final CRC32C checksum = new CRC32C();
  private int position;
  private volatile int written;
  private volatile boolean full;

  private SpoolSegment(Path file, Arena arena, ByteBuffer bytes) {
    this.file = file;
    this.arena = arena;
    this.bytes = bytes;
  }

  /**
   * Makes a new one. Its bytes are written, not only promised: a disk that is full is found here
   * and not by a store to memory that has nothing behind it.
   */
  static SpoolSegment create(Path file, int size) throws IOException {
    Arena arena = Arena.ofShared();
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      ByteBuffer zeros = ByteBuffer.allocate(BLOCK);
      for (int at = 0; at < size; at += zeros.limit()) {
        zeros.clear().limit(Math.min(BLOCK, size - at));
        while (zeros.hasRemaining()) {
          int _ = channel.write(zeros);
        }
      }
      ByteBuffer mapped =
          channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena).asByteBuffer();
      return new SpoolSegment(file, arena, mapped);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  Path file() {
    return file;
  }

  String name() {
    return file.getFileName().toString();
  }

  /** Appends an entry; false where it does not fit any more. */
  boolean append(byte[] entry, int length) {
    if (length > bytes.capacity() - position - ENTRY_HEAD) {
      return false;
    }
    checksum.reset();
    checksum.update(entry, 0, length);
    bytes.putInt(position + 4, (int) checksum.getValue());
    bytes.put(position + ENTRY_HEAD, entry, 0, length);
    bytes.putInt(position, length);
    position += ENTRY_HEAD + length;
    written = position;
    return true;
  }

  /** Nothing more is appended. */
  void finish() {
    full = true;
  }

  boolean full() {
    return full;
  }

  /** How many bytes can be read. */
  int written() {
    return written;
  }

  /** What has been written, for one reader. */
  ByteBuffer content() {
    return bytes.asReadOnlyBuffer().limit(written);
  }

  /** Lets go of the memory; nobody reads or writes it any more. */
  void close() {
    arena.close();
  }
}
