package io.tollgate.sandbox.internal.images;

import io.tollgate.sandbox.internal.content.Seeds;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A picture of two colours in a pattern of sixteen by sixteen fields, made up from a seed, as a PNG
 * (ISO/IEC 15948) of about a kilobyte whatever its size.
 */
final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int FIELDS = 16;

  private Png() {}

  static byte[] of(long seed, int width, int height) {
    ByteArrayOutputStream png = new ByteArrayOutputStream(2048);
    png.writeBytes(SIGNATURE);
    chunk(
        png,
        "IHDR",
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            // one bit a pixel, from a palette
            .put(new byte[] {1, 3, 0, 0, 0})
            .array());
    byte[] palette = new byte[6];
    for (int i = 0; i < palette.length; i++) {
      palette[i] = (byte) Seeds.mix(seed + i);
    }
    chunk(png, "PLTE", palette);
    chunk(png, "IDAT", deflated(rows(seed, width, height)));
    chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  private static byte[] rows(long seed, int width, int height) {
    int rowBytes = 1 + (width + 7) / 8;
    byte[] rows = new byte[rowBytes * height];
    for (int y = 0; y < height; y++) {
      long bits = Seeds.mix(seed + 100 + y * FIELDS / height);
      for (int x = 0; x < width; x++) {
        if ((bits >>> (x * FIELDS / width) & 1) == 1) {
          rows[y * rowBytes + 1 + x / 8] |= (byte) (0x80 >> x % 8);
        }
      }
    }
    return rows;
  }

  private static byte[] deflated(byte[] bytes) {
    try (Deflater deflater = new Deflater()) {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(2048);
      byte[] part = new byte[4096];
      while (!deflater.finished()) {
        out.write(part, 0, deflater.deflate(part));
      }
      return out.toByteArray();
    }
  }

  private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    png.writeBytes(name);
    png.writeBytes(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  /** Whether bytes are a picture of a kind that is taken: PNG, JPEG or WebP. */
  static boolean isPicture(byte[] bytes) {
    return startsWith(bytes, SIGNATURE)
        || startsWith(bytes, new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff})
        || startsWith(bytes, "RIFF".getBytes(StandardCharsets.ISO_8859_1));
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }
}
