package io.tollgate.metering.internal.meterlog;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * Segments in memory on a disk that does what disks do: what was not forced is lost or kept page by
 * page at a power cut, in any order and in any of its versions; writes fall short, forcing fails,
 * space runs out.
 */
public final class UnsafeStorage implements LogStorage {
  private static final int PAGE = 512;

  private final TreeMap<String, Contents> files = new TreeMap<>();
  private final Random random;
  int quotaBytes = Integer.MAX_VALUE;
  int shortWriteAt = Integer.MAX_VALUE;
  int failForceAt = Integer.MAX_VALUE;
  boolean lies;
  private int writes;
  private int forces;

  public UnsafeStorage(long seed) {
    random = new Random(seed);
  }

  /** A storage with these segments, for reading. */
  public static UnsafeStorage holding(TreeMap<String, byte[]> segments) {
    UnsafeStorage storage = new UnsafeStorage(0);
    segments.forEach((name, data) -> storage.files.put(name, new Contents(data.clone())));
    return storage;
  }

  private static final class Contents {
    private byte[] live;
    private byte[] durable;
    private final List<byte[]> versions = new ArrayList<>();

    private Contents(byte[] data) {
      live = data;
      durable = data.clone();
    }

    private void force(boolean lies) {
      if (!lies) {
        durable = Arrays.copyOf(live, live.length);
        versions.clear();
      }
    }
  }

  public TreeMap<String, byte[]> snapshot() {
    TreeMap<String, byte[]> copy = new TreeMap<>();
    files.forEach((name, contents) -> copy.put(name, contents.live.clone()));
    return copy;
  }

  /** Power goes: each page comes back in one of the versions it had since it was last forced. */
  public void cutPower() {
    for (Contents contents : files.values()) {
      List<byte[]> versions = new ArrayList<>(contents.versions);
      versions.add(contents.durable);
      byte[] left = contents.durable.clone();
      for (int page = 0; page < left.length; page += PAGE) {
        byte[] version = versions.get(random.nextInt(versions.size()));
        System.arraycopy(version, page, left, page, Math.min(PAGE, left.length - page));
      }
      contents.live = left;
      contents.durable = left.clone();
      contents.versions.clear();
    }
    if (random.nextInt(8) == 0) {
      // a segment was just being made
      String name = SegmentHeader.fileName(files.size() + 1);
      files.put(name, new Contents(new byte[random.nextInt(4) * PAGE]));
    }
  }

  @Override
  public List<String> segments() {
    return List.copyOf(files.keySet());
  }

  @Override
  public LogSegment allocate(String name, int bytes) throws IOException {
    long used = files.values().stream().mapToLong(contents -> contents.live.length).sum();
    if (used + bytes > quotaBytes) {
      throw new IOException("no space left on device");
    }
    Contents contents = new Contents(new byte[bytes]);
    if (files.putIfAbsent(name, contents) != null) {
      throw new IOException(name + " exists");
    }
    return new Segment(contents);
  }

  @Override
  public byte[] read(String name) {
    return requireNonNull(files.get(name), name).live.clone();
  }

  @Override
  public void force(String name) {
    requireNonNull(files.get(name), name).force(lies);
  }

  @Override
  public void delete(String name) {
    files.remove(name);
  }

  private final class Segment implements LogSegment {
    private final Contents contents;

    private Segment(Contents contents) {
      this.contents = contents;
    }

    @Override
    public int write(byte[] source, int offset, int length, long position) {
      int kept = writes++ == shortWriteAt ? random.nextInt(length) : length;
      System.arraycopy(source, offset, contents.live, Math.toIntExact(position), kept);
      contents.versions.add(contents.live.clone());
      return kept;
    }

    @Override
    public void force() throws IOException {
      if (forces++ == failForceAt) {
        throw new IOException("input/output error");
      }
      contents.force(lies);
    }

    @Override
    public void close() {}
  }
}
