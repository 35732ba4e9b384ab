package io.tollgate.tests.upstream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes forms with files, part by part. */
public final class FormWriter {
  public static final String BOUNDARY = "----at-the-gate";
  public static final String TYPE = "multipart/form-data; boundary=" + BOUNDARY;

  private static final int RATE = 8_000;

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  public FormWriter text(String name, String value) {
    return part("name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8));
  }

  public FormWriter file(String name, byte[] bytes) {
    return part("name=\"" + name + "\"; filename=\"sound.wav\"", bytes);
  }

  public FormWriter part(String names, byte[] bytes) {
    return raw("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + names + "\r\n\r\n")
        .raw(bytes)
        .raw("\r\n");
  }

  public FormWriter raw(String text) {
    return raw(text.getBytes(StandardCharsets.UTF_8));
  }

  public FormWriter raw(byte[] bytes) {
    body.writeBytes(bytes);
    return this;
  }

  public byte[] end() {
    return raw("--" + BOUNDARY + "--\r\n").body.toByteArray();
  }

  public byte[] withoutEnd() {
    return body.toByteArray();
  }

  /** Silence: 8 kHz, one channel, 8 bits. */
  public static byte[] wav(double seconds) {
    int samples = (int) (seconds * RATE);
    return ByteBuffer.allocate(44 + samples)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.ISO_8859_1))
        .putInt(36 + samples)
        .put("WAVEfmt ".getBytes(StandardCharsets.ISO_8859_1))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 1)
        .putInt(RATE)
        .putInt(RATE)
        .putShort((short) 1)
        .putShort((short) 8)
        .put("data".getBytes(StandardCharsets.ISO_8859_1))
        .putInt(samples)
        .array();
  }
}
