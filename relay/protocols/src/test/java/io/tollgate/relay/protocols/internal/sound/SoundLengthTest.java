package io.tollgate.relay.protocols.internal.sound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tollgate.relay.protocols.forms.BodySource;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The length of a sound stands in its container, wherever in a body the sound begins. */
class SoundLengthTest {
  @Test
  void wav_by_its_samples() {
    assertThat(seconds(wav(16_000, 40_000, 40_000))).isCloseTo(2.5, within(0.001));
    // streamed: its length is not known when its head is written
    assertThat(seconds(wav(16_000, 0xFFFF_FFFF, 40_000))).isCloseTo(2.5, within(0.001));
    assertThat(seconds(wav(16_000, 0, 40_000))).isCloseTo(2.5, within(0.001));
    // says more than there is
    assertThat(seconds(wav(16_000, 400_000, 40_000))).isCloseTo(2.5, within(0.001));
    assertThat(SoundLength.seconds(body(wav(0, 100, 100)), 0, 144)).isEmpty();
  }

  @Test
  void mp3_by_its_frames_after_a_tag() {
    ByteArrayOutputStream mp3 = new ByteArrayOutputStream();
    mp3.writeBytes(new byte[] {'I', 'D', '3', 4, 0, 0, 0, 0, 0, 5, 1, 2, 3, 4, 5});
    for (int i = 0; i < 100; i++) {
      // MPEG 1, layer III, 32 kbit/s and 64 kbit/s in turns, 44.1 kHz
      int bytes = i % 2 == 0 ? 104 : 208;
      mp3.writeBytes(
          ByteBuffer.allocate(bytes).putInt(i % 2 == 0 ? 0xFFFB10C4 : 0xFFFB50C4).array());
    }
    assertThat(seconds(mp3.toByteArray())).isCloseTo(100 * 1152 / 44_100.0, within(0.001));
  }

  @Test
  void flac_by_its_stream_s_head() {
    ByteBuffer flac = ByteBuffer.allocate(42);
    flac.put("fLaC".getBytes(ISO_8859_1)).putInt(0x80000022).position(18);
    // 44,100 Hz in 20 bits, 16 bits of two channels, 441,000 samples in 36 bits
    flac.putLong(44_100L << 44 | 1L << 41 | 15L << 36 | 441_000L);
    assertThat(seconds(flac.array())).isCloseTo(10, within(0.001));
  }

  @Test
  void ogg_by_its_last_page() {
    ByteArrayOutputStream ogg = new ByteArrayOutputStream();
    ogg.writeBytes(page(2, 0, "OpusHead padding padding"));
    ogg.writeBytes(page(0, 0, "OpusTags"));
    ogg.writeBytes(page(0, 96_000, "x".repeat(200)));
    ogg.writeBytes(page(0, -1, "x".repeat(200)));
    ogg.writeBytes(page(4, 168_000, "x".repeat(200)));
    assertThat(seconds(ogg.toByteArray())).isCloseTo(3.5, within(0.001));
    // another stream after it
    ogg.writeBytes(page(2, 0, "OpusHead padding padding"));
    ogg.writeBytes(page(4, 48_000, "x"));
    assertThat(seconds(ogg.toByteArray())).isCloseTo(4.5, within(0.001));
  }

  @Test
  void mp4_by_its_movie_s_head_wherever_that_is() {
    byte[] head = box("mvhd", ByteBuffer.allocate(100).putInt(12, 600).putInt(16, 4_500).array());
    byte[] movie = box("moov", head);
    byte[] type = box("ftyp", "M4A isom".getBytes(ISO_8859_1));
    byte[] data = box("mdat", new byte[50_000]);
    assertThat(seconds(joined(type, movie, data))).isCloseTo(7.5, within(0.001));
    assertThat(seconds(joined(type, data, movie))).isCloseTo(7.5, within(0.001));
    ByteBuffer large = ByteBuffer.allocate(112).put(0, (byte) 1).putInt(20, 600);
    byte[] largeHead = box("mvhd", large.putLong(24, 6_000).array());
    assertThat(seconds(joined(type, box("moov", largeHead)))).isCloseTo(10, within(0.001));
  }

