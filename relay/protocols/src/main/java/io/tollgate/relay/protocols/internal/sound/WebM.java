package io.tollgate.relay.protocols.internal.sound;

/**
 * WebM: elements within elements. Its length stands in its head, or, where it was recorded live and
 * does not, in the times of its clusters and blocks.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9559">RFC 9559</a>
 */
final class WebM {
  private static final long SEGMENT = 0x18538067L;
  private static final long INFO = 0x1549A966L;
  private static final long CLUSTER = 0x1F43B675L;
  private static final long TIMESTAMP_SCALE = 0x2AD7B1L;
  private static final long DURATION = 0x4489L;
  private static final long CLUSTER_TIME = 0xE7L;
  private static final long BLOCK_GROUP = 0xA0L;
  private static final long BLOCK = 0xA1L;
  private static final long SIMPLE_BLOCK = 0xA3L;
  private static final int MAX_ELEMENTS = 2_000_000;
  private static final double NANOS = 1e9;

  private WebM() {}

  static double seconds(SoundBytes sound) {
    double scale = 1_000_000;
    double duration = 0;
    double clusterTime = 0;
    double last = 0;
    long at = 0;
    for (int element = 0; element < MAX_ELEMENTS && at < sound.length(); element++) {
      int idBytes = Integer.numberOfLeadingZeros(sound.at(at)) - 23;
      if (idBytes > 4) {
        break;
      }
      long id = sound.big(at, idBytes);
      int sizeBytes = Integer.numberOfLeadingZeros(sound.at(at + idBytes)) - 23;
      if (sizeBytes > 8) {
        break;
      }
      long size = sound.big(at + idBytes, sizeBytes) & ((1L << 7 * sizeBytes) - 1);
      long content = at + idBytes + sizeBytes;
      at = content;
      if (id == SEGMENT || id == INFO || id == CLUSTER || id == BLOCK_GROUP) {
        // looked into
        continue;
      }
      if (id == TIMESTAMP_SCALE && size <= 8) {
        scale = sound.big(content, (int) size);
      } else if (id == DURATION && size == 8) {
        duration = Double.longBitsToDouble(sound.big(content, 8));
      } else if (id == DURATION && size == 4) {
        duration = Float.intBitsToFloat((int) sound.big(content, 4));
      } else if (id == CLUSTER_TIME && size <= 8) {
        clusterTime = sound.big(content, (int) size);
        last = Math.max(last, clusterTime);
      } else if (id == SIMPLE_BLOCK || id == BLOCK) {
        int track = Integer.numberOfLeadingZeros(sound.at(content)) - 23;
        last = Math.max(last, clusterTime + (short) sound.big(content + track, 2));
      }
      if (size > sound.length() - content) {
        break;
      }
      at = content + size;
    }
    return Math.max(duration, last) * scale / NANOS;
  }
}
