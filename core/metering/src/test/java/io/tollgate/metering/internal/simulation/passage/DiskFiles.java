package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.metering.internal.meterlog.LogSegment;
import io.tollgate.metering.internal.meterlog.LogStorage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** The segments of one log: what a process sees of them, and what is safe from a power cut. */
final class DiskFiles implements LogStorage {
  private static final int PAGE = 512;
  private final TreeMap<String, File> files = new TreeMap<>();
  private final DiskFaults faults;

  DiskFiles(DiskFaults faults) {
    this.faults = faults;
  }

  DiskFiles copy(DiskFaults copyFaults) {
    DiskFiles copy = new DiskFiles(copyFaults);
    files.forEach((name, file) -> copy.files.put(name, new File(file.live.clone())));
    return copy;
  }

  private record Write(int at, byte[] bytes) {}

  private static final class File {
    private final byte[] live;
    private final byte[] durable;
    private final List<Write> unforced = new ArrayList<>();

    private File(byte[] data) {
      live = data;
      durable = data.clone();
    }

    private void force() {
      for (Write write : unforced) {
        System.arraycopy(write.bytes, 0, durable, write.at, write.bytes.length);
      }
      unforced.clear();
    }

    private void cutPower(RandomGenerator random) {
      if (unforced.isEmpty()) {
        return;
      }
      for (int page = 0; page < durable.length; page += PAGE) {
        int end = Math.min(durable.length, page + PAGE);
        int versions = 0;
        for (Write write : unforced) {
          versions += touches(write, page, end) ? 1 : 0;
        }
        int kept = versions == 0 ? 0 : random.nextInt(versions + 1);
        for (Write write : unforced) {
          if (kept > 0 && touches(write, page, end)) {
            kept--;
            int from = Math.max(page, write.at);
            int to = Math.min(end, write.at + write.bytes.length);
            System.arraycopy(write.bytes, from - write.at, durable, from, to - from);
          }
        }
      }
      unforced.clear();
      System.arraycopy(durable, 0, live, 0, live.length);
    }

    private static boolean touches(Write write, int page, int end) {
      return write.at < end && write.at + write.bytes.length > page;
    }
  }

  void cutPower(RandomGenerator random) {
    files.values().forEach(file -> file.cutPower(random));
    if (!files.isEmpty() && random.nextInt(8) == 0) {
      // a segment was just being made
      int next = Integer.parseInt(files.lastKey().substring(0, 8)) + 1;
      String name = String.format("%08d", next) + files.lastKey().substring(8);
      files.put(name, new File(new byte[random.nextInt(4) * PAGE]));
    }
  }

  @Override
  public List<String> segments() {
    return List.copyOf(files.keySet());
  }

  @Override
  public LogSegment allocate(String name, int bytes) throws IOException {
    if (faults.full) {
      throw new IOException("no space left on device");
    }
    File file = new File(new byte[bytes]);
    files.put(name, file);
    return new Segment(file);
  }

  @Override
  public byte[] read(String name) throws IOException {
    return file(name).live.clone();
  }

  @Override
  public int read(String name, long position, byte[] into, int offset, int length)
      throws IOException {
    byte[] data = file(name).live;
    int count = (int) Math.max(0, Math.min(length, data.length - position));
    if (count > 0) {
      System.arraycopy(data, Math.toIntExact(position), into, offset, count);
    }
    return count;
  }

  private File file(String name) throws IOException {
    File file = files.get(name);
    if (file == null) {
      throw new IOException(name + " is not there");
    }
    return file;
  }

  @Override
  public void force(String name) throws IOException {
    if (faults.forcesOldLogs()) {
      file(name).force();
    }
  }

  @Override
  public void delete(String name) {
    files.remove(name);
  }

  private final class Segment implements LogSegment {
    private final File file;

    private Segment(File file) {
      this.file = file;
    }

    @Override
    public int write(byte[] source, int offset, int length, long position) {
      int kept = faults.kept(length);
      int at = Math.toIntExact(position);
      byte[] bytes = new byte[kept];
      System.arraycopy(source, offset, bytes, 0, kept);
      System.arraycopy(bytes, 0, file.live, at, kept);
      file.unforced.add(new Write(at, bytes));
      return faults.told(kept, length);
    }

    @Override
    public void force() throws IOException {
      if (faults.forceFails()) {
        // the system drops the pages and never speaks of them again
        file.unforced.clear();
        if (faults.tells()) {
          throw new IOException("input/output error");
        }
        return;
      }
      file.force();
    }

    @Override
    public void close() {}
  }
}