  @Test
  void webm_by_its_duration_else_by_its_last_block() {
    byte[] head = element(0x1A45DFA3, 4, new byte[8]);
    byte[] scale = element(0x2AD7B1, 3, new byte[] {0x0F, 0x42, 0x40});
    byte[] duration = element(0x4489, 2, ByteBuffer.allocate(8).putDouble(2_500).array());
    byte[] info = element(0x1549A966, 4, joined(scale, duration));
    assertThat(seconds(joined(head, element(0x18538067, 4, info)))).isCloseTo(2.5, within(0.001));
    // recorded live: no duration, segment and clusters of unknown length
    byte[] unknown = {0x18, 0x53, (byte) 0x80, 0x67, 1, -1, -1, -1, -1, -1, -1, -1};
    byte[] cluster = {0x1F, 0x43, (byte) 0xB6, 0x75, 1, -1, -1, -1, -1, -1, -1, -1};
    byte[] time = element(0xE7, 1, new byte[] {0x10, 0x00});
    byte[] block = element(0xA3, 1, new byte[] {(byte) 0x81, 0x01, 0x00, 0, 1, 2, 3});
    byte[] live = joined(head, unknown, element(0x1549A966, 4, scale), cluster, time, block);
    assertThat(seconds(live)).isCloseTo(4.352, within(0.001));
  }

  @Test
  void anything_else_says_nothing() {
    assertThat(SoundLength.seconds(body(new byte[0]), 0, 0)).isEmpty();
    byte[] text = "This is no sound at all.".getBytes(ISO_8859_1);
    assertThat(SoundLength.seconds(body(text), 0, text.length)).isEmpty();
  }

  /** Whatever is in them, containers are read to an end and tell no nonsense. */
  @Test
  void no_bytes_break_it() {
    Random random = new Random(3);
    byte[][] beginnings = {
      wav(8_000, 50, 50),
      "fLaC".getBytes(ISO_8859_1),
      page(2, 0, "OpusHead padding padding"),
      box("ftyp", new byte[4]),
      element(0x1A45DFA3, 4, new byte[1]),
      {(byte) 0xFF, (byte) 0xFB, 0x10, (byte) 0xC4}
    };
    for (int round = 0; round < 20_000; round++) {
      byte[] noise = new byte[random.nextInt(400)];
      random.nextBytes(noise);
      byte[] sound = joined(beginnings[round % beginnings.length], noise);
      sound[random.nextInt(sound.length)] = (byte) random.nextInt();
      OptionalDouble seconds = SoundLength.seconds(body(sound), 0, sound.length);
      seconds.ifPresent(some -> assertThat(some).isBetween(0.0, 86_400.0));
    }
  }

  private static double seconds(byte[] sound) {
    byte[] within = joined(new byte[] {9, 9, 9}, sound, new byte[] {9, 9});
    return SoundLength.seconds(body(within), 3, 3 + sound.length).orElseThrow();
  }

  private static BodySource body(byte[] bytes) {
    return new BodySource() {
      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public int read(long at, byte[] into, int from, int length) {
        System.arraycopy(bytes, (int) at, into, from, length);
        return length;
      }
    };
  }

  private static byte[] wav(int bytesPerSecond, int told, int samples) {
    return ByteBuffer.allocate(44 + samples)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF____WAVEfmt ".getBytes(ISO_8859_1))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 1)
        .putInt(8_000)
        .putInt(bytesPerSecond)
        .putInt(0)
        .put("data".getBytes(ISO_8859_1))
        .putInt(told)
        .array();
  }

  private static byte[] page(int flags, long samples, String content) {
    return ByteBuffer.allocate(28 + content.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("OggS".getBytes(ISO_8859_1))
        .put((byte) 0)
        .put((byte) flags)
        .putLong(samples)
        .putInt(77)
        .putLong(0)
        .put((byte) 1)
        .put((byte) content.length())
        .put(content.getBytes(ISO_8859_1))
        .array();
  }

  private static byte[] box(String type, byte[] content) {
    return ByteBuffer.allocate(8 + content.length)
        .putInt(8 + content.length)
        .put(type.getBytes(ISO_8859_1))
        .put(content)
        .array();
  }

  private static byte[] element(int id, int idBytes, byte[] content) {
    ByteBuffer element = ByteBuffer.allocate(idBytes + 4 + content.length);
    for (int i = idBytes - 1; i >= 0; i--) {
      element.put((byte) (id >>> 8 * i));
    }
    return element.putInt(0x10000000 | content.length).put(content).array();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
