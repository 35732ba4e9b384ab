package io.tollgate.sandbox.internal.audio;

import io.tollgate.sandbox.internal.json.Problem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sound of a length: a tone as WAV or bare samples, silence as MP3. */
final class Sound {
  /** What can be made; the first is what the real provider makes unless told otherwise. */
  static final List<String> FORMATS = List.of("mp3", "wav", "pcm");

  private static final int RATE = 24_000;
  private static final double TONE_HZ = 440;

  /** MPEG 1, layer III, 32 kbit/s, 44.1 kHz, one channel: 104 bytes for 1152 samples. */
  private static final int MP3_HEAD = 0xFFFB10C4;

  private static final int MP3_FRAME_BYTES = 104;
  private static final double MP3_FRAMES_A_SECOND = 44_100.0 / 1152;

  private Sound() {}

  static byte[] of(String format, double seconds) {
    return switch (format) {
      case "mp3" -> mp3(seconds);
      case "wav" -> wav(seconds);
      case "pcm" -> samples(seconds);
      default ->
          throw Problem.invalid(
              "response_format",
              "The sandbox makes no " + format + " (expected: one of " + FORMATS + ").");
    };
  }

  static String type(String format) {
    return switch (format) {
      case "mp3" -> "audio/mpeg";
      case "wav" -> "audio/wav";
      default -> "audio/pcm";
    };
  }

  private static byte[] mp3(double seconds) {
    int frames = Math.max(1, (int) Math.ceil(seconds * MP3_FRAMES_A_SECOND));
    ByteBuffer bytes = ByteBuffer.allocate(frames * MP3_FRAME_BYTES);
    for (int frame = 0; frame < frames; frame++) {
      bytes.putInt(frame * MP3_FRAME_BYTES, MP3_HEAD);
    }
    return bytes.array();
  }

  /** Bare samples: 24 kHz, one channel, 16 bits. */
  static byte[] samples(double seconds) {
    int count = (int) Math.ceil(seconds * RATE);
    ByteBuffer bytes = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      bytes.putShort((short) (8000 * Math.sin(2 * Math.PI * TONE_HZ * i / RATE)));
    }
    return bytes.array();
  }

  private static byte[] wav(double seconds) {
    byte[] samples = samples(seconds);
    return ByteBuffer.allocate(44 + samples.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.ISO_8859_1))
        .putInt(36 + samples.length)
        .put("WAVEfmt ".getBytes(StandardCharsets.ISO_8859_1))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 1)
        .putInt(RATE)
        .putInt(2 * RATE)
        .putShort((short) 2)
        .putShort((short) 16)
        .put("data".getBytes(StandardCharsets.ISO_8859_1))
        .putInt(samples.length)
        .put(samples)
        .array();
  }
}
