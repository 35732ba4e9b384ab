package io.tollgate.relay.protocols.internal.sound;

/**
 * Ogg: pages, each with the number of samples up to its end. Streams that follow one another are
 * added up.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3533">RFC 3533</a>
 */
final class Ogg {
  private static final int HEAD_BYTES = 27;
  private static final int OPUS_RATE = 48_000;

  private Ogg() {}

  static double seconds(SoundBytes sound) {
    double before = 0;
    double seconds = 0;
    long rate = 0;
    long serial = 0;
    long at = 0;
    while (at + HEAD_BYTES <= sound.length() && sound.is(at, "OggS")) {
      int segments = sound.at(at + 26);
      long body = at + HEAD_BYTES + segments;
      boolean first = (sound.at(at + 5) & 2) != 0;
      long ofSerial = sound.little(at + 14, 4);
      if (first) {
        long found = rate(sound, body);
        if (found > 0) {
          before += seconds;
          seconds = 0;
          rate = found;
          serial = ofSerial;
        }
      } else if (ofSerial == serial && rate > 0) {
        long samples = sound.little(at + 6, 8);
        // -1: no packet ends on the page
        if (samples > 0) {
          seconds = Math.max(seconds, samples / (double) rate);
        }
      }
      at = body;
      for (int i = 0; i < segments; i++) {
        at += sound.at(body - segments + i);
      }
    }
    return before + seconds;
  }

  private static long rate(SoundBytes sound, long body) {
    if (sound.is(body, "OpusHead")) {
      return OPUS_RATE;
    }
    if (sound.is(body, "\u0001vorbis")) {
      return sound.little(body + 12, 4);
    }
    return sound.is(body, "Speex   ") ? sound.little(body + 36, 4) : 0;
  }
}
