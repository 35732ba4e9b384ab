package io.tollgate.sandbox.internal.audio;

import io.tollgate.sandbox.internal.json.Problem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How long a sound is: of a WAV by its header, of an MP3 by its first frame's bit rate, of other
 * containers as if they held 32 kbit/s.
 */
final class SoundLength {
  private static final List<String> STARTS = List.of("OggS", "fLaC", "\u001aE\u00df\u00a3");
  private static final int[] MPEG1_LAYER3 = {
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320
  };
  private static final int[] MPEG2_LAYER3 = {
    0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160
  };

  private SoundLength() {}

  /**
   * Seconds of it.
   *
   * @throws Problem when it is no sound
   */
  static double seconds(byte[] bytes) {
    String start = new String(bytes, 0, Math.min(12, bytes.length), StandardCharsets.ISO_8859_1);
    if (start.startsWith("RIFF") && start.endsWith("WAVE")) {
      return wav(bytes);
    }
    int frame = start.startsWith("ID3") && bytes.length > 10 ? 10 + tagBytes(bytes) : 0;
    if (frame + 4 <= bytes.length
        && (bytes[frame] & 0xff) == 0xff
        && (bytes[frame + 1] & 0xe0) == 0xe0) {
      return mpeg(bytes, frame);
    }
    boolean mp4 = start.length() == 12 && start.startsWith("ftyp", 4);
    if (mp4 || STARTS.stream().anyMatch(start::startsWith)) {
      return bytes.length / 4000.0;
    }
    throw invalid();
  }

  private static Problem invalid() {
    return Problem.invalid(
        "file",
        "invalid_value",
        "Invalid file format. Supported formats: ['flac', 'm4a', 'mp3', 'mp4', 'mpeg', 'mpga',"
            + " 'oga', 'ogg', 'wav', 'webm']");
  }

  private static int tagBytes(byte[] bytes) {
    return (bytes[6] & 0x7f) << 21
        | (bytes[7] & 0x7f) << 14
        | (bytes[8] & 0x7f) << 7
        | bytes[9] & 0x7f;
  }

  private static double mpeg(byte[] bytes, int frame) {
    int rate = (bytes[frame + 2] & 0xf0) >> 4;
    boolean first = (bytes[frame + 1] & 0x08) != 0;
    int kilobits = rate == 15 ? 0 : (first ? MPEG1_LAYER3 : MPEG2_LAYER3)[rate];
    if (kilobits == 0) {
      throw invalid();
    }
    return (bytes.length - frame) / (kilobits * 125.0);
  }

  private static double wav(byte[] bytes) {
    ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long byteRate = 0;
    long at = 12;
    while (at + 8 <= bytes.length) {
      String name = new String(bytes, (int) at, 4, StandardCharsets.ISO_8859_1);
      long length = Integer.toUnsignedLong(all.getInt((int) at + 4));
      if (name.equals("fmt ") && at + 20 <= bytes.length) {
        byteRate = Integer.toUnsignedLong(all.getInt((int) at + 16));
      } else if (name.equals("data")) {
        if (byteRate == 0) {
          throw invalid();
        }
        return Math.min(length, bytes.length - at - 8) / (double) byteRate;
      }
      at += 8 + length + (length & 1);
    }
    throw invalid();
  }
}
