package io.tollgate.trading.node.internal.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a journal, appended to and now and then written anew. One process at a time has it.
 * For one thread, which nobody may interrupt: an interrupted write closes the file.
 */
final class JournalFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JournalFile.class);
  private static final byte[] HEAD = "tgtasks1".getBytes(StandardCharsets.US_ASCII);

  private final Path folder;
  private final Path file;
  private final Path next;
  private final FileChannel lock;
  private FileChannel channel;
  private long end;

  /** Is told of the records of a file, in their order. */
  interface Reader {
    void record(long position, byte[] content);
  }

  private JournalFile(Path folder, FileChannel lock) throws IOException {
    this.folder = folder;
    this.file = folder.resolve("tasks.journal");
    this.next = folder.resolve("tasks.journal.next");
    this.lock = lock;
    Files.deleteIfExists(next);
    if (!Files.exists(file)) {
      begin();
    }
    this.channel = openChannel(file);
    this.end = channel.size();
  }

  /**
   * Opens the journal of a folder, and reads it.
   *
   * @throws JournalException when it is damaged, or another process has it
   */
  static JournalFile open(Path folder, Reader reader) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    FileChannel lock =
        FileChannel.open(
            folder.resolve("tasks.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (!isFree(lock)) {
        throw new JournalException(
            "another process has the journal in " + folder + " (expected: one node to a folder)");
      }
      JournalFile opened = new JournalFile(folder, lock);
      opened.readAll(reader);
      return opened;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static boolean isFree(FileChannel lock) throws IOException {
    try {
      // held until the channel is closed, or the process ends
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  long bytes() {
    return end;
  }

  /** What the disk has left. */
  long freeBytes() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  /**
   * Adds a record, which is not on disk before {@link #force}.
   *
   * @return where it lies
   */
  long append(byte[] content) throws IOException {
    long position = end;
    ByteBuffer frame = Frames.of(content);
    while (frame.hasRemaining()) {
      end += channel.write(frame, end);
    }
    return position;
  }

  void force() throws IOException {
    channel.force(false);
  }

  /** The content of the record that lies there. */
  byte[] read(long position) throws IOException {
    ByteBuffer head = filled(position, Frames.HEAD);
    int length = head.getInt(4);
    if (length < 0 || length > Frames.MAX_CONTENT) {
      throw damaged(position);
    }
    ByteBuffer whole = filled(position, Frames.HEAD + length);
    if (Frames.contentAt(whole, 0) != length) {
      throw damaged(position);
    }
    byte[] content = new byte[length];
    whole.get(Frames.HEAD, content);
    return content;
  }

  private ByteBuffer filled(long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw damaged(position);
      }
    }
    return bytes.flip();
  }

  /**
   * Writes the file anew with these records alone: either the old one is there after a crash, or
   * the whole new one.
   *
   * @param kept places of records in their order
   * @param moved is told the new places, in the same order
   * @param beforeSwitch called when the new file is on disk and does not yet stand for the old one
   * @return false when there is no room for a new file; the old one is as it was
   */
  boolean rewrite(List<Long> kept, Reader moved, Runnable beforeSwitch) throws IOException {
    List<byte[]> contents = new ArrayList<>(kept.size());
    for (long position : kept) {
      contents.add(read(position));
    }
    List<Long> positions = new ArrayList<>(kept.size());
    FileChannel fresh = begun(next);
    long at = HEAD.length;
    try {
      for (byte[] content : contents) {
        ByteBuffer frame = Frames.of(content);
        positions.add(at);
        while (frame.hasRemaining()) {
          at += fresh.write(frame, at);
        }
      }
      fresh.force(true);
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("the journal cannot be written anew; it goes on as it is");
      fresh.close();
      Files.deleteIfExists(next);
      return false;
    }
    beforeSwitch.run();
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    forceFolder();
    channel.close();
    channel = fresh;
    end = at;
    for (int i = 0; i < contents.size(); i++) {
      moved.record(positions.get(i), contents.get(i));
    }
    return true;
  }

  private void begin() throws IOException {
    try (FileChannel fresh = begun(next)) {
      fresh.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    forceFolder();
  }

  private static FileChannel begun(Path path) throws IOException {
    Files.deleteIfExists(path);
    FileChannel fresh = openChannel(path);
    ByteBuffer head = ByteBuffer.wrap(HEAD);
    while (head.hasRemaining()) {
      int unused = fresh.write(head, head.position());
    }
    return fresh;
  }

  private static FileChannel openChannel(Path path) throws IOException {
    return FileChannel.open(
        path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private void forceFolder() throws IOException {
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private void readAll(Reader reader) throws IOException {
    if (end > Integer.MAX_VALUE) {
      throw new JournalException(file + " is larger than any of ours: " + end + " bytes");
    }
    ByteBuffer bytes = channel.map(MapMode.READ_ONLY, 0, end);
    byte[] head = new byte[HEAD.length];
    if (end >= HEAD.length) {
      bytes.get(0, head);
    }
    if (!Arrays.equals(head, HEAD)) {
      throw new JournalException(file + " is no journal of tasks");
    }
    int at = HEAD.length;
    while (at < end) {
      int length = Frames.contentAt(bytes, at);
      if (length < 0) {
        cutTornEnd(bytes, at);
        return;
      }
      byte[] content = new byte[length];
      bytes.get(at + Frames.HEAD, content);
      reader.record(at, content);
      at += Frames.HEAD + length;
    }
  }

  /** What was being written when a process died was never answered for, nor sent by. */
  private void cutTornEnd(ByteBuffer bytes, int at) throws IOException {
    if (Frames.anyAfter(bytes, at)) {
      throw damaged(at);
    }
    LOG.atWarn()
        .addKeyValue("bytes", end - at)
        .log("the journal's last record was not written whole; it is cut off");
    FileChannel unused = channel.truncate(at);
    channel.force(true);
    end = at;
  }

  private JournalException damaged(long position) {
    return new JournalException(
        file
            + " is damaged at byte "
            + position
            + ": which orders were sent is not known from it any more (expected: the file as it"
            + " was written. Compare the accounts' orders with the centre's, then move the file"
            + " away)");
  }

  @Override
  public void close() throws IOException {
    channel.close();
    lock.close();
  }
}
